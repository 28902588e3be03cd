# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read one date without words of doubt around it: numbers in some order, month names, or a bare year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from goodoffices.core.dates import words
from goodoffices.core.dates.edtf import parse_edtf
from goodoffices.core.dates.errors import DateUnreadable
from goodoffices.core.dates.partial import PartialDate

Order = Literal["DMY", "MDY", "YMD"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says as a date.

    Attributes:
        edtf: canonical text, see edtf.py.
        order_used: the order in which day, month and year were taken; None where no choice arose.
        ambiguous: True if another order gives another valid date and nothing in the text decides.
        notes: codes of what was done to read it.
    """

    edtf: str
    order_used: Order | None
    ambiguous: bool
    notes: tuple[str, ...]

    @property
    def date(self) -> PartialDate:
        """Give the parsed date."""
        return parse_edtf(self.edtf)


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """How to read: order and pivot as given to read_date, and the text that error messages show."""

    order: Order | None
    pivot: int | None
    original: str


_GAP = r"\s?[./\-\s]\s?"
_UNKNOWN = r"(?:\?{1,2}|x{2}|х{2}|_{1,2}|\*{1,2}|-{2}|0{1,2})"
_PART = rf"(?:[0-9]{{1,2}}|{_UNKNOWN})"
_YEAR_LAST = re.compile(rf"(?P<a>{_PART})(?P<gap>{_GAP})(?P<b>{_PART}){_GAP}(?P<y>[0-9]{{1,5}})")
_YEAR_FIRST = re.compile(rf"(?P<y>[0-9]{{3,5}}){_GAP}(?P<a>{_PART}){_GAP}(?P<b>{_PART})")
_MONTH_YEAR = re.compile(rf"(?P<m>{_PART}){_GAP}(?P<y>[0-9]{{4}})")
_YEAR_MONTH = re.compile(rf"(?P<y>[0-9]{{4}}){_GAP}(?P<m>{_PART})")
_DECADE = re.compile(r"([0-9]{3})(?:[x_?*х]|0(?:s|'s|-х|-ті|-і|-е|-ые))")
_CENTURY = re.compile(r"([0-9]{2})(?:xx|__|\?\?|\*\*|хх|--)")
_COMPACT = re.compile(r"[0-9]{8}")


def read_single(text: str, rules: ReadingRules) -> DateReading:
    """Read one date from cleaned lower-case text; raises DateUnreadable."""
    timeless = words.TIME_OF_DAY.sub("", text).strip(" ,;")
    notes = ("time_dropped",) if timeless != text.strip(" ,;") else ()
    reading = _read_numbers(timeless, rules) or _read_words(timeless, rules)
    if reading is None:
        raise DateUnreadable("unreadable", rules.original)
    try:
        parse_edtf(reading.edtf)
    except DateUnreadable as error:
        raise DateUnreadable(error.code, rules.original) from None
    return DateReading(reading.edtf, reading.order_used, reading.ambiguous, notes + reading.notes)


def _read_numbers(text: str, rules: ReadingRules) -> DateReading | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _year_first(match, rules)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match, rules)
    if match := _YEAR_MONTH.fullmatch(text) or _MONTH_YEAR.fullmatch(text):
        month = _number(match["m"])
        if month is None:
            return DateReading(match["y"], None, False, ("parts_missing",))
        return DateReading(f"{match['y']}-{month:02d}", None, False, ())
    if re.fullmatch(r"[0-9]{4}", text):
        return DateReading(text, None, False, ())
    if match := _DECADE.fullmatch(text):
        return DateReading(f"{match[1]}X", None, False, ())
    if match := _CENTURY.fullmatch(text):
        return DateReading(f"{match[1]}XX", None, False, ())
    return _read_compact(text, rules) if _COMPACT.fullmatch(text) else None


def _number(part: str) -> int | None:
    """Give a day or month, or None for a placeholder such as "??", "xx" or "00"."""
    return int(part) if part.isdigit() and int(part) > 0 else None


def _year_first(match: re.Match[str], rules: ReadingRules) -> DateReading:
    year = _whole_year(match["y"], rules)
    month, day = _number(match["a"]), _number(match["b"])
    if month is None or day is None:
        return _with_gaps(year, month, day, "YMD", rules)
    if month > 12 and day <= 12:
        return DateReading(f"{year:04d}-{day:02d}-{month:02d}", "YMD", False, ("order_swapped",))
    return DateReading(f"{year:04d}-{month:02d}-{day:02d}", "YMD", False, ())


def _year_last(match: re.Match[str], rules: ReadingRules) -> DateReading:
    first, second = _number(match["a"]), _number(match["b"])
    notes: tuple[str, ...] = ()
    if len(match["y"]) <= 2:
        if rules.order == "YMD":
            return _short_year_first(match, rules)
        year, notes = _pivoted(match["y"], rules), ("century_by_pivot",)
        if rules.order is None and "." not in match["gap"]:
            # 03/05/07 fits three orders; even an allowed century doesn't settle which.
            raise DateUnreadable("ambiguous_order", rules.original)
    else:
        year = _whole_year(match["y"], rules)
    if first is None or second is None:
        month_first = rules.order == "MDY"
        month, day = (first, second) if month_first else (second, first)
        return _with_gaps(year, month, day, "MDY" if month_first else "DMY", rules)
    reading = _day_and_month(year, (first, second), "." in match["gap"], rules)
    return DateReading(reading.edtf, reading.order_used, reading.ambiguous, notes + reading.notes)


def _short_year_first(match: re.Match[str], rules: ReadingRules) -> DateReading:
    month, day = _number(match["b"]), _number(match["y"])
    if month is None or day is None or not match["a"].isdigit():
        raise DateUnreadable("unreadable", rules.original)
    year = _pivoted(match["a"], rules)
    return DateReading(f"{year:04d}-{month:02d}-{day:02d}", "YMD", False, ("century_by_pivot",))


def _day_and_month(year: int, pair: tuple[int, int], dotted: bool, rules: ReadingRules) -> DateReading:
    """Choose which of two numbers is the month: by the column's order, by what is possible, by dots."""
    first, second = pair
    as_dmy = f"{year:04d}-{second:02d}-{first:02d}"
    as_mdy = f"{year:04d}-{first:02d}-{second:02d}"
    if rules.order in ("DMY", "MDY"):
        wanted, other = (as_dmy, as_mdy) if rules.order == "DMY" else (as_mdy, as_dmy)
        if _is_day(wanted) or not _is_day(other):
            return DateReading(wanted, rules.order, False, ())
        return DateReading(other, "MDY" if rules.order == "DMY" else "DMY", False, ("order_swapped",))
    if first == second or not _is_day(as_mdy):
        return DateReading(as_dmy, "DMY", False, ())
    if not _is_day(as_dmy):
        return DateReading(as_mdy, "MDY", False, ("order_swapped",) if dotted else ())
    if dotted:
        # Dots mean day.month.year in Ukrainian, Russian and Spanish; English dates seldom have them.
        return DateReading(as_dmy, "DMY", False, ("order_by_dots",))
    return DateReading(as_dmy, "DMY", True, ())


def _is_day(edtf: str) -> bool:
    try:
        parse_edtf(edtf)
    except DateUnreadable:
        return False
    return True


def _with_gaps(year: int, month: int | None, day: int | None, order: Order, rules: ReadingRules) -> DateReading:
    if month is None and day is not None:
        # A day without its month can't be kept as a date; the original wording stays beside it.
        return DateReading(f"{year:04d}", order, False, ("parts_missing",))
    edtf = f"{year:04d}" if month is None else f"{year:04d}-{month:02d}"
    return DateReading(edtf, order, False, ("parts_missing",))


def _whole_year(digits: str, rules: ReadingRules) -> int:
    if len(digits) > 4 or int(digits) == 0:
        raise DateUnreadable("year_out_of_range", rules.original)
    if len(digits) == 3:
        raise DateUnreadable("unreadable", rules.original)
    return int(digits)


def _pivoted(digits: str, rules: ReadingRules) -> int:
    if rules.pivot is None or len(digits) != 2:
        raise DateUnreadable("two_digit_year", rules.original)
    short = int(digits)
    return 2000 + short if short <= rules.pivot else 1900 + short


def _read_compact(text: str, rules: ReadingRules) -> DateReading:
    """Read eight digits in a row: 19850503 or 03051985."""
    forms: dict[Order, str] = {
        "YMD": f"{text[:4]}-{text[4:6]}-{text[6:]}",
        "DMY": f"{text[4:]}-{text[2:4]}-{text[:2]}",
        "MDY": f"{text[4:]}-{text[:2]}-{text[2:4]}",
    }
    possible = {order: edtf for order, edtf in forms.items() if _is_day(edtf)}
    likely = {order: edtf for order, edtf in possible.items() if "1800" <= edtf[:4] <= "2100"} or possible
    if rules.order in likely:
        return DateReading(likely[rules.order], rules.order, False, ("compact",))
    if len(set(likely.values())) > 1:
        raise DateUnreadable("ambiguous_order", rules.original)
    if not likely:
        raise DateUnreadable("not_a_calendar_date", rules.original)
    order, edtf = next(iter(likely.items()))
    return DateReading(edtf, order, False, ("compact",))


def _read_words(text: str, rules: ReadingRules) -> DateReading | None:
    """Read a date with its month in letters: "3 травня 1985", "May 3, 1985", "NOV/1976", "3-V-1985"."""
    tokens = [token for token in re.split(r"[\s,./\-]+", text) if token]
    tokens = [token for token in tokens if token not in words.FILLERS]
    if not 2 <= len(tokens) <= 3:
        return None
    months = [month for token in tokens if (month := _month(token, len(tokens))) is not None]
    numbers = [token for token in tokens if token.isdigit()]
    if len(months) != 1 or len(numbers) != len(tokens) - 1:
        return None
    years = [number for number in numbers if len(number) >= 3]
    days = [number for number in numbers if len(number) <= 2]
    notes: tuple[str, ...] = ()
    if len(years) == 1 and len(years[0]) != 4:
        raise DateUnreadable("year_out_of_range", rules.original)
    if not years and days and len(days[-1]) == 2:
        year, days, notes = _pivoted(days[-1], rules), days[:-1], ("century_by_pivot",)
    elif len(years) == 1:
        year = int(years[0])
    else:
        return None
    edtf = f"{year:04d}-{months[0]:02d}" + (f"-{int(days[0]):02d}" if days else "")
    return DateReading(edtf, None, False, notes)


def _month(token: str, tokens: int) -> int | None:
    named = words.MONTHS.get(token)
    return named if named is not None or tokens < 3 else words.ROMAN_MONTHS.get(token)
