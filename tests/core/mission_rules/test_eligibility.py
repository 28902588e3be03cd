# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may be seated: every cell of REQUIREMENTS C1, its test vectors, and what must hold for any nominee."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.mission_rules.nominees import AMBASSADOR, AS_OF, DEFENDER, MISSION, TIE, WORK, with_value

from goodoffices.core.mission_rules.eligibility import REQUIRED, RuleSet, judge
from goodoffices.core.mission_rules.facts import (
    INITIATOR,
    Category,
    Experience,
    Nominee,
    OfficialRelation,
    RelationKind,
)
from goodoffices.core.mission_rules.predicates import PREDICATES, add_months
from goodoffices.core.mission_rules.verdict import Tri, Verdict

# The table of REQUIREMENTS C1 with CONTRACTS 3.3, written out a second time: r required, - not required.
# Columns: 000 a, 000 b, 001 a, 001 b, strict a, strict b.
TABLE = {
    "P1": "rrrrrr",
    "P2": "rrrrrr",
    "P3": "rrrrrr",
    "P4": "rr-rrr",
    "P5": "---r-r",
    "P6": "-r-r-r",
    "P7": "-r---r",
    "P8": "-r-r-r",
    "P9": "-r-r-r",
    "P10": "rrrrrr",
}
COLUMNS = [(rules, category) for rules in RuleSet for category in Category]
CELLS = [
    (name, rules, category, cell == "r")
    for name, row in TABLE.items()
    for (rules, category), cell in zip(COLUMNS, row, strict=True)
]


@pytest.mark.req("C1")
@pytest.mark.parametrize("value", ["pass", "fail", "not_shown"])
@pytest.mark.parametrize(("name", "rules", "category", "required"), CELLS)
def test_every_cell_of_the_table(name, rules, category, required, value):
    found = judge(with_value(category, name, value), MISSION, rules, AS_OF)
    assert found.predicates[name] == (value if required else "not_required")
    assert list(found.predicates) == list(TABLE)
    if required and value == "fail":
        assert found.result == "fail"
    if required and value == "not_shown":
        assert found.result in ("not_shown", "fail")


def results(nominee: Nominee) -> list[str]:
    return [str(judge(nominee, MISSION, rules, AS_OF).result) for rules in RuleSet]


PANEL = replace(AMBASSADOR, official_relations=(TIE,), delegating_party="RU")


@pytest.mark.req("A3-4", "C1")
@pytest.mark.parametrize(
    ("nominee", "expected"),
    [
        (AMBASSADOR, ["pass", "pass", "pass"]),
        (PANEL, ["fail", "pass", "fail"]),
        (replace(DEFENDER, experience=(replace(WORK, field="business"),)), ["pass", "fail", "fail"]),
        (replace(DEFENDER, citizenships=("CA", "RU")), ["fail", "fail", "fail"]),
        (replace(DEFENDER, delegating_party=INITIATOR), ["pass", "pass", "pass"]),
        (replace(DEFENDER, citizenships=("UA",)), ["pass", "pass", "pass"]),
    ],
    ids=["ambassador", "panel", "business", "dual", "initiator", "line 4"],
)
def test_the_vectors_of_the_requirements(nominee, expected):
    assert results(nominee) == expected


@pytest.mark.req("A2")
def test_a_current_post_fails_whoever_delegates_by_both_the_strict_set_and_text_000():
    for party in ("US", "RU", INITIATOR):
        nominee = replace(
            DEFENDER, official_relations=(replace(TIE, kind=RelationKind.OFFICE),), delegating_party=party
        )
        assert judge(nominee, MISSION, RuleSet.STRICT, AS_OF).result == "fail"
        assert judge(nominee, MISSION, RuleSet.TEXT_000, AS_OF).result == "fail"


@pytest.mark.req("A5")
def test_without_an_assessors_note_knowledge_of_traditions_is_not_shown():
    found = judge(replace(DEFENDER, mentality_note=None), MISSION, RuleSet.STRICT, AS_OF)
    assert found.predicates["P7"] == "not_shown"
    assert found.result == "not_shown"


@pytest.mark.req("A6")
def test_the_initiators_seats_pass_the_same_rules_as_defenders():
    assert results(replace(DEFENDER, delegating_party=INITIATOR, citizenships=("US",))) == ["fail"] * 3
    ambassador = judge(replace(AMBASSADOR, delegating_party=INITIATOR), MISSION, RuleSet.TEXT_000, AS_OF)
    assert (ambassador.result, ambassador.predicates["P10"]) == ("fail", "fail")
    assert "initiator_seat_is_for_defenders" in ambassador.notices


