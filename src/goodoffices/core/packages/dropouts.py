# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left of a package when one name falls out and nobody new comes in."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from goodoffices.core.packages.backend import Floats, Ints
from goodoffices.core.packages.case import Case, Demand
from goodoffices.core.packages.limits import broken
from goodoffices.core.packages.model import Model, Program, build_model
from goodoffices.core.packages.search import Search

MOST_STEPS = 16


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
    for column in inside.order():
        left, exact = inside.left_at_hand(column)
        if not exact:
            enough = max(worst, -(-size // 2))
            if left >= enough or any(inside.heads(part) >= enough and inside.spares(part, column) for part in parts):
                continue
            part, sure = inside.largest_without(inside.people_of(column)[-1])
            parts.append(part)
            left, proved = inside.heads(part), proved and sure
        worst = min(worst, left)
        if 2 * left < size:
            linchpins += inside.people_of(column)
    return Dropouts(worst, tuple(sorted(linchpins)), proved)


@dataclass(frozen=True)
class _Inside:
    """A package seen as bounds on the columns of its case's model."""

    model: Model
    chosen: frozenset[str]
    search: Search

    @cached_property
    def upper(self) -> Ints:
        """Give how many blocks of each column are in."""
        return np.array(
            [sum(block[0] in self.chosen for block in blocks) for blocks in self.model.members], dtype=np.int64
        )

    @cached_property
    def slack(self) -> Floats:
        """Give how far each row of the package is from being broken."""
        program = Program.of(self.model)
        high: Floats = np.array([row.high for row in program.rows])
        slack: Floats = high - program.matrix @ self.upper
        return slack

    @cached_property
    def columns(self) -> sparse.csc_matrix:
        return Program.of(self.model).matrix.tocsc()

    def heads(self, part: Ints) -> int:
        """Count the people of a part."""
        return int(self.model.total @ part)

    def spares(self, part: Ints, column: int) -> bool:
        """Tell whether a part does without one block of a column."""
        return bool(part[column] < self.upper[column])

    def people_of(self, column: int) -> list[str]:
        """Give the members of the package in one column."""
        return [one for block in self.model.members[column] for one in block if one in self.chosen]

    def order(self) -> Iterable[int]:
        """Give the columns in use, those of demanded people first: they are most often the linchpins."""
        used = np.flatnonzero(self.upper)
        asked = {
            self.model.column_of.get(limit.person, -1) for limit in self.model.case.limits if isinstance(limit, Demand)
        }
        return sorted(map(int, used), key=lambda column: (column not in asked, column))

    def left_at_hand(self, column: int) -> tuple[int, bool]:
        """Take out one block, then whatever mends most of what that broke; gives what is left (at least), if exactly.

        Nothing at hand gives -1.
        """
        slack = self.slack + self.columns[:, [column]].toarray().ravel()
        left = len(self.chosen) - int(self.model.total[column])
        spare = self.upper.copy()
        spare[column] -= 1
        exact = True
        for step in range(MOST_STEPS):
            if not np.any(slack < 0):
                return left, exact
            taken = self._mends_most(slack, spare)
            size = int(self.model.total[taken])
            exact = step == 0 and size == 1  # one person fewer than what had been enough can't be beaten
            left, spare[taken] = left - size, spare[taken] - 1
            slack = slack + self.columns[:, [taken]].toarray().ravel()
        return -1, False

    def _mends_most(self, slack: Floats, spare: Ints) -> int:
        """Choose the column whose block's leaving leaves least owed."""
        entries = self.entries
        before, after = slack[entries.row], slack[entries.row] + entries.data
        change = np.maximum(-after, 0) - np.maximum(-before, 0)
        owed = np.bincount(entries.col, weights=change, minlength=len(spare))
        return int(np.argmin(np.where(spare > 0, owed, np.inf)))

    @cached_property
    def entries(self) -> sparse.coo_matrix:
        return self.columns.tocoo()

    def largest_without(self, one: str) -> tuple[Ints, bool]:
        """Find the largest part without one person; gives column values and whether it is proved."""
        upper = self.upper.copy()
        upper[self.model.column_of[one]] -= 1
        program = Program.of(self.model).bounded(np.zeros_like(upper), upper)
        found = self.search.maximise(program, self.model.total, np.zeros_like(upper))
        return (np.zeros_like(upper) if found.values is None else found.values), found.proved
