# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gate: may this release go out, given everything that went out before? Each finding names a cell and why.

A withheld cell must stay uncertain for whoever has all releases together: never pinned, never within less than
five, also for somebody who knows all but one of the persons in it. And no row may tell of each of its persons
what it tells of all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goodoffices.core.disclosure.bounds import Contradiction, Interval, System, Target
from goodoffices.core.disclosure.releases import Cell, Release, TrueCounts, earliest_day, is_rounded, quarter_end
from goodoffices.core.disclosure.rounding import BASE, THRESHOLD
from goodoffices.core.disclosure.tables import TOTAL, Declaration, Table

NARROWEST = 5
SIGNERS = 2
EXPLORE = 4
Key = tuple[str, str]
# Population, quarter, and the values that are fixed: two cells of one place count the same persons.
Place = tuple[str, str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason not to publish.

    Attributes:
        code: what is wrong; the list is in docs/reference/disclosure.md.
        table, period: where, empty where it concerns the ledger as a whole.
        cell: pairs of dimension and value or ``*``; empty where it concerns the release as a whole.
        low, high: what the cell can be bounded to, where that is the reason; high None = not bounded.
    """

    code: str
    table: str = ""
    period: str = ""
    cell: tuple[tuple[str, str], ...] = ()
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What went out before: the releases, and the hash each was entered under."""

    releases: tuple[Release, ...] = ()
    hashes: tuple[str, ...] = ()


def check_release(
    declaration: Declaration,
    past: Past,
    candidate: Release | None,
    counts: Sequence[TrueCounts] = (),
    today: date | None = None,
) -> tuple[Finding, ...]:
    """Check a candidate, or the ledger alone.

    Args:
        declaration: the declared tables.
        past: the ledger.
        candidate: what is to go out, None to check what already did.
        counts: the confidential counts of any of these releases; with them also the rounding, the threshold, the
            rows and what somebody knows who knows all but one person are checked.
        today: the day of checking; without it only the dates in the files are compared.

    Raises:
        TooLarge: the releases have more unknowns than can be solved exactly.
    """
    found = [*_ledger_findings(past)]
    releases = list(past.releases)
    if candidate is not None:
        found += _form_findings(declaration, past, candidate, today)
        if not any((one.table, one.period) == (candidate.table, candidate.period) for one in releases):
            releases.append(candidate)
    truth = {(one.table, one.period): one.counts for one in counts}
    for release in releases if candidate is None else [candidate]:
        found += _value_findings(declaration, release, truth.get((release.table, release.period)))
    found += _same_cell_findings(declaration, releases)
    return tuple(dict.fromkeys([*found, *bound_findings(declaration, releases, truth)]))


def bound_findings(
    declaration: Declaration, releases: Sequence[Release], truth: Mapping[Key, Mapping[Cell, int]]
) -> list[Finding]:
    """Bound every cell of every release over all of them together and say which are too narrow."""
    if not releases:
        return []
    system = System(declaration, releases)
    try:
        return narrow_cells(system, declaration, releases, truth)
    except Contradiction:
        return [Finding("releases_contradict")]


def narrow_cells(
    system: System,
    declaration: Declaration,
    releases: Sequence[Release],
    truth: Mapping[Key, Mapping[Cell, int]],
    among: Release | None = None,
) -> list[Finding]:
    """Say which cells are bounded too well.

    Args:
        system: the releases as constraints; solutions found stay with it.
        declaration: the declared tables.
        releases: all releases.
        truth: confidential counts by table and quarter, as far as they are known.
        among: look only at cells that something ties to this release.
    """
    places = _places(declaration, releases)
    told = {place: value for place, _release, _cell, value in places if value is not None}
    asked: dict[Place, tuple[Target, Release, Cell]] = {}
    for place, release, cell, _value in places:
        table = declaration.tables[release.table]
        asked.setdefault(place, (Target(table.population, release.period, table.dimensions, cell), release, cell))
    if among is not None:
        group = (declaration.tables[among.table].population, among.period)
        asked = {place: one for place, one in asked.items() if system.shares(one[0], group)}
    if not system.solutions:
        system.explore([one[0] for place, one in asked.items() if place not in told], EXPLORE)
    found: list[Finding] = []
    for place, (target, release, cell) in asked.items():
        counts = truth.get((release.table, release.period), {})
        # A cell withheld in one table and told in another is told.
        code, interval = _narrow(system, target, told.get(place), counts.get(cell))
        if code:
            found.append(_finding(code, declaration, release, cell, interval))
    return found


def _places(declaration: Declaration, releases: Sequence[Release]) -> list[tuple[Place, Release, Cell, int | None]]:
    """Name each cell by who is in it, so that one cell of two tables is known for one."""
    found: list[tuple[Place, Release, Cell, int | None]] = []
    for release in releases:
        table = declaration.tables[release.table]
        for cell, value in release.values.items():
            named = frozenset((name, one) for name, one in zip(table.dimensions, cell, strict=True) if one != TOTAL)
            found.append(((table.population, release.period, named), release, cell, value))
    return found


def group_rows(declaration: Declaration, table: Table, counts: Mapping[Cell, int]) -> list[tuple[Cell, int]]:
    """Give the rows that tell of each person what they tell of all: total cell and the axis that is split.

    A row does so if one value holds all of its persons, or all but one: that one then knows the rest.
    """
    found = []
    for axis, name in enumerate(table.dimensions):
        for cell, total in counts.items():
            if cell[axis] != TOTAL or total < THRESHOLD:
                continue
            values = declaration.dimensions[name].values
            if max(counts[(*cell[:axis], one, *cell[axis + 1 :])] for one in values) >= total - 1:
                found.append((cell, axis))
    return found


def parts_of(declaration: Declaration, table: Table, cell: Cell, axis: int) -> list[Cell]:
    """Give the cells a total is split into along an axis."""
    values = declaration.dimensions[table.dimensions[axis]].values
    return [(*cell[:axis], one, *cell[axis + 1 :]) for one in values]


def _narrow(system: System, target: Target, value: int | None, count: int | None) -> tuple[str, Interval | None]:
    """Say whether a cell can be bounded too well; the true count sharpens the question where it is known."""
    seen = system.spread(target)
    if seen is not None and not _too_narrow(seen, value, count):
        return "", None
    interval = system.interval(target)
    return _too_narrow(interval, value, count), interval


def _too_narrow(interval: Interval, value: int | None, count: int | None) -> str:
    if value is not None:
        # A rounded value stands for at least five counts by itself; others must not take that away.
        return "rounding_undone" if interval.width + 1 < BASE else ""
    if interval.width == 0:
        return "pinned"
    if interval.width < NARROWEST:
        return "bounded_too_narrow"
    # Somebody who knows all but one of a small cell must not learn of the last. A cell of ten and more, withheld
    # beside another, needs no more than the rounding would give it.
    if count is not None and 0 < count < THRESHOLD:
        if interval.low >= count:
            return "last_person_certain"
        if interval.high - (count - 1) < NARROWEST:
            return "bounded_for_who_knows_the_rest"
    return ""


def _finding(code: str, declaration: Declaration, release: Release, cell: Cell, interval: Interval | None) -> Finding:
    names = declaration.tables[release.table].dimensions
    high = None if interval is None or math.isinf(interval.high) else int(interval.high)
    return Finding(
        code=code,
        table=release.table,
        period=release.period,
        cell=tuple(zip(names, cell, strict=True)),
        low=None if interval is None else interval.low,
        high=high,
    )


def _ledger_findings(past: Past) -> list[Finding]:
    found = []
    seen: set[Key] = set()
    for release, digest in zip(past.releases, past.hashes, strict=True):
        key = (release.table, release.period)
        if digest != release.content_hash():
            found.append(Finding("ledger_changed", *key))
        if key in seen:
            found.append(Finding("published_twice", *key))
        seen.add(key)
    return found


def _form_findings(declaration: Declaration, past: Past, release: Release, today: date | None) -> list[Finding]:
    key = (release.table, release.period)
    told = {
        "too_early": release.published_on < earliest_day(release.period),
        "not_yet": today is not None and (today < earliest_day(release.period) or release.published_on > today),
        "quarter_not_over": today is not None and today <= quarter_end(release.period),
        "needs_two_signatures": len(set(release.signed_off_by)) < SIGNERS,
        "frozen": any(
            (one.table, one.period) == key and one.content_hash() != release.content_hash() for one in past.releases
        ),
    }
    return [Finding(code, *key) for code, holds in told.items() if holds]


def _value_findings(declaration: Declaration, release: Release, counts: Mapping[Cell, int] | None) -> list[Finding]:
    found = []
    for cell, value in release.values.items():
        if value is not None and not is_rounded(value):
            found.append(
                _finding("below_threshold" if value < THRESHOLD else "not_rounded", declaration, release, cell, None)
            )
        if counts is None or value is None:
            continue
        if counts[cell] < THRESHOLD:
            found.append(_finding("small_count_told", declaration, release, cell, None))
        elif abs(value - counts[cell]) >= BASE:
            found.append(_finding("not_this_count", declaration, release, cell, None))
    if counts is not None:
        found += _group_findings(declaration, release, counts)
    return found


def _group_findings(declaration: Declaration, release: Release, counts: Mapping[Cell, int]) -> list[Finding]:
    table = declaration.tables[release.table]
    found = []
    for total, axis in group_rows(declaration, table, counts):
        parts = parts_of(declaration, table, total, axis)
        found += [
            _finding("group_disclosure", declaration, release, cell, None)
            for cell in parts
            if release.values[cell] is not None
        ]
    return found


def _same_cell_findings(declaration: Declaration, releases: Sequence[Release]) -> list[Finding]:
    """The same persons must have the same number wherever they stand."""
    seen: dict[Place, int] = {}
    return [
        _finding("same_cell_differs", declaration, release, cell, None)
        for place, release, cell, value in _places(declaration, releases)
        if value is not None and seen.setdefault(place, value) != value
    ]
