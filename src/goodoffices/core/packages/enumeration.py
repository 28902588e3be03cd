# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every package of a small case, one bit a candidate: the answers that no sampling could give.

Bit ``n - 1 - k`` is the k-th candidate in the order of ids, so that of two packages of one size the one with the
larger number comes first alphabetically. Packages are walked in blocks; sums over a package are a table of its low
bits plus a constant of its block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import assert_never

import numpy as np
import numpy.typing as npt

from goodoffices.core.packages.case import (
    AtMost,
    Balance,
    Cap,
    Case,
    Consent,
    Demand,
    IfThen,
    Limit,
    Ratio,
    RedLine,
    Requires,
    Route,
    Together,
)
from goodoffices.core.packages.limits import relaxable

MOST_CANDIDATES = 24
BLOCK_BITS = 18
FIRM = 1000  # a limit that can't be relaxed counts as so many

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Small = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Enumeration:
    """All packages of a case of at most ``MOST_CANDIDATES`` candidates."""

    case: Case

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Give the candidates, highest bit first."""
        return tuple(one.id for one in self.case.candidates)

    @cached_property
    def bit(self) -> dict[str, int]:
        """Give each candidate's bit."""
        return {one: 1 << (len(self.ids) - 1 - k) for k, one in enumerate(self.ids)}

    @cached_property
    def broken_counts(self) -> npt.NDArray[np.int16]:
        """Count the limits each package breaks, ``FIRM`` for one that can't be relaxed; shape (2^n,)."""
        found = np.zeros(1 << len(self.ids), dtype=np.int16)
        for block in self._blocks():
            for limit in self.case.limits:
                weight = 1 if relaxable(limit) else FIRM
                found[block.span] += self._breaks(limit, block) * np.int16(weight)
        return found

    @cached_property
    def feasible(self) -> Ints:
        """Give the packages that keep every limit, ascending."""
        return np.flatnonzero(self.broken_counts == 0)

    @cached_property
    def sizes(self) -> Ints:
        """Give the number of people in each feasible package."""
        return self.weigh(dict.fromkeys(self.ids, 1), self.feasible)

    @cached_property
    def largest_inside(self) -> Small:
        """Give, for each package, the size of the largest feasible package inside it; shape (2^n,)."""
        best = np.full(1 << len(self.ids), -1, dtype=np.int8)
        best[self.feasible] = self.sizes
        for k in range(len(self.ids)):
            halves = best.reshape(-1, 2, 1 << k)
            np.maximum(halves[:, 1], halves[:, 0], out=halves[:, 1])
        return best

    def mask(self, chosen: Iterable[str]) -> int:
        """Give the number of a package."""
        return sum(self.bit[one] for one in chosen)

    def members(self, mask: int) -> tuple[str, ...]:
        """Give the ids of a package, in order."""
        return tuple(one for one in self.ids if mask & self.bit[one])

    def weigh(self, weights: Mapping[str, int], masks: Ints) -> Ints:
        """Sum weights over the members of each package."""
        total = np.zeros(len(masks), dtype=np.int64)
        for one, weight in weights.items():
            if weight:
                total += weight * ((masks & self.bit[one]) != 0)
        return total

    def survivors(self, masks: Ints) -> Ints:
        """Give, for each package, the largest part left after the worst single drop-out (0 for the empty one)."""
        worst = np.full(len(masks), 127, dtype=np.int64)
        for bit in self.bit.values():
            inside = (masks & bit) != 0
            worst[inside] = np.minimum(worst[inside], self.largest_inside[masks[inside] ^ bit])
        return np.where(masks == 0, 0, worst)

    def survivors_without(self, mask: int, one: str) -> int:
        """Give the size of the largest package inside ``mask`` when one member drops out."""
        return int(self.largest_inside[mask & ~self.bit[one]])

    def least_broken(self, one: str) -> tuple[Ints, int]:
        """Give the packages with one person that break the fewest limits, and how many they break."""
        bit = self.bit[one]
        counts = self.broken_counts.reshape(-1, 2, bit)[:, 1]
        fewest = int(counts.min())
        high, low = np.nonzero(counts == fewest)
        return (high * 2 + 1) * bit + low, fewest

    def broken_sets(self, masks: Ints) -> set[tuple[str, ...]]:
        """Give the different sets of limits broken by these packages, each sorted."""
        kept = np.zeros((len(masks), len(self.case.limits)), dtype=bool)
        block = _Block(masks, slice(0, len(masks)))
        for number, limit in enumerate(self.case.limits):
            kept[:, number] = self._breaks(limit, block)
        names = np.array([limit.name for limit in self.case.limits], dtype=object)
        return {tuple(sorted(names[row])) for row in np.unique(kept, axis=0)}

    def _blocks(self) -> Iterator[_Block]:
        low = min(BLOCK_BITS, len(self.ids))
        tables: dict[tuple[tuple[int, int], ...], Ints] = {}
        for start in range(0, 1 << len(self.ids), 1 << low):
            stop = start + (1 << low)
            yield _Block(np.arange(start, stop, dtype=np.int64), slice(start, stop), low, tables)

    def _breaks(self, limit: Limit, block: _Block) -> Bools:
        """Tell which packages of a block break a limit."""
        match limit:
            case Consent(person=person) | RedLine(person=person):
                return block.has(self.bit[person])
            case Together(ids=ids):
                group = self.mask(ids)
                some = block.masks & group
                split: Bools = (some != 0) & (some != group)
                return split
            case Requires(when=when, then=then):
                return block.has(self.bit[when]) & ~block.has(self.bit[then])
            case AtMost(ids=ids, most=most):
                return block.sum(self._unit(ids)) > most
            case Balance(get=get, give=give, slack=slack):
                return block.sum(self._by_bit(give)) - block.sum(self._by_bit(get)) > slack
            case Ratio(party=party, num=num, den=den):
                released, returned = self.case.released[party], self.case.returned[party]
                return num * block.sum(self._unit(released)) > den * block.sum(self._unit(returned))
            case Demand(party=party, person=person):
                return block.has(self.mask(self.case.released[party])) & ~block.has(self.bit[person])
            case IfThen(when=when, least=least, ids=ids):
                return block.has(self.bit[when]) & (block.sum(self._unit(ids)) < least)
            case Route(start=start, end=end, seats=seats):
                pair = self.case.released[start] & self.case.returned[end]
                return block.sum(self._unit(pair)) > (len(pair) if seats is None else seats)
            case Cap(most=most):
                return block.sum(self._unit(self.ids)) > most
            case _:  # pragma: no cover - every kind is above
                assert_never(limit)

    def _unit(self, ids: Iterable[str]) -> dict[int, int]:
        return {self.bit[one]: 1 for one in ids}

    def _by_bit(self, values: Mapping[str, int]) -> dict[int, int]:
        return {self.bit[one]: value for one, value in values.items()}


@dataclass(frozen=True)
class _Block:
    """Some packages, and where they stand in the whole; ``low_bits`` > 0 where they are consecutive.

    ``tables`` keeps the sums over the low bits, which are the same in every block.
    """

    masks: Ints
    span: slice
    low_bits: int = 0
    tables: dict[tuple[tuple[int, int], ...], Ints] = field(default_factory=dict)

    def has(self, bits: int) -> Bools:
        """Tell which packages have one of these bits."""
        found: Bools = (self.masks & bits) != 0
        return found

    def sum(self, weights: Mapping[int, int]) -> Ints:
        """Sum weights by bit."""
        if not self.low_bits:
            total = np.zeros(len(self.masks), dtype=np.int64)
            for bit, weight in weights.items():
                total += weight * ((self.masks & bit) != 0)
            return total
        start = self.span.start
        key = tuple(weights.items())
        if key not in self.tables:
            table = np.zeros(1, dtype=np.int64)
            for k in range(self.low_bits):
                table = np.concatenate((table, table + weights.get(1 << k, 0)))
            self.tables[key] = table
        return self.tables[key] + sum(weight for bit, weight in weights.items() if bit & start)
