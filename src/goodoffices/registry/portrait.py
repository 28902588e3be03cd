# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draw a person's line from what sources say: pure, so that a rebuilt projection equals the first one.

For each clearance the line is drawn only from what that clearance may read. Where sources differ the more
reliable one is shown and ``conflict`` is set: nothing is overwritten, and the newest word never wins by being new.
Nobody is shown as dead on a source's word alone.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from goodoffices.core.dates import PartialDate, overlaps, parse_edtf
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.names import parse_name
from goodoffices.core.vocabulary import Confidence, Property, Sensitivity, Status
from goodoffices.registry.drafts import ClaimFact, MentionFacts, PersonFacts

TIERS = tuple(int(tier) for tier in Sensitivity)
NAME_LIMIT = 300
OTHER_NAMES_LIMIT = 600
SETTLED = frozenset({Confidence.CONFIRMED, Confidence.LIKELY})
_WORD = re.compile(r"[^\W\d_]+")
COMPARED = (Property.BIRTH_DATE, Property.SEX, Property.STATUS, Property.PLACE_HELD, Property.CATEGORY)


@dataclass(frozen=True, slots=True)
class Line:
    """A person's line in lists, for clearances ``tier_from`` to ``tier_to``."""

    tier_from: int
    tier_to: int
    room: str
    name: str
    name_language: str
    other_names: str
    sort_key: str
    born: str
    born_year: int | None
    sex: str
    category: str
    status: str
    taken: str
    place_held: str
    place_id: int | None
    sources: int
    mentions: int
    conflict: bool
    unlooked: bool
    unlisted: bool


def lines_of(person: PersonFacts) -> list[Line]:
    """Draw the lines of one person, lowest clearance first, equal neighbours as one."""
    lines: list[Line] = []
    previous: tuple[int, ...] | None = None
    for tier in TIERS:
        seen = _seen_at(person, tier)
        shape = tuple(len(mention.claims) for mention in seen)
        if lines and shape == previous and not person.assessments:
            lines[-1] = replace(lines[-1], tier_to=tier)
            continue
        previous = shape
        if not seen:
            continue
        line = _draw(seen, person, tier)
        if lines and replace(lines[-1], tier_from=tier, tier_to=tier) == line:
            lines[-1] = replace(lines[-1], tier_to=tier)
        else:
            lines.append(line)
    return lines


def full_name(mention: MentionFacts) -> tuple[str, str]:
    """Give a mention's name for display and its language: given name first, as people are spoken of.

    Capitals are written small. A name that came in one column keeps the order its source wrote, unless its
    parts are certain.
    """
    said = {claim.property: claim for claim in reversed(mention.claims)}
    family = said.get(Property.FAMILY_NAME)
    given = said.get(Property.GIVEN_NAME)
    if family or given:
        order = (Property.GIVEN_NAME, Property.PATRONYMIC, Property.FAMILY_NAME, Property.FAMILY_NAME_2)
        parts = [spoken(said[part].value) for part in order if part in said]
        return " ".join(parts), (family or given).language  # type: ignore[union-attr]
    if Property.NAME in said:
        return spoken_order(said[Property.NAME].value), said[Property.NAME].language
    if Property.ALIAS in said:
        return said[Property.ALIAS].value, said[Property.ALIAS].language
    return "", ""


def spoken(name: str) -> str:
    """Write words in capitals with one capital only: registers shout, people don't."""
    small = _WORD.sub(lambda word: word[0].capitalize() if len(word[0]) > 1 and word[0].isupper() else word[0], name)
    return " ".join(small.split())


@functools.lru_cache(maxsize=65536)
def spoken_order(name: str) -> str:
    """Put a one-column name into the order given, patronymic, family where its parts are certain."""
    readings = parse_name(name)
    words = name.replace(",", " ").split()
    if not readings or not readings[0].certain or not readings[0].patronymic:
        return spoken(name)
    wanted = [word for part in (readings[0].given, readings[0].patronymic, readings[0].family) for word in part.split()]
    written = {word.casefold(): word for word in words}
    if sorted(wanted) != sorted(written) or len(written) != len(words):
        return spoken(name)
    return " ".join(spoken(written[word]) for word in wanted)


