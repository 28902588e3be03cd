# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fit many Poisson log-linear models at once by Newton's method.

Every model of a table uses the same few indicator columns, so one matrix product gives all their equations:
the product of the indicators of two sets of lists is the indicator of their union.

A set of lists that nobody shares would need an effect of minus infinity. Such effects are taken at their limit:
the cells that hold the set are fitted with 0 and left out, and the effect leaves the equations; it still counts
as a parameter in AIC and BIC (Chan, Silverman & Vincent 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from goodoffices.core.estimation.table import Bools, Floats, Ints, contains

STEPS = 60
CLOSE = 1e-10
FURTHEST = 46.0  # an effect beyond exp(+-46) is no count of people


@dataclass(frozen=True, eq=False)
class Fits:
    """Fits of B models.

    Attributes:
        unlisted: fitted people on no list, shape (B,).
        variance: variance of the constant, shape (B,).
        deviance, loglik: full Poisson, shape (B,).
        fitted: fitted counts a pattern, shape (B, 2 ** lists); 0 where cells were left out.
        cells: which patterns took part, shape (B, 2 ** lists).
        used: which columns took part, shape (B, columns).
        gap: greatest difference of a fitted from a counted margin, as a share of all people, shape (B,).
    """

    unlisted: Floats
    variance: Floats
    deviance: Floats
    loglik: Floats
    fitted: Floats
    cells: Bools
    used: Bools
    gap: Floats


def support(counts: Floats, cols: Ints, held: Bools, width: int, *, unlisted: bool) -> tuple[Bools, Bools]:
    """Tell which cells and which columns take part once sets that nobody shares are at their limit.

    Args:
        counts: shape (B, 2 ** lists). cols: patterns of the columns. held: the models, shape (B, columns).
        unlisted: whether the cell of pattern 0 takes part (its count is given) or not (it is unknown).
    """
    within = contains(width)
    margins = counts @ within[cols].T
    empty = held & (margins <= 0)
    cells = (empty.astype(np.float64) @ within[cols].astype(np.float64)) == 0
    cells[:, 0] = unlisted
    return cells, held & ~empty


def fit(
    counts: Floats,
    cols: Ints,
    held: Bools,
    width: int,
    *,
    unlisted: bool = False,
    near: Floats | None = None,
    close: float = CLOSE,
) -> Fits:
    """Fit models to counts; rows of ``counts`` and ``held`` go together, or one of them has a single row.

    Args:
        counts: shape (B, 2 ** lists). cols: patterns of the columns. held: which a model holds, shape (B, columns).
        unlisted: whether the cell of pattern 0 takes part with its count, or is unknown.
        near: fitted counts of a similar table, one row a model, from which the way is shorter.
        close: largest last step of an effect.
    """
    rows = max(len(counts), len(held))
    counts = np.broadcast_to(counts, (rows, counts.shape[1]))
    held = np.broadcast_to(held, (rows, held.shape[1]))
    cells, used = support(counts, cols, held, width, unlisted=unlisted)
    effects = _newton(counts, cols, cells, used, counts + 0.1 if near is None else near, close)
    within = contains(width)
    fitted = np.where(cells, np.exp(np.clip(effects @ within[cols], -FURTHEST, FURTHEST)), 0.0)
    gaps = ((fitted - counts * cells) @ within[cols].T) * used
    ratio = np.divide(counts, fitted, out=np.ones_like(fitted), where=fitted > 0)
    with np.errstate(over="ignore"):
        unlisted_fit = np.exp(effects[:, 0])
    return Fits(
        unlisted=unlisted_fit,
        variance=_variance(fitted, cols, used, width),
        deviance=2 * (xlogy(counts, ratio) - (counts - fitted)).sum(axis=1),
        loglik=(xlogy(counts, fitted) - fitted - gammaln(counts + 1)).sum(axis=1),
        fitted=fitted,
        cells=cells,
        used=used,
        gap=np.abs(gaps).max(axis=1) / counts.sum(axis=1),
    )


def _information(weights: Floats, unions: Ints, within: Floats, used: Bools) -> Floats:
    """Give X'WX of every model, with 1 on the diagonal of columns that don't take part."""
    matrix = (weights @ within.T)[:, unions]
    matrix *= used[:, :, None]
    matrix *= used[:, None, :]
    diagonal = np.arange(unions.shape[0])
    matrix[:, diagonal, diagonal] += np.where(used, 1e-12 * weights.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(matrix, dtype=np.float64)


def _newton(counts: Floats, cols: Ints, cells: Bools, used: Bools, near: Floats, close: float) -> Floats:
    width = (counts.shape[1] - 1).bit_length()
    within = contains(width).astype(np.float64)
    design, unions = within[cols], cols[:, None] | cols[None, :]
    guess = np.where(cells, near, 0.0)
    level = np.log(np.maximum(near, 1e-12))
    effects = np.zeros(used.shape)
    going = np.arange(len(counts))
    for _ in range(STEPS):
        moved = (level + np.divide(counts[going] - guess, guess, out=np.zeros_like(guess), where=guess > 0)) * guess
        right = (moved @ design.T) * used[going]
        matrix = _information(guess, unions, within, used[going])
        new = np.linalg.solve(matrix, right[:, :, None])[:, :, 0]
        new = np.clip(new, -FURTHEST, FURTHEST)
        change = np.abs(new - effects[going]).max(axis=1)
        effects[going] = new
        going = going[change > close]
        if not len(going):
            break
        level = np.clip(effects[going] @ design, -FURTHEST, FURTHEST)
        guess = np.where(cells[going], np.exp(level), 0.0)
    return effects


def _variance(fitted: Floats, cols: Ints, used: Bools, width: int) -> Floats:
    within = contains(width).astype(np.float64)
    matrix = _information(fitted, cols[:, None] | cols[None, :], within, used)
    first = np.zeros((len(cols), 1))
    first[0] = 1.0
    return np.asarray(np.linalg.solve(matrix, first)[:, 0, 0], dtype=np.float64)
