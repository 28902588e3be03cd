# SPDX-License-Identifier: AGPL-3.0-or-later
"""EDTF: examples of the specification, refusals, and properties of any date."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.dates import DateUnreadable, Precision, date_parts, parse_edtf

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
MARKS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def single_dates(draw: st.DrawFn) -> str:
    """Build any single date of our subset."""
    day = draw(DAYS)
    form = draw(
        st.sampled_from(
            ["{y:04d}", "{y:04d}-{m:02d}", "{y:04d}-{m:02d}-{d:02d}", "{c:03d}X", "{h:02d}XX", "{y:04d}-XX"]
        )
    )
    return form.format(y=day.year, m=day.month, d=day.day, c=day.year // 10, h=day.year // 100) + draw(MARKS)


@st.composite
def any_dates(draw: st.DrawFn) -> str:
    """Build a date or an interval, closed or open."""
    first = draw(single_dates())
    shape = draw(st.sampled_from(["single", "from", "until", "between"]))
    if shape == "single":
        return first
    if shape != "between":
        return f"{first}/.." if shape == "from" else f"../{first}"
    second = draw(single_dates())
    if parse_edtf(first).earliest > parse_edtf(second).latest:
        first, second = second, first
    return f"{first}/{second}"


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1985-04-12", date(1985, 4, 12), date(1985, 4, 12), Precision.DAY),
        ("1985-04", date(1985, 4, 1), date(1985, 4, 30), Precision.MONTH),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("1985", date(1985, 1, 1), date(1985, 12, 31), Precision.YEAR),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), Precision.DECADE),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31), Precision.CENTURY),
        ("2004-XX", date(2004, 1, 1), date(2004, 12, 31), Precision.YEAR),
        ("1985-04-XX", date(1985, 4, 1), date(1985, 4, 30), Precision.MONTH),
        ("1985-XX-XX", date(1985, 1, 1), date(1985, 12, 31), Precision.YEAR),
        ("1984~", date(1984, 1, 1), date(1984, 12, 31), Precision.YEAR),
        ("2004-06-11%", date(2004, 6, 11), date(2004, 6, 11), Precision.DAY),
        ("1964/2008", date(1964, 1, 1), date(2008, 12, 31), Precision.INTERVAL),
        ("2004-06/2006-08", date(2004, 6, 1), date(2006, 8, 31), Precision.INTERVAL),
        ("1985-04-12/..", date(1985, 4, 12), None, Precision.INTERVAL),
        ("../1985-04", None, date(1985, 4, 30), Precision.INTERVAL),
        ("1984~/2004-06", date(1984, 1, 1), date(2004, 6, 30), Precision.INTERVAL),
        ("0001-01-01", date(1, 1, 1), date(1, 1, 1), Precision.DAY),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31), Precision.DAY),
        ("000X", date(1, 1, 1), date(9, 12, 31), Precision.DECADE),
    ],
)
def test_a_date_of_the_specification_has_its_bounds(text, earliest, latest, precision):
    parsed = parse_edtf(text)
    assert (parsed.earliest, parsed.latest, parsed.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("1990-02-31", "not_a_calendar_date"),
        ("2023-02-29", "not_a_calendar_date"),
        ("1985-13", "not_a_calendar_date"),
        ("1985-00", "not_a_calendar_date"),
        ("0000", "year_out_of_range"),
        ("0000-01-01", "year_out_of_range"),
        ("-0044", "year_out_of_range"),
        ("Y170000002", "year_out_of_range"),
        ("1985-4-12", "unreadable"),
        ("1985-XX-12", "unreadable"),
        ("198X-05", "unreadable"),
        ("../..", "unreadable"),
        ("1985/1986/1987", "unreadable"),
        ("2022-05-03T10:00:00", "unreadable"),
        ("１９８５", "unreadable"),
        ("1990/1985", "interval_reversed"),
        ("9" * 10_000, "unreadable"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text, code):
    with pytest.raises(DateUnreadable) as caught:
        parse_edtf(text)
    assert caught.value.code == code
    assert caught.value.hint


@given(any_dates())
def test_a_date_parses_back_to_itself(text):
    parsed = parse_edtf(text)
    assert parse_edtf(parsed.edtf) == parsed
    assert str(parsed) == text
    if parsed.earliest and parsed.latest:
        assert parsed.earliest <= parsed.latest


@given(DAYS)
def test_a_day_is_never_shifted(day):
    parsed = parse_edtf(day.isoformat())
    assert parsed.exact_day == parsed.earliest == parsed.latest == day


@given(any_dates())
def test_the_parts_for_display_hold_what_the_date_holds(text):
    parts = date_parts(parse_edtf(text))
    sides = [side for side in (parts.start, parts.end) if side]
    assert (parts.kind in ("single", "from", "until")) == (len(sides) == 1)
    assert any(side.approximate for side in sides) == parse_edtf(text).approximate
    assert any(side.uncertain for side in sides) == parse_edtf(text).uncertain


def test_an_approximate_day_is_no_exact_day():
    assert parse_edtf("2022-03-05~").exact_day is None
    assert parse_edtf("2022-03").exact_day is None


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_clear_refusal(text):
    with contextlib.suppress(DateUnreadable):
        assert parse_edtf(text).edtf == text
