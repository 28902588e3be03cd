# SPDX-License-Identifier: AGPL-3.0-or-later
"""The order of a column, and comparing dates by the days they may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.dates import contains, gap_days, infer_order, overlaps, parse_edtf, read_date
from tests.core.dates.test_edtf import DAYS, any_dates

DATES = any_dates().map(parse_edtf)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/05/1985", "26/12/1976"], "DMY"),
        (["03/05/1985", "12/26/1976"], "MDY"),
        (["1985-05-03", "1976-12-26"], "YMD"),
        (["03.05.1985", "01.02.1976"], "DMY"),
        (["03/05/1985", "01/02/1976"], None),
        (["26/12/1976", "12/26/1976"], None),
        (["13/05/1985"] * 40 + ["05/13/1985"], "DMY"),
        (["1985", "травень 1985", "", "-"], None),
        ([], None),
    ],
)
def test_the_order_of_a_column_is_found_or_left_open(values, order):
    assert infer_order(values).order == order


def test_the_evidence_is_counted():
    evidence = infer_order(
        ["03/05/1985", "26/12/1976", "12/26/1976", "1985-05-03", "x", "1985", "01.02.1980", "05/05/1985"]
    )
    assert (evidence.dmy, evidence.mdy, evidence.ymd, evidence.dotted) == (1, 1, 1, 1)
    assert (evidence.undecided, evidence.free, evidence.unreadable) == (1, 2, 1)
    assert evidence.conflict


@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["DMY", "MDY"]))
def test_an_order_that_is_found_reads_the_whole_column_right(days, order):
    form = "{0.day:02d}/{0.month:02d}/{0.year:04d}" if order == "DMY" else "{0.month:02d}/{0.day:02d}/{0.year:04d}"
    found = infer_order([form.format(day) for day in days]).order
    assert found in (order, None)
    if found:
        assert [read_date(form.format(day), order=found).edtf for day in days] == [day.isoformat() for day in days]


@given(DATES, DATES)
def test_overlapping_is_symmetric_and_agrees_with_the_gap(first, second):
    assert overlaps(first, second) == overlaps(second, first)
    assert gap_days(first, second) == gap_days(second, first)
    assert overlaps(first, second) == (gap_days(first, second) == 0)


@given(DATES, DATES, DATES)
def test_containing_is_reflexive_transitive_and_implies_overlap(first, second, third):
    assert contains(first, first)
    if contains(first, second):
        assert overlaps(first, second)
        if contains(second, third):
            assert contains(first, third)


def test_known_pairs_compare_as_they_should():
    year, day, later = parse_edtf("1985~"), parse_edtf("1985-05-03"), parse_edtf("1986-01-02")
    assert contains(year, day)
    assert not contains(day, year)
    assert overlaps(parse_edtf("1985/.."), later)
    assert gap_days(year, later) == 2
