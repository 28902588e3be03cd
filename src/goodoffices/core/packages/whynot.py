# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why is somebody not in it: the best package with this person, or the fewest named limits that would have to give.

Each named limit gets one 0/1 column that lets all its rows go; the least number of them is found and proved, then
every other set of that number is listed by excluding those already found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from goodoffices.core.packages.backend import Ints
from goodoffices.core.packages.case import AtMost, Case, Consent, Demand, IfThen, Limit, RedLine, Requires, Together
from goodoffices.core.packages.leximin import fairest
from goodoffices.core.packages.limits import relaxable
from goodoffices.core.packages.model import FREE, Block, Model, Program, Row, build_model, limit_rows, stated_values
from goodoffices.core.packages.outcome import WhyNot
from goodoffices.core.packages.search import Found, Search

MOST_SET = 2
MOST_LISTED = 200


def why_not(case: Case, one: str, search: Search) -> WhyNot:
    """Answer for one candidate of a case of any size."""
    best = best_with(case, one, search)
    if best.values is not None:
        return WhyNot(best.value, 0, None, proved=best.proved)
    if not case.by_id[one].may_travel:
        return WhyNot(None, None, None, proved=best.proved)
    return replace(_fewest(case, one, search), best_total_with=None)


def best_with(case: Case, one: str, search: Search) -> Found:
    """Find the most people in a package with one person; values None: there is no such package."""
    model = build_model(case)
    column = model.column_of.get(one)
    if column is None:
        return Found(0, None)
    program = Program.of(model)
    lower = program.lower.copy()
    lower[column] = 1
    return search.maximise(program.bounded(lower, program.upper), model.total)


def best_instead(case: Case, one: str, package: AbstractSet[str], search: Search) -> tuple[frozenset[str], bool]:
    """Find the best package with one person, level by level, that keeps as much of another package as it can.

    Args:
        case: the case.
        one: who must be in; a package with this person exists.
        package: the package to stay close to.
        search: finds and bounds.

    Returns:
        The package, and whether its urgent, shares, total and kept people are proved.
    """
    model = build_model(case, count_alike=False)
    program = Program.of(model)
    lower = program.lower.copy()
    lower[model.column_of[one]] = 1
    program = program.bounded(lower, program.upper)
    urgent = search.maximise(program, model.urgent)
    if urgent.values is None:
        return frozenset(), False
    program, proved = program.at_least(model.urgent, urgent.value), urgent.proved
    fair = fairest(search, program, urgent.values, len(case.candidates))
    program, values, proved = fair.program, fair.values, proved and fair.proved
    kept = model.vector(lambda person: person.id in package)
    for vector in (model.total, kept):
        found = search.maximise(program, vector, values)
        values, proved = (values if found.values is None else found.values), proved and found.proved
        program = program.at_least(vector, found.value)
    return model.people(values[: len(model.members)]), proved


@dataclass(frozen=True)
class _Relaxed:
    """A program in which each named limit has a column that lets it go."""

    program: Program
    limits: tuple[Limit, ...]
    first: int  # the first of those columns

    @property
    def cost(self) -> Ints:
        """Give minus one for each limit let go."""
        vector = np.zeros(self.first + len(self.limits), dtype=np.int64)
        vector[self.first :] = -1
        return vector

    def names(self, values: Ints) -> tuple[str, ...]:
        """Name the limits let go."""
        gone = values[self.first : self.first + len(self.limits)]
        return tuple(sorted(limit.name for limit, let_go in zip(self.limits, gone, strict=True) if let_go))


