# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lower bound: bounds, and when there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.core.estimation.cases import table_of

from goodoffices.core.estimation import lower_bound


@given(st.lists(st.integers(1, 500), min_size=7, max_size=7))
def test_the_bound_lies_in_its_interval_and_above_the_documented(counts):
    table = table_of(counts)
    found = lower_bound(table)
    assert table.documented <= found.low <= found.N <= found.high


def test_nobody_on_two_lists_means_no_bound():
    assert lower_bound(table_of([5, 6, 0, 7, 0, 0, 4])) is None


def test_nobody_on_one_list_alone_means_nobody_unlisted():
    found = lower_bound(table_of([0, 0, 5, 0, 6, 7, 1]))
    assert (found.N, found.low, found.high) == (19, 19, 19)
