# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lower bound: how many there are at least, from those on one list and on two.

People differ in how easily they come on a list, and that can only raise the number of the unlisted above what
this formula gives; so it bounds from below all who could be listed at all, where links are right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from goodoffices.core.estimation.table import Overlaps

Z95 = 1.959963984540054


@dataclass(frozen=True)
class LowerBound:
    """Estimate of the least number with its 95 % interval; people."""

    N: float
    low: float
    high: float


def lower_bound(table: Overlaps) -> LowerBound | None:
    """Bound the number of people from below.

    Returns:
        The bound, or None where nobody is on exactly two lists: then nothing bounds it.

    Source: Chao 1987, Biometrics 43; N = n + ((t-1)/t) f1^2 / (2 f2), log-normal interval.
    """
    once, twice = table.on_exactly(1), table.on_exactly(2)
    if table.width < 2 or twice <= 0:
        return None
    share = (table.width - 1) / table.width
    ratio = once / twice
    unlisted = share * once * ratio / 2
    documented = table.documented
    if unlisted == 0:
        return LowerBound(documented, documented, documented)
    variance = twice * (share * ratio**2 / 2 + share**2 * ratio**3 + share**2 * ratio**4 / 4)
    spread = math.exp(Z95 * math.sqrt(math.log1p(variance / unlisted**2)))
    return LowerBound(documented + unlisted, documented + unlisted / spread, documented + unlisted * spread)
