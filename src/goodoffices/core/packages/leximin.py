# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fairness between parties: the ascending vector of shares brought home, made lexicographically as large as can be.

By counting thresholds: the k-th smallest share is at least tau exactly where P - k parties reach tau. So each
position asks for the largest fraction that enough parties can reach, with whole right-hand sides and one 0/1 column
a party. A bound by heads alone (``heads``) is asked first: most often it is reached, and then nothing is left to prove.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from goodoffices.core.packages.backend import Ints
from goodoffices.core.packages.heads import HeadBound
from goodoffices.core.packages.model import FREE, Program, Row, dense_row
from goodoffices.core.packages.search import CORE_COLUMNS, ROUNDING, Found, Search

PARTS = 1000  # a share is written as so many parts where the relaxed program bounds it
FINE = 1_000_000


@dataclass(frozen=True)
class Fairness:
    """The vector reached, the program that keeps it, column values that reach it, and whether each was proved."""

    shares: tuple[Fraction, ...]
    program: Program
    values: Ints
    proved: bool


def fairest(search: Search, program: Program, known: Ints, most: int) -> Fairness:
    """Settle the shares position by position, smallest first.

    Args:
        program: the levels already settled.
        known: column values that keep them.
        most: a proved bound on the number of people in a package.
    """
    case, model = program.model.case, program.model
    asked = tuple(len(case.returned[one]) for one in case.sharing)
    columns = tuple(int(returned @ model.upper) for returned in model.returned)
    step = _Step(search, program, model.returned, HeadBound(asked, columns, most))
    settled: tuple[Fraction, ...] = ()
    values, proved, bounded = known, True, -1
    while len(settled) < len(asked):
        whole = step.heads.vector(settled)
        if whole > step.vector(values):
            found = step.reach(whole, values, quick=bounded >= 0)
            if found.values is None and bounded < len(settled):
                step, bounded = step.with_party_bounds(settled), len(settled)
                continue
            values = values if found.values is None else found.values
        if whole <= step.vector(values):
            settled = step.vector(values)
            break
        tau, values, sure = step.largest(settled, values)
        settled, proved = (*settled, tau), proved and sure
    fixed, padded = step.settle(settled, values)
    return Fairness(settled, fixed, padded, proved)


