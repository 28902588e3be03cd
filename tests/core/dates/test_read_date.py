# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates as people write them: four languages, orders, spans, doubts; nothing shifted, nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodoffices.core.dates import DateUnreadable, parse_edtf, read_date
from goodoffices.core.dates.words import MONTHS

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))
GENITIVE_UK = (
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("03.05.1985", "1985-05-03"),
        ("3.5.1985", "1985-05-03"),
        ("13/05/1985", "1985-05-13"),
        ("05/13/1985", "1985-05-13"),
        ("1985-05-03", "1985-05-03"),
        ("1985/5/3", "1985-05-03"),
        ("1985.05.03", "1985-05-03"),
        ("13 03 1985", "1985-03-13"),
        ("３.５.１９８５", "1985-05-03"),
        ("3 травня 1985 р.", "1985-05-03"),
        ("3 травня 1985 року народження", "1985-05-03"),
        ("3 мая 1985 г.", "1985-05-03"),
        ("3 May 1985", "1985-05-03"),
        ("Mon, 3 May 1985", "1985-05-03"),
        ("May 3rd, 1985", "1985-05-03"),
        ("5 de mayo de 1985", "1985-05-05"),
        ("1º de mayo de 1985", "1985-05-01"),
        ("15-го серпня 2022", "2022-08-15"),
        ("3-V-1985", "1985-05-03"),
        ("19850503", "1985-05-03"),
        ("NOV/1976", "1976-11"),
        ("нояб. 1976", "1976-11"),
        ("11.2022", "2022-11"),
        ("2022/11", "2022-11"),
        ("травень 2022", "2022-05"),
        ("1985", "1985"),
        ("1985 г.р.", "1985"),
        ("AÑO/1977", "1977"),
        ("бл. 1985", "1985~"),
        ("близько 3 травня 2022 року", "2022-05-03~"),
        ("около 1985", "1985~"),
        ("c. 1985", "1985~"),
        ("1985 (approx.)", "1985~"),
        ("1985?", "1985?"),
        ("можливо 1985", "1985?"),
        ("можливо, близько 1985", "1985%"),
        ("198?", "198X"),
        ("1980s", "198X"),
        ("1980-ті", "198X"),
        ("198х", "198X"),
        ("19??", "19XX"),
        ("??.05.1985", "1985-05"),
        ("00.00.1985", "1985"),
        ("1985-05-00", "1985-05"),
        ("2022-05-03 00:00:00", "2022-05-03"),
        ("2022-05-03T23:30:00+03:00", "2022-05-03"),
        ("29.02.2024", "2024-02-29"),
        ("31.12.9999", "9999-12-31"),
    ],
)
def test_a_single_date_is_read(text, edtf):
    assert read_date(text).edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1984-1986", "1984/1986"),
        ("1984 – 1986", "1984/1986"),
        ("1984/1986", "1984/1986"),
        ("AÑOS/1976-77", "1976/1977"),
        ("26/12/1976 - 02/01/1977", "1976-12-26/1977-01-02"),
        ("26/12-02/01/1977", "1976-12-26/1977-01-02"),
        ("26-27/05/1977", "1977-05-26/1977-05-27"),
        ("3-5 травня 1985", "1985-05-03/1985-05-05"),
        ("3 травня - 5 червня 1985 року", "1985-05-03/1985-06-05"),
        ("з 03.05.2022 по 05.06.2022", "2022-05-03/2022-06-05"),
        ("from 2022-03 to 2022-04", "2022-03/2022-04"),
        ("entre 1984 y 1986", "1984/1986"),
        ("BETWEEN:1960-1962", "1960/1962"),
        ("DIC/1976-ENE/1977", "1976-12/1977-01"),
        ("ABR-MAY/1977", "1977-04/1977-05"),
        ("до 1985", "../1985"),
        ("після 03.05.2022", "2022-05-03/.."),
        ("since May 2022", "2022-05/.."),
        ("fines/05/1977", "1977-05-21~/1977-05-31~"),
        ("1ª quinc/05/1977", "1977-05-01~/1977-05-15~"),
        ("в начале 1985", "1985-01~/1985-04~"),
    ],
)
def test_a_span_is_read(text, edtf):
    assert read_date(text).edtf == edtf


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("31.02.1990", "not_a_calendar_date"),
        ("29.02.2023", "not_a_calendar_date"),
        ("32.13.1985", "not_a_calendar_date"),
        ("01.01.0000", "year_out_of_range"),
        ("03.05.12345", "year_out_of_range"),
        ("03.05.85", "two_digit_year"),
        ("03051985", "ambiguous_order"),
        ("sin datos", "unreadable"),
        ("12345", "unreadable"),
        ("26 років", "unreadable"),
        ("1990 - 1985", "interval_reversed"),
        ("1968-03-26|1970-10-15", "several_dates"),
        ("20 October 1917 (old style)", "other_calendar"),
        ("1985 " * 100, "unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text, code):
    with pytest.raises(DateUnreadable) as caught:
        read_date(text)
    assert caught.value.code == code


def test_a_choice_without_evidence_is_called_ambiguous():
    assert read_date("03/05/1985").ambiguous
    assert not read_date("03/05/1985", order="DMY").ambiguous
    assert read_date("03/05/1985", order="MDY").edtf == "1985-03-05"
    assert not read_date("05/05/1985").ambiguous


def test_dots_mean_day_first_and_say_so():
    reading = read_date("03.05.1985")
    assert reading.order_used == "DMY"
    assert "order_by_dots" in reading.notes


@pytest.mark.parametrize(("text", "order"), [("02.13.1985", None), ("02/13/1985", "DMY"), ("1985-13-02", None)])
def test_a_swapped_date_is_read_and_flagged(text, order):
    reading = read_date(text, order=order)
    assert reading.edtf == "1985-02-13"
    assert "order_swapped" in reading.notes


def test_two_digit_years_need_a_pivot():
    assert read_date("03.05.85", pivot=30).edtf == "1985-05-03"
    assert read_date("03.05.22", pivot=30).edtf == "2022-05-03"
    assert read_date("85-05-03", pivot=30, order="YMD").edtf == "1985-05-03"
    with pytest.raises(DateUnreadable, match="more than one order"):
        read_date("03/05/07", pivot=30)


def test_spreadsheet_day_numbers_are_read_only_when_asked():
    assert read_date("31170", serials=True).edtf == "1985-05-03"
    assert read_date("59", serials=True).edtf == "1900-02-28"
    assert read_date("61", serials=True).edtf == "1900-03-01"
    with pytest.raises(DateUnreadable) as caught:
        read_date("60", serials=True)
    assert caught.value.code == "not_a_calendar_date"


def test_one_side_of_a_span_settles_the_order_of_the_other():
    reading = read_date("26/12/1976 - 02/01/1977")
    assert not reading.ambiguous
    assert reading.edtf.endswith("1977-01-02")


def test_every_month_beginning_means_one_month():
    assert {MONTHS[word] for word in ("mar", "мар", "бер", "лют", "лип", "июл", "серп", "dic", "лист")} == {
        2, 3, 7, 8, 11, 12,
    }  # fmt: skip


@given(DAYS, st.sampled_from([".", "/", "-"]))
@example(date(2024, 2, 29), "/")
@example(date(9999, 12, 31), ".")
def test_a_day_comes_back_the_same_in_each_order(day, sign):
    for order, form in (
        ("DMY", "{d:02d}{s}{m:02d}{s}{y}"),
        ("MDY", "{m:02d}{s}{d:02d}{s}{y}"),
        ("YMD", "{y}{s}{m}{s}{d}"),
    ):
        text = form.format(d=day.day, m=day.month, y=day.year, s=sign)
        assert read_date(text, order=order).edtf == day.isoformat()


@given(DAYS)
def test_a_day_in_words_comes_back_the_same(day):
    assert read_date(f"{day.day} {GENITIVE_UK[day.month - 1]} {day.year} р.").edtf == day.isoformat()
    assert read_date(f"{day:%B} {day.day}, {day.year}").edtf == day.isoformat()


@given(st.one_of(st.text(max_size=150), st.text(alphabet="0123456789./-: xX?~%|травняmayде", max_size=30)))
def test_any_text_is_read_or_refused_and_a_reading_is_sound(text):
    try:
        reading = read_date(text, pivot=30)
    except DateUnreadable:
        return
    parsed = parse_edtf(reading.edtf)
    assert read_date(reading.edtf).edtf == parsed.edtf == reading.edtf
