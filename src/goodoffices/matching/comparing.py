# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two records side by side, field by field, as one actor may see them: plain data for ``web/parts/compare.html``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor
from goodoffices.core.linkage import prepare
from goodoffices.core.vocabulary import ACCESS_PROPERTIES, Property
from goodoffices.matching import engine
from goodoffices.registry.drafts import ClaimFact, MentionFacts, record_of
from goodoffices.registry.models import Claim, Mention
from goodoffices.registry.portrait import full_name, sort_key
from goodoffices.registry.words import DATED, PROPERTY, value_words
from goodoffices.web.date_words import edtf_words

FIELD_OF = {
    Property.FAMILY_NAME: "surname",
    Property.GIVEN_NAME: "given",
    Property.PATRONYMIC: "patronymic",
    Property.FAMILY_NAME_2: "family_2",
    Property.BIRTH_DATE: "born",
    Property.SEX: "sex",
    Property.RESIDENCE: "residence",
    Property.CATEGORY: "category",
    Property.PLACE_HELD: "place_held",
    Property.UNIT: "unit",
    Property.CAPTURE_DATE: "event",
}
NAME_PARTS = frozenset({"surname", "given", "patronymic"})
SHOWN = (
    Property.FAMILY_NAME, Property.GIVEN_NAME, Property.PATRONYMIC, Property.FAMILY_NAME_2, Property.ALIAS,
    Property.BIRTH_DATE, Property.AGE, Property.BIRTH_PLACE, Property.SEX, Property.CITIZENSHIP, Property.RESIDENCE,
    Property.OCCUPATION, Property.CATEGORY, Property.UNIT, Property.CAPTURE_DATE, Property.CAPTURE_PLACE,
    Property.PLACE_HELD, Property.HOLDING_AUTHORITY, Property.STATUS, Property.CHARGE, Property.SENTENCE,
    Property.LAST_SEEN, *ACCESS_PROPERTIES, Property.RELEASE_DATE, Property.DEATH_DATE, Property.DEATH_PLACE,
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One side of a comparison: the head of its column, its visible claims by property, its name as read in parts."""

    text: str
    lang: str
    note: str
    url: str
    claims: dict[str, list[ClaimFact]]
    parts: dict[str, str]


def sides_of(mentions: Sequence[Mention], actor: Actor) -> dict[int, Side]:
    """Give each mention as a side, from what the actor may see of it."""
    told = claims_of([one.pk for one in mentions], actor)
    return {one.pk: _side(one, told[one.pk]) for one in mentions}


def claims_of(mention_ids: Iterable[int], actor: Actor) -> dict[int, list[ClaimFact]]:
    """Load the visible claims of some mentions."""
    told: dict[int, list[ClaimFact]] = defaultdict(list)
    fields = (
        "mention_id", "pk", "public_id", "property", "value", "original", "language", "sensitivity", "field_class",
        "first_seen", "credibility", "episode", "place_id",
    )  # fmt: skip
    for part in engine.parts(sorted(set(mention_ids))):
        rows = Claim.objects.visible_to(actor).filter(mention_id__in=part).order_by("pk").values_list(*fields)
        for mention_id, *fact in rows:
            told[mention_id].append(ClaimFact(*fact))
    return told


def facts_of(mention: Mention, claims: Sequence[ClaimFact]) -> MentionFacts:
    """Give a mention as the portrait reads it."""
    source = mention.source
    return MentionFacts(
        mention.pk, source.pk, source.reliability, source.sensitivity, source.room, mention.listed, tuple(claims)
    )


def provenance(mention: Mention) -> str:
    """Say where a record stands: list, day, row, reliability."""
    source = mention.source
    said = [", ".join(part for part in (source.title, edtf_words(source.obtained_on)) if part)]
    if mention.position:
        said.append(_("row %(number)s") % {"number": mention.position})
    said.append(_("reliability %(letter)s") % {"letter": source.reliability})
    return " · ".join(said)


def person_url(public_id: object) -> str:
    """Give the address of a person's page."""
    return reverse("person", args=[public_id])


def rows_between(left: Side, right: Side, score_reasons: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Align two sides by property; marks come from the engine's own levels where it compared the field."""
    reasons = {one["field"]: one for one in score_reasons}
    rows = []
    for prop in SHOWN:
        reason = reasons.get(FIELD_OF.get(prop, ""))
        mine, theirs = _cell(left, prop, reason, "left"), _cell(right, prop, reason, "right")
        if mine[0] or theirs[0]:
            rows.append(
                {
                    "label": str(PROPERTY[prop]),
                    "left": mine[0],
                    "right": theirs[0],
                    "left_lang": mine[1],
                    "right_lang": theirs[1],
                    "mark": _mark(prop, mine[0], theirs[0], reason, left, right),
                }
            )
    return rows


def _side(mention: Mention, claims: Sequence[ClaimFact]) -> Side:
    name, language = full_name(facts_of(mention, claims))
    url = person_url(mention.person.public_id)
    return Side(name or _("No name"), language, provenance(mention), url, _by(claims), _read_parts(mention, claims))


def _read_parts(mention: Mention, claims: Sequence[ClaimFact]) -> dict[str, str]:
    """Give the parts of a name that came in one column, as the engine reads them first."""
    first = prepare(record_of(str(mention.pk), "", claims)).readings[0]
    return {"surname": first.family, "given": first.given, "patronymic": first.patronymic}


def _by(claims: Iterable[ClaimFact]) -> dict[str, list[ClaimFact]]:
    found: dict[str, list[ClaimFact]] = defaultdict(list)
    for claim in claims:
        found[claim.property].append(claim)
    return dict(found)


def _cell(side: Side, prop: Property, reason: dict[str, Any] | None, which: str) -> tuple[str, str]:
    """Give what a side says of a property, and its language."""
    claims = side.claims.get(prop, [])
    field = FIELD_OF.get(prop, "")
    if field in NAME_PARTS:
        return _name_part(side, claims, str(reason[which]) if reason else side.parts.get(field, ""))
    if not claims:
        return "", ""
    said = dict.fromkeys(_wording(prop, claim) for claim in claims)
    return "; ".join(said), claims[0].language if _spoken(prop) else ""


def _name_part(side: Side, claims: Sequence[ClaimFact], read: str) -> tuple[str, str]:
    """Give a part of a name as the engine read it, for columns may be swapped and a name stand in one column."""
    written = list(dict.fromkeys(claim.value for claim in claims))
    language = claims[0].language if claims else side.lang
    fitting = [value for value in written if sort_key(value) == sort_key(read)]
    if not read or fitting:
        return "; ".join(written), language
    if not written:
        return read.title(), language
    return _("%(value)s (in the source: %(original)s)") % {
        "value": read.title(),
        "original": "; ".join(written),
    }, language


def _wording(prop: Property, claim: ClaimFact) -> str:
    words = value_words(prop, claim.value)
    original = claim.original.strip()
    if original and prop in DATED and sort_key(original) not in {sort_key(words), sort_key(claim.value)}:
        return _("%(value)s (in the source: %(original)s)") % {"value": words, "original": original}
    return words


def _spoken(prop: Property) -> bool:
    """Say whether a value is the source's own words, not a code or a date put into the reader's."""
    return prop not in {
        Property.BIRTH_DATE, Property.SEX, Property.CATEGORY, Property.STATUS, Property.CAPTURE_DATE,
        Property.RELEASE_DATE, Property.DEATH_DATE, Property.LAST_SEEN, Property.AGE,
    }  # fmt: skip


def _mark(prop: Property, left: str, right: str, reason: dict[str, Any] | None, one: Side, other: Side) -> str:
    if not (left and right):
        return "missing"
    if reason is None:
        return "same" if _values(one, prop) & _values(other, prop) else "differs"
    level = str(reason["code"]).removeprefix(f"{reason['field']}_")
    if level in {"same", "same_day"}:
        return "same"
    return "near" if reason["bits"] > 0 else "differs"


def _values(side: Side, prop: Property) -> set[str]:
    return {sort_key(claim.value) for claim in side.claims.get(prop, [])}
