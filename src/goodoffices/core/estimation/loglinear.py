# SPDX-License-Identifier: AGPL-3.0-or-later
"""Log-linear estimates: one given model, or the best of all hierarchical models by AIC or BIC.

Poisson model on the observed cells with a constant; the estimate is the documented people and exp(constant).
AIC = -2 logL + 2k and BIC = -2 logL + k ln(n), full Poisson log-likelihood, k with the constant, n = documented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from goodoffices.core.estimation.errors import BadSetting
from goodoffices.core.estimation.existence import exists, identifiable
from goodoffices.core.estimation.poisson import Fits, fit
from goodoffices.core.estimation.table import Bools, Floats, Ints, Overlaps
from goodoffices.core.estimation.terms import all_models, columns, count_models, read_terms, write_terms

Criterion = Literal["aic", "bic"]

# Six lists with pairs are 32,768 models; what is larger is searched stepwise.
MOST_MODELS = 40_000
BEST = 10
BLOCK = 4096


@dataclass(frozen=True)
class Model:
    """One fitted model: its terms and numbers. ``N`` and ``se`` in people."""

    terms: str
    N: float
    se: float
    deviance: float
    aic: float
    bic: float
    parameters: int


@dataclass(frozen=True, eq=False)
class Search:
    """All models that were looked at.

    Attributes:
        models: how many.
        best: up to ten usable models, the best by the criterion first; empty where none is usable.
        other: the best by the other criterion.
        failing: terms of models whose estimate doesn't exist; not_identifiable: of those with no single answer.
        near: the usable models, best first, as flags over ``cols``; re-selection draws from them.
        stepwise: not all models were looked at.
    """

    order: int
    criterion: Criterion
    models: int
    best: tuple[Model, ...]
    other: Model | None
    failing: tuple[str, ...]
    not_identifiable: tuple[str, ...]
    cols: Ints
    near: Bools
    near_values: Floats
    stepwise: bool = False


@dataclass(frozen=True, eq=False)
class Judged:
    """Models with their fits, criteria and whether each may be used."""

    held: Bools
    fits: Fits
    aic: Floats
    bic: Floats
    existing: Bools
    single: Bools

    @property
    def usable(self) -> Bools:
        """Models whose estimate exists and is the only one."""
        return self.existing & self.single

    def values(self, criterion: Criterion) -> Floats:
        """The criterion of each model; infinite where it may not be used."""
        return np.where(self.usable, self.aic if criterion == "aic" else self.bic, np.inf)


def order_for(width: int, order: int | None) -> int:
    """Give the order of a search: the one asked, else 3 up to four lists and 2 beyond; never all lists in one term.

    Raises:
        BadSetting: an order other than 2 or 3.
    """
    if order not in (None, 2, 3):
        raise BadSetting(f"Order {order} is not offered.", where={"field": "order"}, hint="Use --order 2 or 3.")
    return max(1, min(order or (3 if width <= 4 else 2), width - 1))


def judge(table: Overlaps, cols: Ints, held: Bools) -> Judged:
    """Fit models to a table and tell which may be used."""
    counts = table.counts[None, :]
    parts = [fit(counts, cols, held[at : at + BLOCK], table.width) for at in range(0, len(held), BLOCK)]
    fits = Fits(**{name: np.concatenate([getattr(one, name) for one in parts]) for name in Fits.__dataclass_fields__})
    parameters = held.sum(axis=1)
    return Judged(
        held=held,
        fits=fits,
        aic=-2 * fits.loglik + 2 * parameters,
        bic=-2 * fits.loglik + parameters * np.log(table.documented),
        existing=exists(table.counts, cols, held, fits, table.width),
        single=identifiable(cols, held, fits, table.width),
    )


def search(table: Overlaps, order: int | None = None, criterion: Criterion = "bic", most: int = MOST_MODELS) -> Search:
    """Fit every hierarchical model up to an order and rank them; stepwise where there are more than ``most``."""
    order = order_for(table.width, order)
    if count_models(table.width, order, most) > most:
        return _stepwise(table, order, criterion)
    cols = np.array(columns(table.width, order))
    return _rank(table, order, criterion, cols, judge(table, cols, all_models(table.width, order)))


def fit_terms(table: Overlaps, terms: str) -> Search:
    """Fit the one model named.

    Raises:
        BadSetting: terms that are none of this table's.
    """
    patterns = read_terms(terms, table.width)
    cols = np.array(patterns)
    order = max(pattern.bit_count() for pattern in patterns)
    return _rank(table, order, "bic", cols, judge(table, cols, np.ones((1, len(cols)), dtype=np.bool_)))


def _rank(
    table: Overlaps, order: int, criterion: Criterion, cols: Ints, judged: Judged, *, stepwise: bool = False
) -> Search:
    values = judged.values(criterion)
    ranked = np.argsort(values, kind="stable")
    ranked = ranked[np.isfinite(values[ranked])]
    other = judged.values("bic" if criterion == "aic" else "aic")
    return Search(
        order=order,
        criterion=criterion,
        models=len(judged.held),
        best=tuple(_model(table, cols, judged, index) for index in ranked[:BEST]),
        other=_model(table, cols, judged, int(np.argmin(other))) if len(ranked) else None,
        failing=_written(table, cols, judged.held[~judged.existing]),
        not_identifiable=_written(table, cols, judged.held[~judged.single]),
        cols=cols,
        near=judged.held[ranked],
        near_values=values[ranked],
        stepwise=stepwise,
    )


def _written(table: Overlaps, cols: Ints, models: Bools) -> tuple[str, ...]:
    return tuple(write_terms(cols[one].tolist(), table.width) for one in models)


def _model(table: Overlaps, cols: Ints, judged: Judged, index: int) -> Model:
    unlisted = float(judged.fits.unlisted[index])
    return Model(
        terms=write_terms(cols[judged.held[index]].tolist(), table.width),
        N=table.documented + unlisted,
        # People counted vary like a Poisson count around the model's own uncertainty.
        se=float(np.sqrt(unlisted + unlisted**2 * judged.fits.variance[index])),
        deviance=max(0.0, float(judged.fits.deviance[index])),
        aic=float(judged.aic[index]),
        bic=float(judged.bic[index]),
        parameters=int(judged.held[index].sum()),
    )


def _stepwise(table: Overlaps, order: int, criterion: Criterion) -> Search:
    """Walk from independent lists, adding or leaving one set at a time while the criterion falls."""
    cols = np.array(columns(table.width, order))
    here = np.zeros((1, len(cols)), dtype=np.bool_)
    here[0, : table.width + 1] = True
    seen = here
    judged = judge(table, cols, here)
    while True:
        at = int(np.argmin(judged.values(criterion)))
        steps = _neighbours(judged.held[at], cols)
        fresh = steps[~(steps[:, None, :] == seen[None, :, :]).all(axis=2).any(axis=1)]
        if not len(fresh):
            break
        seen = np.concatenate([seen, fresh])
        before = judged.values(criterion).min()
        judged = judge(table, cols, seen)
        if not judged.values(criterion).min() < before:
            break
    return _rank(table, order, criterion, cols, judged, stepwise=True)


def _neighbours(model: Bools, cols: Ints) -> Bools:
    """Give the hierarchical models that differ from this one in one set."""
    found = []
    held = set(cols[model].tolist())
    for place, pattern in enumerate(cols.tolist()):
        if pattern.bit_count() < 2:
            continue
        if pattern in held:
            fits = not any(one != pattern and one & pattern == pattern for one in held)
        else:
            inside = [pattern & ~(1 << i) for i in range(pattern.bit_length()) if pattern >> i & 1]
            fits = held.issuperset(inside)
        if fits:
            step = model.copy()
            step[place] = not step[place]
            found.append(step)
    return np.array(found, dtype=np.bool_).reshape(-1, len(cols))
