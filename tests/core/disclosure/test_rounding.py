# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rounding: the same people give the same number, and nobody averages it away."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.disclosure.tables import KEY

from goodoffices.core.disclosure.rounding import (
    BASE,
    THRESHOLD,
    BadRoundingKey,
    percent,
    possible_counts,
    published_value,
)

ids = st.sets(st.text(min_size=1, max_size=5), max_size=40)


@pytest.mark.req("SEC-ST", "A49-50")
@given(ids, st.randoms())
def test_the_same_people_give_the_same_number_in_any_order(members, rng):
    shuffled = [*members, *members]
    rng.shuffle(shuffled)
    assert published_value(shuffled, KEY) == published_value(members, KEY)


@given(ids)
def test_what_is_told_is_a_multiple_of_five_within_four_and_never_a_small_count(members):
    value = published_value(members, KEY)
    if len(members) < THRESHOLD:
        assert value is None
        return
    assert value is not None
    assert value % BASE == 0
    low, high = possible_counts(value)
    assert low <= len(members) <= high
    assert high - low >= BASE - 1


def test_the_direction_is_right_on_average():
    errors = [
        published_value([f"{n}-{i}" for i in range(size)], KEY) - size for size in (11, 12, 13, 14) for n in range(600)
    ]
    assert abs(statistics.mean(errors)) < 0.15


def test_a_thousand_repeats_say_no_more_than_one():
    members = [f"p{i}" for i in range(13)]
    assert len({published_value(members, KEY) for _ in range(1000)}) == 1


def test_one_person_more_is_a_new_draw_and_another_key_too():
    sets = [[f"{n}-{i}" for i in range(12)] for n in range(200)]
    moved = sum(published_value(one, KEY) != published_value(one, bytes(32)) for one in sets)
    assert 50 < moved < 150


def test_ids_do_not_run_together():
    one = ["ab", "c", *map(str, range(11))]
    other = ["a", "bc", *map(str, range(11))]
    draws = {(published_value([*one, str(n)], KEY), published_value([*other, str(n)], KEY)) for n in range(100, 160)}
    assert any(a != b for a, b in draws)


def test_a_short_key_is_refused():
    with pytest.raises(BadRoundingKey):
        published_value([], b"short")


def test_shares_come_from_told_numbers_only():
    assert percent(10, 40) == 25
    assert percent(None, 40) is None
    assert percent(10, None) is None
    assert percent(45, 40) == 100
