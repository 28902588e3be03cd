# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fair could it be, if nothing mattered but how many may go in all and to each party?

A bound on the vector of shares that needs no solver: thresholds ask for whole numbers of heads, and the cheapest way
to hand the thresholds to the parties is an assignment. Where a package reaches this bound, fairness is proved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from scipy.optimize import linear_sum_assignment

OUT_OF_REACH = 1 << 40


@dataclass(frozen=True)
class HeadBound:
    """What is known of the numbers of heads.

    Args:
        asked: people each party asks for.
        most: people that can come home to each party at most.
        total: people that can come home at most in all.
    """

    asked: tuple[int, ...]
    most: tuple[int, ...]
    total: int

    @cached_property
    def fractions(self) -> tuple[Fraction, ...]:
        """Give every share some party could have, ascending."""
        return tuple(
            sorted(
                {
                    Fraction(heads, asked)
                    for asked, most in zip(self.asked, self.most, strict=True)
                    for heads in range(most + 1)
                }
            )
        )

    def allows(self, wanted: Sequence[Fraction]) -> bool:
        """Tell whether the first thresholds of an ascending vector could be reached, as far as heads go."""
        return self.hand_out(wanted) is not None

    def hand_out(self, wanted: Sequence[Fraction]) -> tuple[int, ...] | None:
        """Give each party a place in the vector so that the fewest heads are asked for; None: too many are.

        Args:
            wanted: ascending thresholds of the first positions; the rest ask for the last of them.
        """
        places = [*wanted, *[wanted[-1]] * (len(self.asked) - len(wanted))]
        cost = np.array(
            [
                [self._heads(tau, asked, most) for tau in places]
                for asked, most in zip(self.asked, self.most, strict=True)
            ]
        )
        rows, columns = linear_sum_assignment(cost)
        if int(cost[rows, columns].sum()) > self.total:
            return None
        return tuple(int(place) for place in columns)

    def largest(self, settled: Sequence[Fraction]) -> Fraction:
        """Give the largest threshold of the next position that heads allow."""
        best = settled[-1] if settled else Fraction(0)
        for asked, most in zip(self.asked, self.most, strict=True):
            low, high = int(best * asked), most
            while low < high:
                middle = (low + high + 1) // 2
                if self.allows([*settled, Fraction(middle, asked)]):
                    low = middle
                else:
                    high = middle - 1
            best = max(best, Fraction(low, asked))
        return best

    def vector(self, settled: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Give the largest whole vector that heads allow after these positions."""
        found = list(settled)
        while len(found) < len(self.asked):
            found.append(self.largest(found))
        return tuple(found)

    @staticmethod
    def _heads(tau: Fraction, asked: int, most: int) -> int:
        needed = math.ceil(tau * asked)
        return needed if needed <= most else OUT_OF_REACH
