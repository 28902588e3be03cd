# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left of a package when one name falls out and nobody new comes in."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from goodoffices.core.packages.backend import Ints
from goodoffices.core.packages.case import Case, Demand
from goodoffices.core.packages.limits import broken
from goodoffices.core.packages.model import Model, Program, build_model
from goodoffices.core.packages.search import Search


@dataclass(frozen=True)
class Dropouts:
    """The worst drop-out of a package.

    Args:
        worst: people left after the worst single drop-out.
        linchpins: those without whom less than half is left.
        proved: whether ``worst`` is proved; linchpins always are what was found.
    """

    worst: int
    linchpins: tuple[str, ...]
    proved: bool


def left_without(case: Case, chosen: AbstractSet[str], one: str, search: Search) -> tuple[int, bool]:
    """Find the largest package inside ``chosen`` without one person; gives its size and whether it is proved.

    Args:
        case: the case.
        chosen: a package that keeps its limits.
        one: who falls out.
        search: for what can't be read off.
    """
    group = next((group for group in case.joined if one in group), (one,))
    rest = set(chosen) - set(group)
    if not broken(case, rest):
        return len(rest), True
    inside = _Inside(build_model(case), frozenset(chosen), search)
    values, proved = inside.largest_without(one)
    return int(inside.model.total @ values), proved


def worst_dropout(case: Case, chosen: AbstractSet[str], search: Search) -> Dropouts:
    """Find the worst drop-out and the linchpins, without solving for each name.

    A part of the package that is feasible answers for everybody outside it; most names are answered so.
    """
    if not chosen:
        return Dropouts(0, (), True)
    inside = _Inside(build_model(case), frozenset(chosen), search)
    size, worst, proved = len(chosen), len(chosen), True
    parts: list[Ints] = []
    linchpins: list[str] = []
    alone = inside.left_after_each_column()
    for column in inside.order():
        if alone[column] >= 0:
            left, sure = int(alone[column]), True
        else:
            enough = max(worst, -(-size // 2))
            one = inside.last(column)
            if any(int(inside.model.total @ part) >= enough and part[column] < inside.upper[column] for part in parts):
                continue
            part, sure = inside.largest_without(one)
            parts.append(part)
            left = int(inside.model.total @ part)
        worst, proved = min(worst, left), proved and sure
        if 2 * left < size:
            linchpins += inside.people_of(column)
    return Dropouts(worst, tuple(sorted(linchpins)), proved)


@dataclass(frozen=True)
class _Inside:
    """A package seen as bounds on the columns of its case's model."""

    model: Model
    chosen: frozenset[str]
    search: Search

    @property
    def upper(self) -> Ints:
        return np.array(
            [sum(block[0] in self.chosen for block in blocks) for blocks in self.model.members], dtype=np.int64
        )

    def people_of(self, column: int) -> list[str]:
        """Give the members of the package in one column."""
        return [one for block in self.model.members[column] for one in block if one in self.chosen]

    def last(self, column: int) -> str:
        return self.people_of(column)[-1]

    def order(self) -> Iterable[int]:
        """Give the columns in use, those of demanded people first: they are most often the linchpins."""
        used = np.flatnonzero(self.upper)
        asked = {
            self.model.column_of.get(limit.person, -1) for limit in self.model.case.limits if isinstance(limit, Demand)
        }
        return sorted(map(int, used), key=lambda column: (column not in asked, column))

    def left_after_each_column(self) -> Ints:
        """Give for each column the size left when one of its blocks goes, or -1 where that breaks a limit."""
        program, upper = Program.of(self.model), self.upper
        slack = np.array([row.high for row in program.rows]) - program.matrix @ upper
        entries = program.matrix.tocoo()
        breaks = np.bincount(entries.col[-entries.data > slack[entries.row]], minlength=len(upper)) > 0
        return np.where(breaks, -1, len(self.chosen) - self.model.total)

    def largest_without(self, one: str) -> tuple[Ints, bool]:
        """Find the largest part without one person; gives column values and whether it is proved."""
        upper = self.upper.copy()
        upper[self.model.column_of[one]] -= 1
        program = Program.of(self.model).bounded(np.zeros_like(upper), upper)
        found = self.search.maximise(program, self.model.total, np.zeros_like(upper))
        return (np.zeros_like(upper) if found.values is None else found.values), found.proved
