# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make a record ready for comparing: readings of its name, dates, places; and its keys for finding it."""

from __future__ import annotations

from goodoffices.core.linkage.fields import category_form, held_form, residence_form, unit_form
from goodoffices.core.linkage.record import Prepared, Reading, Record
from goodoffices.core.linkage.spans import read_span
from goodoffices.core.names.fold import fold
from goodoffices.core.names.given import given_sex, is_given
from goodoffices.core.names.parse import NameReading, parse_name, words
from goodoffices.core.names.patronymic import patronymic_sex

MAX_READINGS = 6


def prepare(record: Record) -> Prepared:
    """Make a record ready. Pure and deterministic; words are folded once and remembered."""
    found = _name_readings(record)
    readings = tuple(dict.fromkeys(Reading(each.family, each.given, each.patronymic, each.alias) for each in found))[
        :MAX_READINGS
    ] or (Reading("", "", ""),)
    stated = record.sex if record.sex in ("m", "f") else ""
    return Prepared(
        record=record,
        readings=readings,
        certain=all(each.certain for each in found),
        family_2=" ".join(words(record.family_name_2 or "")),
        born=read_span(record.dob),
        event=read_span(record.event_date),
        sex=stated or _implied_sex(readings[0]),
        sex_stated=bool(stated),
        residence=residence_form(record.residence),
        place_held=held_form(record.place_held),
        unit=unit_form(record.unit),
        category=category_form(record.category),
    )


def _name_readings(record: Record) -> list[NameReading]:
    found: list[NameReading] = []
    if record.family_name or record.given_name:
        found.extend(_from_parts(record))
    elif record.name:
        found.extend(parse_name(record.name, record.sex))
    for alias in record.aliases:
        for reading in parse_name(alias):
            found.append(_alias_reading(reading, found[0] if found else None))
    return found


def _alias_reading(reading: NameReading, main: NameReading | None) -> NameReading:
    """A one-word alias is another surname or given name of the same person."""
    family, given = reading.family, reading.given
    if main and not (family and given):
        family, given = family or main.family, given or main.given
    return NameReading(family, given, reading.patronymic, reading.certain, reading.script, reading.language, True)


def _from_parts(record: Record) -> list[NameReading]:
    """Columns that are split already; given name and patronymic may share one."""
    joined = ", ".join(part for part in (record.family_name, record.given_name) if part)
    if not record.family_name or not record.given_name:
        parsed = parse_name(joined)
        return [_with_patronymic(each, record.patronymic) for each in parsed]
    given = " ".join(part for part in (record.given_name, record.patronymic) if part)
    family = record.family_name.replace(",", " ")
    found = list(parse_name(f"{family}, {given.replace(',', ' ')}"))
    return [*found, *_swapped(found[0])] if found else found


def _swapped(reading: NameReading) -> list[NameReading]:
    """Columns filled in the wrong way round: a given name under surname and an unknown word under given."""
    first, second = reading.family.split()[:1], reading.given.split()[:1]
    if not first or not second or not is_given(fold(first[0])) or is_given(fold(second[0])):
        return []
    return [
        NameReading(
            reading.given, reading.family, reading.patronymic, False, reading.script, reading.language, reading.alias
        )
    ]


def _with_patronymic(reading: NameReading, patronymic: str | None) -> NameReading:
    text = " ".join(words(patronymic or "")) or reading.patronymic
    return NameReading(
        reading.family, reading.given, text, reading.certain, reading.script, reading.language, reading.alias
    )


def _implied_sex(reading: Reading) -> str:
    by_father = patronymic_sex(fold(reading.patronymic)) if len(reading.patronymic) > 4 else None
    if by_father:
        return by_father
    first = reading.given.split()[:1]
    return (given_sex(fold(first[0])) or "") if first else ""
