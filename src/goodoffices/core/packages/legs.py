# SPDX-License-Identifier: AGPL-3.0-or-later
"""Legs: who travels from where to where, in which order, through which third States.

Humanitarian legs come first, all of them, one-sided and conditional on nothing. The legs of a package follow stage by
stage; within a stage the first steps of all ways come before the second steps, so that everybody has arrived where a
way goes on before it goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goodoffices.core.packages.case import Case


@dataclass(frozen=True)
class HumanitarianLeg:
    """One person who goes home whatever else happens."""

    id: str
    holder: str
    home: str
    via: tuple[str, ...]
    consent: str


@dataclass(frozen=True)
class Leg:
    """People who go together from one place to the next, in one stage at one step."""

    stage: int
    step: int
    start: str
    end: str
    people: tuple[str, ...]


def humanitarian_legs(case: Case) -> tuple[HumanitarianLeg, ...]:
    """Give the legs of all unconditional people, those in danger first."""
    ordered = sorted(case.unconditional, key=lambda one: (-one.urgent, one.id))
    return tuple(
        HumanitarianLeg(one.id, one.holder, one.home, _via(case, one.holder, one.home), one.consent) for one in ordered
    )


def legs_of(case: Case, stages: Sequence[Sequence[str]]) -> tuple[Leg, ...]:
    """Give the legs of staged people."""
    found: list[Leg] = []
    for number, stage in enumerate(stages, start=1):
        moving: dict[tuple[int, str, str], list[str]] = {}
        for one in stage:
            person = case.by_id[one]
            stops = (person.holder, *_via(case, person.holder, person.home), person.home)
            for step, (start, end) in enumerate(pairwise(stops), start=1):
                moving.setdefault((step, start, end), []).append(one)
        found += [
            Leg(number, step, start, end, tuple(sorted(people)))
            for (step, start, end), people in sorted(moving.items())
        ]
    return tuple(found)


def _via(case: Case, start: str, end: str) -> tuple[str, ...]:
    return next((route.via for route in case.routes if (route.start, route.end) == (start, end)), ())
