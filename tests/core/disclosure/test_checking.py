# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gate: what may not go out, cell by cell (SECURITY group ST)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.disclosure.tables import KEY, by_region, declaration, people, release

from goodoffices.core.disclosure.bounds import System, Target
from goodoffices.core.disclosure.checking import Past, check_release
from goodoffices.core.disclosure.protecting import CannotProtect, Order, Person, make_release
from goodoffices.core.disclosure.releases import TrueCounts, earliest_day, quarter_end

GOOD = release("held_region", by_region(60, 30, None, None))


NOTHING = Past()


def codes(one, past=NOTHING, counts=(), today=None) -> set[str]:
    return {found.code for found in check_release(declaration(), past, one, counts, today)}


def entered(*releases) -> Past:
    return Past(releases, tuple(one.content_hash() for one in releases))


def test_a_good_release_passes():
    assert codes(GOOD) == set()


@pytest.mark.req("SEC-ST")
def test_a_withheld_cell_that_can_be_deduced_is_named():
    one = release("held_region", by_region(10, 10, None, 25))
    found = check_release(declaration(), Past(), one)
    assert [(f.code, f.cell, f.low, f.high) for f in found if f.code == "bounded_too_narrow"] == []
    narrow = release("held_region", by_region(15, 15, None, 20))
    (found,) = [f for f in check_release(declaration(), Past(), narrow) if f.cell == (("region", "south"),)]
    assert (found.code, found.low, found.high) == ("bounded_too_narrow", 0, 2)
    pinned = release("held_region", by_region(14 + 1, 15, None, 20 - 5))
    assert "releases_contradict" in codes(pinned)


@pytest.mark.req("SEC-ST")
def test_two_releases_that_pass_alone_may_not_pass_together():
    first = release("ever_region", by_region(15, 15, None, 30))
    second = release("ever_region", by_region(None, None, None, 25), "2026-Q2")
    assert codes(first) == set()
    assert codes(second) == set()
    # Nobody leaves the population, so the first quarter had at most 29 in all: 26 to 29 are left of 26 to 34.
    found = check_release(declaration(), entered(first), second)
    assert [(f.code, f.period, f.low, f.high) for f in found] == [
        ("rounding_undone", "2026-Q1", 26, 29),
        ("rounding_undone", "2026-Q2", 26, 29),
    ]


@pytest.mark.req("SEC-ST")
def test_who_knows_all_but_one_of_a_small_cell_learns_nothing_of_the_last():
    one = release("held_region", by_region(20, 10, None, 30))
    south = check_release(declaration(), Past(), one)
    assert south == ()
    counts = {("east",): 16, ("north",): 10, ("south",): 4, ("*",): 30}
    assert codes(one, counts=(TrueCounts("held_region", "2026-Q1", counts),)) == set()
    counts = {("east",): 16, ("north",): 10, ("south",): 8, ("*",): 34}
    assert codes(one, counts=(TrueCounts("held_region", "2026-Q1", counts),)) == {"bounded_for_who_knows_the_rest"}
    low = release("held_region", by_region(10, 10, None, 40))
    counts = {("east",): 14, ("north",): 14, ("south",): 8, ("*",): 36}
    assert codes(low, counts=(TrueCounts("held_region", "2026-Q1", counts),)) == {"last_person_certain"}


@pytest.mark.req("SEC-ST")
@pytest.mark.parametrize(("held", "home"), [(40, 0), (39, 1), (0, 40), (1, 39)])
def test_a_row_that_tells_the_same_of_all_or_all_but_one_is_withheld(held, home):
    counts = TrueCounts("held_status", "2026-Q1", {("held",): held, ("home",): home, ("*",): 40})
    told = {("held",): 40 if held > home else None, ("home",): 40 if home > held else None, ("*",): 40}
    assert "group_disclosure" in codes(release("held_status", told), counts=(counts,))
    hidden = {("held",): None, ("home",): None, ("*",): 40}
    assert codes(release("held_status", hidden), counts=(counts,)) == set()


