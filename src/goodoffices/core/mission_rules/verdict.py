# SPDX-License-Identifier: AGPL-3.0-or-later
"""The values a rule of the Mission may give, and how they combine. Unknown never becomes a yes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a predicate says of a nominee. ``NOT_REQUIRED`` stands where the rule set doesn't ask."""

    PASS = "pass"  # noqa: S105 -- a verdict, no secret
    FAIL = "fail"
    NOT_SHOWN = "not_shown"
    NOT_REQUIRED = "not_required"


class Tri(StrEnum):
    """A fact that is known, known not to be, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def all_of(facts: Iterable[Tri]) -> Tri:
    """Strong Kleene "and": one no settles it, else one unknown leaves it open."""
    seen = set(facts)
    return Tri.NO if Tri.NO in seen else Tri.UNKNOWN if Tri.UNKNOWN in seen else Tri.YES


def any_of(facts: Iterable[Tri]) -> Tri:
    """Strong Kleene "or": one yes settles it, else one unknown leaves it open."""
    seen = set(facts)
    return Tri.YES if Tri.YES in seen else Tri.UNKNOWN if Tri.UNKNOWN in seen else Tri.NO


def negated(fact: Tri) -> Tri:
    """Turn yes into no and no into yes."""
    return {Tri.YES: Tri.NO, Tri.NO: Tri.YES}.get(fact, Tri.UNKNOWN)


def tri(value: bool | None) -> Tri:
    """Read a yes, a no or a not known."""
    return Tri.UNKNOWN if value is None else Tri.YES if value else Tri.NO


def as_verdict(fact: Tri) -> Verdict:
    """Say what a required fact means: yes passes, no fails, unknown is not shown."""
    return {Tri.YES: Verdict.PASS, Tri.NO: Verdict.FAIL}.get(fact, Verdict.NOT_SHOWN)


def result_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Sum up: any fail fails, else any not shown is not shown, else pass."""
    seen = set(verdicts)
    if Verdict.FAIL in seen:
        return Verdict.FAIL
    return Verdict.NOT_SHOWN if Verdict.NOT_SHOWN in seen else Verdict.PASS
