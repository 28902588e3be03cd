# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may not come in: unconditional people in limits above all; then anything that can't be understood."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goodoffices.core.packages import (
    BadCase,
    BadPackage,
    UnconditionalInLimit,
    answer,
    check_package,
    load_case,
    load_cases,
    names_for,
)


def small(**changes):
    people = [
        {"id": "a", "holder": "X", "home": "Y", "unconditional": False, "urgent": 1},
        {"id": "b", "holder": "Y", "home": "X", "unconditional": False, "urgent": 0},
        {"id": "child", "holder": "X", "home": "Y", "unconditional": True, "urgent": 0},
    ]
    return {"name": "small", "parties": ["X", "Y"], "people": people} | changes


def stating(**balance):
    return small(balance=[{"party": "X", "get": {}, "give": {}, "slack": 0} | balance])


@pytest.mark.req("A45")
@pytest.mark.parametrize(
    "limits",
    [
        {"red_lines": [{"party": "X", "person": "child"}]},
        {"demands": [{"party": "X", "person": "child"}]},
        {"together": [["a", "child"]]},
        {"requires": [{"if": "a", "then": "child"}]},
        {"requires": [{"if": "child", "then": "a"}]},
        {"at_most": [{"ids": ["a", "child"], "k": 1}]},
        {"if_then": [{"if": "a", "at_least": 1, "ids": ["child"]}]},
        {"if_then": [{"if": "child", "at_least": 1, "ids": ["a"]}]},
        {"balance": [{"party": "X", "get": {"child": 1}, "give": {}, "slack": 0}]},
        {"balance": [{"party": "X", "get": {}, "give": {"child": 0}, "slack": 0}]},
    ],
)
def test_no_limit_may_mention_an_unconditional_person(limits):
    with pytest.raises(UnconditionalInLimit) as refused:
        load_case(small(**limits))
    assert "no override" in refused.value.hint
    assert "child" not in refused.value.message


