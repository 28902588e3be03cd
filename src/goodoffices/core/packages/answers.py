# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wire form of the answers: field names of docs/reference/packages.md, fractions as texts, ids in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from goodoffices.core.packages.backend import Solver, default_solver
from goodoffices.core.packages.case import Case
from goodoffices.core.packages.dropouts import left_without
from goodoffices.core.packages.enumeration import MOST_CANDIDATES
from goodoffices.core.packages.exhaustive import solve_small
from goodoffices.core.packages.legs import humanitarian_legs, legs_of
from goodoffices.core.packages.limits import broken, owner
from goodoffices.core.packages.optimum import solve_large
from goodoffices.core.packages.outcome import Chosen, Every, Outcome, WhyNot
from goodoffices.core.packages.search import Search
from goodoffices.core.packages.shares import Levels, levels_of
from goodoffices.core.packages.tranches import tranches
from goodoffices.core.packages.whynot import best_instead, why_not


def solve(case: Case, search: Search) -> Outcome:
    """Answer about a case: by a walk over all packages where it is small, else by search."""
    if len(case.candidates) <= MOST_CANDIDATES:
        return solve_small(case, search)
    return solve_large(case, search)


def answer(
    case: Case, *, seconds: float | None = None, solver: Solver | None = None, explain: str = ""
) -> dict[str, Any]:
    """Answer about a case in the wire form.

    Args:
        case: a checked case.
        seconds: how long searching may take; what isn't proved by then is said to be unproved.
        solver: by default the faster one installed.
        explain: id of one person of the case to say more about.
    """
    search = Search(solver or default_solver(), seconds)
    outcome = solve(case, search)
    found = _whole(case, outcome) | _every(outcome) | _recommended(case, outcome.recommended)
    found["proved"] = dict(outcome.proved)
    found["levels_used"] = list(outcome.levels)
    found["limits"] = [
        {"name": limit.name, "owner": owner(limit)}
        | {"source": limit.origin.source, "confidentiality": limit.origin.confidentiality}
        for limit in case.limits
    ]
    if explain:
        _explain(case, outcome, search, explain, found)
    return found


def all_proved(found: Mapping[str, Any]) -> bool:
    """Tell whether every level of an answer was proved."""
    return all(found["proved"].values())


def levels_form(levels: Levels) -> dict[str, Any]:
    """Give the vector of levels as the certificate has it."""
    return {
        "urgent": levels.urgent,
        "shares": [str(one) for one in levels.shares],
        "need": list(levels.need),
        "total": levels.total,
    }


def _whole(case: Case, outcome: Outcome) -> dict[str, Any]:
    first = outcome.first
    everybody = _everybody(case)
    blocked = broken(case, everybody)
    return {
        "candidates": len(case.candidates),
        "constraints": len(case.limits),
        "max_total": outcome.max_total,
        "max_urgent": outcome.max_urgent,
        "max_total_given_max_urgent": outcome.max_total_given_max_urgent,
        "maxmin_share": str(outcome.leximin_shares[0] if outcome.leximin_shares else Fraction(0)),
        "leximin_shares": [str(one) for one in outcome.leximin_shares],
        "urgent_leximin_total": {
            "urgent": first.levels.urgent,
            "shares": [str(one) for one in first.levels.shares],
            "total": first.levels.total,
            "ties": outcome.every.ties if outcome.every else None,
            "first_package": list(first.people),
        },
        "min_stages_first_package": first.plan.count,
        "pareto_parties": list(case.sharing),
        "all_for_all_feasible": not blocked,
        "all_for_all_blocked_by": blocked,
    }


def _everybody(case: Case) -> frozenset[str]:
    """All for all: every candidate whom no red line and no refusal keeps back."""
    kept_back = {limit.person for limit in case.limits if limit.name.startswith(("red:", "consent:"))}  # type: ignore[union-attr]
    return frozenset(one.id for one in case.candidates if one.id not in kept_back)


def _every(outcome: Outcome) -> dict[str, Any]:
    every: Every | None = outcome.every
    if every is None:
        names = ("feasible_packages", "packages_at_max_total", "pareto_counts", "people", "dropout_survivors")
        return dict.fromkeys((*names, "best_worst_dropout_at_max_total"))
    return {
        "feasible_packages": every.feasible_packages,
        "packages_at_max_total": every.packages_at_max_total,
        "pareto_counts": [list(one) for one in every.pareto_counts],
        "people": {one: _person(found) for one, found in every.people.items()},
        "dropout_survivors": dict(every.dropout_survivors),
        "best_worst_dropout_at_max_total": every.best_worst_dropout_at_max_total,
    }


def _person(found: WhyNot) -> dict[str, Any]:
    said: dict[str, Any] = {
        "best_total_with": found.best_total_with,
        "min_constraints_to_relax": found.fewest_to_relax,
    }
    if found.minimal_sets is not None:
        said["minimal_sets"] = [list(one) for one in found.minimal_sets]
        if not found.complete:
            said["minimal_sets_complete"] = False
    return said


def _recommended(case: Case, chosen: Chosen) -> dict[str, Any]:
    parts = tranches(case, frozenset(chosen.people))
    return {
        "recommended_package": list(chosen.people),
        "recommended_levels": levels_form(chosen.levels)
        | {"worst_dropout": chosen.worst_dropout, "stages": chosen.plan.count},
        "stages": [list(one) for one in chosen.plan.stages],
        "tranches": [list(one) for one in parts],
        "linchpins": list(chosen.linchpins),
        "humanitarian_legs": [asdict(one) | {"via": list(one.via)} for one in humanitarian_legs(case)],
        "legs": [
            {"stage": leg.stage, "step": leg.step, "from": leg.start, "to": leg.end, "people": list(leg.people)}
            for leg in legs_of(case, chosen.plan.stages)
        ],
        "certificate": {"people": list(chosen.people), "stages": [list(one) for one in chosen.plan.stages]},
    }


def _explain(case: Case, outcome: Outcome, search: Search, one: str, found: dict[str, Any]) -> None:
    """Add what is asked about one person; nothing where the case doesn't have the person."""
    if one not in case.by_id:
        if any(person.id == one for person in case.unconditional):
            found["explain"] = {"id": one, "status": "unconditional"}
        return
    package = outcome.recommended.people
    about = outcome.every.people[one] if outcome.every else why_not(case, one, search)
    said: dict[str, Any] = {"id": one, "status": _status(one, package, about)} | _person(about)
    if one in package:
        left, proved = left_without(case, frozenset(package), one, search)
        said |= {"survivors_without": left, "linchpin": 2 * left < len(package)}
        found["proved"]["explain"] = about.proved and proved
    else:
        found["proved"]["explain"] = about.proved
        if about.best_total_with is not None:
            said |= _instead(case, outcome, search, one, found)
    found["explain"] = said
    if outcome.every is None:
        found["people"] = {one: _person(about)}


def _instead(case: Case, outcome: Outcome, search: Search, one: str, found: dict[str, Any]) -> dict[str, Any]:
    """Say what the best package with this person would be, and who would stay behind for it."""
    package = frozenset(outcome.recommended.people)
    other, proved = best_instead(case, one, package, search)
    found["proved"]["explain"] &= proved
    return {
        "levels_with": levels_form(levels_of(case, other)),
        "displaced": sorted(package - other),
        "added": sorted(other - package),
    }


def _status(one: str, package: Sequence[str], about: WhyNot) -> str:
    if one in package:
        return "recommended"
    if about.best_total_with is not None:
        return "possible"
    return "impossible" if about.fewest_to_relax is not None else "own_word"
