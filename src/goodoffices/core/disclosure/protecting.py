# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make a release that passes the gate: withhold what must be, then as much beside it as keeps it uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goodoffices.core.disclosure.bounds import Solution, System
from goodoffices.core.disclosure.checking import Finding, group_rows, narrow_cells, parts_of
from goodoffices.core.disclosure.releases import Cell, Release, TrueCounts
from goodoffices.core.disclosure.rounding import published_value
from goodoffices.core.disclosure.tables import TOTAL, Declaration, Table
from goodoffices.core.errors import GoodOfficesError


class CannotProtect(GoodOfficesError):
    """Earlier releases already give too much away; publishing nothing wouldn't mend it."""

    code = "cannot_protect"


@dataclass(frozen=True, slots=True)
class Person:
    """One counted person: an id that never changes, and a value for each dimension of the population."""

    id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be released: a declared table of a quarter, when, signed off by whom, rounded with which key."""

    table: str
    period: str
    published_on: date
    signed_off_by: tuple[str, ...]
    key: bytes


def count_table(declaration: Declaration, table: Table, people: Sequence[Person]) -> dict[Cell, list[str]]:
    """Give who is in each cell of a table, totals included."""
    members: dict[Cell, list[str]] = {cell: [] for cell in declaration.cells_of(table)}
    for person in people:
        cells: list[Cell] = [()]
        for name in table.dimensions:
            cells = [(*cell, one) for cell in cells for one in (person.values[name], TOTAL)]
        for cell in cells:
            members[cell].append(person.id)
    return members


def make_release(
    declaration: Declaration,
    past: Sequence[Release],
    order: Order,
    people: Sequence[Person],
    known: Sequence[TrueCounts] = (),
) -> tuple[Release, TrueCounts]:
    """Make a release of one table that adds nothing anybody could use against a person.

    Args:
        declaration: the declared tables.
        past: every release that went out.
        order: what is to be released.
        people: who is counted in that quarter.
        known: the confidential counts of past releases, so that their withheld cells stay protected too.

    Returns:
        The release, and the counts to keep beside it in confidence.

    Raises:
        CannotProtect: even with every cell withheld something remains too narrow.
    """
    table = declaration.tables[order.table]
    members = count_table(declaration, table, people)
    counts = {cell: len(ids) for cell, ids in members.items()}
    values = {cell: published_value(ids, order.key) for cell, ids in members.items()}
    for total, axis in group_rows(declaration, table, counts):
        values |= dict.fromkeys(parts_of(declaration, table, total, axis))
    truth = {(one.table, one.period): one.counts for one in known} | {(order.table, order.period): counts}
    release = Release(order.table, order.period, order.published_on, order.signed_off_by, values)
    solutions: list[Solution] = []
    while True:
        # Withholding more only adds solutions, so those of the round before still hold.
        system = System(declaration, [*past, release], solutions)
        found = narrow_cells(system, declaration, [*past, release], truth, among=release)
        solutions = system.solutions
        if not found:
            return release, TrueCounts(order.table, order.period, counts)
        more = _to_withhold(declaration, release, counts, found)
        if not more:
            raise CannotProtect(
                "Earlier releases already give too much away.",
                where={"table": found[0].table, "period": found[0].period, "problem": found[0].code},
                hint="Look at the ledger with sdc-check; this table can't go out.",
            )
        release = replace(release, values=dict(release.values) | dict.fromkeys(more))


def _to_withhold(
    declaration: Declaration, release: Release, counts: Mapping[Cell, int], found: Sequence[Finding]
) -> list[Cell]:
    """Choose for each narrow cell one told cell beside it, the smallest, totals last; else any cell of the table."""
    names = declaration.tables[release.table].dimensions
    told = [cell for cell, value in release.values.items() if value is not None]
    chosen: list[Cell] = []
    for one in found:
        place = dict(one.cell)
        here = tuple(place.get(name, TOTAL) for name in names)
        beside = [cell for cell in told if sum(a != b for a, b in zip(cell, here, strict=True)) <= 1]
        best = min(beside or told, key=lambda cell: (cell.count(TOTAL), counts[cell], cell), default=None)
        if best is not None and best not in chosen:
            chosen.append(best)
    return chosen
