# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page of the people list, with the counts beside it.

The counts come from one grouped query per room, clearance and question, kept until the registry's pulse beats
again. They are drawn from the lines of the actor's own clearance, so they never speak of somebody hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import FieldClass
from goodoffices.registry.filters import MARKS, NONE, PeopleQuery
from goodoffices.registry.models import Listing, Pulse
from goodoffices.registry.querysets import ListingQuerySet

PAGE = 50
KEPT_SECONDS = 3600
PLACES_SHOWN = 40
FACETS = ("category", "status", "sex")
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
    return PeoplePage(_slice(actor, room, query, start, PAGE), count, number, pages)


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
        mark: sum(
            n for key, n in _kept(cube, query).items() if key[len(FACETS) + place]
        )
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

    return _kept_until_beat(f"places:{room}:{actor.clearance}", count)


def all_lines(actor: Actor, room: str, query: PeopleQuery) -> ListingQuerySet:
    """Give every line that matches, unsorted."""
    found: ListingQuerySet = _lines(actor, room).asked(query, actor).marked(query)
    return found


def _lines(actor: Actor, room: str) -> ListingQuerySet:
    found: ListingQuerySet = Listing.objects.visible_to(actor).in_room(room)
    return found


def _slice(actor: Actor, room: str, query: PeopleQuery, start: int, length: int) -> list[Any]:
    """Cut one page out of the sorted list: first ids along the sort's index, then their lines."""
    lines = all_lines(actor, room, query)
    column = _COLUMN[query.sort.lstrip("-")]
    down = "-" if query.sort.startswith("-") else ""
    order = (f"{down}{column}", f"{down}pk")
    if column in {"born", "taken"} and not down:
        return _dated_first(lines, column, order, start, length)
    return _in_order(lines.order_by(*order), start, length)


def _dated_first(lines: Any, column: str, order: tuple[str, ...], start: int, length: int) -> list[Any]:
    """Sort by a date with those who have none at the end, each part along its index."""
    dated = lines.exclude(**{column: ""})
    found = _in_order(dated.order_by(*order), start, length)
    if len(found) < length:
        gone = max(start - dated.count(), 0)
        undated = lines.filter(**{column: ""}).order_by("sort_key", "pk")
        found += _in_order(undated, gone, length - len(found))
    return found


def _in_order(lines: Any, start: int, length: int) -> list[Any]:
    ids = list(lines.values_list("pk", flat=True)[start : start + length])
    rows = {line.pk: line for line in Listing.objects.filter(pk__in=ids).select_related("person")}
    return [rows[pk] for pk in ids if pk in rows]


def _cube(actor: Actor, room: str, query: PeopleQuery) -> dict[tuple[Any, ...], int]:
    """Count the lines by category, status, sex and the marks, in one query."""

    def count() -> dict[tuple[Any, ...], int]:
        grouped = _lines(actor, room).asked(query, actor).values_list(*FACETS, *MARKS).annotate(n=Count("pk"))
        return {tuple(key): n for *key, n in grouped.order_by()}

    asked = "\x1f".join((room, *query.beyond_marks))
    classes = "".join(str(one) for one in sorted(actor.field_classes))
    digest = blake2b(asked.encode(), digest_size=16).hexdigest()
    return _kept_until_beat(f"cube:{actor.clearance}:{classes}:{digest}", count)


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


def _kept_until_beat(key: str, count: Any) -> Any:
    beat = Pulse.objects.values_list("beat", flat=True).first() or 0
    full = f"people:{beat}:{key}"
    found = cache.get(full)
    if found is None:
        found = count()
        cache.set(full, found, KEPT_SECONDS)
    return found
