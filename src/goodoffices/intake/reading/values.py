# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turn a cell into a value of its target, keeping the original wording beside it.

Invariant: what can't be read is never replaced by a guess: the value is None and the problem says why, or
the wording stands as it was said with the code "unrecognised".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from goodoffices.core.dates import DateReading, DateUnreadable, Order, infer_order, read_date
from goodoffices.intake.reading.cleaning import clean_text
from goodoffices.intake.reading.columns import DATE_TARGETS, SEALED_TARGETS
from goodoffices.intake.reading.errors import Level, Problem, shorten
from goodoffices.intake.reading.value_words import category_of, is_missing, sex_of, status_of

FIRST_LIKELY_YEAR = 1850
OLDEST_AGE = 125
ANY_PATTERN = "*"
_LONGEST_SEX = 20
_AGE = re.compile(r"(?:\D{0,12})(\d{1,3})(?:\s?-\s?(\d{1,3}))?(?:\D{0,20})")


@dataclass(frozen=True, slots=True)
class CellValue:
    """One cell read.

    Attributes:
        value: canonical text (EDTF for dates, "f"/"m", a vocabulary value, cleaned text); None = nothing known
            or not taken.
        original: the cell as it stands; "" where it must be sealed.
        problem: why it was not taken or what to look at.
        notes: codes of harmless things done, such as order_by_dots or time_dropped.
    """

    value: str | None
    original: str
    problem: Problem | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """How the cells of one column are read.

    Attributes:
        target: what the column holds.
        column: its index.
        order: order of day, month and year.
        pivot: century rule for two-digit years, see read_date.
        serials: whether bare numbers count days.
        missing: the list's own signs for "unknown", casefolded.
        not_after: the latest likely day, as a rule the day the list was handed in.
        m_is_female: "m" stands for "mujer", because the column also has "h".
        repairs: (kind, pattern) -> (repair code, its value), see repairs.py.
    """

    target: str
    column: int = 0
    order: Order | None = None
    pivot: int | None = None
    serials: bool = False
    missing: frozenset[str] = frozenset()
    not_after: date | None = None
    m_is_female: bool = False
    repairs: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def infer_rules(rules: ColumnRules, values: Iterable[str]) -> ColumnRules:
    """Add to the rules what a column's own values show: the date order and Spanish h/m.

    An order that is already settled stays. Give the whole column where it can be had: the one date that
    settles the order may stand far down. The values are read once, in a stream.
    """
    seen = (value for value in values if not is_missing(value, rules.missing))
    if rules.target in DATE_TARGETS and rules.order is None:
        return replace(rules, order=infer_order(seen).order)
    if rules.target == "sex":
        words = {value.strip().casefold()[:_LONGEST_SEX] for value in seen}
        return replace(rules, m_is_female="h" in words and "m" in words and not words & {"f", "ж"})
    return rules


def normalise(text: str, rules: ColumnRules, row: int | None = None) -> CellValue:
    """Read one cell by the rules of its column; never raises."""
    if rules.target in SEALED_TARGETS:
        return _sealed(text, rules, row)
    if is_missing(text, rules.missing):
        return CellValue(None, text)
    cleaned, codes = clean_text(text)
    if is_missing(cleaned, rules.missing):
        return CellValue(None, text, _problem(codes[0], "note", text, rules, row) if codes else None)
    found = _read(cleaned, rules)
    found = _repaired(cleaned, found, rules)
    problem = _problem(found.code, found.level, cleaned, rules, row) if found.code else None
    if problem is None and codes:
        problem = _problem(codes[0], "warning", cleaned, rules, row)
    return CellValue(found.value, text, problem, found.notes)


@dataclass(frozen=True, slots=True)
class _Found:
    value: str | None
    code: str = ""
    level: Level = "warning"
    notes: tuple[str, ...] = ()


def _problem(code: str, level: Level, text: str, rules: ColumnRules, row: int | None) -> Problem:
    return Problem(code, level, row=row, column=rules.column, field=rules.target, text=shorten(text))


def _sealed(text: str, rules: ColumnRules, row: int | None) -> CellValue:
    """Refuse what must be sealed; neither value nor wording goes on from here."""
    if is_missing(text, rules.missing):
        return CellValue(None, "")
    return CellValue(None, "", _problem("must_be_sealed", "refusal", "", rules, row))


def _read(text: str, rules: ColumnRules) -> _Found:
    if rules.target in DATE_TARGETS:
        return _date(text, rules)
    reader = _READERS.get(rules.target)
    return reader(text, rules) if reader else _Found(text)


