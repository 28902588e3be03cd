# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find persons by a name in any script, order and spelling, and say why each was found.

Only what the actor may see is read, matched and counted: a hidden record can't be felt by a gap or a number.
Each key's postings are read up to a limit, and only the nearest records are compared, so that a common surname costs
no more than a rare one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from goodoffices.access.actors import Actor
from goodoffices.core.dates import parse_edtf, read_date
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage import PairScore, Prepared, Record, default_model, posting_keys, prepare, query_keys, rank
from goodoffices.core.vocabulary import Room
from goodoffices.matching import engine
from goodoffices.matching.compiled import ASKED, Compiled
from goodoffices.matching.engine import as_json
from goodoffices.matching.reasons import sentences
from goodoffices.registry.drafts import ClaimDraft, record_of
from goodoffices.registry.models import Listing, Mention, NameKey
from goodoffices.registry.portrait import sort_key

MOST_OF_A_KEY = 150
MOST_RANKED = 64
TEXT_LIMIT = 200
# Names as near as this many bits are told apart by nothing the reader gave.
NAMESAKE_BITS = 2.0


@dataclass(frozen=True)
class Hit:
    """A person found. ``names`` starts with the name shown; ``reasons`` are the engine's, ``why`` says them."""

    person: UUID
    names: list[str]
    name_language: str
    born: str
    place_held: str
    probability: float
    weight_bits: float
    room: str
    reasons: list[dict[str, Any]]
    why: list[str]


@dataclass(frozen=True)
class Found:
    """Hits, the likeliest first; ``namesakes`` is how many persons fit the name about equally well."""

    hits: list[Hit] = field(default_factory=list)
    namesakes: int = 0


def lookup(actor: Actor, text: str, born: str | None = None, limit: int = 10, *, room: str = Room.WORK) -> Found:
    """Find the persons a name may mean.

    Args:
        text: a name in any script, order and spelling.
        born: a date of birth in EDTF or any usual form, a year alone included.
        limit: most hits.
        room: which room to look in.

    Raises:
        GoodOfficesError: the date can't be read.
    """
    said = " ".join(text.split())[:TEXT_LIMIT]
    if not said or not actor.sees_people:
        return Found()
    edtf = born_edtf(born)
    query = prepare(Record(key="query", source="", name=said, dob=edtf or None))
    return _found(actor, query, query_keys(said, edtf or None), limit, room)


def suggestions(actor: Actor, text: str, limit: int = 6, *, room: str = Room.WORK) -> list[Hit]:
    """Find persons while a name is being typed: by whole words in any script, else by how a listed name begins."""
    found = lookup(actor, text, limit=limit, room=room).hits
    known = {hit.person for hit in found}
    begun = [hit for hit in _begun(actor, text, limit, room) if hit.person not in known]
    return [*found, *begun][:limit]


def _begun(actor: Actor, text: str, limit: int, room: str) -> list[Hit]:
    """Find listed names that begin with one of the words and hold the others, in the script they are typed in."""
    words = sort_key(" ".join(text.split())[:TEXT_LIMIT]).split()
    lines = Listing.objects.visible_to(actor).filter(room=room).select_related("person")
    for start in reversed(words):
        here = lines.filter(sort_key__gte=start, sort_key__lt=f"{start}\uffff")
        for other in words:
            if other != start:
                here = here.filter(sort_key__contains=other)
        if hits := [_begun_hit(line) for line in here.order_by("sort_key")[:limit]]:
            return hits
    return []


def _begun_hit(line: Listing) -> Hit:
    why = [gettext("The name begins so")]
    names = [line.name, *(name for name in line.other_names.split(" · ") if name)]
    return Hit(
        line.person.public_id, names, line.name_language, line.born, line.place_held, 0.0, 0.0, line.room, [], why
    )


def possible_duplicates(
    actor: Actor, claims: Iterable[ClaimDraft], limit: int = 5, *, room: str = Room.WORK
) -> list[Hit]:
    """Find persons that somebody being entered may already be; empty while no name is given."""
    query = prepare(record_of("entry", "", claims))
    if not actor.sees_people or not any(reading.family or reading.given for reading in query.readings):
        return []
    hits = _found(actor, query, posting_keys(query), limit, room).hits
    return [hit for hit in hits if hit.probability >= default_model().ask]


