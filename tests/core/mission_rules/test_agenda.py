# SPDX-License-Identifier: AGPL-3.0-or-later
"""Agenda lines: membership by citizenship and holding State, mirrored, never by guessing whose territory it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.mission_rules.agenda import AgendaSettings, Held, Line, NoLine, check_primary, lines_of
from goodoffices.core.mission_rules.defaults import agenda_defaults
from goodoffices.core.mission_rules.verdict import Tri

DEFAULTS = agenda_defaults()
SETTINGS = AgendaSettings(
    ("US", "RU"),
    third_country=frozenset({Line.L2}),
    line4_party=DEFAULTS.line4_party,
    line4_holding=DEFAULTS.line4_holding,
    territories=DEFAULTS.territories,
)
YES, NO, UNKNOWN = Tri.YES, Tri.NO, Tri.UNKNOWN


def lines(*citizenships: str, holding: str | None, **more: object) -> tuple[Tri, ...]:
    held = Held(citizenships, holding, deprived=YES, **more)
    return tuple(lines_of(held, SETTINGS)[line] for line in Line)


@pytest.mark.req("A10-11", "C4")
def test_nationals_of_one_party_held_by_the_other():
    assert lines("US", holding="RU", requesting="") == (YES, NO, NO, NO)
    assert lines("RU", holding="US") == (NO, YES, NO, NO)
    assert lines("US", "RU", holding="RU", requesting="") == (YES, NO, NO, NO)
    assert lines("FR", holding="RU", requesting="") == (NO, NO, NO, NO)


@pytest.mark.req("A12")
def test_held_in_a_third_state_at_the_others_request_is_line_2_where_the_setting_says_so():
    assert lines("RU", holding="TH", requesting="US")[1] is YES
    assert lines("RU", holding="TH", requesting="")[1] is NO
    assert lines("RU", holding="TH", requesting=None)[1] is UNKNOWN
    off = replace(SETTINGS, third_country=frozenset())
    held = Held(("RU",), "TH", "US", deprived=YES)
    assert lines_of(held, off)[Line.L2] is NO


@pytest.mark.req("A14")
def test_line_4_covers_the_places_of_the_settings_and_can_be_switched_off():
    assert lines("UA", holding="UA-43", requesting="")[3] is YES
    assert lines("UA", holding="RU", requesting="")[3] is YES
    assert lines("UA", holding="PL", requesting="")[3] is NO
    off = replace(SETTINGS, line4_party=None)
    assert lines_of(Held(("UA",), "RU", deprived=YES), off)[Line.L4] is NO


@pytest.mark.req("C4")
def test_whose_territory_it_is_only_a_mandator_decides():
    assert lines("US", "UA", holding="UA-43", requesting="") == (UNKNOWN, NO, NO, YES)
    assert lines("US", "UA", holding="UA-43", requesting="", decided_state="RU")[0] is YES
    assert lines("US", "UA", holding="UA-43", requesting="", decided_state="UA")[0] is NO


@pytest.mark.req("A9")
def test_an_item_carries_exactly_one_line_it_falls_under():
    found = lines_of(Held(("US", "UA"), "RU", deprived=YES), SETTINGS)
    assert check_primary(Line.L4, found) is Line.L4
    for wrong in (None, Line.L2, Line.L3):
        with pytest.raises(NoLine):
            check_primary(wrong, found)


def test_a_submitted_matter_is_line_3_whatever_its_subject():
    assert lines("FR", holding=None, submitted=True)[2] is YES


held = st.builds(
    Held,
    citizenships=st.none() | st.lists(st.sampled_from(["US", "RU", "UA", "FR"]), max_size=2).map(tuple),
    holding=st.sampled_from(["US", "RU", "UA", "FR", "UA-43", None]),
    requesting=st.sampled_from(["US", "RU", "", None]),
    deprived=st.sampled_from(Tri),
    decided_state=st.sampled_from([None, "RU", "UA"]),
    submitted=st.booleans(),
)


@pytest.mark.req("A10-11")
@given(held)
def test_swapping_the_two_states_swaps_lines_1_and_2_and_changes_nothing_else(person):
    straight = replace(SETTINGS, third_country=frozenset())
    swapped = replace(straight, high_parties=("RU", "US"))
    one, other = lines_of(person, straight), lines_of(person, swapped)
    assert (one[Line.L1], one[Line.L2]) == (other[Line.L2], other[Line.L1])
    assert (one[Line.L3], one[Line.L4]) == (other[Line.L3], other[Line.L4])


@given(held, st.sampled_from(["citizenships", "holding", "requesting", "decided_state", "deprived"]))
def test_learning_a_fact_never_turns_a_line_over(person, name):
    less = lines_of(replace(person, **{name: UNKNOWN if name == "deprived" else None}), SETTINGS)
    more = lines_of(person, SETTINGS)
    for line in (Line.L1, Line.L2, Line.L4):
        assert {less[line], more[line]} != {YES, NO}


@given(held)
def test_who_is_not_deprived_of_liberty_is_on_no_line_of_persons(person):
    found = lines_of(replace(person, deprived=NO), SETTINGS)
    assert {found[Line.L1], found[Line.L2], found[Line.L4]} == {NO}
