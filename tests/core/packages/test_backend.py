# SPDX-License-Identifier: AGPL-3.0-or-later
"""One door, two solvers, the same answers; and nothing called proved for want of time."""

from __future__ import annotations

import importlib.util
import random

import numpy as np
import pytest
from scipy import sparse
from tests.core.packages.invented import invent

from goodoffices.core.packages import all_proved, answer, load_case
from goodoffices.core.packages.backend import HighsSolver, Problem, ScipySolver, Status, keeps_exactly

SOLVERS = [ScipySolver, *([HighsSolver] if importlib.util.find_spec("highspy") else [])]


def larger(people=60, seed=5):
    """A case too large to be walked."""
    rng = random.Random(seed)
    parties = ["X", "Y", "Z"]
    raw = {"name": "larger", "parties": parties, "people": [], "balance": [], "cap": people // 3}
    for number in range(people):
        holder, home = rng.sample(parties, 2)
        raw["people"].append(
            {"id": f"p{number:03d}", "holder": holder, "home": home, "unconditional": False, "urgent": number % 5 == 0}
        )
    for party in parties:
        get = {one["id"]: rng.randint(1, 9) for one in raw["people"] if one["home"] == party}
        give = {one["id"]: rng.randint(1, 9) for one in raw["people"] if one["holder"] == party}
        raw["balance"].append({"party": party, "get": get, "give": give, "slack": 2})
    return raw


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_solver_finds_bounds_and_says_no(solver):
    row = sparse.csr_matrix(np.array([[2.0, 3.0]]))
    one = {"rows": row, "low": np.array([-np.inf]), "high": np.array([4.0]), "lower": np.zeros(2), "upper": np.ones(2)}
    best = solver().solve(Problem(cost=np.array([-2.0, -3.0]), **one))
    assert (best.status, best.value, list(best.values)) == (Status.OPTIMAL, -3.0, [0, 1])
    relaxed = solver().solve(Problem(cost=np.array([-2.0, -3.0]), relaxed=True, **one))
    assert relaxed.value == pytest.approx(-4.0)
    assert solver().solve(Problem(cost=np.zeros(2), **one | {"low": np.array([9.0])})).status is Status.INFEASIBLE
    assert solver().solve(Problem(cost=np.zeros(2), **one), seconds=0.0).status is Status.STOPPED


def test_a_rounded_answer_is_checked_in_whole_numbers():
    row = sparse.csr_matrix(np.array([[1_000_000.0]]))
    problem = Problem(np.zeros(1), row, np.array([-np.inf]), np.array([999_999.0]), np.zeros(1), np.ones(1))
    assert keeps_exactly(problem, np.array([0]))
    assert not keeps_exactly(problem, np.array([1]))


@pytest.mark.skipif(len(SOLVERS) < 2, reason="highspy is not installed")
def test_both_solvers_give_the_same_answers():
    raws = [larger(), *(invent(seed, most_people=8) for seed in range(12))]
    for raw in raws:
        found, other = (answer(load_case(raw), solver=solver(), explain="p001") for solver in SOLVERS)
        for said in (found, other):  # one of several equally good plans, packages or cuts may be told
            for key in ("stages", "legs", "certificate", "explain"):
                said.pop(key, None)
        assert found == other


def test_without_time_nothing_is_called_proved():
    found = answer(load_case(larger()), seconds=1e-9)
    assert not all_proved(found)
    assert found["recommended_levels"]["total"] == len(found["recommended_package"])


def test_one_person_of_a_large_case_is_explained():
    raw = larger()
    raw["red_lines"] = [{"party": raw["people"][0]["holder"], "person": "p000"}]
    case = load_case(raw)
    found = answer(case, explain="p000")
    assert found["people"]["p000"]["best_total_with"] is None
    assert ["red:" + raw["people"][0]["holder"] + ":p000"] in found["people"]["p000"]["minimal_sets"]
    inside = answer(case, explain=found["recommended_package"][0])["explain"]
    assert inside["status"] == "recommended"
    assert inside["survivors_without"] < len(found["recommended_package"])
    outside = next(one.id for one in case.candidates[1:] if one.id not in found["recommended_package"])
    other = answer(case, explain=outside)["explain"]
    assert other["status"] == "possible"
    assert outside in other["added"]
