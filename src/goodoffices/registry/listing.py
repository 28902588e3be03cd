# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page of the people list, with the counts beside it.

The counts come from one grouped query per room, clearance and question, kept until the registry's pulse beats
again. They are drawn from the lines of the actor's own clearance, so they never speak of somebody hidden.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import FieldClass
from goodoffices.registry.filters import MARKS, NONE, PeopleQuery, address
from goodoffices.registry.models import Listing, Mention, Pulse, Source
from goodoffices.registry.querysets import ListingQuerySet

PAGE = 50
KEPT_SECONDS = 3600
KEPT_IDS = 30_000
PLACES_SHOWN = 40
FACETS = ("category", "status", "sex")
_DATES = frozenset({"born", "taken"})
_COLUMN = {"name": "sort_key", "born": "born", "taken": "taken", "changed": "changed_at"}


@dataclass(frozen=True)
class PeoplePage:
    """Lines of one page; ``number`` from 1 to ``pages``; ``count`` of all that match."""

    lines: list[Any]
    count: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.lines else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.lines)


def people_page(actor: Actor, room: str, query: PeopleQuery, number: int) -> PeoplePage:
    """Give one page; a number beyond the last gives the last."""
    count = counts(actor, room, query)["count"][""]
    pages = max(1, -(-count // PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PAGE
    return PeoplePage(_slice(actor, room, query, start, PAGE, count), count, number, pages)


def counts(actor: Actor, room: str, query: PeopleQuery) -> dict[str, Mapping[str, int]]:
    """Count the matches, and what each filter would show with the others kept: {"count": {"": n}, "category": ...}."""
    cube = _cube(actor, room, query)
    found: dict[str, Mapping[str, int]] = {"count": {"": sum(_kept(cube, query).values())}}
    for place, name in enumerate(FACETS):
        tally: Counter[str] = Counter()
        for key, n in _kept(cube, replace(query, **{name: ()})).items():  # type: ignore[arg-type]
            tally[str(key[place]) or NONE] += n
        found[name] = tally
    found["mark"] = {
        mark: sum(n for key, n in _kept(cube, query).items() if key[len(FACETS) + place])
        for place, mark in enumerate(MARKS)
    }
    return found


def place_counts(actor: Actor, room: str) -> list[tuple[int | None, str, int]]:
    """Give the places most often reported: (inner id or None, wording, people), for those who see whereabouts."""
    if int(FieldClass.WHEREABOUTS) not in actor.field_classes:
        return []

    def count() -> list[tuple[int | None, str, int]]:
        lines = _lines(actor, room).exclude(place_held="")
        tally: dict[tuple[int | None, str], int] = {}
        for place_id, wording, n in lines.values_list("place_id", "place_held").annotate(n=Count("pk")).order_by("-n"):
            key = (place_id, "" if place_id else wording)
            tally[key] = tally.get(key, 0) + n
        top = sorted(tally.items(), key=lambda item: -item[1])[:PLACES_SHOWN]
        return [(place_id, wording, n) for (place_id, wording), n in top]

    found: list[tuple[int | None, str, int]] = kept_until_beat(f"places:{room}:{actor.clearance}", count)
    return found


def all_lines(actor: Actor, room: str, query: PeopleQuery, *, walk: bool = False) -> ListingQuerySet:
    """Give every line that matches, unsorted; ``walk`` keeps the store from sorting what an index has in order."""
    return _lines(actor, room, walk=walk).asked(query, actor, walk=walk).marked(query)


def _lines(actor: Actor, room: str, *, walk: bool = False) -> ListingQuerySet:
    seen = Listing.objects.walked_by(actor) if walk else Listing.objects.visible_to(actor)
    found: ListingQuerySet = seen.in_room(room)
    return found


def _slice(actor: Actor, room: str, query: PeopleQuery, start: int, length: int, count: int) -> list[Any]:
    """Cut one page out of the sorted list: first ids, then their lines.

    A short answer is sorted once and its ids kept until the next change; a long one is walked along the sort's own
    index, from whichever end is nearer.
    """
    if count <= KEPT_IDS:
        ids = kept_until_beat(_key("ids", actor, room, query), lambda: array("q", _sorted_ids(actor, room, query)))
        return _lines_of(list(ids[start : start + length]))
    walk = all_lines(actor, room, query, walk=True)
    column = _COLUMN[query.sort.lstrip("-")]
    if column not in _DATES:
        return _lines_of(_walk(walk, _order(query.sort), start, length, count))
    dated = walk.exclude(**{column: ""})
    have = kept_until_beat(_key("dated", actor, room, query), dated.count)
    ids = _walk(dated, _order(query.sort), start, length, have)
    if len(ids) < length:
        undated = walk.filter(**{column: ""})
        ids += _walk(undated, _order("name"), max(start - have, 0), length - len(ids), count - have)
    return _lines_of(ids)


def _sorted_ids(actor: Actor, room: str, query: PeopleQuery) -> list[int]:
    """Sort all matches; those without the date sorted by come last, by name."""
    lines = all_lines(actor, room, query)
    column = _COLUMN[query.sort.lstrip("-")]
    if column not in _DATES:
        return list(lines.order_by(*_order(query.sort)).values_list("pk", flat=True))
    dated = lines.exclude(**{column: ""}).order_by(*_order(query.sort))
    undated = lines.filter(**{column: ""}).order_by(*_order("name"))
    return [*dated.values_list("pk", flat=True), *undated.values_list("pk", flat=True)]


def _order(sort: str) -> tuple[str, ...]:
    """Give the columns of the sort's index, in its order, so that it is walked and never sorted."""
    down = "-" if sort.startswith("-") else ""
    return tuple(f"{down}{name}" for name in (_COLUMN[sort.lstrip("-")], "tier_from", "tier_to", "pk"))


def _walk(lines: Any, order: tuple[str, ...], start: int, length: int, count: int) -> list[int]:
    length = min(length, count - start)
    if length <= 0:
        return []
    if start <= count - start - length:
        return list(lines.order_by(*order).values_list("pk", flat=True)[start : start + length])
    back = count - start - length
    found = lines.order_by(*order).reverse().values_list("pk", flat=True)[back : back + length]
    return list(found)[::-1]


def _lines_of(ids: list[int]) -> list[Any]:
    rows = {line.pk: line for line in Listing.objects.filter(pk__in=ids).select_related("person")}
    return [rows[pk] for pk in ids if pk in rows]


def _cube(actor: Actor, room: str, query: PeopleQuery) -> dict[tuple[Any, ...], int]:
    """Count the lines by category, status, sex and the marks, in one query."""

    def count() -> dict[tuple[Any, ...], int]:
        grouped = _lines(actor, room).asked(query, actor).values_list(*FACETS, *MARKS).annotate(n=Count("pk"))
        return {tuple(key): n for *key, n in grouped.order_by()}

    unmarked = replace(query, category=(), status=(), sex=(), mark=(), sort="name")
    found: dict[tuple[Any, ...], int] = kept_until_beat(_key("cube", actor, room, unmarked), count)
    return found


def _kept(cube: dict[tuple[Any, ...], int], query: PeopleQuery) -> dict[tuple[Any, ...], int]:
    """Keep the groups that match the query's words and marks."""
    wanted = [
        {"" if one == NONE else one for one in getattr(query, name)} if getattr(query, name) else None
        for name in FACETS
    ]
    marks = [len(FACETS) + MARKS.index(mark) for mark in query.mark]
    return {
        key: n
        for key, n in cube.items()
        if all(one is None or key[place] in one for place, one in enumerate(wanted))
        and all(key[place] for place in marks)
    }


def _key(kind: str, actor: Actor, room: str, query: PeopleQuery) -> str:
    """Name what is kept by what it was drawn from: the question and the actor's rights; never the words themselves."""
    asked = address(query) + query.sort
    classes = "".join(str(one) for one in sorted(actor.field_classes))
    return f"{kind}:{actor.clearance}:{classes}:{room}:{blake2b(asked.encode(), digest_size=16).hexdigest()}"


def counted_sources(sources: Iterable[Source], actor: Actor) -> list[Source]:
    """Give sources with ``people`` and ``records``: how many came from each, as far as the actor may see."""

    def count() -> dict[int, tuple[int, int]]:
        seen = Mention.objects.visible_to(actor).order_by().values("source_id")
        each = seen.annotate(people=Count("person", distinct=True), records=Count("pk"))
        return {row["source_id"]: (row["people"], row["records"]) for row in each}

    classes = "".join(str(one) for one in sorted(actor.field_classes))
    counts = kept_until_beat(f"sources:{actor.clearance}:{classes}", count)
    found = list(sources)
    for source in found:
        source.people, source.records = counts.get(source.pk, (0, 0))
    return found


def kept_until_beat(key: str, count: Any) -> Any:
    """Give what was counted before, or count and keep it: until a projection changes, an hour at most."""
    beat = Pulse.objects.values_list("beat", flat=True).first() or 0
    full = f"people:{beat}:{key}"
    found = cache.get(full)
    if found is None:
        found = count()
        cache.set(full, found, KEPT_SECONDS)
    return found
