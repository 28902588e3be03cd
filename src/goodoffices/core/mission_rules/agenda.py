# SPDX-License-Identifier: AGPL-3.0-or-later
"""The agenda lines L1 to L4: which of them a person's situation falls under (REQUIREMENTS C4).

L1 and L2 are mirror images: swap the two high parties and the lines swap, nothing else changes. Whose territory
a disputed place is, code never infers: there L1 and L2 wait for a mandator's decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.mission_rules.verdict import Tri, all_of, any_of, tri


class Line(StrEnum):
    """The four lines of the texts: nationals of one party held by the other, both ways; submitted matters; line 4."""

    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a person's situation; None = not known.

    Attributes:
        citizenships: every citizenship, as country codes.
        holding: code of the holding State, or of one of the settings' territories.
        requesting: code of the State at whose request a third State holds; an empty string = known that none does.
        deprived: whether the person is deprived of liberty.
        decided_state: the State a mandator decided to treat a territory's holding as, None while undecided.
        submitted: whether a delegate submitted the matter, as :func:`matters.matter_problems` allows.
    """

    citizenships: tuple[str, ...] | None
    holding: str | None
    requesting: str | None = None
    deprived: Tri = Tri.UNKNOWN
    decided_state: str | None = None
    submitted: bool = False


@dataclass(frozen=True, slots=True)
class AgendaSettings:
    """A Mission's settings of its lines.

    Attributes:
        high_parties: the two high parties; L1 is the first's nationals held by the second, L2 the reverse.
        third_country: lines that also cover persons held in a third State at the holder's request. One text says
            so for L2 alone.
        line4_party: whose nationals line 4 is about, None where the line is off.
        line4_holding: States and territories line 4 covers.
        territories: codes in ``holding`` that are no State, with the States that claim to govern them; between
            those only a mandator may decide L1 and L2.
    """

    high_parties: tuple[str, str]
    third_country: frozenset[Line] = frozenset()
    line4_party: str | None = None
    line4_holding: frozenset[str] = frozenset()
    territories: Mapping[str, frozenset[str]] = field(default_factory=dict)


class NoLine(GoodOfficesError):
    """An item without a line, or with one it doesn't fall under."""

    code = "no_agenda_line"


def lines_of(person: Held, settings: AgendaSettings) -> dict[Line, Tri]:
    """Say for each line whether the person falls under it."""
    first, second = settings.high_parties
    return {
        Line.L1: all_of((person.deprived, _national(person, first), _held_by(person, second, Line.L1, settings))),
        Line.L2: all_of((person.deprived, _national(person, second), _held_by(person, first, Line.L2, settings))),
        Line.L3: tri(person.submitted),
        Line.L4: _line4(person, settings),
    }


def check_primary(primary: Line | None, lines: dict[Line, Tri]) -> Line:
    """Give the one line an item carries.

    Raises:
        NoLine: none is given, or the person isn't shown to fall under it.
    """
    if primary is None:
        raise NoLine("The item has no agenda line.", hint="Choose the one line it is on.")
    if lines[primary] is not Tri.YES:
        raise NoLine(
            f"The item is not shown to fall under {primary}.",
            where={"line": str(primary), "shown": str(lines[primary])},
            hint="Choose a line it falls under, or record the fact that shows it.",
        )
    return primary


def _national(person: Held, party: str) -> Tri:
    return Tri.UNKNOWN if person.citizenships is None else tri(party in person.citizenships)


def _held_by(person: Held, party: str, line: Line, settings: AgendaSettings) -> Tri:
    holding = _holding_state(person, party, settings)
    if line not in settings.third_country:
        return holding
    at_request = Tri.UNKNOWN if person.requesting is None else tri(person.requesting == party)
    return any_of((holding, at_request))


def _holding_state(person: Held, party: str, settings: AgendaSettings) -> Tri:
    if person.holding is None:
        return Tri.UNKNOWN
    claimants = settings.territories.get(person.holding)
    if claimants is None:
        return tri(person.holding == party)
    if party not in claimants:
        return Tri.NO
    return Tri.UNKNOWN if person.decided_state is None else tri(person.decided_state == party)


def _line4(person: Held, settings: AgendaSettings) -> Tri:
    if settings.line4_party is None:
        return Tri.NO
    place = Tri.UNKNOWN if person.holding is None else tri(person.holding in settings.line4_holding)
    return all_of((person.deprived, _national(person, settings.line4_party), place))
