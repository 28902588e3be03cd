# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as a whole-number program: people who travel as one are one column, people who are alike are counted.

No column, row or value knows of an unconditional person: only candidates are read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from goodoffices.core.packages.backend import Floats, Ints, Problem
from goodoffices.core.packages.case import (
    NEEDS,
    AtMost,
    Balance,
    Cap,
    Case,
    Consent,
    Demand,
    IfThen,
    Limit,
    Person,
    Ratio,
    RedLine,
    Requires,
    Route,
    Together,
)

Block = tuple[str, ...]
FREE = np.inf


@dataclass(frozen=True)
class Row:
    """``low <= sum of coefficient x column <= high``."""

    columns: Ints
    values: Ints
    low: float
    high: float


@dataclass(frozen=True)
class Model:
    """The columns of a case and the rows that every package keeps.

    Args:
        case: where it comes from.
        members: for each column its blocks in the order of ids; a block is one person or a group that travels as
            one; the column's value is how many of its blocks, first ones first, are in.
        rows: the limits.
    """

    case: Case
    members: tuple[tuple[Block, ...], ...]
    rows: tuple[Row, ...]

    @cached_property
    def upper(self) -> Ints:
        """Give the number of blocks of each column."""
        return np.array([len(blocks) for blocks in self.members], dtype=np.int64)

    @cached_property
    def column_of(self) -> dict[str, int]:
        """Give the column of each person who can be in at all."""
        return {one: k for k, blocks in enumerate(self.members) for block in blocks for one in block}

    def vector(self, value: Callable[[Person], int]) -> Ints:
        """Sum a number of each person over one block of each column."""
        people = self.case.by_id
        return np.array([sum(value(people[one]) for one in blocks[0]) for blocks in self.members], dtype=np.int64)

    @cached_property
    def urgent(self) -> Ints:
        return self.vector(lambda one: one.urgent)

    @cached_property
    def total(self) -> Ints:
        return self.vector(lambda _one: 1)

    @cached_property
    def needs(self) -> tuple[Ints, ...]:
        return tuple(self.vector(lambda one, need=need: getattr(one.need, need)) for need in NEEDS)  # type: ignore[misc]

    @cached_property
    def returned(self) -> tuple[Ints, ...]:
        """Give, for each party with a share, who comes home to it."""
        return tuple(self.vector(lambda one, party=party: one.home == party) for party in self.case.sharing)  # type: ignore[misc]

    def people(self, values: Iterable[int]) -> frozenset[str]:
        """Give the people that column values stand for."""
        return frozenset(
            one
            for blocks, many in zip(self.members, values, strict=True)
            for block in blocks[: int(many)]
            for one in block
        )


@dataclass(frozen=True)
class Program:
    """A model with rows added and bounds tightened by the levels already settled."""

    model: Model
    rows: tuple[Row, ...]
    lower: Ints
    upper: Ints

    @classmethod
    def of(cls, model: Model) -> Program:
        return cls(model, model.rows, np.zeros(len(model.members), dtype=np.int64), model.upper)

    def plus(self, *rows: Row) -> Program:
        """Add rows; columns beyond the last one are new, 0 or 1."""
        most = max((int(row.columns.max(initial=-1)) for row in rows), default=-1) + 1
        extra = max(0, most - len(self.lower))
        return Program(
            self.model,
            (*self.rows, *rows),
            np.concatenate([self.lower, np.zeros(extra, dtype=np.int64)]),
            np.concatenate([self.upper, np.ones(extra, dtype=np.int64)]),
        )

    def bounded(self, lower: Ints, upper: Ints) -> Program:
        """Replace the bounds."""
        return Program(self.model, self.rows, lower, upper)

    def without_idle_rows(self) -> Program:
        """Leave out the rows that nothing within the bounds can break."""
        kept = []
        for row in self.rows:
            most = (
                np.maximum(row.values, 0) @ self.upper[row.columns]
                + np.minimum(row.values, 0) @ self.lower[row.columns]
            )
            least = (
                np.maximum(row.values, 0) @ self.lower[row.columns]
                + np.minimum(row.values, 0) @ self.upper[row.columns]
            )
            if most > row.high or least < row.low:
                kept.append(row)
        return Program(self.model, tuple(kept), self.lower, self.upper)

    def at_least(self, vector: Ints, low: float) -> Program:
        """Keep a level: this sum may not fall."""
        return self.plus(dense_row(vector, low, FREE))

    @cached_property
    def matrix(self) -> sparse.csr_matrix:
        """Give all rows as one matrix."""
        lengths = [len(row.columns) for row in self.rows]
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        columns = np.concatenate([row.columns for row in self.rows]) if self.rows else np.zeros(0, dtype=np.int64)
        values = np.concatenate([row.values for row in self.rows]) if self.rows else np.zeros(0)
        shape = (len(self.rows), len(self.lower))
        return sparse.csr_matrix((values.astype(float), columns.astype(np.int32), start.astype(np.int32)), shape=shape)

    def problem(self, cost: Ints | None = None, relaxed: bool = False) -> Problem:
        """Give the solver's form; ``cost`` (to be made small) may be shorter than the columns."""
        full: Floats = np.zeros(len(self.lower))
        if cost is not None:
            full[: len(cost)] = cost
        return Problem(
            cost=full,
            rows=self.matrix,
            low=np.array([row.low for row in self.rows], dtype=float),
            high=np.array([row.high for row in self.rows], dtype=float),
            lower=self.lower.astype(float),
            upper=self.upper.astype(float),
            relaxed=relaxed,
        )


