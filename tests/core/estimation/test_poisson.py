# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fitting many models at once gives what a general optimiser gives for each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from tests.core.estimation.cases import drawn, table_of

from goodoffices.core.estimation.poisson import fit
from goodoffices.core.estimation.table import contains
from goodoffices.core.estimation.terms import all_models, columns


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=15, max_size=15), st.integers(0, 63))
def test_a_fit_is_the_likeliest_one(counts, which):
    table = table_of(counts)
    cols = np.array(columns(4, 2))
    held = all_models(4, 2)[which]
    design = contains(4)[cols[held]][:, 1:].T.astype(float)
    observed = table.counts[1:]

    def worse(effects):
        return np.exp(design @ effects).sum() - observed @ (design @ effects)

    def slope(effects):
        return design.T @ (np.exp(design @ effects) - observed)

    start = np.linalg.lstsq(design, np.log(observed), rcond=None)[0]
    best = minimize(worse, start, jac=slope, method="BFGS", options={"gtol": 1e-7, "maxiter": 2000})
    found = fit(table.counts[None, :], cols, held[None, :], 4)
    assert found.gap[0] < 1e-8
    assert worse(np.log(found.fitted[0][1:]) @ np.linalg.pinv(design).T) <= best.fun + 1e-6 * abs(best.fun)
    if np.abs(slope(best.x)).max() < 1e-4:
        assert found.unlisted[0] == pytest.approx(np.exp(best.x[0]), rel=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_margins_of_a_fit_are_the_counted_margins(seed):
    table = drawn(4, seed)
    cols = np.array(columns(4, 3))
    held = all_models(4, 3)
    found = fit(table.counts[None, :], cols, held, 4)
    margins = (found.fitted - table.counts * found.cells) @ contains(4)[cols].T * found.used
    assert np.abs(margins).max() < 1e-6 * table.documented


def test_a_pair_that_nobody_shares_is_taken_at_its_limit():
    table = table_of([30, 40, 0, 50, 6, 7, 0])  # patterns 1 to 7; lists 1 and 2 share nobody
    cols = np.array(columns(3, 2))
    held = np.array([pattern in (0, 1, 2, 4, 3) for pattern in cols])
    found = fit(table.counts[None, :], cols, held[None, :], 3)
    assert found.fitted[0][[3, 7]].tolist() == [0.0, 0.0]
    assert not found.used[0][list(cols).index(3)]
    assert np.isfinite(found.unlisted[0])


def test_a_nearby_start_changes_nothing():
    table = drawn(4, 3)
    cols, held = np.array(columns(4, 2)), all_models(4, 2)[20:21]
    plain = fit(table.counts[None, :], cols, held, 4)
    warm = fit(table.counts[None, :], cols, held, 4, near=plain.fitted + 5)
    assert warm.unlisted == pytest.approx(plain.unlisted, rel=1e-9)


def test_independent_lists_give_the_two_list_formula():
    table = table_of([60, 30, 12])
    found = fit(table.counts[None, :], np.array(columns(2, 1)), all_models(2, 1), 2)
    assert found.unlisted[0] == pytest.approx(60 * 30 / 12)
