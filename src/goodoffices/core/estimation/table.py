# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of overlaps: how many people stand on exactly these lists and on no other.

A pattern of lists is a bit mask: bit ``i`` is set where the person is on list ``i`` (from 0, in column order).
Pattern 0, "on no list", is what nobody has counted; its cell is always 0 here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from goodoffices.core.estimation.errors import BadTable

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# Terms are written with one digit a list (CONTRACTS 3.5), and more than nine lists are never independent witnesses.
MOST_LISTS = 9


@dataclass(frozen=True, eq=False)
class Overlaps:
    """Counts of people by pattern of lists.

    Attributes:
        lists: names of the lists, in column order.
        counts: one count a pattern, shape (2 ** lists,); ``counts[0]`` is 0. Whole numbers, but for tables that
            were corrected for expected linkage errors.
    """

    lists: tuple[str, ...]
    counts: Floats

    def __post_init__(self) -> None:
        if not 1 <= len(self.lists) <= MOST_LISTS:
            raise BadTable(
                f"There are {len(self.lists)} lists; between 1 and {MOST_LISTS} can be used.",
                code="too_many_lists",
                hint="Merge lists that draw on the same source into one column.",
            )
        if self.counts.shape != (1 << len(self.lists),) or self.counts[0] != 0:
            raise BadTable("The counts don't fit the lists.", hint="Give one count for each pattern of lists.")
        if not np.isfinite(self.counts).all() or (self.counts < 0).any():
            raise BadTable("A count is negative or not a number.", hint="Give whole numbers, 0 or more.")
        if not self.counts.any():
            raise BadTable("Nobody is on any list.", code="empty_table", hint="Give a table with counts above 0.")
        empty = [name for name, size in zip(self.lists, self.sizes, strict=True) if size == 0]
        if empty:
            raise BadTable(
                f'List "{empty[0]}" has nobody on it.',
                code="empty_list",
                where={"field": empty[0]},
                hint="Leave the column out.",
            )

    @property
    def width(self) -> int:
        """Number of lists."""
        return len(self.lists)

    @property
    def documented(self) -> float:
        """People on at least one list."""
        return float(self.counts.sum())

    @cached_property
    def sizes(self) -> tuple[float, ...]:
        """People on each list."""
        held = contains(self.width)
        return tuple(float(self.counts[held[1 << i]].sum()) for i in range(self.width))

    def on_exactly(self, times: int) -> float:
        """People on exactly so many lists."""
        return float(self.counts[sizes_of_patterns(self.width) == times].sum())

    @property
    def on_several(self) -> float:
        """People on more than one list: all that is known of how the lists overlap."""
        return float(self.counts[sizes_of_patterns(self.width) > 1].sum())

    def without(self, position: int) -> Overlaps:
        """The same people as the other lists know them; whoever was on this list alone is not documented then."""
        kept = [i for i in range(self.width) if i != position]
        counts = np.zeros(1 << len(kept))
        for pattern in range(1, 1 << self.width):
            counts[sum(((pattern >> i) & 1) << place for place, i in enumerate(kept))] += self.counts[pattern]
        counts[0] = 0.0
        return Overlaps(tuple(self.lists[i] for i in kept), counts)


def table_from_rows(lists: Sequence[str], rows: Sequence[tuple[Sequence[int], float]]) -> Overlaps:
    """Make a table from rows of (0/1 flag for each list, count); the same pattern twice is added up."""
    counts = np.zeros(1 << len(lists))
    for flags, count in rows:
        counts[sum(int(flag) << i for i, flag in enumerate(flags))] += count
    return Overlaps(tuple(lists), counts)


@lru_cache(maxsize=16)
def contains(width: int) -> Bools:
    """Whether pattern ``c`` holds all lists of ``s``: shape (2 ** width, 2 ** width), indexed [s, c]."""
    patterns = np.arange(1 << width)
    found: Bools = (patterns[:, None] & patterns[None, :]) == patterns[:, None]
    found.setflags(write=False)
    return found


@lru_cache(maxsize=16)
def sizes_of_patterns(width: int) -> Ints:
    """How many lists each pattern holds; shape (2 ** width,)."""
    patterns = np.arange(1 << width)
    sizes: Ints = sum(((patterns >> i) & 1) for i in range(width)).astype(np.int64)  # type: ignore[union-attr]
    sizes.setflags(write=False)
    return sizes
