# SPDX-License-Identifier: AGPL-3.0-or-later
"""Profile intervals: the ends are where the likelihood has fallen by the set drop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, xlogy
from tests.core.estimation.cases import drawn, table_of

from goodoffices.core.estimation import fit_terms, profile_interval


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(["", "12", "12,13", "12,13,23"]))
def test_the_interval_holds_the_best_number(seed, terms):
    table = drawn(3, seed)
    found = fit_terms(table, terms)
    unlisted = found.best[0].N - table.documented
    interval = profile_interval(table, terms, unlisted)
    assert table.documented <= interval.low <= interval.N
    assert interval.high is None or interval.high >= interval.N
    # The multinomial best differs a little from the Poisson one, by far less than the interval.
    assert interval.low <= found.best[0].N <= (interval.high or math.inf)


def test_two_independent_lists_agree_with_the_likelihood_written_out():
    table = table_of([60, 30, 12])
    found = profile_interval(table, "", 150.0)

    def height(total):
        first, second = 72 / total, 42 / total
        cells = np.array([(1 - first) * (1 - second), first * (1 - second), (1 - first) * second, first * second])
        counts = np.array([total - 102, 60, 30, 12])
        return gammaln(total + 1) - gammaln(counts + 1).sum() + xlogy(counts, cells).sum()

    top = max(height(total) for total in np.arange(150, 500, 0.1))
    for end in (found.low, found.high):
        assert top - height(end) == pytest.approx(3.841458820694124 / 2, abs=1e-3)


def test_nothing_ends_an_interval_where_hardly_anybody_is_shared():
    table = table_of([40, 30, 1, 50, 1, 1, 1])
    found = profile_interval(table, "12,13,23", fit_terms(table, "12,13,23").best[0].N - table.documented)
    assert found.high is None or found.high > 1000 * table.documented
