# SPDX-License-Identifier: AGPL-3.0-or-later
"""The interval of a model that was selected: the table is drawn again and again, and the model selected each time.

A profile interval takes the model as given and is too narrow after a search. Each draw lets the number documented
and the overlaps vary, then selects among the same models by the same criterion. Bias-corrected percentiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from goodoffices.core.estimation.existence import identifiable
from goodoffices.core.estimation.loglinear import Search
from goodoffices.core.estimation.poisson import Fits, fit
from goodoffices.core.estimation.table import Bools, Floats, Ints, Overlaps

DRAWS = 300
# What was far behind on the table itself is hardly ever selected on a draw of it.
FAR_BEHIND = 20.0
MOST_KEPT = 60
# A fitted count below this may belong to an estimate that doesn't exist on the draw.
POSITIVE_FIT = 1e-6
CLOSE = 1e-7  # a person is one: closer fits change no draw
LEVEL = 0.95


@dataclass(frozen=True)
class Reselected:
    """Interval of the total in people, how many draws it rests on, and how many of them chose another model."""

    low: float
    high: float
    draws: int
    other_models: int


def reselection_interval(
    table: Overlaps, found: Search, rng: np.random.Generator, draws: int = DRAWS
) -> Reselected | None:
    """Draw tables as the fitted total makes them, select anew, and give the interval; None where too few succeed."""
    kept = found.near[found.near_values <= found.near_values[0] + FAR_BEHIND][:MOST_KEPT]
    total = found.best[0].N
    unlisted = total - table.documented
    chances = np.concatenate([[unlisted], table.counts[1:]]) / total
    drawn = rng.multinomial(round(total), chances, size=draws).astype(np.float64)
    drawn[:, 0] = 0.0
    totals, chosen = _select(drawn, table, found, kept)
    good = np.isfinite(totals)
    if good.sum() < draws * 0.8:
        return None
    low, high = _bias_corrected(totals[good], total)
    return Reselected(max(low, table.documented), high, int(good.sum()), int((chosen[good] != 0).sum()))


def _select(drawn: Floats, table: Overlaps, found: Search, kept: Bools) -> tuple[Floats, Ints]:
    """Select for each drawn table; the total is not a number where no model could be fitted."""
    sizes = drawn.sum(axis=1)
    price = 2.0 if found.criterion == "aic" else np.log(sizes)
    best = np.full(len(drawn), np.inf)
    totals, chosen = np.full(len(drawn), np.nan), np.zeros(len(drawn), dtype=np.int64)
    for index, model in enumerate(kept):
        # One model at a time: its own few columns make small equations, all draws at once.
        cols, held = found.cols[model], np.ones((1, int(model.sum())), dtype=np.bool_)
        near = fit(table.counts[None, :], cols, held, table.width).fitted
        fits = fit(drawn, cols, held, table.width, near=np.repeat(near, len(drawn), axis=0) + 0.1, close=CLOSE)
        value = -2 * fits.loglik + price * len(cols)
        value[~_safe(fits, cols, table.width)] = np.inf
        better = value < best
        best[better], chosen[better] = value[better], index
        totals[better] = (sizes + fits.unlisted)[better]
    return totals, chosen


def _safe(fits: Fits, cols: Ints, width: int) -> Bools:
    """Tell which fits are surely estimates; no linear programs here, what is in doubt is left out."""
    smallest = np.where(fits.cells, fits.fitted, np.inf).min(axis=1)
    held = np.ones_like(fits.used)
    safe = (smallest > POSITIVE_FIT) & (fits.gap < POSITIVE_FIT) & identifiable(cols, held, fits, width)
    return np.asarray(safe, dtype=np.bool_)


def _bias_corrected(totals: Floats, point: float) -> tuple[float, float]:
    """Percentiles moved by twice the bias of the draws' middle (Efron 1987, without acceleration)."""
    below = np.clip((totals < point).mean(), 0.5 / len(totals), 1 - 0.5 / len(totals))
    bias = ndtri(below)
    tails = ndtr(2 * bias + ndtri([(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    low, high = np.quantile(totals, tails)
    return float(low), float(high)