def test_text_001_looks_only_at_the_delegating_partys_government():
    tied_to_both = (TIE, replace(TIE, government="RU"))
    for party, expected in [
        ("US", ("fail", "not_required")),
        ("RU", ("not_required", "fail")),
        (INITIATOR, ("fail", "fail")),
        ("UA", ("not_required", "not_required")),
        (None, ("not_shown", "not_shown")),
    ]:
        nominee = replace(DEFENDER, official_relations=tied_to_both, delegating_party=party)
        found = judge(nominee, MISSION, RuleSet.TEXT_001, AS_OF).predicates
        assert (found["P2"], found["P3"]) == expected


def test_a_relation_with_the_line_4_party_is_told():
    for change in ({"citizenships": ("UA",)}, {"official_relations": (replace(TIE, government="UA"),)}):
        for rules in RuleSet:
            found = judge(replace(DEFENDER, **change), MISSION, rules, AS_OF)
            assert "line4_relation_not_covered" in found.notices
            assert found.result == "pass"
    assert not judge(DEFENDER, MISSION, RuleSet.STRICT, AS_OF).notices
    off = replace(MISSION, line4_party=None)
    assert not judge(replace(DEFENDER, citizenships=("UA",)), off, RuleSet.STRICT, AS_OF).notices


def test_text_001_says_that_ambassadors_need_no_experience():
    found = judge(replace(AMBASSADOR, experience=()), MISSION, RuleSet.TEXT_001, AS_OF)
    assert found.result == "pass"
    assert "experience_not_listed_for_ambassadors" in found.notices


def test_a_pension_is_no_relation_and_is_told():
    pension = replace(TIE, kind=RelationKind.PENSION)
    found = judge(replace(AMBASSADOR, official_relations=(pension,)), MISSION, RuleSet.STRICT, AS_OF)
    assert found.result == "pass"
    assert found.notices == ("pension_is_no_relation",)


@pytest.mark.parametrize("kind", [kind for kind in RelationKind if kind is not RelationKind.PENSION])
def test_every_other_tie_is_a_relation(kind):
    found = judge(replace(DEFENDER, official_relations=(replace(TIE, kind=kind),)), MISSION, RuleSet.STRICT, AS_OF)
    assert found.predicates["P2"] == "fail"


@pytest.mark.parametrize(
    ("months", "ended_on", "expected"),
    [
        (0, date(2026, 11, 20), "pass"),
        (0, AS_OF, "pass"),
        (0, None, "pass"),
        (12, date(2025, 11, 21), "pass"),
        (12, date(2025, 11, 22), "fail"),
        (12, None, "not_shown"),
        (1, date(2026, 10, 31), "fail"),
        (0, date(2026, 11, 22), "fail"),
    ],
)
def test_the_cooling_off_counts_from_the_end_of_a_relation(months, ended_on, expected):
    past = OfficialRelation("US", RelationKind.CONTRACT, current=False, ended_on=ended_on)
    mission = replace(MISSION, cooling_off_months=months)
    found = judge(replace(DEFENDER, official_relations=(past,)), mission, RuleSet.STRICT, AS_OF)
    assert found.predicates["P2"] == expected
    assert ("cooling_off_applied" in found.notices) == (expected != "pass")


def test_a_day_of_the_month_that_a_month_lacks_becomes_its_last():
    assert add_months(date(2025, 10, 31), 1) == date(2025, 11, 30)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(9999, 12, 1), 1) == date.max


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [(None, "pass"), (date(2016, 11, 21), "pass"), (date(2016, 11, 20), "fail"), (date(2027, 1, 1), "pass")],
)
def test_work_in_human_rights_counts_for_the_missions_number_of_years(ended_on, expected):
    found = judge(replace(DEFENDER, experience=(replace(WORK, ended_on=ended_on),)), MISSION, RuleSet.STRICT, AS_OF)
    assert found.predicates["P5"] == expected
    assert found.predicates["P4"] == "pass"


def test_work_that_has_not_begun_does_not_count():
    later = replace(WORK, began_on=date(2026, 11, 22), ended_on=None)
    assert judge(replace(DEFENDER, experience=(later,)), MISSION, RuleSet.STRICT, AS_OF).predicates["P4"] == "fail"


def test_work_elsewhere_does_not_count():
    abroad = replace(WORK, country="UA")
    found = judge(replace(DEFENDER, experience=(abroad,)), MISSION, RuleSet.STRICT, AS_OF)
    assert (found.predicates["P4"], found.predicates["P5"]) == ("fail", "fail")


