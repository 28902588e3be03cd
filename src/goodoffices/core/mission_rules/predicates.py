# SPDX-License-Identifier: AGPL-3.0-or-later
"""Predicates P1 to P10 of REQUIREMENTS C1, each over plain facts and three values.

Invariant: a predicate is monotone in knowledge. Learning what was unknown may turn "unknown" into yes or no,
never yes into no or no into yes.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from goodoffices.core.mission_rules.facts import (
    INITIATOR,
    Category,
    Experience,
    MissionSettings,
    Nominee,
    OfficialRelation,
    RelationKind,
)
from goodoffices.core.mission_rules.verdict import Tri, all_of, any_of, negated, tri

HUMAN_RIGHTS = "human_rights"
Predicate = Callable[[Nominee, MissionSettings, date], Tri]


def add_months(day: date, months: int) -> date:
    """Give the same day some months on, or that month's last day; the calendar's last day where it ends."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def category_shown(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
    """P1: held an ambassador's rank and is retired; or is foreign, for a defender or civil society actor."""
    if nominee.category is Category.AMBASSADOR:
        return all_of((nominee.rank_ambassador, nominee.retired))
    return nominee.foreign


def relation_stands(relation: OfficialRelation, mission: MissionSettings, as_of: date) -> Tri:
    """Whether a tie still counts: it is current, or ended less than the cooling-off ago. A pension never does."""
    if relation.kind is RelationKind.PENSION:
        return Tri.NO
    if relation.current:
        return Tri.YES
    if relation.ended_on is None:
        return Tri.UNKNOWN if mission.cooling_off_months else Tri.NO
    return tri(add_months(relation.ended_on, mission.cooling_off_months) > as_of)


def free_of(party: int) -> Predicate:
    """P2, P3: no official relation with the government of a high party (0 or 1)."""

    def holds(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
        if nominee.official_relations is None:
            return Tri.UNKNOWN
        ties = (tie for tie in nominee.official_relations if tie.government == mission.high_parties[party])
        return negated(any_of(relation_stands(tie, mission, as_of) for tie in ties))

    return holds


def worked_in_host_state(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
    """P4: any work experience on the territory of the host State."""
    return _any_experience(nominee, lambda one: _begun_there(one, mission, as_of))


def worked_there_in_human_rights(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
    """P5: human rights work there that goes on, or ended within the Mission's recency."""

    def counts(one: Experience) -> Tri:
        subject = Tri.UNKNOWN if one.field is None else tri(one.field == HUMAN_RIGHTS)
        ended = one.ended_on
        recent = ended is None or add_months(ended, 12 * mission.recency_years) >= as_of
        return all_of((_begun_there(one, mission, as_of), subject, tri(recent)))

    return _any_experience(nominee, counts)


def speaks_host_language(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
    """P6: speaks the host State's language."""
    if nominee.languages is None:
        return Tri.UNKNOWN
    return tri(mission.host_language in nominee.languages)


def knows_traditions(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
    """P7: an assessor's note says that the person knows mentality and traditions; never computed."""
    return tri(nominee.mentality_note)


def no_citizen_of(party: int) -> Predicate:
    """P8, P9: not a citizen of a high party (0 or 1); every citizenship counts."""

    def holds(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
        if nominee.citizenships is None:
            return Tri.UNKNOWN
        return tri(mission.high_parties[party] not in nominee.citizenships)

    return holds


def one_delegating_party(nominee: Nominee, mission: MissionSettings, as_of: date) -> Tri:
    """P10: delegated by one interested party, or on the initiator's seat.

    The initiator's representatives sit "as foreign human rights defenders" (REQUIREMENTS A6), so a nominee of the
    other category has no claim to that seat.
    """
    party = nominee.delegating_party
    if party is None:
        return Tri.UNKNOWN
    if party == INITIATOR:
        return tri(nominee.category is Category.DEFENDER)
    return tri(party in mission.high_parties or party == mission.line4_party)


PREDICATES: dict[str, Predicate] = {
    "P1": category_shown,
    "P2": free_of(0),
    "P3": free_of(1),
    "P4": worked_in_host_state,
    "P5": worked_there_in_human_rights,
    "P6": speaks_host_language,
    "P7": knows_traditions,
    "P8": no_citizen_of(0),
    "P9": no_citizen_of(1),
    "P10": one_delegating_party,
}


def _begun_there(one: Experience, mission: MissionSettings, as_of: date) -> Tri:
    place = Tri.UNKNOWN if one.country is None else tri(one.country == mission.host_state)
    return all_of((place, tri(one.began_on <= as_of)))


def _any_experience(nominee: Nominee, counts: Callable[[Experience], Tri]) -> Tri:
    if nominee.experience is None:
        return Tri.UNKNOWN
    return any_of(counts(one) for one in nominee.experience)
