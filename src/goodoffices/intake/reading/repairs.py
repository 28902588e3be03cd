# SPDX-License-Identifier: AGPL-3.0-or-later
"""Group problems by the repair that mends them all: "17 dates in dd/mm/yyyy: read all so"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from goodoffices.core.vocabulary import Category, Sex, Status
from goodoffices.intake.reading.columns import DATE_TARGETS, is_target
from goodoffices.intake.reading.errors import ListUnreadable, Problem
from goodoffices.intake.reading.values import ANY_PATTERN, ColumnRules, pattern_of

_EXAMPLES = 5
_ROWS = 20
# A column of free text must not make a group a cell: beyond this the rest shares one group.
_MOST_PATTERNS = 40


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a group: code and its value ("" if it takes none)."""

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one kind and shape in one column.

    Attributes:
        target: what the column holds, or the header, or "" for whole rows.
        kind: code of the problem.
        pattern: shape of the cells, "*" for any.
        level: the gravest level in the group.
        count: how many.
        examples: up to five different cells.
        rows: up to twenty row numbers.
        repairs: what may be done, the likeliest first.
    """

    target: str
    kind: str
    pattern: str
    level: str
    count: int
    examples: tuple[str, ...]
    rows: tuple[int, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class ChosenRepair:
    """A person's choice for one group."""

    target: str
    kind: str
    pattern: str
    repair: Repair


class _Gathering:
    """Counts one group while problems stream by."""

    def __init__(self) -> None:
        self.count = 0
        self.examples: dict[str, None] = {}
        self.rows: list[int] = []
        self.level = "note"

    def add(self, problem: Problem) -> None:
        self.count += 1
        if problem.text and len(self.examples) < _EXAMPLES:
            self.examples[problem.text] = None
        if problem.row is not None and len(self.rows) < _ROWS:
            self.rows.append(problem.row)
        self.level = max(self.level, problem.level, key=("note", "warning", "refusal").index)


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Group problems by (target, kind, pattern), gravest and most frequent first."""
    groups: dict[tuple[str, str, str], _Gathering] = {}
    patterns: dict[tuple[str, str], set[str]] = {}
    for problem in problems:
        pattern = pattern_of(problem.text) if problem.text else ANY_PATTERN
        known = patterns.setdefault((problem.field, problem.code), set())
        if pattern not in known and len(known) >= _MOST_PATTERNS:
            pattern = ANY_PATTERN
        known.add(pattern)
        groups.setdefault((problem.field, problem.code, pattern), _Gathering()).add(problem)
    grouped = [
        ProblemGroup(
            target,
            kind,
            pattern,
            got.level,
            got.count,
            tuple(got.examples),
            tuple(got.rows),
            offers(target, kind),
        )
        for (target, kind, pattern), got in groups.items()
    ]
    gravity = {"refusal": 0, "warning": 1, "note": 2}
    return sorted(
        grouped,
        key=lambda group: (gravity[group.level], -group.count, group.target, group.kind, group.pattern),
    )


_LEAVE = Repair("missing")
_AS_SAID = Repair("as_said")
_ACCEPT = Repair("accept")
_DATE_OFFERS: dict[str, tuple[Repair, ...]] = {
    "ambiguous_order": (Repair("order", "DMY"), Repair("order", "MDY"), Repair("approximate"), _LEAVE),
    "two_digit_year": (Repair("pivot", "30"), _LEAVE),
    "order_swapped": (_ACCEPT, Repair("approximate"), _LEAVE),
    "not_a_calendar_date": (Repair("approximate"), _LEAVE),
    "implausible_date": (_ACCEPT, _LEAVE),
    "unreadable": (_LEAVE, Repair("approximate"), Repair("serials")),
    "several_dates": (Repair("approximate"), _LEAVE),
}
_WORD_OFFERS: dict[str, tuple[Repair, ...]] = {
    "sex": tuple(Repair("value", sex.value) for sex in Sex),
    "category": tuple(Repair("value", category.value) for category in Category),
    "status": tuple(Repair("value", status.value) for status in Status),
}


def offers(target: str, kind: str) -> tuple[Repair, ...]:
    """Name what may be done about a kind of problem in a column; empty = nothing but leaving it out."""
    if kind == "must_be_sealed":
        return ()
    if target in DATE_TARGETS:
        return _DATE_OFFERS.get(kind, (_LEAVE,))
    if kind == "unrecognised":
        said = () if target == "sex" else (_AS_SAID,)
        return said + _WORD_OFFERS.get(target, ()) + (_LEAVE,)
    return (_ACCEPT, _LEAVE) if is_target(target) else ()


def apply_repairs(rules: ColumnRules, chosen: Iterable[ChosenRepair]) -> ColumnRules:
    """Add chosen repairs to the rules of their column; those of other columns are passed by.

    Raises:
        ListUnreadable: repair_not_offered.
    """
    repairs = dict(rules.repairs)
    for choice in chosen:
        if choice.target != rules.target:
            continue
        allowed = {repair.code for repair in offers(choice.target, choice.kind)}
        words = {repair.value for repair in _WORD_OFFERS.get(choice.target, ())}
        if choice.repair.code not in allowed or (choice.repair.code == "value" and choice.repair.value not in words):
            raise ListUnreadable(
                "This repair is not offered for this problem.",
                code="repair_not_offered",
                where={"field": choice.target, "problem": choice.kind, "repair": choice.repair.code},
                hint=f"Choose one of: {', '.join(sorted(allowed)) or 'none'}.",
            )
        repairs[(choice.kind, choice.pattern)] = (choice.repair.code, choice.repair.value)
    return replace(rules, repairs=repairs)
