# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the JSON form of a case to a checked ``Case``. What can't be understood is refused, never guessed.

Source of the form: docs/reference/packages.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from goodoffices.core.packages.case import (
    CONSENTS,
    NEEDS,
    NO_NEED,
    NO_ORIGIN,
    AtMost,
    Balance,
    Cap,
    Case,
    Consent,
    Demand,
    IfThen,
    Limit,
    Need,
    Origin,
    Person,
    Ratio,
    RedLine,
    Requires,
    Route,
    Staging,
    Together,
)
from goodoffices.core.packages.errors import BadCase, UnconditionalInLimit
from goodoffices.core.packages.fields import MOST, Fields

CASE_FIELDS = (
    "name", "parties", "people", "red_lines", "together", "requires", "at_most", "balance", "ratio", "demands",
    "if_then", "routes", "cap", "staging",
)  # fmt: skip
PERSON_FIELDS = ("id", "holder", "home", "unconditional", "urgent", "need", "consent", "consent_required")
ORIGIN_FIELDS = ("owner", "source", "confidentiality")
CONFIDENTIALITY = ("", "open", "party", "mediator")

T = TypeVar("T")


def load_cases(document: Any) -> tuple[Case, ...]:
    """Read a file of cases, ``{"instances": [...]}``.

    Raises:
        BadCase: it has no cases, two of one name, or one that ``load_case`` refuses.
    """
    fields = Fields(document, {}, ("instances",))
    raw = fields.items("instances")
    if not raw:
        raise fields.wrong("instances", "is empty.", "Give at least one case.")
    cases = tuple(load_case(one, number) for number, one in enumerate(raw))
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise BadCase("Two cases have the same name.", where={"case": name}, hint="Give each its own name.")
    return cases


def load_case(document: Any, number: int = 0) -> Case:
    """Read and check one case.

    Args:
        document: the parsed JSON object; decimals may be ``Decimal``.
        number: position in its file, for messages until the name is known.

    Raises:
        UnconditionalInLimit: a limit mentions an unconditional person.
        BadCase: anything else that can't be used, with the place and what to do.
    """
    fields = Fields(document, {"case": number}, CASE_FIELDS)
    fields.where["case"] = name = fields.text("name")
    parties = _parties(fields)
    people = _people(fields, parties)
    reader = _Reader(fields, parties, {one.id: one.unconditional for one in people})
    routes = reader.each("routes", reader.route)
    limits: list[Limit] = [Consent(one.id) for one in people if not one.unconditional and not one.may_travel]
    limits += reader.each("red_lines", reader.red_line)
    limits += reader.each("together", reader.together)
    limits += reader.each("requires", reader.requires)
    limits += reader.each("at_most", reader.at_most)
    limits += reader.each("balance", reader.balance)
    limits += reader.each("ratio", reader.ratio)
    limits += reader.each("demands", reader.demand)
    limits += reader.each("if_then", reader.if_then)
    limits += [one for one in routes if one.seats is not None]
    if fields.get("cap", None) is not None:
        limits.append(Cap(fields.whole("cap", 0)))
    seen: set[str] = set()
    for limit in limits:
        if limit.name in seen:
            raise BadCase("A limit stands twice.", where={"case": name, "limit": limit.name}, hint="Keep one of them.")
        seen.add(limit.name)
    return Case(name, parties, people, tuple(limits), _staging(fields), tuple(routes))


def _parties(fields: Fields) -> tuple[str, ...]:
    parties = fields.items("parties")
    if not parties:
        raise fields.wrong("parties", "is empty or missing.", "List the names of the parties.")
    for one in parties:
        if not isinstance(one, str) or not one.strip():
            raise fields.wrong("parties", "holds something that is no name.", "Write each name in quotes.")
    if len(set(parties)) < len(parties):
        raise fields.wrong("parties", "names a party twice.", "Keep one of them.")
    return tuple(parties)


def _people(fields: Fields, parties: tuple[str, ...]) -> tuple[Person, ...]:
    raw = fields.items("people")
    known = frozenset(parties)
    people = tuple(_person(one, fields.where["case"], number, known) for number, one in enumerate(raw))
    seen: set[str] = set()
    for number, one in enumerate(people):
        if one.id in seen:
            raise BadCase(
                "Two people have the same id.",
                where={"case": fields.where["case"], "person": number, "field": "id"},
                hint="Give each person one id.",
            )
        seen.add(one.id)
    return people


