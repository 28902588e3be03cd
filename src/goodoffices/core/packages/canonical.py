# SPDX-License-Identifier: AGPL-3.0-or-later
"""Of all packages that reach the same levels, the one whose sorted ids come first: the same on every machine.

The ids are walked in order; each is in if a package with it exists that keeps what is settled. A change of one for
another answers most of these questions at once; a bound of the relaxed program says no to many at once; the rest is
solved. Every yes is a package at hand and every no is proved, so that neither the solver nor its version shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from goodoffices.core.packages.backend import Floats, Ints
from goodoffices.core.packages.model import Program
from goodoffices.core.packages.search import ROUNDING, Search

MOST_AT_ONCE = 4096
SMALL = 200_000


@dataclass(frozen=True)
class First:
    """The alphabetically first package of a program, and whether every no was proved."""

    people: frozenset[str]
    values: Ints
    proved: bool


def first_package(search: Search, program: Program, known: Ints) -> First:
    """Find the first package of a program; all its packages must be of one size.

    Args:
        program: rows that fix all levels.
        known: column values that keep them.
    """
    walk = _Walk(search, program.without_idle_rows(), known)
    proved = walk.run()
    return First(program.model.people(walk.values[: len(program.model.members)]), walk.values, proved)


@dataclass
class _Walk:
    """The state of one walk: ``lower`` and ``upper`` hold what is decided, ``values`` keeps all of it."""

    search: Search
    program: Program
    values: Ints

    def __post_init__(self) -> None:
        self.lower, self.upper = self.program.lower.copy(), self.program.upper.copy()
        self.at_once = 1
        self.sums: Floats = self.program.matrix @ self.values

    @cached_property
    def steps(self) -> list[tuple[str, int, int]]:
        """Give (id, column, rank in the column) of each block's first id, in the order of ids."""
        members = self.program.model.members
        return sorted(
            (block[0], column, rank) for column, blocks in enumerate(members) for rank, block in enumerate(blocks, 1)
        )

    @cached_property
    def place(self) -> list[list[int]]:
        """Give for each column the places of its blocks in the walk."""
        found: list[list[int]] = [[] for _ in self.program.model.members]
        for place, (_id, column, _rank) in enumerate(self.steps):
            found[column].append(place)
        return found

    @cached_property
    def dense(self) -> Floats | None:
        """Give the matrix with its zeros where that is small, which is faster."""
        rows, columns = self.program.matrix.shape
        return self.program.matrix.toarray() if rows * columns <= SMALL else None

    @cached_property
    def columns(self) -> sparse.csc_matrix:
        return self.program.matrix.tocsc()

    @cached_property
    def low(self) -> Floats:
        return np.array([row.low for row in self.program.rows])

    @cached_property
    def high(self) -> Floats:
        return np.array([row.high for row in self.program.rows])

    def run(self) -> bool:
        """Walk all ids; tells whether all was proved."""
        proved = True
        for place, (_id, column, rank) in enumerate(self.steps):
            if self.upper[column] < rank or self.lower[column] >= rank:
                continue
            if self.values[column] >= rank or self._swap(column):
                self.lower[column] = rank
                continue
            if self._none_of(self._next(place)):
                continue
            lower = self.lower.copy()
            lower[column] = rank
            found = self.search.find(self.program.bounded(lower, self.upper), self.program.model.total)
            if found.values is None:
                proved &= found.proved
                self.upper[column] = rank - 1
            else:
                self.values, self.lower = found.values, lower
                self.sums = self.program.matrix @ self.values
        return proved

    def _next(self, place: int) -> list[int]:
        """Give the next columns, this one first, that have nothing beyond what is settled; a few or many at once."""
        columns: dict[int, None] = {}
        for _id, column, rank in self.steps[place:]:
            if self.lower[column] < rank <= self.upper[column] and self.values[column] == self.lower[column]:
                columns.setdefault(column)
                if len(columns) == self.at_once:
                    break
        return list(columns)

    def _none_of(self, columns: list[int]) -> bool:
        """Prove by one bound that no package takes more of any of these columns, and settle them."""
        wish = np.zeros(len(self.lower), dtype=np.int64)
        wish[columns] = 1
        bound = self.search.bound(self.program.bounded(self.lower, self.upper), wish)
        if bound + ROUNDING < int(self.lower[columns].sum()) + 1:
            self.upper[columns] = self.lower[columns]
            self.at_once = min(MOST_AT_ONCE, self.at_once * 4)
            return True
        if self.at_once > 1:
            self.at_once = max(1, self.at_once // 8)
            return self.at_once == 1 and self._none_of(columns[:1])
        return False

    def _swap(self, column: int) -> bool:
        """Try to take one block of this column in for the last block that can go."""
        sums = self.sums + self._column(column)
        movable = np.flatnonzero(self.values > self.lower)
        movable = movable[(movable != column) & (movable < len(self.program.model.members))]
        if not len(movable):
            return False
        good = self._fitting(sums, movable)
        if not len(good):
            return False
        out = max(map(int, good), key=lambda one: self.place[one][int(self.values[one]) - 1])
        self.values = self.values.copy()
        self.values[column] += 1
        self.values[out] -= 1
        self.sums = sums - self._column(out)
        return True

    def _fitting(self, sums: Floats, movable: Ints) -> Ints:
        """Give the columns of which one block fewer brings all rows back within their limits."""
        if self.dense is not None:
            after = sums[:, None] - self.dense[:, movable]
            kept = np.flatnonzero(np.all((after <= self.high[:, None]) & (after >= self.low[:, None]), axis=0))
            return movable[kept]
        wrong = (sums > self.high) | (sums < self.low)
        out = self.columns[:, movable].tocoo()
        changed = sums[out.row] - out.data
        fits = (changed <= self.high[out.row]) & (changed >= self.low[out.row])
        mends = np.bincount(out.col[wrong[out.row] & fits], minlength=len(movable))
        spoils = np.bincount(out.col[~fits], minlength=len(movable))
        good: Ints = np.flatnonzero((mends == np.count_nonzero(wrong)) & (spoils == 0))
        return movable[good]

    def _column(self, column: int) -> Floats:
        found: Floats = self.columns[:, [column]].toarray().ravel()
        return found
