# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read a nomination as CONTRACTS 3.3 writes it; every field is checked, a mistake names its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.mission_rules.defaults import agenda_defaults
from goodoffices.core.mission_rules.facts import (
    INITIATOR,
    Category,
    Experience,
    MissionSettings,
    Nominee,
    OfficialRelation,
    RelationKind,
)
from goodoffices.core.mission_rules.verdict import Tri

Read = TypeVar("Read")
Choice = TypeVar("Choice", bound=StrEnum)

MAX_ENTRIES = 1_000
MAX_MONTHS, MAX_YEARS = 1_200, 100
_COUNTRY = re.compile("[A-Z]{2}")
_LANGUAGE = re.compile("([a-z]{2,3})(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadNomination(GoodOfficesError):
    """A nomination that can't be read."""

    code = "bad_nomination"


@dataclass(frozen=True, slots=True)
class Nomination:
    """What is asked: a nominee, a Mission, a day."""

    nominee: Nominee
    mission: MissionSettings
    as_of: date


def read_nomination(value: object) -> Nomination:
    """Read the whole object.

    Raises:
        BadNomination: a field is missing, unknown, of a wrong kind or contradicts another.
    """
    whole = _fields(value, "nomination", {"nominee", "mission", "as_of"}, needed={"nominee", "mission", "as_of"})
    mission = _mission(whole["mission"])
    return Nomination(_nominee(whole["nominee"]), mission, _day(whole["as_of"], "as_of"))


def _mission(value: object) -> MissionSettings:
    known = {"host_state", "high_parties", "host_language", "cooling_off_months", "recency_years", "line4_party"}
    raw = _fields(value, "mission", known, needed={"host_state", "high_parties", "host_language"})
    parties = _entries(raw["high_parties"], "mission.high_parties", _country)
    if len(parties) != 2 or len(set(parties)) != 2:
        raise _bad("mission.high_parties", "isn't two different countries", 'Write for example ["FR", "CH"].')
    line4 = raw.get("line4_party", agenda_defaults().line4_party)
    return MissionSettings(
        host_state=_country(raw["host_state"], "mission.host_state"),
        high_parties=(parties[0], parties[1]),
        host_language=_language(raw["host_language"], "mission.host_language"),
        cooling_off_months=_count(raw.get("cooling_off_months", 0), "mission.cooling_off_months", MAX_MONTHS),
        recency_years=_count(raw.get("recency_years", 10), "mission.recency_years", MAX_YEARS),
        line4_party=None if line4 is None else _country(line4, "mission.line4_party"),
    )


def _nominee(value: object) -> Nominee:
    known = {
        "category", "rank_ambassador", "retired", "foreign", "citizenships", "official_relations", "experience",
        "languages", "mentality_note", "delegating_party",
    }  # fmt: skip
    raw = _fields(value, "nominee", known, needed={"category"})

    def fact(name: str) -> Tri:
        given = raw.get(name)
        return Tri.UNKNOWN if given is None else _choice(given, f"nominee.{name}", Tri)

    def several(name: str, read: Callable[[object, str], Read]) -> tuple[Read, ...] | None:
        given = raw.get(name)
        return None if given is None else _entries(given, f"nominee.{name}", read)

    return Nominee(
        category=_choice(raw["category"], "nominee.category", Category),
        rank_ambassador=fact("rank_ambassador"),
        retired=fact("retired"),
        foreign=fact("foreign"),
        citizenships=several("citizenships", _country),
        official_relations=several("official_relations", _relation),
        experience=several("experience", _experience),
        languages=several("languages", _language),
        mentality_note=_yes_no_or_none(raw.get("mentality_note"), "nominee.mentality_note"),
        delegating_party=_party(raw.get("delegating_party"), "nominee.delegating_party"),
    )


def _relation(value: object, at: str) -> OfficialRelation:
    known = {"government", "kind", "current", "ended_on"}
    raw = _fields(value, at, known, needed=known - {"ended_on"})
    current = raw["current"]
    if not isinstance(current, bool):
        raise _bad(f"{at}.current", "is neither true nor false", "Write true or false.")
    return OfficialRelation(
        government=_country(raw["government"], f"{at}.government"),
        kind=_choice(raw["kind"], f"{at}.kind", RelationKind),
        current=current,
        ended_on=_day_or_none(raw.get("ended_on"), f"{at}.ended_on"),
    )


def _experience(value: object, at: str) -> Experience:
    known = {"country", "field", "from", "to"}
    raw = _fields(value, at, known, needed={"country", "field", "from"})
    country, subject = raw["country"], raw["field"]
    if subject is not None and (not isinstance(subject, str) or not subject.strip()):
        raise _bad(f"{at}.field", "names no field of work", 'Write for example "human_rights", or null if not known.')
    began, ended = _day(raw["from"], f"{at}.from"), _day_or_none(raw.get("to"), f"{at}.to")
    if ended is not None and ended < began:
        raise _bad(f"{at}.to", 'is before "from"', "Correct one of the two dates.")
    return Experience(
        country=None if country is None else _country(country, f"{at}.country"),
        field=None if subject is None else subject.strip(),
        began_on=began,
        ended_on=ended,
    )


def _bad(field: str, what: str, hint: str) -> BadNomination:
    return BadNomination(f"{field} {what}.", where={"field": field}, hint=hint)


def _fields(value: object, at: str, known: set[str], *, needed: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _bad(at, "isn't an object", "Write it as {...}.")
    for name in value:
        if name not in known:
            near = get_close_matches(name, sorted(known), 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(sorted(known))}."
            raise _bad(f"{at}.{name[:80]}", "isn't known", hint)
    for name in sorted(needed - value.keys()):
        raise _bad(f"{at}.{name}", "is missing", "Add it.")
    return value


def _entries(value: object, at: str, read: Callable[[object, str], Read]) -> tuple[Read, ...]:
    if not isinstance(value, list):
        raise _bad(at, "isn't a list", "Write [...]; [] means that there is none.")
    if len(value) > MAX_ENTRIES:
        raise _bad(at, f"has more than {MAX_ENTRIES:,} entries", "Give only what this nominee has.")
    return tuple(read(one, f"{at}[{index}]") for index, one in enumerate(value))


def _choice(value: object, at: str, kinds: type[Choice]) -> Choice:
    allowed = [str(one) for one in kinds]
    if not isinstance(value, str) or value not in allowed:
        raise _bad(at, "isn't one of the words it may be", f"Write one of: {', '.join(allowed)}.")
    return kinds(value)


def _country(value: object, at: str) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise _bad(at, "isn't a country code", 'Write two capital letters as in ISO 3166-1, for example "NO".')
    return value


def _party(value: object, at: str) -> str | None:
    if value is None:
        return None
    return INITIATOR if value == INITIATOR else _country(value, at)


def _language(value: object, at: str) -> str:
    found = _LANGUAGE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _bad(at, "isn't a language code", 'Write for example "ru" or "en-GB".')
    return found[1].lower()


def _count(value: object, at: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise _bad(at, f"isn't a whole number from 0 to {most:,}", "Correct the number.")
    return value


def _yes_no_or_none(value: object, at: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise _bad(at, "is neither true, false nor null", "Write null as long as no assessor left a note.")
    return value


def _day(value: object, at: str) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _bad(at, "isn't a calendar date", "Write it as 2024-05-31.")


def _day_or_none(value: object, at: str) -> date | None:
    return None if value is None else _day(value, at)