def _person(raw: Any, case: str, number: int, parties: frozenset[str]) -> Person:
    fields = Fields(raw, {"case": case, "person": number}, PERSON_FIELDS)
    for field in ("holder", "home"):
        if fields.text(field) not in parties:
            raise fields.wrong(field, "is not one of the parties.", "Correct it, or add the party to parties.")
    needs = fields.get("need", None)
    return Person(
        id=fields.text("id"),
        holder=fields.text("holder"),
        home=fields.text("home"),
        unconditional=_unconditional(fields),
        urgent=fields.flag("urgent", 0),
        need=NO_NEED if needs is None else _need(needs, fields.where),
        consent=fields.word("consent", CONSENTS, "not_asked"),
        consent_required=bool(fields.flag("consent_required", 0)),
    )


def _unconditional(fields: Fields) -> bool:
    """Read the flag; what isn't known counts as unconditional (DESIGN, promise 4)."""
    found = fields.get("unconditional", None)
    if found is None or found == "unknown":
        return True
    if not isinstance(found, bool):
        raise fields.wrong("unconditional", "is neither true nor false.", 'Write true, false or "unknown".')
    return found


def _need(raw: Any, where: Mapping[str, Any]) -> Need:
    fields = Fields(raw, where, NEEDS)
    return Need(
        medical=fields.flag("medical", 0),
        separated=fields.flag("separated", 0),
        age=fields.flag("age", 0),
        held_years=fields.whole("held_years", 0, 0),
    )


def _staging(fields: Fields) -> Staging | None:
    raw = fields.get("staging", None)
    if raw is None:
        return None
    own = Fields(raw, {"case": fields.where["case"], "limit": "staging"}, ("max_exposure", "max_per_stage"))
    return Staging(own.whole("max_exposure", 0), own.whole("max_per_stage", 1))


