# SPDX-License-Identifier: AGPL-3.0-or-later
"""Averaging over graphs agrees with plain sums on small tables, whatever the order of the lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, logsumexp
from tests.core.estimation.cases import drawn, table_of, tables

from goodoffices.core.estimation import BadSetting, Overlaps, average
from goodoffices.core.estimation.averaging import default_top, hills


def by_hand(table: Overlaps, top: int, delta: float) -> np.ndarray:
    """Posterior of three lists: independent lists, one pair, two pairs through a list, all three."""
    posterior = []
    for unlisted in range(1, top + 1):
        counts = table.counts.reshape(2, 2, 2).copy()
        counts[0, 0, 0] = unlisted
        total = counts.sum()

        def part(axes, counts=counts):
            kept = counts.sum(axis=tuple(i for i in range(3) if i not in axes)).ravel()
            alpha = delta * 2.0 ** (3 - len(axes))
            whole = alpha * len(kept)
            return gammaln(whole) - gammaln(whole + kept.sum()) + (gammaln(alpha + kept) - gammaln(alpha)).sum()

        graphs = [part((0,)) + part((1,)) + part((2,))]
        graphs += [part((i, j)) + part((k,)) for i, j, k in ((0, 1, 2), (0, 2, 1), (1, 2, 0))]
        graphs += [part((i, j)) + part((i, k)) - part((i,)) for i, j, k in ((0, 1, 2), (1, 0, 2), (2, 0, 1))]
        graphs += [part((0, 1, 2))]
        posterior.append(logsumexp(graphs) + gammaln(total + 1) - gammaln(unlisted + 1) - np.log(total))
    return np.exp(posterior - logsumexp(posterior))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=7, max_size=7).filter(lambda c: c[6] > 0), st.sampled_from([0.125, 1.0]))
def test_the_posterior_is_the_sum_over_graphs(counts, delta):
    table = table_of(counts)
    assert average(table, top=60, delta=delta).posterior == pytest.approx(by_hand(table, 60, delta), abs=1e-12)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.permutations(range(4)))
def test_the_order_of_the_lists_changes_nothing(seed, order):
    table = drawn(4, seed, 60)
    counts = np.zeros(16)
    for pattern in range(16):
        counts[sum((pattern >> i & 1) << order[i] for i in range(4))] = table.counts[pattern]
    other = Overlaps(table.lists, counts)
    one, same = average(table, top=3000), average(other, top=3000)
    assert (one.low, one.median, one.high) == (same.low, same.median, same.high)
    assert one.mean == pytest.approx(same.mean)


def test_quantiles_are_the_smallest_numbers_that_reach_them():
    table = tables("hav_taiwan")[0]
    found = average(table, top=5000)
    reached = np.cumsum(found.posterior)
    for value, share in ((found.low, 0.025), (found.median, 0.5), (found.high, 0.975)):
        place = int(value - table.documented - 1)
        assert reached[place] >= share
        assert place == 0 or reached[place - 1] < share


def test_a_top_that_cuts_the_answer_is_seen():
    assert average(tables("kosovo_1999")[0], top=4000).at_top > 1e-3
    assert average(tables("kosovo_1999")[0], top=30_000).at_top < 1e-6


def test_two_hills_are_told_apart_and_one_is_left_alone():
    assert len(average(tables("uk_2013_five")[0], top=60_000).modes) == 2
    assert len(average(tables("kosovo_1999")[0], top=30_000).modes) == 1
    assert hills(np.ones(1)) == [0]


def test_the_default_top_grows_with_the_table():
    assert default_top(100) == 60_000
    assert default_top(20_000) == 200_000
    assert default_top(10_000_000) == 1_000_000


@pytest.mark.parametrize(
    "wrong", [{"top": 0}, {"top": -5}, {"top": 10**9}, {"delta": 0.0}, {"delta": -1.0}, {"delta": float("nan")}]
)
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(BadSetting) as refused:
        average(tables("hav_taiwan")[0], **wrong)
    assert refused.value.where["field"] in wrong


def test_two_lists_are_refused():
    with pytest.raises(BadSetting):
        average(table_of([4, 5, 6]))