@pytest.mark.req("SEC-ST")
def test_small_unrounded_and_wrong_numbers_are_refused():
    assert codes(release("held_region", by_region(60, 5, None, None))) >= {"below_threshold"}
    assert codes(release("held_region", by_region(60, 12, None, None))) >= {"not_rounded"}
    counts = TrueCounts("held_region", "2026-Q1", {("east",): 60, ("north",): 7, ("south",): 7, ("*",): 74})
    assert codes(release("held_region", by_region(60, 10, None, None)), counts=(counts,)) == {"small_count_told"}
    assert "not_this_count" in codes(release("held_region", by_region(65, None, None, None)), counts=(counts,))


@pytest.mark.req("SEC-ST")
def test_a_quarter_goes_out_ninety_days_late_signed_by_two():
    assert quarter_end("2026-Q1") == date(2026, 3, 31)
    assert quarter_end("2026-Q4") == date(2026, 12, 31)
    assert earliest_day("2026-Q1") == date(2026, 6, 29)
    assert codes(replace(GOOD, published_on=date(2026, 6, 28))) == {"too_early"}
    assert codes(GOOD, today=date(2026, 6, 28)) == {"not_yet"}
    assert codes(GOOD, today=date(2026, 3, 31)) == {"not_yet", "quarter_not_over"}
    assert codes(GOOD, today=date(2026, 6, 29)) == set()
    assert codes(replace(GOOD, signed_off_by=("ana", "ana"))) == {"needs_two_signatures"}


@pytest.mark.req("SEC-ST")
def test_what_is_out_is_frozen():
    assert codes(GOOD, entered(GOOD)) == set()
    changed = replace(GOOD, values=dict(GOOD.values) | {("east",): 65})
    assert "frozen" in codes(changed, entered(GOOD))
    assert "ledger_changed" in codes(None, Past((GOOD,), ("0" * 64,)))
    assert "published_twice" in codes(None, entered(GOOD, GOOD))


@pytest.mark.req("SEC-ST")
def test_the_same_cell_has_the_same_number_in_every_table():
    one = release("ever_region", by_region(60, 30, None, None))
    cells = {(r, s): None for r in ("east", "north", "south", "*") for s in ("f", "m", "*")}
    assert "same_cell_differs" in codes(release("ever_region_sex", cells | {("east", "*"): 55}), entered(one))
    assert codes(release("ever_region_sex", cells | {("east", "*"): 60}), entered(one)) == set()


@pytest.mark.req("SEC-ST")
@settings(max_examples=6, deadline=None)
@given(st.integers(1, 1000), st.sampled_from([15, 40, 90]))
def test_whatever_is_counted_a_made_release_passes_the_gate(seed, size):
    declared = declaration()
    made, counts = [], []
    crowd = people(size, seed)
    for period, present in (("2026-Q1", crowd[: size * 3 // 4]), ("2026-Q2", crowd)):
        for table in ("ever_region", "ever_region_sex"):
            order = Order(table, period, earliest_day(period), ("ana", "bela"), KEY)
            try:
                one, true = make_release(declared, made, order, present, counts)
            except CannotProtect:
                continue
            assert check_release(declared, entered(*made), one, [*counts, true]) == ()
            made.append(one)
            counts.append(true)


@pytest.mark.req("SEC-ST")
@pytest.mark.parametrize("region", ["north", "south"])
def test_one_person_more_in_a_small_cell_does_not_show_in_the_next_release(region):
    """Whatever the quarter before told, with or without one more woman of a region the withheld cells allow both."""
    declared, crowd = declaration(), people(60, seed=4)
    extra = Person("one more", {"region": region, "sex": "f", "status": "held"})
    first = Order("ever_region_sex", "2026-Q1", earliest_day("2026-Q1"), ("ana", "bela"), KEY)
    before, known = make_release(declared, [], first, crowd)
    second = replace(first, period="2026-Q2", published_on=earliest_day("2026-Q2"))
    for present in (crowd, [*crowd, extra]):
        after, true = make_release(declared, [before], second, present, [known])
        assert after.values[region, "f"] is None
        target = Target("ever", "2026-Q2", ("region", "sex"), (region, "f"))
        found = System(declared, [before, after]).interval(target)
        count = true.counts[region, "f"]
        assert found.low <= max(0, count - 1)
        assert found.high >= count + 1
