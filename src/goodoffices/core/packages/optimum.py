# SPDX-License-Identifier: AGPL-3.0-or-later
"""The strict order of levels, each proved before the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from goodoffices.core.packages.backend import Ints
from goodoffices.core.packages.canonical import first_package
from goodoffices.core.packages.case import Case
from goodoffices.core.packages.dropouts import worst_dropout
from goodoffices.core.packages.errors import SolverFailed
from goodoffices.core.packages.leximin import fairest
from goodoffices.core.packages.limits import broken
from goodoffices.core.packages.model import Model, Program, build_model
from goodoffices.core.packages.outcome import Chosen, Outcome
from goodoffices.core.packages.search import Found, Search
from goodoffices.core.packages.shares import Levels, levels_of
from goodoffices.core.packages.stages import plan_stages

LEVELS = ("urgent", "leximin", "need", "total", "canonical")


@dataclass(frozen=True)
class Best:
    """A package with its levels, the program that fixes them, and which levels were proved."""

    people: frozenset[str]
    levels: Levels
    proved: dict[str, bool]
    program: Program
    values: Ints


def solve_large(case: Case, search: Search) -> Outcome:
    """Answer about a case of any size, by search.

    Raises:
        SolverFailed: an answer that exact arithmetic doesn't confirm.
    """
    model = build_model(case)
    program, nobody = Program.of(model), np.zeros(len(model.members), dtype=np.int64)
    proved: dict[str, bool] = {}

    def note(name: str, found: Found) -> tuple[int, Ints]:
        proved[name] = found.proved
        return found.value, nobody if found.values is None else found.values

    most, values = note("max_total", search.maximise(program, model.total, nobody))
    free = fairest(search, program, values, most if proved["max_total"] else len(case.candidates))
    proved["leximin_shares"] = free.proved
    urgent, values = note("max_urgent", search.maximise(program, model.urgent, values))
    urgently = program.at_least(model.urgent, urgent)
    given, values = note("max_total_given_max_urgent", search.maximise(urgently, model.total, values))
    fair = fairest(search, urgently, values, given if proved["max_total_given_max_urgent"] else len(case.candidates))
    fair = replace(fair, program=search.settle_demands(fair.program))
    settled = {"urgent": proved["max_urgent"], "leximin": fair.proved}
    first = _finish(search, model, fair.program, fair.values, settled, needs=False)
    recommended = first
    if any(np.any(need) for need in model.needs):
        recommended = _finish(search, model, fair.program, fair.values, settled, needs=True)
    opening = _described(search, case, first)
    proved |= {"first_package": all(first.proved.values()), "need": True, **recommended.proved}
    proved["stages"] = opening.plan.proved
    return Outcome(
        max_total=most,
        max_urgent=urgent,
        max_total_given_max_urgent=given,
        leximin_shares=free.shares,
        first=opening,
        recommended=opening if recommended is first else _described(search, case, recommended),
        proved=proved,
        levels=LEVELS,
    )


def _described(search: Search, case: Case, best: Best) -> Chosen:
    """Add stages and drop-outs to a package."""
    left = worst_dropout(case, best.people, search)
    plan = plan_stages(case, best.people, search)
    return Chosen(tuple(sorted(best.people)), best.levels, plan, left.worst, left.linchpins)


def _finish(
    search: Search, model: Model, program: Program, values: Ints, settled: dict[str, bool], *, needs: bool
) -> Best:
    """Settle need (where asked), total and the canonical order."""
    proved = dict(settled)
    steps: Sequence[tuple[str, Ints]] = [("total", model.total)]
    if needs:
        steps = [*(("need", need) for need in model.needs if np.any(need)), *steps]
    for name, vector in steps:
        found = search.maximise(program, vector, values)
        values = values if found.values is None else found.values
        proved[name] = proved.get(name, True) and found.proved
        program = program.at_least(vector, found.value)
    first = first_package(search, program, values)
    proved["canonical"] = first.proved
    return Best(first.people, _confirmed(model.case, first.people), proved, program, first.values)


def _confirmed(case: Case, people: frozenset[str]) -> Levels:
    """Read the limits once more, without the solver's rows."""
    names = broken(case, people)
    if names:
        raise SolverFailed("The package found breaks limits.", where={"limits": names})
    return levels_of(case, people)
