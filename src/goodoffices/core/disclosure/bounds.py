# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far can anybody bound a cell, who has every release ever published and knows the rules?

Each population of each quarter is a table of unknown whole numbers, one for each combination of all the dimensions
any table splits it by. Every published value bounds a sum of them; a cumulative population never shrinks; a
balance ties stock and flows. The least and the most a cell can be are then two integer programmes, solved
exactly. Nothing narrower can be deduced from the values, whatever the method.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from goodoffices.core.disclosure.releases import Cell, Release, period_number
from goodoffices.core.disclosure.rounding import possible_counts
from goodoffices.core.disclosure.tables import TOTAL, Declaration, PopulationKind
from goodoffices.core.errors import GoodOfficesError

MAX_ATOMS = 60_000
SECONDS, SECONDS_TO_EXPLORE = 60.0, 5.0
_ROUND = 1e-6
Group = tuple[str, str]
# A value for each unknown, NaN where it was not solved for.
Solution = NDArray[np.float64]


class TooLarge(GoodOfficesError):
    """More unknowns than can be solved exactly; unchecked is not allowed to pass for safe."""

    code = "too_large_to_check"


class Contradiction(GoodOfficesError):
    """No counts at all could have given these releases."""

    code = "releases_contradict"


@dataclass(frozen=True, slots=True)
class Interval:
    """What a cell can be: from ``low`` to ``high``, the latter infinite where nothing bounds it."""

    low: int
    high: float

    @property
    def width(self) -> float:
        """How far apart the ends are; 0 = pinned."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Target:
    """A cell to bound: of which population and quarter, and its value or ``*`` by dimension of its table."""

    population: str
    period: str
    dimensions: tuple[str, ...]
    cell: Cell


class System:
    """All that the releases say, as linear constraints on whole numbers."""

    def __init__(
        self, declaration: Declaration, releases: Sequence[Release], solutions: Sequence[Solution] = ()
    ) -> None:
        """Build the constraints.

        Args:
            declaration: the declared tables.
            releases: all releases together.
            solutions: solutions of the same releases with fewer cells withheld; they solve these too.
        """
        self._declaration = declaration
        self._axes = {name: declaration.dimensions_of(name) for name in declaration.populations}
        groups = {(declaration.tables[one.table].population, one.period) for one in releases}
        self._start: dict[Group, int] = {}
        size = 0
        for group in sorted(groups):
            self._start[group] = size
            size += math.prod(self._shape(group[0]))
        if size > MAX_ATOMS:
            raise TooLarge(
                f"The releases have {size:,} unknowns; {MAX_ATOMS:,} can be solved exactly.",
                hint="Declare fewer dimensions or values, or split a population that nothing ties together.",
            )
        self._size = size
        self._rows: list[NDArray[np.int64]] = []
        self._signs: list[NDArray[np.float64]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self.solutions: list[Solution] = list(solutions)
        for one in releases:
            self._add_release(one)
        self._add_monotone()
        self._add_balances()
        self._components = self._connect()
        # Beyond this nothing told bounds a cell; a finite box keeps the solver from calling that an error.
        self._cap = 1000.0 + sum(high for high in self._high if math.isfinite(high))

    def interval(self, target: Target) -> Interval:
        """Give the exact ends of a cell.

        Raises:
            Contradiction: the releases can't all be true.
            TooLarge: a whole-number solution was not proved in a minute.
        """
        atoms = self.atoms(target)
        low, high = self._end(atoms, 1), self._end(atoms, -1)
        return Interval(round(low), high if math.isinf(high) else round(high))

    def spread(self, target: Target) -> Interval | None:
        """Give how far apart the solutions seen so far have a cell; at least so far apart are its true ends."""
        atoms = self.atoms(target)
        seen = [float(one[atoms].sum()) for one in self.solutions if not np.isnan(one[atoms]).any()]
        return Interval(round(min(seen)), round(max(seen))) if seen else None

    def shares(self, target: Target, group: Group) -> bool:
        """Tell whether anything ties a cell to the tables of a population's quarter."""
        start = self._start[group]
        mine = self._components[start : start + math.prod(self._shape(group[0]))]
        return bool(np.isin(self._components[self.atoms(target)], mine).any())

    def explore(self, targets: Sequence[Target], times: int) -> None:
        """Look for solutions far apart: one pair of solves settles many cells that are uncertain anyway.

        The directions are drawn from a fixed seed, so the same releases are solved in the same way.
        """
        generator = np.random.default_rng(0)
        places = [self.atoms(target) for target in targets]
        for _ in range(times):
            cost = np.zeros(self._size)
            for atoms, sign in zip(places, generator.choice((-1.0, 1.0), len(places)), strict=True):
                cost[atoms] += sign / len(atoms)
            for direction in (1.0, -1.0):
                with suppress(TooLarge):
                    self._minimise(direction * cost, np.arange(self._size), SECONDS_TO_EXPLORE)

    def atoms(self, target: Target) -> NDArray[np.int64]:
        """Give the unknowns a cell is the sum of."""
        axes = self._axes[target.population]
        shape = self._shape(target.population)
        fixed = dict(zip(target.dimensions, target.cell, strict=True))
        picked: list[slice | int] = []
        for name in axes:
            value = fixed.get(name, TOTAL)
            picked.append(slice(None) if value == TOTAL else self._declaration.dimensions[name].values.index(value))
        numbers = np.arange(math.prod(shape), dtype=np.int64).reshape(shape)
        start = self._start[target.population, target.period]
        found: NDArray[np.int64] = np.asarray(numbers[tuple(picked)]).ravel() + start
        return found

    def _shape(self, population: str) -> tuple[int, ...]:
        return tuple(len(self._declaration.dimensions[name].values) for name in self._axes[population])

    def _add(self, atoms: NDArray[np.int64], signs: NDArray[np.float64], low: float, high: float) -> None:
        self._rows.append(atoms)
        self._signs.append(signs)
        self._low.append(low)
        self._high.append(high)

    def _add_release(self, release: Release) -> None:
        table = self._declaration.tables[release.table]
        for cell, value in release.values.items():
            if value is not None:
                atoms = self.atoms(Target(table.population, release.period, table.dimensions, cell))
                low, high = possible_counts(value)
                self._add(atoms, np.ones(len(atoms)), low, high)

    def _add_monotone(self) -> None:
        for population, kind in self._declaration.populations.items():
            if kind is not PopulationKind.CUMULATIVE:
                continue
            periods = sorted((p for name, p in self._start if name == population), key=period_number)
            for earlier, later in pairwise(periods):
                for cell in self._lasting_cells((population,)):
                    self._tie([(population, later, 1), (population, earlier, -1)], cell, 0, math.inf)

    def _add_balances(self) -> None:
        for one in self._declaration.balances:
            numbers = {period_number(period): period for name, period in self._start if name == one.stock}
            for number, period in numbers.items():
                before = numbers.get(number - 1)
                flows = [(one.entered, period), (one.left, period)]
                if before is None or any(flow not in self._start for flow in flows):
                    continue
                parts = [(one.stock, period, 1), (one.stock, before, -1), (*flows[0], -1), (*flows[1], 1)]
                for cell in self._lasting_cells((one.stock, one.entered, one.left)):
                    self._tie(parts, cell, 0, 0)

    def _lasting_cells(self, populations: Iterable[str]) -> list[dict[str, str]]:
        """Give every combination of the dimensions that never change and that all the populations have."""
        shared = set.intersection(*(set(self._axes[name]) for name in populations))
        names = [name for name in self._declaration.dimensions if name in shared]
        names = [name for name in names if self._declaration.dimensions[name].fixed]
        cells: list[dict[str, str]] = [{}]
        for name in names:
            cells = [{**cell, name: value} for cell in cells for value in self._declaration.dimensions[name].values]
        return cells

    def _tie(self, parts: Sequence[tuple[str, str, int]], cell: dict[str, str], low: float, high: float) -> None:
        names = tuple(cell)
        places = [self.atoms(Target(name, period, names, tuple(cell.values()))) for name, period, _sign in parts]
        signs = [np.full(len(place), float(part[2])) for place, part in zip(places, parts, strict=True)]
        self._add(np.concatenate(places), np.concatenate(signs), low, high)

    def _connect(self) -> NDArray[np.int64]:
        """Number the parts of the system that share no constraint; a cell's ends depend on its own part alone."""
        lengths = [len(one) for one in self._rows]
        rows = np.repeat(np.arange(len(lengths)) + self._size, lengths)
        columns = np.concatenate([*self._rows, np.zeros(0, dtype=np.int64)])
        nodes = self._size + len(lengths)
        graph = csr_array((np.ones(len(rows)), (rows, columns)), shape=(nodes, nodes))
        found: NDArray[np.int64] = connected_components(graph, directed=False)[1][: self._size].astype(np.int64)
        return found

    def _end(self, atoms: NDArray[np.int64], sign: int) -> float:
        """Solve for one end: sign 1 = the least, -1 = the most."""
        cost = np.zeros(self._size)
        cost[atoms] = sign
        solution = self._minimise(cost, np.flatnonzero(np.isin(self._components, self._components[atoms])))
        end = float(solution[atoms].sum())
        return math.inf if end >= self._cap else end

    def _minimise(self, cost: NDArray[np.float64], mine: NDArray[np.int64], seconds: float = SECONDS) -> Solution:
        """Solve for some of the unknowns, whole numbers; the others stay NaN."""
        place = np.full(self._size, -1, dtype=np.int64)
        place[mine] = np.arange(len(mine))
        rows = [i for i, one in enumerate(self._rows) if place[one[0]] >= 0]
        solution = self._solve(cost[mine], rows, place, seconds, whole=False)
        if np.abs(solution - solution.round()).max(initial=0.0) > _ROUND:
            solution = self._solve(cost[mine], rows, place, seconds, whole=True)
        full = np.full(self._size, np.nan)
        full[mine] = solution.round()
        self.solutions.append(full)
        return full

    def _solve(
        self, cost: NDArray[np.float64], rows: Sequence[int], place: NDArray[np.int64], seconds: float, *, whole: bool
    ) -> NDArray[np.float64]:
        """Minimise the cost over the rows that count."""
        constraints = []
        if rows:
            columns = place[np.concatenate([self._rows[i] for i in rows])]
            signs = np.concatenate([self._signs[i] for i in rows])
            ends = np.cumsum([0] + [len(self._rows[i]) for i in rows])
            matrix = csr_array((signs, columns, ends), shape=(len(rows), len(cost)))
            low, high = [self._low[i] for i in rows], [self._high[i] for i in rows]
            constraints = [LinearConstraint(matrix, low, high)]
        found = milp(
            cost,
            integrality=np.full(len(cost), int(whole)),
            bounds=Bounds(0, self._cap),
            constraints=constraints,
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if found.status == 2:
            raise Contradiction(
                "No counts could have given all of these releases together.",
                hint="A value in a release or in the ledger was changed, or a dimension isn't as fixed as declared.",
            )
        if found.status != 0 or found.x is None:
            raise TooLarge("The bounds of a cell could not be proved in a minute.", hint="Declare a smaller table.")
        solution: NDArray[np.float64] = found.x
        return solution
