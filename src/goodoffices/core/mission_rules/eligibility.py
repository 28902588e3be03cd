# SPDX-License-Identifier: AGPL-3.0-or-later
"""May this nominee be seated? Three rule sets over the same predicates (REQUIREMENTS C1, CONTRACTS 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodoffices.core.mission_rules.facts import INITIATOR, Category, MissionSettings, Nominee, RelationKind
from goodoffices.core.mission_rules.predicates import PREDICATES, relation_stands
from goodoffices.core.mission_rules.verdict import Tri, Verdict, as_verdict, result_of


class RuleSet(StrEnum):
    """Whose text decides: seed 000, seed 001, or both at once (the default)."""

    TEXT_000 = "000"
    TEXT_001 = "001"
    STRICT = "strict"


_TIES = frozenset({"P2", "P3"})
_ALWAYS = frozenset({"P1", "P10"}) | _TIES

# Which predicates each text asks of each category. P2 and P3 of set 001 depend on the delegating party: see _asked.
REQUIRED: dict[RuleSet, dict[Category, frozenset[str]]] = {
    RuleSet.TEXT_000: {
        Category.AMBASSADOR: _ALWAYS | {"P4"},
        Category.DEFENDER: _ALWAYS | {"P4", "P6", "P7", "P8", "P9"},
    },
    RuleSet.TEXT_001: {
        Category.AMBASSADOR: _ALWAYS,
        Category.DEFENDER: _ALWAYS | {"P4", "P5", "P6", "P8", "P9"},
    },
    RuleSet.STRICT: {
        Category.AMBASSADOR: _ALWAYS | {"P4"},
        Category.DEFENDER: _ALWAYS | {"P4", "P5", "P6", "P7", "P8", "P9"},
    },
}

# Notices: what a decider must know beside the verdicts. Sentences for them live in the templates of the Mission.
EXPERIENCE_NOT_LISTED = "experience_not_listed_for_ambassadors"
LINE4_RELATION = "line4_relation_not_covered"
PENSION = "pension_is_no_relation"
COOLING_OFF = "cooling_off_applied"
DATES_DISAGREE = "relation_dates_disagree"
INITIATOR_SEAT = "initiator_seat_is_for_defenders"
BAR_READ_WIDELY = "citizenship_bar_read_as_neither"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer of one rule set: the sum, each predicate's verdict in order P1 to P10, and notice codes."""

    result: Verdict
    predicates: dict[str, Verdict]
    notices: tuple[str, ...]


def judge(nominee: Nominee, mission: MissionSettings, rules: RuleSet, as_of: date) -> Eligibility:
    """Judge a nominee by a rule set as of a day.

    Returns:
        ``fail`` if any required predicate fails, else ``not_shown`` if any isn't shown, else ``pass``. Only
        ``pass`` may be seated.
    """
    verdicts = {
        name: _verdict(name, holds(nominee, mission, as_of), nominee, mission, rules)
        for name, holds in PREDICATES.items()
    }
    return Eligibility(result_of(verdicts.values()), verdicts, _notices(nominee, mission, rules, as_of))


def _verdict(name: str, fact: Tri, nominee: Nominee, mission: MissionSettings, rules: RuleSet) -> Verdict:
    asked = _asked(name, nominee, mission, rules)
    if asked is Tri.NO:
        return Verdict.NOT_REQUIRED
    # Not known whether the text asks: a fact that holds is fine either way, any other decides nothing yet.
    if asked is Tri.UNKNOWN and fact is not Tri.YES:
        return Verdict.NOT_SHOWN
    return as_verdict(fact)


def _asked(name: str, nominee: Nominee, mission: MissionSettings, rules: RuleSet) -> Tri:
    if name not in REQUIRED[rules][nominee.category]:
        return Tri.NO
    if rules is not RuleSet.TEXT_001 or name not in _TIES:
        return Tri.YES
    # Seed 001: "the Government of the relevant interested party", so only the one that delegates.
    party = nominee.delegating_party
    if party is None:
        return Tri.UNKNOWN
    own = mission.high_parties[0 if name == "P2" else 1]
    return Tri.YES if party in (INITIATOR, own) else Tri.NO


def _notices(nominee: Nominee, mission: MissionSettings, rules: RuleSet, as_of: date) -> tuple[str, ...]:
    ambassador = nominee.category is Category.AMBASSADOR
    ties = [tie for tie in nominee.official_relations or () if tie.government in mission.high_parties]
    past = [tie for tie in ties if not tie.current and tie.kind is not RelationKind.PENSION]
    citizen_of = {party for party in mission.high_parties if party in (nominee.citizenships or ())}
    told = {
        EXPERIENCE_NOT_LISTED: rules is RuleSet.TEXT_001 and ambassador,
        LINE4_RELATION: _tied_to_line4(nominee, mission),
        PENSION: any(tie.kind is RelationKind.PENSION for tie in ties),
        COOLING_OFF: any(relation_stands(tie, mission, as_of) is not Tri.NO for tie in past),
        DATES_DISAGREE: any(tie.ended_on is not None and tie.current == (tie.ended_on <= as_of) for tie in ties),
        INITIATOR_SEAT: ambassador and nominee.delegating_party == INITIATOR,
        BAR_READ_WIDELY: rules is RuleSet.TEXT_001 and not ambassador and len(citizen_of) == 1,
    }
    return tuple(code for code, holds in told.items() if holds)


def _tied_to_line4(nominee: Nominee, mission: MissionSettings) -> bool:
    party = mission.line4_party
    if party is None or party in mission.high_parties:
        return False
    governments = {tie.government for tie in nominee.official_relations or () if tie.kind is not RelationKind.PENSION}
    return party in governments or party in (nominee.citizenships or ()) or party == nominee.delegating_party