def _date(text: str, rules: ColumnRules) -> _Found:
    try:
        reading = read_date(text, order=rules.order, pivot=rules.pivot, serials=rules.serials)
    except DateUnreadable as error:
        if rules.target == "last_seen":
            # "Last seen" is as often a place as a day: words stay as they were said.
            return _Found(text, notes=("kept_as_said",))
        return _Found(None, error.code, "refusal")
    if reading.ambiguous:
        return _Found(None, "ambiguous_order", "refusal")
    return _likely(reading, rules)


def _likely(reading: DateReading, rules: ColumnRules) -> _Found:
    value = reading.edtf[:4] if rules.target == "birth_year" and len(reading.edtf) == 10 else reading.edtf
    span = reading.date
    too_early = span.latest is not None and span.latest.year < FIRST_LIKELY_YEAR
    too_late = rules.not_after is not None and span.earliest is not None and span.earliest > rules.not_after
    if too_early or too_late:
        return _Found(value, "implausible_date", notes=reading.notes)
    return _Found(value, "order_swapped" if "order_swapped" in reading.notes else "", notes=reading.notes)


def _age(text: str, _rules: ColumnRules) -> _Found:
    match = _AGE.fullmatch(text)
    if match is None:
        return _Found(None, "not_an_age", "refusal")
    ages = [int(part) for part in match.groups() if part]
    if max(ages) > OLDEST_AGE or ages != sorted(ages):
        return _Found(None, "not_an_age", "refusal")
    return _Found("-".join(map(str, ages)))


def _sex(text: str, rules: ColumnRules) -> _Found:
    if rules.m_is_female and text.casefold() == "m":
        return _Found("f")
    word = sex_of(text)
    return _Found(word) if word else _Found(None, "unrecognised", "refusal")


def _category(text: str, _rules: ColumnRules) -> _Found:
    word = category_of(text)
    return _Found(word) if word else _Found(text, "unrecognised", "note")


def _status(text: str, _rules: ColumnRules) -> _Found:
    word = status_of(text)
    return _Found(word) if word else _Found(text, "unrecognised", "note")


_READERS: dict[str, Callable[[str, ColumnRules], _Found]] = {
    "age": _age,
    "sex": _sex,
    "category": _category,
    "status": _status,
}


def pattern_of(text: str) -> str:
    """Give the shape of a cell: 9 for each digit, words as they are in small letters, 40 signs at most."""
    return re.sub(r"\d", "9", text.casefold())[:40]


def _repaired(text: str, found: _Found, rules: ColumnRules) -> _Found:
    """Apply the repair a person chose for this kind of problem and shape of cell, if there is one."""
    if not found.code or not rules.repairs:
        return found
    chosen = rules.repairs.get((found.code, pattern_of(text))) or rules.repairs.get((found.code, ANY_PATTERN))
    if chosen is None:
        return found
    code, value = chosen
    repair = _REPAIRS.get(code)
    return repair(text, value, found, rules) if repair else found


def _reread(text: str, rules: ColumnRules) -> _Found:
    return _read(text, replace(rules, repairs={}))


def _repair_order(text: str, value: str, found: _Found, rules: ColumnRules) -> _Found:
    orders: dict[str, Order] = {"DMY": "DMY", "MDY": "MDY", "YMD": "YMD"}
    return _reread(text, replace(rules, order=orders[value])) if value in orders else found


def _repair_pivot(text: str, value: str, found: _Found, rules: ColumnRules) -> _Found:
    return _reread(text, replace(rules, pivot=int(value))) if re.fullmatch(r"\d{1,2}", value) else found


def _repair_approximate(text: str, _value: str, found: _Found, _rules: ColumnRules) -> _Found:
    years = re.findall(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", text)
    return _Found(f"{years[0]}~", notes=("kept_approximate",)) if len(set(years)) == 1 else found


_REPAIRS: dict[str, Callable[[str, str, _Found, ColumnRules], _Found]] = {
    "order": _repair_order,
    "pivot": _repair_pivot,
    "serials": lambda text, _value, _found, rules: _reread(text, replace(rules, serials=True)),
    "missing": lambda _text, _value, _found, _rules: _Found(None, notes=("treated_as_missing",)),
    "approximate": _repair_approximate,
    "as_said": lambda text, _value, _found, _rules: _Found(text, notes=("kept_as_said",)),
    "accept": lambda _text, _value, found, _rules: _Found(found.value, notes=found.notes),
    "value": lambda _text, value, _found, _rules: _Found(value, notes=("replaced",)),
}
