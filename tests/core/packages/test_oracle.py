# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented cases against a plain reading of every package; and what must not change when a case is told otherwise."""

from __future__ import annotations

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.packages.invented import invent
from tests.core.packages.oracle import Oracle

from goodoffices.core.packages import answer, check_package, load_case
from goodoffices.core.packages import search as searching
from goodoffices.core.packages.answers import _person
from goodoffices.core.packages.backend import ScipySolver
from goodoffices.core.packages.dropouts import left_without
from goodoffices.core.packages.optimum import solve_large
from goodoffices.core.packages.search import Search
from goodoffices.core.packages.stages import check_stages
from goodoffices.core.packages.whynot import best_instead, why_not

SEEDS = st.integers(0, 10**9)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_walk_agrees_with_a_plain_reading(seed):
    raw = invent(seed, most_people=7)
    wanted, found = Oracle(raw).answer(), answer(load_case(raw), solver=ScipySolver())
    assert {key: found[key] for key in wanted} == wanted


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from((2, 300)))
def test_search_agrees_with_a_plain_reading(seed, core):
    raw = invent(seed, most_people=7)
    oracle, search = Oracle(raw), Search(ScipySolver())
    wanted = oracle.answer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "CORE_COLUMNS", core)  # few: even small cases go by bound and core
        found = solve_large(load_case(raw), search)
    opening = wanted["urgent_leximin_total"]
    assert list(found.first.people) == opening["first_package"]
    assert list(found.recommended.people) == oracle.large()
    assert found.recommended.worst_dropout == oracle.worst(frozenset(oracle.large()))
    assert [str(one) for one in found.leximin_shares] == wanted["leximin_shares"]
    assert found.max_total == wanted["max_total"]
    assert found.max_total_given_max_urgent == wanted["max_total_given_max_urgent"]
    assert found.first.plan.count == wanted["min_stages_first_package"]
    assert all(found.proved.values())


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_questions_about_one_person_agree_with_a_plain_reading(seed):
    raw = invent(seed, most_people=6)
    case, oracle, search = load_case(raw), Oracle(raw), Search(ScipySolver())
    first = frozenset(oracle.answer()["urgent_leximin_total"]["first_package"])
    for one in oracle.ids:
        about = why_not(case, one, search)
        assert _person(about) == oracle.why_not(one)
        if about.best_total_with is not None:
            other, proved = best_instead(case, one, first, search)
            with_one = [package for package in oracle.feasible if one in package]
            closest = oracle.best(with_one, oracle.urgent, oracle.shares, len, lambda some: len(some & first))
            assert proved
            assert other in closest
        if one in first:
            assert left_without(case, first, one, search) == (oracle.survivors(first, one), True)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_checker_agrees_with_a_plain_reading(seed):
    raw = invent(seed)
    oracle, case = Oracle(raw), load_case(raw)
    chosen = random.Random(seed).choice(oracle.packages)
    checked = check_package(case, {"people": sorted(chosen)})
    assert set(checked.broken) == oracle.broken[chosen]
    assert list(checked.levels.shares) == oracle.shares(chosen)
    assert (checked.levels.urgent, checked.levels.total) == (oracle.urgent(chosen), len(chosen))


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_what_is_recommended_carries_its_own_proof(seed):
    raw = invent(seed)
    case = load_case(raw)
    found = answer(case, solver=ScipySolver())
    assert check_package(case, found["certificate"]).feasible
    parts = [set(part) for part in found["tranches"]]
    assert sorted(one for part in parts for one in part) == found["recommended_package"]
    for kept in range(1 << min(len(parts), 6)):
        standing = set().union(*(part for k, part in enumerate(parts) if kept >> k & 1 or k >= 6))
        assert not Oracle(raw).broken_by(standing)
    moved = [one for leg in found["legs"] if leg["step"] == 1 for one in leg["people"]]
    assert sorted(moved) == sorted(one for stage in found["stages"] for one in stage)
    assert check_stages(case, set(moved), found["stages"]) == []


def _told_otherwise(raw, seed):
    """The same case with its rows in another order; numbered limits keep theirs."""
    rng, other = random.Random(seed), copy.deepcopy(raw)
    for key in ("people", "red_lines", "demands", "balance", "ratio"):
        if key in other:
            rng.shuffle(other[key])
    for key in ("together",):
        for ids in other.get(key, []):
            rng.shuffle(ids)
    return other


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_the_order_of_rows_changes_nothing(seed):
    raw = invent(seed, most_people=8)
    found, other = (answer(load_case(one), solver=ScipySolver()) for one in (raw, _told_otherwise(raw, seed)))
    found.pop("limits"), other.pop("limits")
    found["all_for_all_blocked_by"].sort(), other["all_for_all_blocked_by"].sort()
    assert found == other
    large = [
        list(solve_large(load_case(one), Search(ScipySolver())).first.people)
        for one in (raw, _told_otherwise(raw, seed))
    ]
    assert large[0] == large[1]


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(2, 50))
def test_a_partys_units_change_nothing(seed, factor):
    raw = invent(seed, most_people=7)
    other = copy.deepcopy(raw)
    for one in other.get("balance", []):
        one["slack"] *= factor
        for key in ("get", "give"):
            one[key] = {person: value * factor for person, value in one[key].items()}
    assert answer(load_case(raw)) == answer(load_case(other))


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_a_tighter_limit_never_helps(seed):
    raw = invent(seed, most_people=8)
    before = answer(load_case(raw))
    tighter = copy.deepcopy(raw) | {"cap": max(0, before["max_total"] - 1)}
    after = answer(load_case(tighter))
    for key in ("max_total", "max_urgent", "feasible_packages"):
        assert after[key] <= before[key]


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_new_names_for_people_and_parties_rename_the_answer(seed):
    raw = {**invent(seed, most_people=7), "name": "one"}
    text = json.dumps(raw)
    for one in [*raw["parties"], *(person["id"] for person in raw["people"])]:
        text = text.replace(f'"{one}"', f'"x-{one}"')
    found, other = answer(load_case(raw)), answer(load_case(json.loads(text)))
    assert other["recommended_package"] == [f"x-{one}" for one in found["recommended_package"]]
    assert other["leximin_shares"] == found["leximin_shares"]
    assert other["pareto_counts"] == found["pareto_counts"]


def test_two_cases_that_share_nothing_give_the_union():
    left, right = ({**invent(seed, most_people=6), "name": "n"} for seed in (11, 23))
    for one in (left, right):
        one.pop("cap", None)
        one.pop("staging", None)
    renamed = json.dumps(right)
    for one in [*right["parties"], *(person["id"] for person in right["people"])]:
        renamed = renamed.replace(f'"{one}"', f'"z-{one}"')
    right = json.loads(renamed)
    both = {"name": "n"} | {
        key: left.get(key, []) + right.get(key, []) for key in (left.keys() | right.keys()) - {"name"}
    }
    apart, whole = [answer(load_case(one)) for one in (left, right)], answer(load_case(both))
    assert whole["max_total"] == sum(one["max_total"] for one in apart)
    assert whole["max_urgent"] == sum(one["max_urgent"] for one in apart)
    assert whole["feasible_packages"] == apart[0]["feasible_packages"] * apart[1]["feasible_packages"]
