# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keep the projections true: components of mentions, and their lines in lists.

Components are taken over live mentions and live "same" judgements between them. A retracted mention connects
nobody; it stays with the component of its earliest live neighbour, so that the person keeps the id it had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import F

from goodoffices.core.vocabulary import Decider, Verdict
from goodoffices.registry.drafts import AssessmentFact, ClaimFact, MentionFacts, PersonFacts
from goodoffices.registry.models import Assessment, Claim, Judgement, Listing, Mention, Person, Pulse
from goodoffices.registry.portrait import Line, lines_of
from goodoffices.registry.services.bulk import insert_rows, reserve_ids

CHUNK = 500
LINE_FIELDS = (
    "person_id",
    "tier_from",
    "tier_to",
    "room",
    "name",
    "name_language",
    "other_names",
    "sort_key",
    "born",
    "born_year",
    "sex",
    "category",
    "status",
    "taken",
    "place_held",
    "place_id",
    "sources",
    "mentions",
    "conflict",
    "unlooked",
    "unlisted",
    "changed_at",
)


def regroup(mention_ids: Collection[int], *, now: datetime) -> tuple[list[UUID], list[UUID]]:
    """Recompute the components that the given mentions touch, and redraw their lines.

    Returns:
        The public ids of the persons before and after, sorted; equal when nothing moved.
    """
    touched = _with_neighbours(set(Mention.objects.filter(pk__in=mention_ids).values_list("person_id", flat=True)))
    rows: list[tuple[int, UUID, int, bool, str]] = []
    for part in _parts(sorted(touched)):
        rows.extend(
            Mention.objects.filter(person_id__in=part).values_list("pk", "seed", "person_id", "live", "source__room")
        )
    before = sorted({UUID(str(p)) for p in _public_ids(touched)})
    groups = _components([(pk, live) for pk, _, _, live, _ in rows])
    after = _store_groups(groups, rows)
    redraw(after.values(), now=now)
    return before, sorted(after)


def redraw(person_ids: Iterable[int], *, now: datetime) -> None:
    """Draw the lines of some persons anew."""
    for part in _parts(sorted(set(person_ids))):
        Listing.objects.filter(person_id__in=part).delete()
        drawn = [(person_id, line) for person_id, facts in load_facts(part).items() for line in lines_of(facts)]
        insert_rows(Listing, LINE_FIELDS, [_line_row(person_id, line, now) for person_id, line in drawn])
        lit = {person_id for person_id, _line in drawn}
        Person.objects.filter(pk__in=part).exclude(pk__in=lit).update(live=False)
        Person.objects.filter(pk__in=lit).update(live=True)
    beat()


def write_lines(people: Iterable[tuple[int, PersonFacts]], *, now: datetime) -> None:
    """Write the lines of new persons whose facts are at hand: the fast road of a first import."""
    insert_rows(Listing, LINE_FIELDS, [_line_row(pk, line, now) for pk, facts in people for line in lines_of(facts)])


def beat() -> None:
    """Let every cache of counts know that something changed."""
    if not Pulse.objects.update(beat=F("beat") + 1):
        Pulse.objects.create(beat=1)


def rebuild_all(*, now: datetime) -> int:
    """Redraw every person from the truth; returns how many."""
    count = 0
    ids = Person.objects.order_by("pk").values_list("pk", flat=True)
    for part in _parts(list(ids)):
        redraw(part, now=now)
        count += len(part)
    return count


def load_facts(person_ids: Sequence[int]) -> dict[int, PersonFacts]:
    """Load what is known of some persons: live mentions, standing claims, standing assessments."""
    person_of: dict[int, int] = {}
    heads: dict[int, tuple[int, str, int, str, bool]] = {}
    for pk, person_id, *head in (
        Mention.objects.filter(person_id__in=person_ids, live=True)
        .order_by("pk")
        .values_list(
            "pk", "person_id", "source_id", "source__reliability", "source__sensitivity", "source__room", "listed"
        )
    ):
        person_of[pk] = person_id
        heads[pk] = tuple(head)
    claims: dict[int, list[ClaimFact]] = defaultdict(list)
    fields = ("mention_id", "pk", "public_id", "property", "value", "original", "language", "sensitivity")
    more = ("field_class", "first_seen", "credibility", "episode", "place_id")
    for part in _parts(list(person_of)):
        for mention_id, *fact in (
            Claim.objects.standing().filter(mention_id__in=part).order_by("pk").values_list(*fields, *more)
        ):
            claims[mention_id].append(ClaimFact(*fact))
    mentions: dict[int, list[MentionFacts]] = defaultdict(list)
    for pk, head in heads.items():
        mentions[person_of[pk]].append(MentionFacts(pk, *head, tuple(claims[pk])))
    assessed = _assessments(person_of)
    unlooked = _unlooked(person_of)
    return {
        person_id: PersonFacts(
            mentions=tuple(told),
            assessments=tuple(assessed.get(person_id, ())),
            unlooked=person_id in unlooked,
        )
        for person_id, told in mentions.items()
    }