def _fewest(case: Case, one: str, search: Search) -> WhyNot:
    relaxed = _relax(case, one)
    found = search.maximise(relaxed.program, relaxed.cost)
    if found.values is None:
        return WhyNot(None, None, None, proved=found.proved)
    fewest = -found.value
    if fewest > MOST_SET or not found.proved:
        return WhyNot(None, fewest, None, proved=found.proved)
    complete = True
    sets: list[tuple[str, ...]] = []
    relaxed = replace(relaxed, program=relaxed.program.at_least(relaxed.cost, -fewest))
    while found.values is not None and len(sets) < MOST_LISTED:
        names = relaxed.names(found.values)
        sets.append(names)
        relaxed = replace(relaxed, program=relaxed.program.plus(_not_these(relaxed, names)))
        found = search.find(relaxed.program, relaxed.cost)
        complete = found.proved
    return WhyNot(None, fewest, tuple(sorted(sets)), complete and len(sets) < MOST_LISTED)


def _not_these(relaxed: _Relaxed, names: Sequence[str]) -> Row:
    """Exclude one set of limits."""
    columns = [relaxed.first + k for k, limit in enumerate(relaxed.limits) if limit.name in names]
    return Row(np.array(columns), np.ones(len(columns), dtype=np.int64), -FREE, len(columns) - 1)


def _relax(case: Case, one: str) -> _Relaxed:
    model = Model(case, tuple(_columns(case, one)), ())
    limits = tuple(limit for limit in case.limits if relaxable(limit))
    first = len(model.members)
    program = Program.of(model)
    rows = []
    for number, limit in enumerate(limits):
        for row in _let_go(model, limit):
            most = int(np.maximum(row.values, 0) @ model.upper[row.columns] - row.high)
            if most > 0:
                columns, values = np.append(row.columns, first + number), np.append(row.values, -most)
                rows.append(Row(columns, values, -FREE, row.high))
    # A row that can't be broken names the last column, so that every limit has one.
    rows.append(Row(np.array([first + len(limits) - 1]), np.array([1]), -FREE, 1))
    program = program.plus(*rows)
    lower = program.lower.copy()
    lower[model.column_of[one]] = 1
    return _Relaxed(program.bounded(lower, program.upper), limits, first)


def _columns(case: Case, one: str) -> Iterator[tuple[Block, ...]]:
    """One column a person, but those alike whom no limit names are counted."""
    named = {one}
    for limit in case.limits:
        match limit:
            case RedLine(person=person) | Demand(person=person):
                named.add(person)
            case Together(ids=ids) | AtMost(ids=ids):
                named.update(ids)
            case Requires(when=when, then=then):
                named |= {when, then}
            case IfThen(when=when, ids=ids):
                named |= {when, *ids}
            case _:
                pass
    refused = {limit.person for limit in case.limits if isinstance(limit, Consent)}
    stated = stated_values(case)
    classes: dict[object, list[Block]] = {}
    for candidate in case.candidates:
        if candidate.id not in refused:
            alike = (candidate.holder, candidate.home, stated.get(candidate.id, ()))
            classes.setdefault(candidate.id if candidate.id in named else alike, []).append((candidate.id,))
    yield from sorted(map(tuple, classes.values()))


def _let_go(model: Model, limit: Limit) -> list[Row]:
    """Write one limit as rows in which nobody is joined or left out beforehand."""
    match limit:
        case RedLine(person=person):
            column = model.column_of.get(person)
            return [] if column is None else [Row(np.array([column]), np.array([1]), -FREE, 0)]
        case Together(ids=ids):
            columns = [model.column_of[one] for one in ids if one in model.column_of]
            if len(columns) < len(ids):
                return [Row(np.array([column]), np.array([1]), -FREE, 0) for column in columns]
            ring = zip(columns, [*columns[1:], columns[0]], strict=True)
            return [Row(np.array(pair), np.array([1, -1]), -FREE, 0) for pair in ring]
        case Demand(party=party, person=person) if person not in model.column_of:
            held = sorted({model.column_of[one] for one in model.case.released[party] if one in model.column_of})
            return [Row(np.array([column]), np.array([1]), -FREE, 0) for column in held]
        case _:
            return limit_rows(model, limit)
