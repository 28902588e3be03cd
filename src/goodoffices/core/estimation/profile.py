# SPDX-License-Identifier: AGPL-3.0-or-later
"""The profile interval of one fixed model: all numbers of people under which the table is not surprising.

For each trial number of unlisted people the model is fitted to the whole table; the interval holds those numbers
whose log-likelihood lies within half the 95 % point of chi-squared from the best. The total is multinomial.
Says nothing of how the model was found; see ``reselection`` for that.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from goodoffices.core.estimation.poisson import fit
from goodoffices.core.estimation.table import Floats, Ints, Overlaps
from goodoffices.core.estimation.terms import read_terms

DROP = 3.841458820694124 / 2  # half the 95 % point of chi-squared with one degree of freedom
FURTHEST = 1e4  # as a multiple of the point estimate


@dataclass(frozen=True)
class Profile:
    """The best number under the multinomial likelihood and its interval; ``high`` is None where nothing ends it."""

    N: float
    low: float
    high: float | None


def profile_interval(table: Overlaps, terms: str, unlisted: float) -> Profile:
    """Profile one model; ``unlisted`` is its Poisson estimate of people on no list, where the walk begins.

    Source: Cormack 1992, Biometrics 48.
    """
    likelihood = _profile(table, np.array(read_terms(terms, table.width)))
    start = max(unlisted, 0.5)
    best = math.exp(_highest(lambda x: likelihood(math.exp(x)), math.log(start) - 2, math.log(start) + 2))
    wanted = likelihood(best) - DROP
    low = 0.0 if likelihood(0.0) >= wanted else _crossing(likelihood, wanted, 0.0, best)
    reach = 2.0 * best
    while likelihood(reach) > wanted and reach < FURTHEST * start:
        reach *= 2
    high = None if likelihood(reach) > wanted else _crossing(likelihood, wanted, reach, best)
    n = table.documented
    return Profile(n + best, n + low, None if high is None else n + high)


def _highest(height: Callable[[float], float], left: float, right: float) -> float:
    """Find the top of a single hill by golden section."""
    golden = (math.sqrt(5) - 1) / 2
    one, other = right - golden * (right - left), left + golden * (right - left)
    at_one, at_other = height(one), height(other)
    while right - left > 1e-7:
        if at_one > at_other:
            right, other, at_other = other, one, at_one
            one = right - golden * (right - left)
            at_one = height(one)
        else:
            left, one, at_one = one, other, at_other
            other = left + golden * (right - left)
            at_other = height(other)
    return (left + right) / 2


def _crossing(height: Callable[[float], float], wanted: float, below: float, above: float) -> float:
    """Find where a slope reaches a height, between a point below it and one above it, to a thousandth of a person."""
    while abs(above - below) > 1e-3 + 1e-9 * abs(above):
        middle = (below + above) / 2
        if height(middle) < wanted:
            below = middle
        else:
            above = middle
    return (below + above) / 2


def _profile(table: Overlaps, cols: Ints) -> Callable[[float], float]:
    held = np.ones((1, len(cols)), dtype=np.bool_)

    def likelihood(unlisted: float) -> float:
        counts = table.counts.copy()
        counts[0] = unlisted
        fitted = fit(counts[None, :], cols, held, table.width, unlisted=True).fitted[0]
        return _multinomial(counts, fitted)

    return likelihood


def _multinomial(counts: Floats, fitted: Floats) -> float:
    total = counts.sum()
    chances = np.where(fitted > 0, fitted, 1.0) / total
    return float(gammaln(total + 1) - gammaln(counts + 1).sum() + xlogy(counts, chances).sum())
