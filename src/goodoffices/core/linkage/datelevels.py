# SPDX-License-Identifier: AGPL-3.0-or-later
"""Levels of agreement of two dates, over whole columns; precision and the usual errors told apart."""

from __future__ import annotations

import numpy as np

from goodoffices.core.linkage.table import Bools, Dates, Ints

BORN = ("missing", "same_day", "same_month", "same_year", "within_range", "day_month_swapped",
        "one_part_slightly_off", "year_off_by_one", "year_digit_off", "one_part_different", "new_year_convention",
        "same_year_other_day", "years_close", "different", "generation_apart")  # fmt: skip
EVENT = ("missing", "same_day", "same_month", "same_year", "within_week", "within_two_months",
         "same_year_other_day", "different")  # fmt: skip


def take(dates: Dates, rows: Ints) -> Dates:
    """Give the dates of some rows."""
    return Dates(
        *(column[rows] for column in (dates.year, dates.month, dates.day, dates.vague, dates.first, dates.last))
    )


def _one_digit(left: Ints, right: Ints, digits: int) -> Bools:
    """True where two numbers of so many digits differ in exactly one of them."""
    off = np.zeros(len(left), dtype=np.int64)
    for place in range(digits):
        off += (left // 10**place) % 10 != (right // 10**place) % 10
    return np.asarray(off == 1)


def born_levels(a: Dates, b: Dates) -> Ints:
    """Compare dates of birth (`BORN`), element by element; symmetric."""
    out = np.full(len(a.year), BORN.index("different"), dtype=np.int64)
    gap = np.abs(a.year - b.year)
    same_y, same_m, same_d = a.year == b.year, a.month == b.month, a.day == b.day
    full = (a.day > 0) & (b.day > 0)
    out[gap <= 2] = BORN.index("years_close")
    out[gap >= 16] = BORN.index("generation_apart")
    _partial_levels(out, a, b, ~full)
    near_m = (np.abs(a.month - b.month) == 1) | _one_digit(a.month, b.month, 2)
    near_d = (np.abs(a.day - b.day) == 1) | _one_digit(a.day, b.day, 2)
    out[full & same_y] = BORN.index("same_year_other_day")
    new_year = ((a.month == 1) & (a.day == 1)) | ((b.month == 1) & (b.day == 1))
    out[full & same_y & new_year] = BORN.index("new_year_convention")
    out[full & same_y & (same_m ^ same_d)] = BORN.index("one_part_different")
    out[full & ~same_y & same_m & same_d] = BORN.index("one_part_different")
    out[full & same_y & ((same_m & near_d) | (same_d & near_m))] = BORN.index("one_part_slightly_off")
    digit = (gap == 10) | _one_digit(a.year, b.year, 4) | ((gap < 100) & _swapped_digits(a.year, b.year))
    out[full & same_m & same_d & digit & ~same_y] = BORN.index("year_digit_off")
    out[full & same_m & same_d & (gap == 1)] = BORN.index("year_off_by_one")
    swapped = (a.month == b.day) & (a.day == b.month)
    out[full & same_y & swapped & ~same_m] = BORN.index("day_month_swapped")
    out[full & same_y & same_m & same_d] = BORN.index("same_day")
    vague = (a.vague > 0) | (b.vague > 0)
    meets = (a.first <= b.last) & (b.first <= a.last)
    out[vague & meets] = BORN.index("within_range")
    out[(a.year == 0) | (b.year == 0)] = 0
    return out


def _swapped_digits(left: Ints, right: Ints) -> Bools:
    return np.asarray(((left // 10) % 10 == right % 10) & ((right // 10) % 10 == left % 10))


def _partial_levels(out: Ints, a: Dates, b: Dates, partial: Bools) -> None:
    same_y = a.year == b.year
    out[partial & same_y] = BORN.index("same_year")
    both_m = (a.month > 0) & (b.month > 0)
    out[partial & same_y & both_m] = BORN.index("same_year_other_day")
    out[partial & same_y & both_m & (a.month == b.month)] = BORN.index("same_month")


def event_levels(a: Dates, b: Dates) -> Ints:
    """Compare dates of capture (`EVENT`), element by element; symmetric."""
    out = np.full(len(a.year), EVENT.index("different"), dtype=np.int64)
    same_y = a.year == b.year
    full = (a.day > 0) & (b.day > 0)
    months = (a.month > 0) & (b.month > 0)
    days = np.abs((a.year - b.year) * 365 + (a.month - b.month) * 30.4 + (a.day - b.day))
    out[same_y] = EVENT.index("same_year")
    out[same_y & months] = EVENT.index("same_year_other_day")
    out[~full & months & same_y & (a.month == b.month)] = EVENT.index("same_month")
    out[full & (days <= 62)] = EVENT.index("within_two_months")
    out[full & (days <= 7.5)] = EVENT.index("within_week")
    out[full & same_y & (a.month == b.month) & (a.day == b.day)] = EVENT.index("same_day")
    vague = (a.vague > 0) | (b.vague > 0)
    meets = (a.first <= b.last) & (b.first <= a.last)
    out[vague & meets] = EVENT.index("same_year")
    out[(a.year == 0) | (b.year == 0)] = 0
    return out