@dataclass(frozen=True)
class _Step:
    """One program and its parties, asked again and again how high the shares can be."""

    search: Search
    program: Program
    returned: tuple[Ints, ...]
    heads: HeadBound

    def vector(self, values: Ints) -> tuple[Fraction, ...]:
        """Give the ascending shares of column values."""
        return tuple(sorted(self.share(k, values) for k in range(len(self.returned))))

    def share(self, party: int, values: Ints) -> Fraction:
        """Give one party's share."""
        vector = self.returned[party]
        return Fraction(int(vector @ values[: len(vector)]), self.heads.asked[party])

    def with_party_bounds(self, settled: tuple[Fraction, ...]) -> _Step:
        """Bound each party's returns by the relaxed program, the smallest share held where it is settled."""
        program = self.program
        if settled:
            program = program.plus(
                *(
                    dense_row(vector, math.ceil(settled[0] * asked), FREE)
                    for vector, asked in zip(self.returned, self.heads.asked, strict=True)
                )
            )
        most = []
        for own, vector in zip(self.heads.most, self.returned, strict=True):
            bound = self.search.bound(program, vector)
            most.append(min(own, math.floor(max(bound, 0) + ROUNDING)) if math.isfinite(bound) else own)
        return replace(self, heads=replace(self.heads, most=tuple(most)))

    def joint_bound(self, settled: tuple[Fraction, ...]) -> Fraction:
        """Bound the next position by the relaxed program, where it is known which parties stay below it.

        Those who can't exceed what is settled are below; if they are as many as the settled positions, all others
        must reach the next threshold together.
        """
        last = settled[-1] if settled else Fraction(-1)
        shares = [Fraction(most, asked) for most, asked in zip(self.heads.most, self.heads.asked, strict=True)]
        others = [k for k, share in enumerate(shares) if share > last]
        if len(shares) - len(others) != len(settled):
            return Fraction(1)
        extra = len(self.program.lower)
        rows = [
            Row(
                np.append(np.flatnonzero(self.returned[k]), extra),
                np.append(self.returned[k][self.returned[k] != 0] * PARTS, -self.heads.asked[k]),
                0,
                FREE,
            )
            for k in others
        ]
        rows += [
            dense_row(vector, math.ceil(settled[0] * asked), FREE)
            for vector, asked in zip(self.returned, self.heads.asked, strict=True)
            if settled
        ]
        program = self.program.plus(*rows)
        upper = program.upper.copy()
        upper[extra] = PARTS
        wish = np.zeros(extra + 1, dtype=np.int64)
        wish[extra] = 1
        bound = self.search.bound(program.bounded(program.lower, upper), wish)
        if not math.isfinite(bound):
            return Fraction(1)
        return Fraction(math.floor((bound + ROUNDING) * FINE), PARTS * FINE)

    def largest(self, settled: tuple[Fraction, ...], values: Ints) -> tuple[Fraction, Ints, bool]:
        """Find the largest threshold of the next position; ``values`` reach all settled ones."""
        place, proved, tries = len(settled), True, 0
        most = min(self.heads.largest(settled), self.joint_bound(settled))
        higher = [one for one in self.heads.fractions if self.vector(values)[place] < one <= most]
        while higher:
            # The bound first, then the next step up (most often too much already), then halves.
            aim = (len(higher) - 1, 0)[tries] if tries < 2 else len(higher) // 2
            tries += 1
            found = self.reach((*settled, higher[aim]), values)
            if found.values is None:
                proved = proved and found.proved
                higher = higher[:aim]
            else:
                values = found.values
                higher = [one for one in higher if one > self.vector(values)[place]]
        return self.vector(values)[place], values, proved

    def reach(self, wanted: tuple[Fraction, ...], values: Ints, *, quick: bool = False) -> Found:
        """Look for column values whose shares reach these thresholds; quickly: only where that is cheap."""
        towards = self.program.model.total
        now = sorted(range(len(self.returned)), key=lambda k: (self.share(k, values), k))
        places = {tuple(now.index(k) for k in range(len(now))), self.heads.hand_out(wanted)} - {None}
        for given in sorted(places, key=str):
            direct = self.program.plus(
                *(
                    dense_row(vector, math.ceil(wanted[min(place, len(wanted) - 1)] * asked), FREE)
                    for vector, asked, place in zip(self.returned, self.heads.asked, given or (), strict=True)
                )
            )
            cheap = self.search.attempt(direct, towards)
            if cheap is not None:
                return Found(0, cheap)
        if quick and len(self.program.lower) > CORE_COLUMNS:
            return Found(0, None, proved=False)
        found = self.search.find(self.program.plus(*self.rows(wanted)), towards)
        return found if found.values is None else Found(0, found.values[: len(self.program.lower)], found.proved)

    def rows(self, wanted: Sequence[Fraction]) -> list[Row]:
        """Write the thresholds: for each, enough parties reach it."""
        rows = []
        column = len(self.program.lower)
        for position, tau in _distinct(wanted):
            needed = [math.ceil(tau * asked) for asked in self.heads.asked]
            if position == 0:
                rows += [dense_row(vector, many, FREE) for vector, many in zip(self.returned, needed, strict=True)]
                continue
            switches = np.arange(column, column + len(needed))
            column += len(needed)
            for switch, vector, many in zip(switches, self.returned, needed, strict=True):
                columns = np.append(np.flatnonzero(vector), switch)
                rows.append(Row(columns, np.append(vector[vector != 0], -many), 0, FREE))
            rows.append(Row(switches, np.ones(len(switches), dtype=np.int64), len(needed) - position, FREE))
        return rows

    def settle(self, settled: tuple[Fraction, ...], values: Ints) -> tuple[Program, Ints]:
        """Fix the vector: each party's heads where only one of its shares suits the party, else one of a few.

        Returns:
            The program with the rows, and ``values`` with those of the new 0/1 columns (party has this share).
        """
        options = _options(settled, self.heads.asked)
        program, parts, column = self.program, [values], len(values)
        takers: dict[Fraction, list[int]] = {}
        for k, vector in enumerate(self.returned):
            asked = self.heads.asked[k]
            if len(options[k]) == 1:
                heads = int(options[k][0] * asked)
                program = program.plus(dense_row(vector, heads, heads))
                continue
            switches = np.arange(column, column + len(options[k]))
            column += len(switches)
            sizes = [int(tau * asked) for tau in options[k]]
            weights = np.append(vector[vector != 0], [-size for size in sizes])
            program = program.plus(
                Row(switches, np.ones(len(switches), dtype=np.int64), 1, 1),
                Row(np.append(np.flatnonzero(vector), switches), weights, 0, 0),
            )
            parts.append(np.array([int(self.share(k, values) == tau) for tau in options[k]], dtype=np.int64))
            for tau, switch in zip(options[k], switches, strict=True):
                takers.setdefault(tau, []).append(int(switch))
        fixed = [one[0] for one in options if len(one) == 1]
        for tau, columns in takers.items():
            many = settled.count(tau) - fixed.count(tau)
            program = program.plus(Row(np.array(columns), np.ones(len(columns), dtype=np.int64), many, many))
        return program, np.concatenate(parts)


def _options(settled: tuple[Fraction, ...], asked: Sequence[int]) -> list[list[Fraction]]:
    """Give the shares of the vector that each party can have, heads being whole; used up ones are crossed out."""
    options = [sorted({tau for tau in settled if (tau * many).denominator == 1}) for many in asked]
    while True:
        fixed = [one[0] for one in options if len(one) == 1]
        gone = {tau for tau in set(settled) if fixed.count(tau) == settled.count(tau)}
        fewer = [one if len(one) == 1 else [tau for tau in one if tau not in gone] for one in options]
        if fewer == options:
            return options
        options = fewer


def _distinct(wanted: Sequence[Fraction]) -> list[tuple[int, Fraction]]:
    """Keep the first position of each threshold above 0: it asks for the most parties."""
    return [(place, tau) for place, tau in enumerate(wanted) if tau > 0 and (place == 0 or wanted[place - 1] < tau)]
