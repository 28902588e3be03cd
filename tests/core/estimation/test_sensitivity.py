# SPDX-License-Identifier: AGPL-3.0-or-later
"""Linkage errors: missed links raise an estimate, wrong ones lower it, and the correction undoes the error."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.estimation.cases import drawn, table_of, tables

from goodoffices.core.estimation import Overlaps, fit_terms, search
from goodoffices.core.estimation.sensitivity import (
    corrected,
    greatest_changes,
    split_matrix,
    under_linkage_errors,
    without_each_list,
)
from goodoffices.core.estimation.two_lists import by_odds_ratio


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.02, 0.05, 0.1]))
def test_correcting_undoes_missed_links(seed, share):
    table = drawn(4, seed)
    seen = split_matrix(4, share) @ table.counts
    seen[0] = 0
    assert corrected(Overlaps(table.lists, seen), missed=share).counts == pytest.approx(table.counts)


def test_a_split_person_is_two_records():
    before = np.zeros(8)
    before[0b111] = 100
    after = split_matrix(3, 0.06) @ before
    assert after[0b111] == pytest.approx(94)
    assert after[[1, 2, 4]] == pytest.approx([2, 2, 2])
    assert after[[3, 5, 6]] == pytest.approx([2, 2, 2])
    assert after.sum() == pytest.approx(106)


def test_the_more_links_were_missed_the_fewer_there_are():
    table = tables("sim_independent")[0]
    plain, five, ten, wrong = under_linkage_errors(table, fit_terms(table, ""))
    assert plain.N > five.N > ten.N
    assert wrong.N > plain.N
    assert plain.lower_bound > five.lower_bound > ten.lower_bound
    assert plain.documented > five.documented
    assert [one.missed for one in (plain, five, ten, wrong)] == [0, 0.05, 0.10, 0]
    assert wrong.wrong == 0.02


def test_the_correction_at_the_true_rate_finds_the_truth():
    chances = (0.3, 0.25, 0.2, 0.15)
    people = np.full(16, 5000.0)
    for i, chance in enumerate(chances):
        people *= np.where(np.arange(16) >> i & 1, chance, 1 - chance)
    seen = split_matrix(4, 0.10) @ people
    seen[0] = 0
    table = Overlaps(tuple("ABCD"), seen)
    plain, _, ten, _ = under_linkage_errors(table, fit_terms(table, ""))
    assert plain.N > 5400
    assert pytest.approx(5000, abs=1) == ten.N


def test_what_moves_the_number_most_stands_first():
    table = tables("kosovo_1999")[0]
    found = search(table)
    changes = greatest_changes(found, under_linkage_errors(table, found), without_each_list(table, found))
    shares = [abs(one.share) for one in changes]
    assert shares == sorted(shares, reverse=True)
    assert {"missed_links_5", "missed_links_10", "wrong_links_2", "other_criterion", "without_list"} == {
        one.code for one in changes
    }


def test_three_lists_are_not_cut_to_two():
    table = tables("hav_taiwan")[0]
    assert without_each_list(table, search(table)) == ()


def test_two_lists_are_told_by_odds_ratio():
    table = table_of([60, 30, 12])
    found = by_odds_ratio(table)
    assert [(one.odds_ratio, one.N) for one in found] == [
        (0.25, 139.5), (0.5, 177.0), (1.0, 252.0), (2.0, 402.0), (4.0, 702.0),
    ]  # fmt: skip
    assert by_odds_ratio(tables("hav_taiwan")[0]) == ()
