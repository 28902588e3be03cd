# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding the best value of one level, proved.

A bound comes from the relaxed program; a package of that value from a small core of the columns that matter most to
it. Only where the two don't meet is the whole program solved. Nothing is called proved that isn't.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from goodoffices.core.packages.backend import NO_TIME, Answer, Floats, Ints, Problem, Solver, Status
from goodoffices.core.packages.case import Demand
from goodoffices.core.packages.model import Program

CORE_COLUMNS = 300
CORE_SECONDS = 3.0
ROUNDING = 1e-6
SHUFFLE = 7919  # a prime


@dataclass(frozen=True)
class Found:
    """The best value of a sum, the column values that reach it (None: nothing keeps the rows), and whether proved."""

    value: int
    values: Ints | None
    proved: bool = True


@dataclass
class Search:
    """A solver with the time it may take in all.

    Args:
        solver: what finds and bounds.
        seconds: how long all searches together may take; None: until proved.
        clock: a clock that only goes forward, in seconds.
    """

    solver: Solver
    seconds: float | None = None
    clock: Callable[[], float] = time.monotonic
    solves: int = 0
    _began: float = field(default=-1.0)

    def left(self) -> float | None:
        """Give the seconds left, or None for as long as it takes."""
        if self.seconds is None:
            return None
        if self._began < 0:
            self._began = self.clock()
        return max(NO_TIME, self.seconds - (self.clock() - self._began))

    def solve(self, problem: Problem, seconds: float | None = None) -> Answer:
        """Solve within the time left, and within ``seconds`` where given; settled columns are taken out first."""
        self.solves += 1
        left = self.left()
        seconds = min((one for one in (left, seconds) if one is not None), default=None)
        loose = problem.lower < problem.upper
        settled = np.where(loose, 0.0, problem.lower)
        rows = problem.rows[:, loose]
        taken = problem.rows @ settled
        low, high = problem.low - taken, problem.high - taken
        least, greatest = _reach(rows, problem.lower[loose], problem.upper[loose])
        if np.any((greatest < low) | (least > high)):
            return Answer(Status.INFEASIBLE, None, np.inf, np.inf)
        busy = (least < low) | (greatest > high)
        small = Problem(
            problem.cost[loose], rows[busy], low[busy], high[busy], problem.lower[loose], problem.upper[loose],
            problem.relaxed,
        )  # fmt: skip
        apart = float(problem.cost @ settled)
        answer = self.solver.solve(small, seconds) if np.any(loose) else _nothing_left(small)
        values, reduced = answer.values, answer.reduced
        if values is not None:
            values = settled.astype(values.dtype)
            values[loose] = answer.values
        if reduced is not None:
            reduced = np.full(len(settled), np.inf)
            reduced[loose] = answer.reduced
        return Answer(answer.status, values, answer.value + apart, answer.bound + apart, reduced)

    def maximise(self, program: Program, vector: Ints, known: Ints | None = None) -> Found:
        """Find the largest sum of ``vector`` over the program.

        Args:
            program: the rows to keep.
            vector: whole weights of the first columns.
            known: column values that keep the rows, if any are at hand: a first answer.

        Returns:
            The value with column values (``known`` where nothing better exists); values None: no answer keeps
            the rows, or none was found in time (then not proved).
        """
        at_hand = None if known is None else int(vector @ known[: len(vector)])
        if len(program.lower) > CORE_COLUMNS:
            found = self._by_core(program, vector, known, at_hand)
            if found is not None:
                return found
        answer = self.solve(program.problem(-vector))
        if answer.status is Status.INFEASIBLE:
            return Found(0, None)
        if answer.values is None or (at_hand is not None and -answer.value < at_hand):
            return Found(at_hand or 0, known, proved=False)
        return Found(round(-answer.value), answer.values, answer.status is Status.OPTIMAL)

    def find(self, program: Program, towards: Ints) -> Found:
        """Find anything that keeps the rows, looking where ``towards`` is large; the value means nothing."""
        if len(program.lower) > CORE_COLUMNS:
            relaxed = self.solve(program.problem(-towards, relaxed=True))
            if relaxed.status is Status.INFEASIBLE:
                return Found(0, None)
            if relaxed.status is Status.OPTIMAL:
                answer = self._core(program, np.zeros_like(towards), relaxed)
                if answer.values is not None:
                    return Found(0, answer.values)
        answer = self.solve(program.problem())
        if answer.status is Status.INFEASIBLE:
            return Found(0, None)
        return Found(0, answer.values, answer.values is not None)

    def attempt(self, program: Program, towards: Ints) -> Ints | None:
        """Try quickly for anything that keeps the rows; None means only that it wasn't found."""
        if len(program.lower) <= CORE_COLUMNS:
            return None
        relaxed = self.solve(program.problem(-towards, relaxed=True))
        return self._core(program, np.zeros_like(towards), relaxed).values if relaxed.status is Status.OPTIMAL else None

    def bound(self, program: Program, vector: Ints) -> float:
        """Bound the largest sum from above; minus infinity where nothing keeps the rows."""
        relaxed = self.solve(program.problem(-vector, relaxed=True))
        if relaxed.status is Status.INFEASIBLE:
            return -np.inf
        return -relaxed.bound if relaxed.status is Status.OPTIMAL else np.inf

    def settle_demands(self, program: Program) -> Program:
        """Fix a demanded person in where no package that keeps the rows could do without; it makes the rest smaller."""
        lower = program.lower.copy()
        for limit in program.model.case.limits:
            column = program.model.column_of.get(limit.person) if isinstance(limit, Demand) else None
            if column is None or lower[column]:
                continue
            upper = program.upper.copy()
            upper[column] = 0
            if self.bound(program.bounded(lower, upper), program.model.total) == -np.inf:
                lower[column] = 1
        return program.bounded(lower, program.upper)

    def _by_core(self, program: Program, vector: Ints, known: Ints | None, at_hand: int | None) -> Found | None:
        relaxed = self.solve(program.problem(-vector, relaxed=True))
        if relaxed.status is Status.INFEASIBLE:
            return Found(0, None)
        if relaxed.status is not Status.OPTIMAL:
            return None
        most = int(np.floor(-relaxed.bound + ROUNDING))
        if known is not None and at_hand is not None and at_hand >= most:
            return Found(at_hand, known)
        answer = self._core(program, vector, relaxed)
        if answer.values is not None and round(-answer.value) >= most:
            return Found(round(-answer.value), answer.values)
        return None

    def _core(self, program: Program, vector: Ints, relaxed: Answer) -> Answer:
        """Solve for the columns that matter, the others held where the relaxed answer has them."""
        near = np.rint(relaxed.values)
        split = np.abs(relaxed.values - near) > ROUNDING
        rank = np.where(split, -1.0, np.abs(relaxed.reduced))
        rank[program.lower == program.upper] = np.inf
        loose = np.zeros(len(rank), dtype=bool)
        # Among columns that matter alike a fixed shuffle takes some of everything, not the first ids.
        mixed = np.arange(len(rank)) * SHUFFLE % len(rank)
        loose[np.lexsort((mixed, rank))[: max(CORE_COLUMNS, int(split.sum()))]] = True
        lower = np.where(loose, program.lower, near).astype(np.int64)
        upper = np.where(loose, program.upper, near).astype(np.int64)
        return self.solve(program.bounded(lower, upper).problem(-vector), CORE_SECONDS)


def _reach(rows: sparse.csr_matrix, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Give the least and greatest sum each row can have."""
    up, down = rows.maximum(0), rows.minimum(0)
    return up @ lower + down @ upper, up @ upper + down @ lower


def _nothing_left(problem: Problem) -> Answer:
    """Answer where every column is settled and every row was found kept."""
    reduced = np.zeros(0) if problem.relaxed else None
    return Answer(Status.OPTIMAL, np.zeros(0, dtype=np.int64), 0.0, 0.0, reduced)