def dense_row(vector: Ints, low: float, high: float) -> Row:
    """Make a row of a vector over the first columns."""
    columns = np.flatnonzero(vector)
    return Row(columns, vector[columns], low, high)


def build_model(case: Case, *, count_alike: bool = True) -> Model:
    """Make the columns and rows of a case. Who can never be in has no column.

    Args:
        case: the case.
        count_alike: count people who are alike in one column, so that no search tells them apart in vain.
    """
    blocked = _blocked(case)
    members = _columns(case, blocked, count_alike)
    draft = Model(case, members, ())
    rows = [row for limit in case.limits for row in limit_rows(draft, limit)]
    return Model(case, members, tuple(row for row in rows if not _idle(draft, row)))


def _blocked(case: Case) -> frozenset[str]:
    """Follow red lines and refusals along the links: these people can't be in any package."""
    out = {limit.person for limit in case.limits if isinstance(limit, Consent | RedLine)}
    while True:
        more: set[str] = set()
        for limit in case.limits:
            match limit:
                case Together(ids=ids) if out.intersection(ids):
                    more.update(ids)
                case Requires(when=when, then=then) if then in out:
                    more.add(when)
                case Demand(party=party, person=person) if person in out:
                    more |= case.released[party]
                case IfThen(when=when, least=least, ids=ids) if len(set(ids) - out) < least:
                    more.add(when)
                case _:
                    pass
        if more <= out:
            return frozenset(out)
        out |= more


def _columns(case: Case, blocked: frozenset[str], count_alike: bool) -> tuple[tuple[Block, ...], ...]:
    """Join those who travel as one, count those who are alike."""
    linked = {one for limit in case.limits for one in _linked(limit)}
    stated = stated_values(case)
    classes: dict[object, list[Block]] = {}
    for group in case.joined:
        if not blocked.intersection(group):
            classes[group] = [group]
    grouped = {one for group in case.joined for one in group}
    for one in case.candidates:
        if one.id in grouped or one.id in blocked:
            continue
        alike = (one.holder, one.home, one.urgent, one.need, stated.get(one.id, ()))
        classes.setdefault(alike if count_alike and one.id not in linked else one.id, []).append((one.id,))
    return tuple(sorted(map(tuple, classes.values())))


def _linked(limit: Limit) -> tuple[str, ...]:
    match limit:
        case Requires(when=when, then=then):
            return (when, then)
        case AtMost(ids=ids):
            return ids
        case Demand(person=person):
            return (person,)
        case IfThen(when=when, ids=ids):
            return (when, *ids)
        case _:
            return ()


def stated_values(case: Case) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for limit in case.limits:
        if isinstance(limit, Balance):
            for one in limit.get.keys() | limit.give.keys():
                net = limit.give.get(one, 0) - limit.get.get(one, 0)
                if net:
                    found[one] = (*found.get(one, ()), (limit.party, net))
    return found


def limit_rows(model: Model, limit: Limit) -> list[Row]:
    """Write one limit as rows."""
    case = model.case
    match limit:
        case Consent() | RedLine() | Together():
            return []
        case Requires(when=when, then=then):
            return [_row(model, {when: 1, then: -1}, 0)]
        case AtMost(ids=ids, most=most):
            return [_row(model, dict.fromkeys(ids, 1), most)]
        case Balance(get=get, give=give, slack=slack):
            net = {one: give.get(one, 0) - get.get(one, 0) for one in get.keys() | give.keys()}
            return [_row(model, net, slack)]
        case Ratio(party=party, num=num, den=den):
            net = dict.fromkeys(case.released[party], num)
            for one in case.returned[party]:
                net[one] = net.get(one, 0) - den
            return [_row(model, net, 0)]
        case Demand(party=party, person=person):
            return _demand_rows(model, party, person)
        case IfThen(when=when, least=least, ids=ids):
            net = dict.fromkeys(ids, -1)
            net[when] = net.get(when, 0) + least
            return [_row(model, net, 0)]
        case Route(start=start, end=end, seats=seats):
            pair = case.released[start] & case.returned[end]
            return [_row(model, dict.fromkeys(pair, 1), len(pair) if seats is None else seats)]
        case Cap(most=most):
            return [_row(model, {one.id: 1 for one in case.candidates}, most)]


def _demand_rows(model: Model, party: str, person: str) -> list[Row]:
    """One row a column: tighter for the solver than one row for all."""
    if person not in model.column_of:
        return []
    asked = model.column_of[person]
    held = {model.column_of[one] for one in model.case.released[party] if one in model.column_of} - {asked}
    return [
        Row(np.array([column, asked]), np.array([1, -int(model.upper[column])]), -FREE, 0) for column in sorted(held)
    ]


def _row(model: Model, weights: Mapping[str, int], high: float) -> Row:
    """Sum weights over the columns; a column of people who are alike counts one block's weight."""
    found: dict[int, int] = {}
    for one, weight in weights.items():
        column = model.column_of.get(one)
        if column is not None:
            found[column] = found.get(column, 0) + weight
    columns = np.array(sorted(found), dtype=np.int64)
    totals = np.array([found[int(column)] for column in columns], dtype=np.int64)
    return Row(columns, totals // model.upper[columns], -FREE, high)


def _idle(model: Model, row: Row) -> bool:
    """Tell whether a row can't be broken whatever travels."""
    return bool(np.maximum(row.values, 0) @ model.upper[row.columns] <= row.high)
