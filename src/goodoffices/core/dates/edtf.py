# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read EDTF (ISO 8601-2:2019): level 0 dates and intervals, level 1 marks, unspecified digits, open ends.

Left out because lists of people never hold them: seasons, time of day, years beyond four digits, sets.

Source: https://www.loc.gov/standards/datetime/ (EDTF specification, levels 0 and 1).
"""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache

from goodoffices.core.dates.errors import DateUnreadable
from goodoffices.core.dates.partial import PartialDate, Precision

_SINGLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%])?"
)
_LONGEST = 24


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> PartialDate:
    """Read one EDTF date or interval.

    Args:
        text: for example ``2022-03-05``, ``1984~``, ``198X``, ``2022-05-01/2022-05-20``, ``../1985``.

    Returns:
        The date with its earliest and latest day.

    Raises:
        DateUnreadable: unreadable, not_a_calendar_date, year_out_of_range, interval_reversed, empty.
    """
    if not text:
        raise DateUnreadable("empty", text)
    if len(text) > _LONGEST:
        raise DateUnreadable("unreadable", text)
    if "/" in text:
        return _interval(text)
    return _single(text)


def _single(text: str) -> PartialDate:
    match = _SINGLE.fullmatch(text)
    if match is None:
        code = "year_out_of_range" if re.fullmatch(r"-[0-9]{4}.*|Y-?[0-9]{5,}", text) else "unreadable"
        raise DateUnreadable(code, text)
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        if month is not None:
            raise DateUnreadable("unreadable", text)
        return _unspecified_year(text, year)
    if int(year) < MINYEAR:
        raise DateUnreadable("year_out_of_range", text)
    if month == "XX" and day not in (None, "XX"):
        raise DateUnreadable("unreadable", text)
    if month in (None, "XX"):
        return PartialDate(text, date(int(year), 1, 1), date(int(year), 12, 31), Precision.YEAR)
    return _with_month(text, int(year), int(month), day)


def _with_month(text: str, year: int, month: int, day: str | None) -> PartialDate:
    if not 1 <= month <= 12:
        raise DateUnreadable("not_a_calendar_date", text)
    last = calendar.monthrange(year, month)[1]
    if day in (None, "XX"):
        return PartialDate(text, date(year, month, 1), date(year, month, last), Precision.MONTH)
    if not 1 <= int(day) <= last:
        raise DateUnreadable("not_a_calendar_date", text)
    exact = date(year, month, int(day))
    return PartialDate(text, exact, exact, Precision.DAY)


def _unspecified_year(text: str, year: str) -> PartialDate:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if last < MINYEAR or first > MAXYEAR:
        raise DateUnreadable("year_out_of_range", text)
    precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
    return PartialDate(text, date(max(first, MINYEAR), 1, 1), date(last, 12, 31), precision)


def _interval(text: str) -> PartialDate:
    sides = text.split("/")
    if len(sides) != 2:
        raise DateUnreadable("unreadable", text)
    start = None if sides[0] in ("", "..") else _single(sides[0])
    end = None if sides[1] in ("", "..") else _single(sides[1])
    if start is None and end is None:
        raise DateUnreadable("unreadable", text)
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    # Only an impossible order is refused: "2022-05/2022" has its parts in unequal precision and is sound.
    if earliest is not None and latest is not None and latest < earliest:
        raise DateUnreadable("interval_reversed", text)
    return PartialDate(text, earliest, latest, Precision.INTERVAL)
