# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two lists alone: the number under independence, and how it moves if the lists depend on each other.

Nothing in two lists tells how they depend on each other, so no range is claimed; a table shows what each odds
ratio between them would mean, from lists that avoid each other (1/4) to lists that share their people (4).
"""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.core.estimation.table import Overlaps

ODDS_RATIOS = (0.25, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class AtOddsRatio:
    """People in all, if being on one list changes the odds of being on the other by this ratio."""

    odds_ratio: float
    N: float


def by_odds_ratio(table: Overlaps) -> tuple[AtOddsRatio, ...]:
    """Give the total for each odds ratio; empty unless there are two lists with somebody on both.

    The cell of nobody's list is odds ratio x first only x second only / both.
    """
    if table.width != 2 or table.counts[3] == 0:
        return ()
    unlisted = table.counts[1] * table.counts[2] / table.counts[3]
    return tuple(AtOddsRatio(ratio, float(table.documented + ratio * unlisted)) for ratio in ODDS_RATIOS)
