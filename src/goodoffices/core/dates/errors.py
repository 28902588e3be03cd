# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one mistake of this package: a text that is no date we can read."""

from __future__ import annotations

from goodoffices.core.errors import GoodOfficesError

SHOWN_CHARS = 60

HINTS = {
    "unreadable": "Write the date as YYYY-MM-DD, as a year, or leave the cell empty.",
    "not_a_calendar_date": "Correct the date, or give only the part that is sure (year, or year and month).",
    "ambiguous_order": "Say in which order day, month and year stand in this column.",
    "two_digit_year": "Write the year with four digits, or say which century two digits mean.",
    "year_out_of_range": "Years from 0001 to 9999 can be kept.",
    "interval_reversed": "Put the earlier date first.",
    "other_calendar": "Give the date in the Gregorian calendar; keep the original wording as a note.",
    "several_dates": "Keep one date in the cell; put the others into notes.",
    "empty": "Leave the cell empty only if nothing is known.",
}


class DateUnreadable(GoodOfficesError):
    """A text can't be read as a date.

    Codes: unreadable, not_a_calendar_date, ambiguous_order, two_digit_year, year_out_of_range,
    interval_reversed, other_calendar, empty.
    """

    code = "unreadable"

    def __init__(self, code: str, text: str) -> None:
        shown = text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + "…"
        messages = {
            "not_a_calendar_date": f"{shown!r} is not a calendar date.",
            "ambiguous_order": f"{shown!r} can be read in more than one order.",
            "two_digit_year": f"{shown!r} has a year of two digits.",
            "year_out_of_range": f"The year in {shown!r} can't be kept.",
            "interval_reversed": f"{shown!r} ends before it begins.",
            "other_calendar": f"{shown!r} is in another calendar.",
            "several_dates": f"{shown!r} holds several dates.",
            "empty": "The date is empty.",
        }
        message = messages.get(code, f"{shown!r} is not a date we can read.")
        super().__init__(message, code=code, hint=HINTS.get(code, HINTS["unreadable"]))
