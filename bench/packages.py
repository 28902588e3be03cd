# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure release packages on invented cases with fixed seeds; prints JSON.

Usage: python bench/packages.py [--solver scipy|highs] [--quick]

Cases as in the measured literature of this model: 15 % unconditional, 5 % red lines, a tenth in families of two to
four, one demand, one stated balance and one ratio a party, seats for 35 %. ``--quick`` leaves out 10,000 people.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from goodoffices.core.packages import load_case
from goodoffices.core.packages.answers import solve
from goodoffices.core.packages.backend import HighsSolver, ScipySolver, Solver
from goodoffices.core.packages.dropouts import left_without
from goodoffices.core.packages.leximin import fairest
from goodoffices.core.packages.model import Program, build_model
from goodoffices.core.packages.search import Search
from goodoffices.core.packages.whynot import best_with, why_not

Raw = dict[str, Any]


def invented(people: int, parties: int, seed: int, worth: int = 9) -> Raw:
    """Make a case of the usual mixture."""
    rng = random.Random(seed)
    names = [f"P{k}" for k in range(parties)]
    persons = []
    for number in range(people):
        holder, home = rng.sample(names, 2)
        free = rng.random() >= 0.15
        persons.append(
            {"id": f"p{number:05d}", "holder": holder, "home": home, "unconditional": not free,
             "urgent": int(rng.random() < 0.2)}
        )  # fmt: skip
    candidates = [one for one in persons if not one["unconditional"]]
    red = [one for one in candidates if rng.random() < 0.05]
    kept = {one["id"] for one in red}
    return {
        "name": f"invented {people} x {parties}, seed {seed}",
        "parties": names,
        "people": rng.sample(persons, len(persons)),
        "red_lines": [{"party": one["holder"], "person": one["id"]} for one in red],
        "together": _families(rng, [one["id"] for one in candidates]),
        "demands": _demands(rng, names, candidates, kept),
        "balance": [_balance(rng, party, candidates, worth) for party in names],
        "ratio": [dict(zip(("party", "num", "den"), (party, *rng.choice(RATIOS)), strict=True)) for party in names],
        "cap": int(0.35 * people),
    }


RATIOS = ((1, 2), (1, 1), (1, 1), (2, 3))


def alike(people: int, parties: int, seed: int, kinds: int = 6) -> Raw:
    """Make a case of a few hundred kinds of people who are alike: parties x (parties - 1) x kinds."""
    rng = random.Random(seed)
    names = [f"P{k}" for k in range(parties)]
    sorts = [
        (holder, home, int(kind == 0), rng.randint(1, 9), rng.randint(1, 9))
        for kind in range(kinds)
        for holder in names
        for home in names
        if holder != home
    ]
    persons: list[Raw] = []
    stated: dict[str, Raw] = {name: {"party": name, "get": {}, "give": {}, "slack": 2} for name in names}
    for number in range(people):
        holder, home, urgent, got, given = sorts[number] if number < len(sorts) else rng.choice(sorts)
        one = f"p{number:06d}"
        persons.append({"id": one, "holder": holder, "home": home, "unconditional": False, "urgent": urgent})
        stated[home]["get"][one], stated[holder]["give"][one] = got, given
    return {
        "name": f"alike {people}",
        "parties": names,
        "people": persons,
        "balance": list(stated.values()),
        "ratio": [{"party": name, "num": 1, "den": rng.choice((1, 2))} for name in names],
        "cap": int(0.35 * people),
    }


def _families(rng: random.Random, ids: list[str]) -> list[list[str]]:
    rest, groups, taken = rng.sample(ids, len(ids)), [], 0
    while taken < len(ids) * 0.1:
        size = rng.randint(2, 4)
        groups.append(rest[taken : taken + size])
        taken += size
    return groups


def _demands(rng: random.Random, names: list[str], candidates: list[Raw], kept: set[str]) -> list[Raw]:
    found = []
    for party in names:
        wanted = [one["id"] for one in candidates if one["home"] == party and one["id"] not in kept]
        if wanted:
            found.append({"party": party, "person": rng.choice(wanted)})
    return found