@pytest.mark.req("A1")
def test_another_mission_turns_on_its_own_parties():
    other = replace(MISSION, host_state="CH", high_parties=("FR", "ML"), host_language="de", line4_party=None)
    nominee = replace(
        DEFENDER,
        citizenships=("US", "RU"),
        languages=("de",),
        experience=(replace(WORK, country="CH"),),
        official_relations=(TIE,),
        delegating_party="ML",
    )
    assert judge(nominee, other, RuleSet.STRICT, AS_OF).result == "pass"
    assert judge(replace(nominee, citizenships=("FR",)), other, RuleSet.STRICT, AS_OF).predicates["P8"] == "fail"


tris = st.sampled_from(Tri)
countries = st.sampled_from(["US", "RU", "UA", "NO"])
days = st.dates(date(2005, 1, 1), date(2027, 12, 31))
relations = st.builds(OfficialRelation, countries, st.sampled_from(RelationKind), st.booleans(), st.none() | days)
work = st.builds(
    lambda country, subject, one, other: Experience(
        country, subject, min(one, other or one), max(one, other) if other else None
    ),
    countries | st.none(),
    st.sampled_from(["human_rights", "business", None]),
    days,
    st.none() | days,
)


def listed(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | st.lists(of, max_size=2).map(tuple)


nominees = st.builds(
    Nominee,
    category=st.sampled_from(Category),
    rank_ambassador=tris,
    retired=tris,
    foreign=tris,
    citizenships=listed(countries),
    official_relations=listed(relations),
    experience=listed(work),
    languages=listed(st.sampled_from(["ru", "en"])),
    mentality_note=st.none() | st.booleans(),
    delegating_party=st.sampled_from(["US", "RU", "UA", INITIATOR, "BR", None]),
)
missions = st.builds(
    lambda months, years: replace(MISSION, cooling_off_months=months, recency_years=years),
    st.sampled_from([0, 12, 60]),
    st.sampled_from([0, 10]),
)


@settings(max_examples=300)
@given(nominees, missions, st.sampled_from(RuleSet))
def test_the_result_sums_up_the_predicates_and_only_asked_ones_count(nominee, mission, rules):
    found = judge(nominee, mission, rules, AS_OF)
    seen = set(found.predicates.values())
    expected = "fail" if "fail" in seen else "not_shown" if "not_shown" in seen else "pass"
    assert found.result == expected
    for name, verdict in found.predicates.items():
        if name not in REQUIRED[rules][nominee.category]:
            assert verdict is Verdict.NOT_REQUIRED


@settings(max_examples=300)
@given(nominees, missions)
def test_whoever_passes_the_strict_set_passes_both_texts(nominee, mission):
    if judge(nominee, mission, RuleSet.STRICT, AS_OF).result == "pass":
        assert judge(nominee, mission, RuleSet.TEXT_000, AS_OF).result == "pass"
        assert judge(nominee, mission, RuleSet.TEXT_001, AS_OF).result == "pass"


UNKNOWN = {"rank_ambassador": Tri.UNKNOWN, "retired": Tri.UNKNOWN, "foreign": Tri.UNKNOWN}


@settings(max_examples=400)
@given(nominees, missions, st.sampled_from(RuleSet), st.data())
def test_learning_a_fact_never_turns_a_pass_into_a_fail_or_back(nominee, mission, rules, data):
    names = [field.name for field in fields(nominee) if field.name != "category"]
    forgotten = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    before = replace(nominee, **{name: UNKNOWN.get(name) for name in forgotten})
    less, more = judge(before, mission, rules, AS_OF), judge(nominee, mission, rules, AS_OF)
    opposite = {("pass", "fail"), ("fail", "pass")}
    assert (str(less.result), str(more.result)) not in opposite
    for name in PREDICATES:
        assert (str(less.predicates[name]), str(more.predicates[name])) not in opposite


@settings(max_examples=100)
@given(nominees, missions, st.sampled_from(RuleSet), st.data())
def test_learning_a_field_of_work_or_an_end_never_turns_a_verdict_over(nominee, mission, rules, data):
    known = nominee.experience or ()
    blurred = tuple(replace(one, **{data.draw(st.sampled_from(["country", "field"])): None}) for one in known)
    less = judge(replace(nominee, experience=blurred if known else nominee.experience), mission, rules, AS_OF)
    more = judge(nominee, mission, rules, AS_OF)
    for name in ("P4", "P5"):
        assert (str(less.predicates[name]), str(more.predicates[name])) not in {("pass", "fail"), ("fail", "pass")}


@settings(max_examples=200)
@given(nominees, missions, st.sampled_from(RuleSet))
def test_nobody_is_seated_on_nothing_but_a_name(nominee, mission, rules):
    bare = Nominee(category=nominee.category)
    assert judge(bare, mission, rules, AS_OF).result == "not_shown"
