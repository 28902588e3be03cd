# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case files with known answers: every field, by the walk and by search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.core.packages import answer, load_cases
from goodoffices.core.packages.backend import ScipySolver
from goodoffices.core.packages.optimum import solve_large
from goodoffices.core.packages.search import Search

DATA = Path(__file__).parent / "data"
CASES = {case.name: case for case in load_cases(json.loads((DATA / "cases.json").read_text("utf-8")))}
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_field_of_a_case_is_exact(name):
    found = answer(CASES[name], solver=ScipySolver())
    assert {key: found[key] for key in EXPECTED[name]} == EXPECTED[name]
    assert all(found["proved"].values())


@pytest.mark.parametrize("name", sorted(CASES))
def test_search_finds_what_the_walk_finds(name):
    wanted, found = EXPECTED[name], solve_large(CASES[name], Search(ScipySolver()))
    assert list(found.first.people) == wanted["urgent_leximin_total"]["first_package"]
    assert [str(one) for one in found.leximin_shares] == wanted["leximin_shares"]
    assert (found.max_total, found.max_urgent) == (wanted["max_total"], wanted["max_urgent"])
    assert found.first.plan.count == wanted["min_stages_first_package"]
    assert all(found.proved.values())


@pytest.mark.req("A45")
@pytest.mark.parametrize("name", ["pkg_001", "pkg_002", "pkg_003"])
def test_unconditional_people_change_nothing_but_their_own_legs(name):
    alone, twin = answer(CASES[name]), answer(CASES[f"{name}_twin"])
    more = {one.id for one in CASES[f"{name}_twin"].unconditional}
    assert more > {one.id for one in CASES[name].unconditional}
    assert {leg["id"] for leg in twin["humanitarian_legs"]} == more
    assert {**alone, "humanitarian_legs": []} == {**twin, "humanitarian_legs": []}
