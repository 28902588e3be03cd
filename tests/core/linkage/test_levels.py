# SPDX-License-Identifier: AGPL-3.0-or-later
"""Levels of agreement: examples of every kind of slip, and symmetry for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.linkage.datelevels import BORN, EVENT, born_levels, event_levels
from goodoffices.core.linkage.fields import (
    HELD,
    RESIDENCE,
    category_form,
    held_form,
    held_level,
    residence_form,
    residence_level,
    unit_form,
    unit_level,
)
from goodoffices.core.linkage.spans import DateSpan, read_span
from goodoffices.core.linkage.table import Dates
from goodoffices.core.names.levels import (
    GIVEN,
    PATRONYMIC,
    SURNAME,
    given_level,
    patronymic_level,
    surname_level,
)


def column(span: DateSpan | None) -> Dates:
    values = (span.year, span.month, span.day, int(span.vague), span.first, span.last) if span else (0,) * 6
    return Dates(*(np.array([value], dtype=np.int64) for value in values))


def born(a: str | None, b: str | None) -> str:
    return BORN[int(born_levels(column(read_span(a)), column(read_span(b)))[0])]


def event(a: str | None, b: str | None) -> str:
    return EVENT[int(event_levels(column(read_span(a)), column(read_span(b)))[0])]


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("1985-03-12", "1985-03-12", "same_day"),
        ("1985-03-12", "1985-03", "same_month"),
        ("1985-03-12", "1985", "same_year"),
        ("1985-03-12", "1984/1986", "within_range"),
        ("1985-03-12", "1986~", "within_range"),
        ("1985-03-12", "1985-12-03", "day_month_swapped"),
        ("1985-03-12", "1985-03-13", "one_part_slightly_off"),
        ("1985-03-12", "1985-03-22", "one_part_slightly_off"),
        ("1985-03-12", "1986-03-12", "year_off_by_one"),
        ("1985-03-12", "1975-03-12", "year_digit_off"),
        ("1985-03-12", "1985-03-27", "one_part_different"),
        ("1985-03-12", "1985-01-01", "new_year_convention"),
        ("1985-03-12", "1985-07-30", "same_year_other_day"),
        ("1985-03-12", "1986-08-01", "years_close"),
        ("1985-03-12", "1993-08-01", "different"),
        ("1955-03-12", "1985-08-01", "generation_apart"),
        (None, "1985", "missing"),
        ("not a date", "1985", "missing"),
    ],
)
def test_slips_in_a_date_of_birth_are_told_apart(a: str | None, b: str | None, level: str) -> None:
    assert born(a, b) == level
    assert born(b, a) == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("2022-04-13", "2022-04-13", "same_day"),
        ("2022-04-13", "2022-04-18", "within_week"),
        ("2022-12-30", "2023-01-02", "within_week"),
        ("2022-04-13", "2022-05-20", "within_two_months"),
        ("2022-04", "2022-04-13", "same_month"),
        ("2022", "2022-04-13", "same_year"),
        ("2022-04-13", "2022-11-01", "same_year_other_day"),
        ("2021-04-13", "2023-11-01", "different"),
        (None, "2022", "missing"),
    ],
)
def test_dates_of_capture_agree_by_degrees(a: str | None, b: str | None, level: str) -> None:
    assert event(a, b) == level
    assert event(b, a) == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("м. Бахмут", "Артемівськ", "same_renamed"),
        ("Бахмут", "Bakhmut", "same"),
        ("Запорізька обл., Іванівка", "Запорізька область", "same_region"),
        ("Запорізька обл., Іванівка", "Харківська обл., Іванівка", "different"),
        ("Тернопіпь", "Тернопіль", "close"),
        ("Львів", "Одеса", "different"),
        (None, "Одеса", "missing"),
    ],
)
def test_places_meet_across_scripts_names_and_slips(a: str | None, b: str | None, level: str) -> None:
    assert RESIDENCE[residence_level(residence_form(a), residence_form(b))] == level


def test_places_of_detention_units_and_categories_meet_across_languages() -> None:
    assert HELD[held_level(held_form("ВК-9 Борисоглєбськ"), held_form("ИК-9 Борисоглебск"))] == "same"
    assert HELD[held_level(held_form("СІЗО-2 Таганрог"), held_form("SIZO-2 Taganrog"))] == "same"
    assert HELD[held_level(held_form("SIZO-2 Ryazhsk"), held_form("СИЗО-3 Ряжск"))] == "same_place"
    assert unit_level(unit_form("36 ОБрМП"), unit_form("36th Marine Brigade")) == 1
    assert unit_level(unit_form("Держприкордонслужба"), unit_form("State Border Guard")) == 1
    assert category_form("військовополонений") == category_form("военнопленный") == category_form("POW") == "pow"
    assert category_form("цивільний") == category_form("гражданский") == category_form("civilian") == "civilian"


TEXTS = st.text(alphabet="абвгдежиіїйклмнопрстуьюя abcdehiklmnoprstuvyz-'", max_size=24)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_no_level_depends_on_which_side_comes_first(a: str, b: str) -> None:
    a, b = " ".join(a.split()), " ".join(b.split())
    for level, names in ((surname_level, SURNAME), (given_level, GIVEN), (patronymic_level, PATRONYMIC)):
        assert level(a, b) == level(b, a)
        assert 0 <= level(a, b) < len(names)
        assert (level(a, b) == 0) or (a and b)
    for form, compare in ((residence_form, residence_level), (held_form, held_level), (unit_form, unit_level)):
        assert compare(form(a), form(b)) == compare(form(b), form(a))


SPANS = st.sampled_from(
    [None, "1985-03-12", "1985-12-03", "1985", "1985-03", "1975-03-12", "1984/1986", "1985~", "198X", "1985-01-01"]
)


@given(SPANS, SPANS)
def test_no_date_level_depends_on_which_side_comes_first(a: str | None, b: str | None) -> None:
    assert born(a, b) == born(b, a)
    assert event(a, b) == event(b, a)