class _Reader:
    """Reads the limits of one case; knows its parties and who may not be mentioned."""

    def __init__(self, case: Fields, parties: tuple[str, ...], unconditional: Mapping[str, bool]) -> None:
        self.case = case
        self.parties = frozenset(parties)
        self.unconditional = unconditional

    def each(self, field: str, read: Callable[[Any, dict[str, Any], int], T]) -> list[T]:
        """Read every item of one list of limits."""
        return [
            read(raw, {"case": self.case.where["case"], "limit": f"{field}[{number}]"}, number)
            for number, raw in enumerate(self.case.items(field))
        ]

    def red_line(self, raw: Any, where: dict[str, Any], _number: int) -> RedLine:
        fields = Fields(raw, where, ("party", "person", *ORIGIN_FIELDS))
        return RedLine(self._party(fields, "party"), self._candidate(fields, "person"), self._origin(fields))

    def demand(self, raw: Any, where: dict[str, Any], _number: int) -> Demand:
        fields = Fields(raw, where, ("party", "person", *ORIGIN_FIELDS))
        return Demand(self._party(fields, "party"), self._candidate(fields, "person"), self._origin(fields))

    def together(self, raw: Any, where: dict[str, Any], number: int) -> Together:
        given = {"ids": raw} if isinstance(raw, list | tuple) else raw
        fields = Fields(given, where, ("ids", *ORIGIN_FIELDS))
        return Together(number, self._candidates(fields, "ids", 2), self._origin(fields))

    def requires(self, raw: Any, where: dict[str, Any], number: int) -> Requires:
        fields = Fields(raw, where, ("if", "then", *ORIGIN_FIELDS))
        return Requires(number, self._candidate(fields, "if"), self._candidate(fields, "then"), self._origin(fields))

    def at_most(self, raw: Any, where: dict[str, Any], number: int) -> AtMost:
        fields = Fields(raw, where, ("ids", "k", *ORIGIN_FIELDS))
        return AtMost(number, self._candidates(fields, "ids", 1), fields.whole("k", 0), self._origin(fields))

    def if_then(self, raw: Any, where: dict[str, Any], number: int) -> IfThen:
        fields = Fields(raw, where, ("if", "at_least", "ids", *ORIGIN_FIELDS))
        return IfThen(
            number,
            self._candidate(fields, "if"),
            fields.whole("at_least", 0),
            self._candidates(fields, "ids", 1),
            self._origin(fields),
        )

    def ratio(self, raw: Any, where: dict[str, Any], _number: int) -> Ratio:
        fields = Fields(raw, where, ("party", "num", "den", *ORIGIN_FIELDS))
        num, den = fields.whole("num", 0), fields.whole("den", 1)
        common = math.gcd(num, den)
        return Ratio(self._party(fields, "party"), num // common, den // common, self._origin(fields))

    def balance(self, raw: Any, where: dict[str, Any], _number: int) -> Balance:
        fields = Fields(raw, where, ("party", "get", "give", "slack", *ORIGIN_FIELDS))
        get, give = self._values(fields, "get"), self._values(fields, "give")
        slack = fields.number_of("slack", fields.get("slack", 0))
        scale = _common_scale([*get.values(), *give.values(), slack])
        most = max((abs(value * scale) for value in (*get.values(), *give.values(), slack)), default=Fraction(0))
        if most > MOST:
            raise fields.wrong("get", "needs numbers too far apart to be compared exactly.", "Round them.")
        return Balance(
            self._party(fields, "party"),
            {one: int(value * scale) for one, value in get.items() if value},
            {one: int(value * scale) for one, value in give.items() if value},
            int(slack * scale),
            self._origin(fields),
        )

    def route(self, raw: Any, where: dict[str, Any], number: int) -> Route:
        fields = Fields(raw, where, ("from", "to", "via", "seats", *ORIGIN_FIELDS))
        seats = None if fields.get("seats", None) is None else fields.whole("seats", 0)
        via = tuple(fields.items("via"))
        if not all(isinstance(one, str) and one.strip() for one in via) or len(set(via)) < len(via):
            raise fields.wrong("via", "is not a list of different names.", "List the third States in their order.")
        return Route(number, self._party(fields, "from"), self._party(fields, "to"), via, seats, self._origin(fields))

    def _values(self, fields: Fields, field: str) -> dict[str, Fraction]:
        raw = fields.get(field, {})
        if not isinstance(raw, Mapping):
            raise fields.wrong(field, "is not an object.", 'Write it as {"id": number, ...}.')
        for one in raw:
            self._check(fields, field, one)
        return {one: fields.number_of(field, value) for one, value in raw.items()}

    def _party(self, fields: Fields, field: str) -> str:
        found = fields.text(field)
        if found not in self.parties:
            raise fields.wrong(field, "is not one of the parties.", "Correct it, or add the party to parties.")
        return found

    def _candidate(self, fields: Fields, field: str) -> str:
        found = fields.text(field)
        self._check(fields, field, found)
        return found

    def _candidates(self, fields: Fields, field: str, least: int) -> tuple[str, ...]:
        found = fields.items(field)
        for one in found:
            self._check(fields, field, one)
        if len(found) < least or len(set(found)) < len(found):
            raise fields.wrong(field, "is too short, or names somebody twice.", f"List {least} or more different ids.")
        return tuple(found)

    def _check(self, fields: Fields, field: str, one: Any) -> None:
        unconditional = self.unconditional.get(one) if isinstance(one, str) else None
        if unconditional is None:
            raise fields.wrong(field, "names somebody who is not among the people.", "Correct the id.")
        if unconditional:
            raise UnconditionalInLimit(
                "A limit mentions a person whose release is unconditional.",
                where=fields.where | {"field": field},
                hint="Take the person out of the limit: this release can't be a condition. There is no override.",
            )

    def _origin(self, fields: Fields) -> Origin:
        owner, source = fields.text("owner", ""), fields.text("source", "")
        confidentiality = fields.word("confidentiality", CONFIDENTIALITY, "")
        return Origin(owner, source, confidentiality) if owner or source or confidentiality else NO_ORIGIN


def _common_scale(values: Iterable[Fraction]) -> Fraction:
    """Give the factor that makes all values whole with no common divisor: a party's units don't matter."""
    listed = list(values)
    whole = math.lcm(*(value.denominator for value in listed))
    common = math.gcd(*(int(value * whole) for value in listed))
    return Fraction(whole, common or 1)
