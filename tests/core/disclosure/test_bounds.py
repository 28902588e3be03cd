# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bounds over all releases together, against counting every possibility by hand."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.disclosure.tables import by_region, declaration, release

from goodoffices.core.disclosure.bounds import Contradiction, Interval, System, Target, TooLarge
from goodoffices.core.disclosure.rounding import possible_counts
from goodoffices.core.disclosure.tables import read_declaration


def held(cell: str, period: str = "2026-Q1") -> Target:
    return Target("held", period, ("region",), (cell,))


@pytest.mark.req("SEC-ST")
def test_a_withheld_cell_is_bounded_by_the_total_and_the_others():
    system = System(declaration(), [release("held_region", by_region(20, 10, None, 35))])
    assert system.interval(held("south")) == Interval(0, 39 - 16 - 10)
    assert system.interval(held("east")) == Interval(16, 24)


def test_what_nothing_bounds_has_no_upper_end():
    system = System(declaration(), [release("held_region", by_region(20, None, None, None))])
    assert system.interval(held("south")) == Interval(0, math.inf)


@pytest.mark.req("SEC-ST")
def test_stock_and_flows_bound_one_another_over_time():
    releases = [
        release("held_region", by_region(20, 20, None, None), "2026-Q1"),
        release("held_region", by_region(20, 30, None, None), "2026-Q2"),
        release("came_region", by_region(None, 10, None, None), "2026-Q2"),
        release("left_region", by_region(None, None, None, None), "2026-Q2"),
    ]
    left = Target("left", "2026-Q2", ("region",), ("north",))
    # north: 26..34 = 16..24 + 10..14 - left
    assert System(declaration(), releases).interval(left) == Interval(0, 12)


@pytest.mark.req("SEC-ST")
def test_who_was_ever_counted_stays_counted():
    releases = [
        release("ever_region", by_region(None, None, None, 40), "2026-Q1"),
        release("ever_region", by_region(10, 10, None, None), "2026-Q2"),
    ]
    system = System(declaration(), releases)
    south = Target("ever", "2026-Q2", ("region",), ("south",))
    # the total was at least 36 a quarter before, east and north are at most 14 now
    assert system.interval(south) == Interval(8, math.inf)


def test_releases_that_no_counts_could_give_are_told():
    with pytest.raises(Contradiction):
        System(declaration(), [release("held_region", by_region(20, 10, 10, 100))]).interval(held("south"))


def test_too_many_unknowns_are_refused_not_passed():
    names = [f"d{n}" for n in range(6)]
    dimensions = {n: {"kind": "age", "values": [str(i) for i in range(8)], "fixed": True} for n in names}
    wide = read_declaration(
        {
            "schema": 1,
            "dimensions": dimensions,
            "populations": {"p": "stock"},
            "tables": {n: {"population": "p", "dimensions": [n]} for n in names},
        }
    )
    values = {(str(i),): None for i in range(8)} | {("*",): 100}
    with pytest.raises(TooLarge):
        System(wide, [release("d0", values)])


published = st.sampled_from([None, 10, 15])


@pytest.mark.req("SEC-ST")
@settings(max_examples=20, deadline=None)
@given(st.lists(published, min_size=3, max_size=3), st.sampled_from([None, 20, 30, 35, 40]))
def test_the_ends_are_those_of_counting_every_possibility(values, total):
    """Brute force over all tables of three cells up to 40."""

    def fits(count: int, value: int | None) -> bool:
        return value is None or possible_counts(value)[0] <= count <= possible_counts(value)[1]

    ranges = [
        range(41) if value is None else range(possible_counts(value)[0], possible_counts(value)[1] + 1)
        for value in values
    ]
    every = [one for one in itertools.product(*ranges) if fits(sum(one), total)]
    system = System(declaration(), [release("held_region", by_region(*values, total))])
    if not every:
        with pytest.raises(Contradiction):
            system.interval(held("east"))
        return
    for axis, name in enumerate(("east", "north", "south")):
        found = system.interval(held(name))
        assert found.low == min(one[axis] for one in every)
        if total is not None or values[axis] is not None:
            assert found.high == max(one[axis] for one in every)
        else:
            assert math.isinf(found.high)


@settings(max_examples=20, deadline=None)
@given(st.lists(published, min_size=3, max_size=3), st.sampled_from([None, 30]), st.integers(0, 2))
def test_withholding_more_never_narrows_a_cell(values, total, index):
    fewer = [None if at == index else value for at, value in enumerate(values)]
    one = System(declaration(), [release("held_region", by_region(*values, total))])
    other = System(declaration(), [release("held_region", by_region(*fewer, total))])
    try:
        before = one.interval(held("east"))
    except Contradiction:
        return
    after = other.interval(held("east"))
    assert after.low <= before.low
    assert after.high >= before.high
