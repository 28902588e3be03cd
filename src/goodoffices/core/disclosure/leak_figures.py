# SPDX-License-Identifier: AGPL-3.0-or-later
"""Protected numbers and dates in any usual writing: separators, other digits, month names, two-digit years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goodoffices.core.dates.words import MONTHS, ROMAN_MONTHS
from goodoffices.core.names.fold import LOOK_ALIKE, fold

SHORT_NUMBER = 5
# Digits of a telephone number that stay the same whatever stands before them: 0, +380, 00380, 8-10-380.
PHONE_DIGITS, PREFIX_DIGITS = 9, 6
_BETWEEN = re.compile(r"[\s().,/№#:+\u2010-\u2015-]*")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_SEPARATOR = r"\s?[./\-\u2010-\u2015 ]\s?"
_NUMERIC = re.compile(rf"(?<!\d)(\d{{1,4}}){_SEPARATOR}(\d{{1,2}}|[ivxIVX]{{1,4}}){_SEPARATOR}(\d{{1,4}})(?!\d)")
_ORDINAL = r"(?:st|nd|rd|th|-?го|-?е|-?є|-?ше|-?тє)?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ORDINAL}(?:\s+day)?[\s,]+(?:of\s+)?([^\W\d_]{{3,}})\.?[\s,]+(\d{{4}}|\d{{2}}(?!\d))"
)
_MONTH_FIRST = re.compile(rf"([^\W\d_]{{3,}})\.?\s+(?:the\s+)?(\d{{1,2}}){_ORDINAL},?\s+(\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[\s,]+([^\W\d_]{3,})\.?\s+(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of digits or of letters, with its place in the text; digits in ASCII.

    Letters stand in two ways, by sound (``value``) and by look: a series АН may be typed as AN or as AH.
    """

    value: str
    look: str
    start: int
    end: int


def plain_digits(text: str) -> str:
    """Write every decimal digit as ASCII, keeping each character's place."""
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)


def find_number(value: str, text: str) -> Iterator[tuple[int, int]]:
    """Find a number (telephone, document, case, unit) however its digits are grouped.

    Letters that belong to it count, folded. One of fewer than five characters is found only whole, with its
    letters or its own separators, since every text has short numbers.
    """
    wanted = _pieces(plain_digits(value))
    target, look = "".join(one.value for one in wanted), "".join(one.look for one in wanted)
    if not any(char.isdigit() for char in target):
        return
    digits = "".join(char for char in target if char.isdigit())
    phone = digits[-PHONE_DIGITS:] if digits == target and len(digits) >= PHONE_DIGITS + 1 else ""
    found = _pieces(plain_digits(text))
    for first in range(len(found)):
        joined = looks = ""
        for last in range(first, min(first + 12, len(found))):
            if last > first and not _BETWEEN.fullmatch(text[found[last - 1].end : found[last].start]):
                break
            joined += found[last].value
            looks += found[last].look
            if len(joined) > len(target) + PREFIX_DIGITS:
                break
            whole = len(target) >= SHORT_NUMBER or _alike(wanted, found[first : last + 1])
            called = phone and joined.isdigit() and joined.endswith(phone)
            if (whole and (joined == target or looks == look)) or (
                called and len(joined) <= PHONE_DIGITS + PREFIX_DIGITS
            ):
                yield found[first].start, found[last].end
                break


def _alike(wanted: list[Piece], found: list[Piece]) -> bool:
    """A short number of several pieces must be written in the same pieces; of one piece it is too common to find."""
    return len(wanted) > 1 and [one.value for one in wanted] == [one.value for one in found]


def _pieces(text: str) -> list[Piece]:
    return [
        Piece(one[0] if one[0].isdigit() else fold(one[0]), _look(one[0]), one.start(), one.end())
        for one in _PIECE.finditer(text)
    ]


def _look(piece: str) -> str:
    return "".join(LOOK_ALIKE.get(char, char) for char in piece.lower())


def find_date(day: date, text: str) -> Iterator[tuple[int, int]]:
    """Find a day in figures of any order, with month names in any case of the four languages, or Roman months."""
    plain = plain_digits(text)
    for match in _NUMERIC.finditer(plain):
        if day in _days(match[1], match[2], match[3]):
            yield match.span()
    for pattern, order in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3)), (_YEAR_FIRST, (3, 2, 1))):
        for match in pattern.finditer(plain):
            number, word, year = (match[index] for index in order)
            month = MONTHS.get(word.lower())
            if month == day.month and int(number) == day.day and _year(year, day.year):
                yield match.span()


def _days(first: str, second: str, third: str) -> set[date]:
    """Give every day three figures may mean; who reads may take the one or the other order."""
    month = ROMAN_MONTHS.get(second.lower())
    middle = month or (int(second) if second.isdigit() else 0)
    tries = []
    if len(first) == 4:
        tries = [(int(first), middle, int(third))]
    elif len(third) in (2, 4):
        years = [int(third)] if len(third) == 4 else [1900 + int(third), 2000 + int(third)]
        tries = [(year, middle, int(first)) for year in years]
        tries += [] if month else [(year, int(first), middle) for year in years]
    found = set()
    for year, number, day in tries:
        try:
            found.add(date(year, number, day))
        except ValueError:
            continue
    return found


def _year(text: str, year: int) -> bool:
    return int(text) == year if len(text) == 4 else int(text) == year % 100