def _assessments(person_of: dict[int, int]) -> dict[int, list[AssessmentFact]]:
    found: dict[int, list[AssessmentFact]] = defaultdict(list)
    for part in _parts(list(person_of)):
        standing = Assessment.objects.filter(anchor_id__in=part, ended_at=None).order_by("pk")
        for one in standing:
            if one.property in NEEDS_SECOND and one.value in NEEDS_SECOND[one.property] and not one.seconded_at:
                continue
            fact = AssessmentFact(one.property, one.value, one.confidence, one.sensitivity)
            found[person_of[one.anchor_id]].append(fact)
    return found


NEEDS_SECOND = {"status": {"died"}}


def _unlooked(person_of: dict[int, int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(list(person_of)):
        joined = Judgement.objects.live().filter(
            verdict=Verdict.SAME, decider=Decider.MODEL, confirmed_at=None, left_id__in=part
        )
        found.update(person_of[left] for left in joined.values_list("left_id", flat=True))
    return found


def _with_neighbours(person_ids: set[int]) -> set[int]:
    """Add the persons whom live "same" judgements tie to these: a record that stands again may bridge two of them."""
    found, fresh = set(person_ids), set(person_ids)
    while fresh:
        near: set[int] = set()
        for part in _parts(sorted(fresh)):
            same = Judgement.objects.live().filter(verdict=Verdict.SAME)
            near.update(same.filter(left__person_id__in=part).values_list("right__person_id", flat=True))
            near.update(same.filter(right__person_id__in=part).values_list("left__person_id", flat=True))
        fresh = near - found
        found |= fresh
    return found


def _components(mentions: list[tuple[int, bool]]) -> list[list[int]]:
    """Group mention ids; each group sorted, groups by first id."""
    live = {pk for pk, is_live in mentions if is_live}
    everyone = sorted(pk for pk, _ in mentions)
    neighbours: dict[int, set[int]] = defaultdict(set)
    for part in _parts(everyone):
        same = Judgement.objects.live().filter(verdict=Verdict.SAME, left_id__in=part)
        for left, right in same.values_list("left_id", "right_id"):
            neighbours[left].add(right)
            neighbours[right].add(left)
    root: dict[int, int] = {}
    for start in everyone:
        if start in live and start not in root:
            _flood(start, neighbours, live, root)
    waiting = [pk for pk in everyone if pk not in live]
    moved = True
    while moved:
        moved = False
        for pk in waiting:
            near = [root[other] for other in neighbours[pk] if other in root]
            if pk not in root and near:
                root[pk] = min(near)
                moved = True
    groups: dict[int, list[int]] = defaultdict(list)
    for pk in everyone:
        groups[root.get(pk, pk)].append(pk)
    return sorted(groups.values())


def _flood(start: int, neighbours: dict[int, set[int]], live: set[int], root: dict[int, int]) -> None:
    stack = [start]
    while stack:
        pk = stack.pop()
        if pk in root:
            continue
        root[pk] = start
        stack.extend(other for other in neighbours[pk] if other in live and other not in root)


def _store_groups(groups: list[list[int]], rows: list[tuple[int, UUID, int, bool, str]]) -> dict[UUID, int]:
    """Point each group's mentions at the person whose id is its earliest seed; drop persons left empty."""
    seed_of = {pk: seed for pk, seed, *_ in rows}
    person_of = {pk: person_id for pk, _, person_id, *_ in rows}
    room_of = {pk: room for pk, *_, room in rows}
    wanted = {seed_of[group[0]]: group for group in groups}
    existing = dict(Person.objects.filter(public_id__in=wanted).values_list("public_id", "pk"))
    missing = [seed for seed in wanted if seed not in existing]
    if missing:
        ids = reserve_ids(Person, len(missing))
        insert_rows(
            Person,
            ("id", "public_id", "room", "live"),
            [(pk, seed, room_of[wanted[seed][0]], True) for pk, seed in zip(ids, missing, strict=True)],
        )
        existing.update(zip(missing, ids, strict=True))
    for seed, group in wanted.items():
        moved = [pk for pk in group if person_of[pk] != existing[seed]]
        if moved:
            Mention.objects.filter(pk__in=moved).update(person_id=existing[seed])
    gone = set(person_of.values()) - set(existing.values())
    Listing.objects.filter(person_id__in=gone).delete()
    Person.objects.filter(pk__in=gone).delete()
    return existing


def _public_ids(person_ids: Iterable[int]) -> Iterator[UUID]:
    for part in _parts(sorted(person_ids)):
        yield from Person.objects.filter(pk__in=part).values_list("public_id", flat=True)


def _line_row(person_id: int, line: Line, now: datetime) -> tuple[object, ...]:
    return (person_id, *(getattr(line, name) for name in LINE_FIELDS[1:-1]), now)


def _parts(items: Sequence[int]) -> Iterator[Sequence[int]]:
    walk = iter(items)
    while part := list(islice(walk, CHUNK)):
        yield part