def lookup_answer(actor: Actor, text: str, born: str | None = None, limit: int = 10) -> list[dict[str, Any]]:
    """Give the hits of a look-up as CONTRACTS part 2 has them."""
    return [
        {
            "person": str(hit.person),
            "names": hit.names,
            "born": hit.born or None,
            "probability": round(hit.probability, 6),
            "reasons": hit.why,
        }
        for hit in lookup(actor, text, born, limit).hits
    ]


def born_edtf(born: str | None) -> str:
    """Read a date of birth as people type it.

    Raises:
        GoodOfficesError: it is no date.
    """
    said = (born or "").strip()
    if not said:
        return ""
    try:
        parse_edtf(said)
    except GoodOfficesError:
        return read_date(said).edtf
    return said


def _found(actor: Actor, query: Prepared, keys: Sequence[int], limit: int, room: str) -> Found:
    known = list(engine.known_mentions(_near(actor, keys, room), actor=actor, room=room).values())
    best: dict[int, PairScore] = {}
    for at, score in rank(query, [one.prepared for one in known], default_model(), engine.rarity_of(room)):
        if len(best) >= limit and not _namesake(next(iter(best.values())), score):
            break
        if _names_fit(score):
            best.setdefault(known[at].person_id, score)
    first = list(best)[:limit]
    visible = Listing.objects.visible_to(actor).select_related("person")
    lines = {line.person_id: line for line in visible.filter(person_id__in=first)}
    hits = [_hit(lines[person], best[person]) for person in first if person in lines]
    return Found(hits, _namesakes(list(best.values())))


def _near(actor: Actor, keys: Sequence[int], room: str) -> list[int]:
    """Read postings of visible mentions: the nearest by the rarest key each was found under, then by how many."""
    postings = _postings(actor, room)
    rarest: dict[int, int] = {}
    often: dict[int, int] = defaultdict(int)
    for key in keys:
        under = [row[0] for row in postings.rows(key)]
        for mention in under:
            rarest[mention] = min(rarest.get(mention, MOST_OF_A_KEY), len(under))
            often[mention] += 1
    return sorted(rarest, key=lambda mention: (rarest[mention], -often[mention], mention))[:MOST_RANKED]


@lru_cache(maxsize=64)
def _postings(actor: Actor, room: str) -> Compiled:
    """Put together the question for the first visible mentions under a key."""
    visible = Mention.objects.visible_to(actor).filter(source__room=room)
    # Asked posting by posting: a list of all visible mentions would cost seconds on a large store.
    told = Exists(visible.filter(pk=OuterRef("mention_id")))
    postings = NameKey.objects.filter(told, key=ASKED).order_by("mention_id")
    return Compiled(postings.values_list("mention_id", flat=True)[:MOST_OF_A_KEY])


def _names_fit(score: PairScore) -> bool:
    """Say whether a name speaks for the hit: a key of a name the actor may not see must not bring the person up."""
    levels = {one.field: one.code.removeprefix(f"{one.field}_") for one in score.reasons}
    apart = {"missing", "different", "loosely_alike"}
    surname, given = levels.get("surname", "missing"), levels.get("given", "missing")
    if surname == "different" or (surname == "missing" and given == "missing"):
        return False
    return surname not in apart or given not in apart


def _namesakes(scores: Sequence[PairScore]) -> int:
    near = sum(_namesake(scores[0], score) for score in scores)
    return near if near > 1 else 0


def _namesake(top: PairScore, score: PairScore) -> bool:
    return top.weight_bits - score.weight_bits <= NAMESAKE_BITS


def _hit(line: Listing, score: PairScore) -> Hit:
    reasons = as_json(score)
    others = [name for name in line.other_names.split(" · ") if name]
    return Hit(
        person=line.person.public_id,
        names=[line.name, *others],
        name_language=line.name_language,
        born=line.born,
        place_held=line.place_held,
        probability=score.probability,
        weight_bits=score.weight_bits,
        room=line.room,
        reasons=reasons,
        why=sentences([one for one in reasons if one["field"] not in {"source", "reading", "namesakes"}])[:4],
    )
