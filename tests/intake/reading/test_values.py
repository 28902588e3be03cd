# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cells become values or stand as they were said, with the reason; nothing is guessed, nothing crashes."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.dates import parse_edtf
from goodoffices.intake.reading import TARGETS, ColumnRules, clean_text, infer_rules, normalise


def read(target, text, **rules):
    return normalise(text, ColumnRules(target, **rules), 7)


def code(cell):
    return cell.problem.code if cell.problem else ""


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "—", "н/д", "невідомо", "Неизвестно", "sin datos", "unknown", "N/A", "???", "s/d", "\u200b"]
)
@pytest.mark.parametrize("target", ["name", "dob", "sex", "category"])
def test_a_sign_of_unknown_is_no_value(target, text):
    cell = read(target, text)
    assert cell.value is None
    assert cell.problem is None or cell.problem.level == "note"


def test_a_list_may_have_signs_of_its_own():
    assert read("name", "Keine", missing=frozenset({"keine"})).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("ч", "m"), ("Ж", "f"), ("жін.", "f"), ("мужской", "m"), ("FEMALE", "f"), ("Masculino", "m"), ("Hombre", "m")],
)
def test_sexes_are_read_in_four_languages(text, value):
    assert read("sex", text).value == value


def test_hombre_and_mujer_by_their_letters_are_not_mistaken():
    rules = infer_rules(ColumnRules("sex"), ["H", "M", "H", "-"])
    assert [normalise(letter, rules).value for letter in "HM"] == ["m", "f"]
    usual = infer_rules(ColumnRules("sex"), ["F", "M"])
    assert [normalise(letter, usual).value for letter in "FM"] == ["f", "m"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("військовополонений", "prisoner_of_war"),
        ("POW", "prisoner_of_war"),
        ("гражданский", "civilian"),
        ("цивільна особа", "civilian"),
        ("дитина", "child"),
        ("preso político", "political_prisoner"),
        ("осуждённый", "convict"),
        ("медик", "medic"),
        ("пацієнт", "patient"),
    ],
)
def test_categories_are_read_in_four_languages(text, value):
    cell = read("category", text)
    assert (cell.value, cell.problem) == (value, None)


def test_unknown_wording_stands_as_it_was_said():
    cell = read("category", "вольнонаёмный повар")
    assert (cell.value, code(cell), cell.problem.level) == ("вольнонаёмный повар", "unrecognised", "note")
    assert read("sex", "чи").value is None


def test_dates_follow_the_order_of_their_column():
    rules = infer_rules(ColumnRules("dob"), ["03/05/1985", "26/12/1976"])
    assert rules.order == "DMY"
    assert normalise("03/05/1985", rules).value == "1985-05-03"
    open_order = infer_rules(ColumnRules("dob"), ["03/05/1985", "04/06/1976"])
    cell = normalise("03/05/1985", open_order, 5)
    assert (cell.value, code(cell), cell.problem.row, cell.problem.field) == (None, "ambiguous_order", 5, "dob")


def test_an_impossible_date_is_refused_with_row_and_field():
    cell = read("dob", "31.02.1990", column=4)
    assert (cell.value, cell.original, code(cell), cell.problem.level) == (
        None, "31.02.1990", "not_a_calendar_date", "refusal",
    )  # fmt: skip
    assert (cell.problem.row, cell.problem.column, cell.problem.field) == (7, 4, "dob")


def test_an_unlikely_date_is_kept_and_marked():
    assert code(read("dob", "1403/05/12")) == "implausible_date"
    assert code(read("dob", "03.05.2085", not_after=date(2026, 11, 21))) == "implausible_date"
    assert read("dob", "1403/05/12").value == "1403-05-12"


def test_a_birth_year_may_come_as_a_full_date():
    assert read("birth_year", "03.05.1985").value == "1985"
    assert read("birth_year", "бл. 1985").value == "1985~"


def test_last_seen_may_be_a_place():
    assert read("last_seen", "Маріуполь, завод").value == "Маріуполь, завод"
    assert read("last_seen", "травень 2022").value == "2022-05"


@pytest.mark.parametrize(("text", "value"), [("26", "26"), ("26 років", "26"), ("edad 30", "30"), ("25-30", "25-30")])
def test_ages_are_read(text, value):
    assert read("age", text).value == value


@pytest.mark.parametrize("text", ["200", "30-20", "молодий"])
def test_what_is_no_age_is_refused(text):
    assert code(read("age", text)) == "not_an_age"


@pytest.mark.parametrize("target", ["contact", "health", "witness"])
def test_what_must_be_sealed_leaves_no_trace_of_its_content(target):
    cell = read(target, "+380 50 000 00 00")
    assert (cell.value, cell.original, code(cell), cell.problem.text) == (None, "", "must_be_sealed", "")


@pytest.mark.req("SEC-DS")
def test_invisible_signs_are_taken_off_and_told():
    cell = read("name", "Вига\u200bданий\u202e Іван")
    assert (cell.value, code(cell)) == ("Вигаданий Іван", "invisible_signs")
    assert cell.original == "Вига\u200bданий\u202e Іван"


def test_text_is_composed_and_blanks_are_single():
    assert read("name", " Йосип\u00a0  Ї ").value == "Йосип Ї"
    assert read("name", unicodedata.normalize("NFD", "Йосип")).value == "Йосип"


@pytest.mark.req("SEC-DS")
def test_a_tower_of_marks_is_bounded_in_time_and_size():
    tower = "Іван" + "\u0316\u0301" * 50_000
    start = time.perf_counter()
    cell = read("name", tower)
    assert time.perf_counter() - start < 0.5
    assert len(cell.value) < 20
    assert code(cell) == "too_many_marks"


@given(st.sampled_from(TARGETS), st.text(max_size=60))
def test_any_cell_of_any_target_is_read_without_a_crash(target, text):
    cell = normalise(text, ColumnRules(target, pivot=30))
    if target in ("dob", "event_date", "capture_date") and cell.value is not None:
        assert parse_edtf(cell.value)
    if target == "sex":
        assert cell.value in (None, "f", "m")


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text):
    once, _ = clean_text(text)
    assert clean_text(once) == (once, ())
