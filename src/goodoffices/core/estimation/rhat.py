# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether chains agree: R-hat compares the spread between halves of chains with the spread inside them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def split_rhat(draws: npt.NDArray[np.integer | np.floating]) -> float:
    """Give R-hat of draws of shape (steps, chains), each chain cut in two; 1 where chains agree.

    Infinite where no chain moves but they differ. Source: Gelman et al., Bayesian Data Analysis, 3rd ed., 11.4.
    """
    half = len(draws) // 2
    halves = np.concatenate([draws[:half], draws[half : 2 * half]], axis=1).astype(np.float64)
    within = halves.var(axis=0, ddof=1).mean()
    between = halves.mean(axis=0).var(ddof=1)
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt((half - 1) / half + between / within))
