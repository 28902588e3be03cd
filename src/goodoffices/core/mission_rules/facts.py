# SPDX-License-Identifier: AGPL-3.0-or-later
"""The facts the eligibility rules look at. Countries and parties are data; no rule names one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodoffices.core.mission_rules.verdict import Tri

INITIATOR = "initiator"


class Category(StrEnum):
    """The two categories both texts name: (a) retired ambassadors, (b) foreign defenders and civil society actors."""

    AMBASSADOR = "ambassador"
    DEFENDER = "defender"


class RelationKind(StrEnum):
    """Ways to be tied to a government. A pension from past service is listed, and is no relation."""

    EMPLOYMENT = "employment"
    OFFICE = "office"
    APPOINTMENT = "appointment"
    CONTRACT = "contract"
    ADVISORY = "advisory"
    RESERVE = "reserve"
    MANDATE = "mandate"
    LOBBYING = "lobbying"
    PENSION = "pension"


@dataclass(frozen=True, slots=True)
class OfficialRelation:
    """One tie to a government.

    Attributes:
        government: country code.
        kind: what ties.
        current: whether it stands.
        ended_on: its last day, None if it stands or the day isn't known.
    """

    government: str
    kind: RelationKind
    current: bool
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """Work in a country; ``country`` or ``field`` None = not known, ``ended_on`` None = it goes on."""

    country: str | None
    field: str | None
    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Nominee:
    """What is known of a nominee; None = not known, an empty tuple = known that there is none.

    Attributes:
        category: the category the nomination names.
        rank_ambassador: whether the person held the rank of ambassador.
        retired: whether the person is retired from that service.
        foreign: whether the person is foreign to the host State and to the high parties, as an assessor found.
        citizenships: every citizenship, as country codes.
        official_relations: every tie to a government.
        experience: every work experience.
        languages: languages spoken, primary subtags.
        mentality_note: what the assessor's note says of knowing mentality and traditions; None = no note.
        delegating_party: the party whose seat it is, ``initiator`` for the initiator's.
    """

    category: Category
    rank_ambassador: Tri = Tri.UNKNOWN
    retired: Tri = Tri.UNKNOWN
    foreign: Tri = Tri.UNKNOWN
    citizenships: tuple[str, ...] | None = None
    official_relations: tuple[OfficialRelation, ...] | None = None
    experience: tuple[Experience, ...] | None = None
    languages: tuple[str, ...] | None = None
    mentality_note: bool | None = None
    delegating_party: str | None = None


@dataclass(frozen=True, slots=True)
class MissionSettings:
    """A Mission's own settings.

    Attributes:
        host_state: country code of the seat.
        high_parties: the two high parties, in the order P2/P8 and P3/P9 look at them.
        host_language: primary subtag of the host State's language.
        cooling_off_months: how long after its end a relation still counts; 0 = not at all.
        recency_years: how long ago human rights work in the host State may have ended.
        line4_party: the interested party of agenda line 4, None where that line is off.
    """

    host_state: str
    high_parties: tuple[str, str]
    host_language: str
    cooling_off_months: int = 0
    recency_years: int = 10
    line4_party: str | None = None