def sort_key(name: str) -> str:
    """Fold a name for sorting: case and combining accents off, letters kept in their own script."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(char for char in folded if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", kept)[:NAME_LIMIT]


def differing(mentions: Sequence[MentionFacts], prop: str) -> list[list[ClaimFact]]:
    """Group the claims of one property that contradict each other; one group or none means agreement.

    Claims of different detention episodes never contradict each other.
    """
    groups: list[list[ClaimFact]] = []
    for claim in _claims(mentions, prop):
        for group in groups:
            if _agree(prop, claim, group[0]):
                group.append(claim)
                break
        else:
            groups.append([claim])
    return groups


def _seen_at(person: PersonFacts, tier: int) -> list[MentionFacts]:
    seen = []
    for mention in person.mentions:
        if mention.source_sensitivity > tier:
            continue
        claims = mention.claims
        if any(claim.sensitivity > tier for claim in claims):
            claims = tuple(claim for claim in claims if claim.sensitivity <= tier)
        if claims:
            seen.append(mention if claims is mention.claims else replace(mention, claims=claims))
    return seen


def _draw(seen: Sequence[MentionFacts], person: PersonFacts, tier: int) -> Line:
    standing = [one for one in person.assessments if one.sensitivity <= tier]
    assessed = {one.property: one.value for one in standing}
    settled = {one.property for one in standing if one.confidence in SETTLED}
    ranked = sorted(seen, key=lambda mention: (mention.reliability, mention.order))
    names = _names(ranked)
    name, language = names[0] if names else ("", "")
    others = list(dict.fromkeys(other for other, _ in names if other != name))
    born = assessed.get(Property.BIRTH_DATE) or _sharpest_date(_claims(ranked, Property.BIRTH_DATE))
    place = _place(ranked, assessed)
    said = [claim.property for mention in seen for claim in mention.claims]
    repeated = {prop for prop in COMPARED if said.count(prop) > 1}
    return Line(
        tier_from=tier,
        tier_to=tier,
        room=seen[0].room,
        name=(assessed.get(Property.NAME) or name)[:NAME_LIMIT],
        name_language=language,
        other_names=" · ".join(others)[:OTHER_NAMES_LIMIT],
        sort_key=_sorting_name(ranked, name),
        born=born,
        born_year=_year(born),
        sex=_told(ranked, assessed, Property.SEX)[:1],
        category=_told(ranked, assessed, Property.CATEGORY)[:24],
        status=_status(ranked, assessed),
        taken=assessed.get(Property.CAPTURE_DATE) or _sharpest_date(_claims(ranked, Property.CAPTURE_DATE)),
        place_held=place[0][:200],
        place_id=place[1],
        sources=len({mention.source_id for mention in seen}),
        mentions=len(seen),
        conflict=any(p in repeated and p not in settled and len(differing(ranked, p)) > 1 for p in COMPARED),
        unlooked=person.unlooked,
        unlisted=not any(mention.listed for mention in seen),
    )


def _claims(mentions: Iterable[MentionFacts], prop: str) -> Iterator[ClaimFact]:
    return (claim for mention in mentions for claim in mention.claims if claim.property == prop)


def _names(ranked: Sequence[MentionFacts]) -> list[tuple[str, str]]:
    """Give the names with their languages, the one to show first.

    The fuller name wins; where there is a patronymic, its own script wins over a transliteration; then the
    language and the very form that most sources use (a letter's list declines names); then the more reliable source.
    """
    named = [(*full_name(mention), mention) for mention in ranked]
    named = [one for one in named if one[0]]
    languages = Counter(language for _, language, _ in named)
    forms = Counter(name for name, _, _ in named)
    slavic = any(_words(name) > 2 and _is_cyrillic(name) for name, _, _ in named)

    def rank(one: tuple[str, str, MentionFacts]) -> tuple[object, ...]:
        name, language, mention = one
        foreign = slavic and not _is_cyrillic(name)
        return (
            -min(_words(name), 3), foreign, -languages[language], -forms[name], mention.reliability, mention.order
        )  # fmt: skip

    return [(name, language) for name, language, _ in sorted(named, key=rank)]


def _words(name: str) -> int:
    """Count words that are more than initials."""
    return sum(1 for word in name.split() if len(word.strip(".")) > 1)


def _is_cyrillic(name: str) -> bool:
    return any("\u0400" <= char <= "\u052f" for char in name)


def _sorting_name(ranked: Sequence[MentionFacts], name: str) -> str:
    """Sort by family name, as a source tells it apart or as the name reads."""
    for mention in ranked:
        said = {claim.property: claim.value for claim in reversed(mention.claims)}
        if said.get(Property.FAMILY_NAME) and full_name(mention)[0] == name:
            return sort_key(f"{said[Property.FAMILY_NAME]} {name}")
    readings = parse_name(name)
    return sort_key(f"{readings[0].family} {name}" if readings and readings[0].family else name)


def _told(ranked: Sequence[MentionFacts], assessed: dict[str, str], prop: str) -> str:
    if prop in assessed:
        return assessed[prop]
    first = next(_claims(ranked, prop), None)
    return first.value if first else ""


def _status(ranked: Sequence[MentionFacts], assessed: dict[str, str]) -> str:
    if Property.STATUS in assessed:
        return assessed[Property.STATUS]
    told = (claim.value for claim in _claims(ranked, Property.STATUS))
    return next((value for value in told if value != Status.DIED), "")[:16]


def _place(ranked: Sequence[MentionFacts], assessed: dict[str, str]) -> tuple[str, int | None]:
    claims = list(_claims(ranked, Property.PLACE_HELD))
    wanted = assessed.get(Property.PLACE_HELD)
    for claim in claims:
        if wanted is None or claim.value == wanted:
            return claim.value, claim.place_id
    return wanted or "", None


def _sharpest_date(claims: Iterable[ClaimFact]) -> str:
    """Prefer a full date over a partial one, then the more reliable source."""
    best = ""
    for claim in claims:
        if (read := read_edtf(claim.value)) is None:
            continue
        if read.exact_day:
            return claim.value
        best = best or claim.value
    return best


def _year(edtf: str) -> int | None:
    read = read_edtf(edtf) if edtf else None
    return read.earliest.year if read and read.earliest else None


@functools.lru_cache(maxsize=65536)
def read_edtf(text: str) -> PartialDate | None:
    """Read stored EDTF; text that isn't EDTF (a wording kept as said) is nothing to compare."""
    try:
        return parse_edtf(text)
    except GoodOfficesError:
        return None


def _agree(prop: str, claim: ClaimFact, other: ClaimFact) -> bool:
    if claim.episode != other.episode:
        return True
    if prop == Property.PLACE_HELD and claim.place_id and other.place_id:
        return claim.place_id == other.place_id
    if prop in {Property.BIRTH_DATE, Property.CAPTURE_DATE}:
        left, right = read_edtf(claim.value), read_edtf(other.value)
        if left and right:
            return overlaps(left, right)
    return sort_key(claim.value) == sort_key(other.value)