def _balance(rng: random.Random, party: str, candidates: list[Raw], worth: int) -> Raw:
    others = [one for one in candidates if one["home"] == party or (one["holder"] != party and rng.random() < 0.15)]
    get = {one["id"]: rng.randint(1, worth) for one in others}
    give = {one["id"]: rng.randint(1, worth) for one in candidates if one["holder"] == party}
    return {"party": party, "get": get, "give": give, "slack": rng.randint(0, 2)}


def timed(work: Callable[[], Any]) -> tuple[Any, Raw]:
    """Give what the work gives, its seconds by the clock and of this process."""
    clock, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, {
        "seconds": round(time.perf_counter() - clock, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
    }


def whole(raw: Raw, solver: Solver) -> Raw:
    """Measure all answers about one case."""
    case = load_case(raw)
    outcome, took = timed(lambda: solve(case, Search(solver)))
    return took | {"proved": all(outcome.proved.values()), "total": len(outcome.recommended.people)}


def questions(raw: Raw, solver: Solver, many: int = 8) -> Raw:
    """Measure the questions asked after a package is found: medians and worst of a few people."""
    case = load_case(raw)
    package = frozenset(solve(case, Search(solver)).first.people)
    blocked = {limit["person"] for limit in raw["red_lines"]}
    rng = random.Random(1)
    outside = rng.sample([one.id for one in case.candidates if one.id not in package | blocked], many)
    said: Raw = {}
    for name, ids, ask in (
        ("force one in", outside, lambda one: best_with(case, one, Search(solver))),
        ("fewest to relax", rng.sample(sorted(blocked), many), lambda one: why_not(case, one, Search(solver))),
        ("drop-out", rng.sample(sorted(package), many), lambda one: left_without(case, package, one, Search(solver))),
    ):
        took = [timed(lambda one=one, ask=ask: ask(one))[1] for one in ids]  # type: ignore[misc]
        said[name] = {
            key: {"median": round(statistics.median(values), 3), "most": max(values)}
            for key in ("seconds", "cpu_seconds")
            for values in [[one[key] for one in took]]
        }
    return said


def levels_of_alike(raw: Raw, solver: Solver) -> Raw:
    """Measure urgent, shares and total over people who are alike (their count is the size of the program)."""
    case = load_case(raw)

    def work() -> tuple[int, bool]:
        model, search = build_model(case), Search(solver)
        program = Program.of(model)
        urgent = search.maximise(program, model.urgent)
        assert urgent.values is not None
        program = program.at_least(model.urgent, urgent.value)
        most = search.maximise(program, model.total, urgent.values)
        fair = fairest(search, program, urgent.values, most.value)
        total = search.maximise(fair.program, model.total, fair.values)
        return len(model.members), urgent.proved and most.proved and fair.proved and total.proved

    (columns, proved), took = timed(work)
    return took | {"classes": columns, "proved": proved}


@contextmanager
def stdout_for_json_alone():  # type: ignore[no-untyped-def]
    """Send what the solver's C++ prints to stderr."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--solver", choices=("scipy", "highs"), default="scipy")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    solver = ScipySolver() if options.solver == "scipy" else HighsSolver()
    sizes = [(500, 8, 1), (500, 8, 2), (2000, 8, 1), (2000, 8, 2)]
    if not options.quick:
        sizes.append((10_000, 8, 1))
    said: Raw = {"solver": options.solver, "load_average": round(os.getloadavg()[0], 1)}
    with stdout_for_json_alone():
        said["whole"] = {f"{n} x {p}, seed {seed}": whole(invented(n, p, seed), solver) for n, p, seed in sizes}
        said["questions"] = {f"{n} x {p}": questions(invented(n, p, 1), solver) for n, p in ((500, 4), (2000, 8))}
        said["alike"] = {f"{n} people": levels_of_alike(alike(n, 8, 1), solver) for n in (10_000, 100_000)}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
