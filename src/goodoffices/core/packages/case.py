# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case: who is held by whom, where each wants to go, and the limits that the parties have recorded.

Invariant: no limit of a loaded case mentions an unconditional person, and nothing on a person says what the person
is worth. A stated balance is a party's own word and belongs to that party's limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

CONSENTS = ("given", "refused", "not_asked")
NEEDS = ("medical", "separated", "age", "held_years")


@dataclass(frozen=True, slots=True)
class Need:
    """What may order people beside a threat to life; each field is a level of its own, never a sum of them.

    Args:
        medical: needs treatment that is not given where the person is held.
        separated: is kept from small children or others who depend on the person.
        age: age calls for it.
        held_years: whole years held.
    """

    medical: int = 0
    separated: int = 0
    age: int = 0
    held_years: int = 0


NO_NEED = Need()


@dataclass(frozen=True, slots=True)
class Person:
    """One person held. ``urgent`` is 1 where life is threatened."""

    id: str
    holder: str
    home: str
    unconditional: bool
    urgent: int = 0
    need: Need = NO_NEED
    consent: str = "not_asked"
    consent_required: bool = False

    @property
    def may_travel(self) -> bool:
        """Nobody travels against their own word; some only with it (agenda lines 1 and 2)."""
        return self.consent == "given" or (self.consent == "not_asked" and not self.consent_required)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose limit it is, from which document, and who may see it."""

    owner: str = ""
    source: str = ""
    confidentiality: str = ""


NO_ORIGIN = Origin()


@dataclass(frozen=True)
class Consent:
    """This person does not go: refused, or asked for and not given. Never relaxed."""

    person: str
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"consent:{self.person}"


@dataclass(frozen=True)
class RedLine:
    """The party does not release this person."""

    party: str
    person: str
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"red:{self.party}:{self.person}"


@dataclass(frozen=True)
class Together:
    """All of these or none."""

    number: int
    ids: tuple[str, ...]
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"together:{self.number}"


@dataclass(frozen=True)
class Requires:
    """If ``when`` is in, ``then`` is in."""

    number: int
    when: str
    then: str
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"requires:{self.number}"


@dataclass(frozen=True)
class AtMost:
    """At most ``most`` of these."""

    number: int
    ids: tuple[str, ...]
    most: int
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"at_most:{self.number}"


@dataclass(frozen=True)
class Balance:
    """A party's own stated balance, in whole units: what it gets plus slack is at least what it gives."""

    party: str
    get: Mapping[str, int]
    give: Mapping[str, int]
    slack: int
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"balance:{self.party}"


@dataclass(frozen=True)
class Ratio:
    """In heads: ``den`` x returned to the party >= ``num`` x released by it."""

    party: str
    num: int
    den: int
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"ratio:{self.party}"


@dataclass(frozen=True)
class Demand:
    """If the party releases anyone, this person is in."""

    party: str
    person: str
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"demand:{self.party}:{self.person}"


@dataclass(frozen=True)
class IfThen:
    """If ``when`` is in, at least ``least`` of ``ids`` are in."""

    number: int
    when: str
    least: int
    ids: tuple[str, ...]
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"if_then:{self.number}"


@dataclass(frozen=True)
class Route:
    """The way from a holder to a home, through third States in this order, with its seats (None: no limit)."""

    number: int
    start: str
    end: str
    via: tuple[str, ...] = ()
    seats: int | None = None
    origin: Origin = NO_ORIGIN

    @property
    def name(self) -> str:
        return f"route:{self.number}"


@dataclass(frozen=True)
class Cap:
    """At most this many in all."""

    most: int
    origin: Origin = NO_ORIGIN
    name = "cap"


Limit = Consent | RedLine | Together | Requires | AtMost | Balance | Ratio | Demand | IfThen | Route | Cap


@dataclass(frozen=True)
class Staging:
    """Simultaneous stages: how many people each may hold, how far a party may ever be ahead or behind."""

    max_exposure: int
    max_per_stage: int


@dataclass(frozen=True)
class Case:
    """One case as recorded. ``limits`` are in a fixed order of kinds, then as recorded."""

    name: str
    parties: tuple[str, ...]
    people: tuple[Person, ...]
    limits: tuple[Limit, ...] = ()
    staging: Staging | None = None
    routes: tuple[Route, ...] = field(default=())

    @cached_property
    def candidates(self) -> tuple[Person, ...]:
        """Give those who may be part of an exchange, in the canonical order of their ids."""
        return tuple(sorted((one for one in self.people if not one.unconditional), key=lambda one: one.id))

    @cached_property
    def unconditional(self) -> tuple[Person, ...]:
        """Give those whose release may never be a condition, in the order of their ids."""
        return tuple(sorted((one for one in self.people if one.unconditional), key=lambda one: one.id))

    @cached_property
    def by_id(self) -> dict[str, Person]:
        """Give the candidates by id. Unconditional people are not found here on purpose."""
        return {one.id: one for one in self.candidates}

    @cached_property
    def released(self) -> dict[str, frozenset[str]]:
        """Give the candidates each party holds."""
        found: dict[str, set[str]] = {party: set() for party in self.parties}
        for one in self.candidates:
            found[one.holder].add(one.id)
        return {party: frozenset(ids) for party, ids in found.items()}

    @cached_property
    def returned(self) -> dict[str, frozenset[str]]:
        """Give the candidates each party asks for."""
        found: dict[str, set[str]] = {party: set() for party in self.parties}
        for one in self.candidates:
            found[one.home].add(one.id)
        return {party: frozenset(ids) for party, ids in found.items()}

    @cached_property
    def sharing(self) -> tuple[str, ...]:
        """Give the parties with somebody to bring home: only they have a share."""
        return tuple(party for party in self.parties if self.returned[party])

    @cached_property
    def joined(self) -> tuple[tuple[str, ...], ...]:
        """Give the groups that travel as one: together-groups that overlap are one group."""
        root: dict[str, str] = {}

        def find(one: str) -> str:
            while root.setdefault(one, one) != one:
                root[one] = root[root[one]]
                one = root[one]
            return one

        for limit in self.limits:
            if isinstance(limit, Together):
                for other in limit.ids[1:]:
                    root[find(other)] = find(limit.ids[0])
        groups: dict[str, list[str]] = {}
        for one in sorted(root):
            groups.setdefault(find(one), []).append(one)
        return tuple(sorted(tuple(group) for group in groups.values()))