@pytest.mark.req("A45")
@pytest.mark.parametrize("said", [None, "unknown", "absent"])
def test_what_is_not_known_counts_as_unconditional(said):
    raw = small()
    raw["people"][0]["unconditional"] = said
    if said == "absent":
        del raw["people"][0]["unconditional"]
    found = answer(load_case(raw))
    assert [leg["id"] for leg in found["humanitarian_legs"]] == ["a", "child"]
    assert "a" not in found["recommended_package"]
    with pytest.raises(UnconditionalInLimit):
        load_case(raw | {"red_lines": [{"party": "X", "person": "a"}]})


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (small(colour="red"), "colour"),
        (small(name=""), "name"),
        (small(parties=[]), "parties"),
        (small(parties=["X", "X", "Y"]), "parties"),
        (small(cap=-1), "cap"),
        (small(cap=True), "cap"),
        (small(cap="3"), "cap"),
        (small(cap=2_000_000), "cap"),
        (small(people=[{"id": "a", "holder": "Z", "home": "Y", "unconditional": False}]), "holder"),
        (small(people=[{"id": "a", "holder": ["X"], "home": "Y", "unconditional": False}]), "holder"),
        (small(people=[{"id": "a", "home": "Y", "unconditional": False}]), "holder"),
        (small(people=[{"id": 7, "holder": "X", "home": "Y", "unconditional": False}]), "id"),
        (small(people=[{"id": "a", "holder": "X", "home": "Y", "unconditional": 0}]), "unconditional"),
        (small(people=[{"id": "a", "holder": "X", "home": "Y", "unconditional": False, "urgent": 2}]), "urgent"),
        (small(people=[{"id": "a", "holder": "X", "home": "Y", "unconditional": False, "value": 9}]), "value"),
        (small(red_lines=[{"party": "X", "person": "nobody"}]), "person"),
        (small(red_lines=[{"party": "Z", "person": "a"}]), "party"),
        (small(red_lines={"party": "X"}), "red_lines"),
        (small(together=[["a"]]), "ids"),
        (small(together=[["a", "a"]]), "ids"),
        (small(at_most=[{"ids": ["a"], "k": -1}]), "k"),
        (small(ratio=[{"party": "X", "num": 1, "den": 0}]), "den"),
        (small(ratio=[{"party": "X", "num": 1.5, "den": 1}]), "num"),
        (small(routes=[{"from": "X", "to": "Y", "via": ["T", "T"]}]), "via"),
        (small(staging={"max_exposure": 1}), "max_per_stage"),
        (small(staging={"max_exposure": 1, "max_per_stage": 0}), "max_per_stage"),
        (stating(get={"a": -1}), "get"),
        (stating(get={"a": float("nan")}), "get"),
        (stating(get={"a": "1"}), "get"),
        (stating(get=["a"]), "get"),
        (stating(slack=-1), "slack"),
        (stating(get={"a": 1, "b": Decimal("0.0000001")}), "get"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_the_field_named(raw, field):
    with pytest.raises(BadCase) as refused:
        load_case(raw)
    assert refused.value.where["field"] == field
    assert refused.value.hint


def test_a_misspelt_field_is_recognised():
    with pytest.raises(BadCase) as refused:
        load_case(small(red_line=[]))
    assert refused.value.hint == 'Did you mean "red_lines"?'


@pytest.mark.parametrize("document", [None, [], {}, {"instances": []}, {"instances": 3}, {"instances": [3]}])
def test_a_file_without_cases_is_refused(document):
    with pytest.raises(BadCase):
        load_cases(document)


@pytest.mark.parametrize(
    "twice",
    [
        small(people=[*small()["people"], small()["people"][0]]),
        small(red_lines=[{"party": "X", "person": "a"}] * 2),
        small(ratio=[{"party": "X", "num": 1, "den": 1}] * 2),
    ],
)
def test_nothing_may_stand_twice(twice):
    with pytest.raises(BadCase):
        load_case(twice)
    with pytest.raises(BadCase):
        load_cases({"instances": [small(), small()]})


def test_a_case_without_candidates_or_limits_is_answered():
    nobody = answer(load_case({"name": "n", "parties": ["X"], "people": []}))
    assert nobody["recommended_package"] == []
    assert nobody["max_total"] == 0
    free = answer(load_case(small()))
    assert free["recommended_package"] == ["a", "b"]
    assert free["all_for_all_feasible"]


def test_decimals_are_kept_exactly():
    raw = stating(get={"b": Decimal("0.1")}, give={"a": Decimal("0.3")}, slack=Decimal("0.2"))
    assert answer(load_case(raw))["recommended_package"] == ["a", "b"]
    assert answer(load_case(stating(get={"b": 0.1}, give={"a": 0.3}, slack=0.1)))["max_total"] == 1


def test_a_refusal_is_never_a_limit_to_relax():
    raw = small()
    raw["people"][0]["consent"] = "refused"
    found = answer(load_case(raw), explain="a")
    assert found["people"]["a"] == {"best_total_with": None, "min_constraints_to_relax": None}
    assert found["explain"]["status"] == "own_word"
    raw["people"][0] |= {"consent": "not_asked", "consent_required": True}
    assert answer(load_case(raw))["recommended_package"] == ["b"]
    raw["people"][0]["consent"] = "given"
    assert answer(load_case(raw))["recommended_package"] == ["a", "b"]


def test_a_party_reads_no_limit_of_another():
    raw = small(
        red_lines=[{"party": "X", "person": "a"}],
        ratio=[{"party": "Y", "num": 1, "den": 1, "confidentiality": "open"}],
        cap=5,
    )
    case = load_case(raw)
    names = ["red:X:a", "ratio:Y", "cap"]
    assert names_for(case, names, "") == names
    assert names_for(case, names, "X") == names
    assert names_for(case, names, "Y") == ["limit_of_another_party", "ratio:Y", "cap"]


def test_legs_go_through_third_states_one_step_after_the_other():
    raw = small(routes=[{"from": "X", "to": "Y", "via": ["T"], "seats": 1}])
    found = answer(load_case(raw))
    assert found["humanitarian_legs"][0]["via"] == ["T"]
    assert found["legs"] == [
        {"stage": 1, "step": 1, "from": "X", "to": "T", "people": ["a"]},
        {"stage": 1, "step": 1, "from": "Y", "to": "X", "people": ["b"]},
        {"stage": 1, "step": 2, "from": "T", "to": "Y", "people": ["a"]},
    ]
    assert answer(load_case(small(routes=[{"from": "X", "to": "Y", "seats": 0}])))["recommended_package"] == ["b"]


@pytest.mark.parametrize(
    "package",
    [None, [], {}, {"people": "a"}, {"people": [1]}, {"people": ["a", "a"]}, {"people": ["child"]},
     {"people": ["nobody"]}, {"people": ["a"], "price": 3}, {"people": ["a"], "stages": 3}],
)  # fmt: skip
def test_a_package_that_cannot_be_read_is_refused(package):
    with pytest.raises(BadPackage):
        check_package(load_case(small()), package)


def test_the_checker_names_what_is_broken_and_who_is_exposed():
    case = load_case(small(cap=1, staging={"max_exposure": 0, "max_per_stage": 1}))
    checked = check_package(case, {"people": ["a", "b"], "stages": [["a"], ["b"]]})
    assert checked.broken == ("cap",)
    assert checked.stages_wrong == ("exposed:1:X", "exposed:1:Y")
    assert not checked.feasible
    assert check_package(case, {"people": ["a"], "stages": [["b"]]}).stages_wrong == ("not_the_package",)
