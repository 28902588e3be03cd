# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read a date as people write it in Ukrainian, Russian, English or Spanish lists.

Invariants: nothing is shifted (a time of day is dropped as written, never converted); nothing is guessed in
silence (a choice between day and month without evidence is `ambiguous`); any text ends in a reading or in
DateUnreadable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from goodoffices.core.dates import words
from goodoffices.core.dates.edtf import parse_edtf
from goodoffices.core.dates.errors import DateUnreadable
from goodoffices.core.dates.partial import PartialDate
from goodoffices.core.dates.single import DateReading, Order, ReadingRules, read_single

__all__ = ["DateReading", "Order", "read_date"]

_LONGEST = 120
# Nine cells in ten look like this and need no cleaning.
_PLAIN = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SEVERAL = re.compile(r"\d\s*[|;]\s*\D*\d")
_LAST_SERIAL = 2_958_465  # 9999-12-31 in a spreadsheet's count of days
_LEAP_BUG_SERIAL = 60  # spreadsheets count a 29 February 1900 that never was


def read_date(text: str, *, order: Order | None = None, pivot: int | None = None, serials: bool = False) -> DateReading:
    """Read one date of any usual form.

    Args:
        text: the cell.
        order: how day, month and year stand in this column; None = only what the text itself shows.
        pivot: how to read two-digit years, 0 to 99: up to it 20xx, above it 19xx; None = refuse them.
        serials: whether a bare number of up to seven digits counts days as spreadsheets do.

    Returns:
        The reading with EDTF, the order used, whether another order fits as well, and note codes:
        order_by_dots, order_swapped, time_dropped, parts_missing, compact, short_range_end, year_borrowed,
        part_of_span, century_by_pivot, serial_number.

    Raises:
        DateUnreadable: with the code that says why.
    """
    stripped = text.strip()
    if not stripped:
        raise DateUnreadable("empty", text)
    if len(stripped) > _LONGEST:
        raise DateUnreadable("unreadable", text)
    if serials and re.fullmatch(r"[0-9]{1,7}(?:\.0+)?", stripped):
        return _read_serial(stripped)
    rules = ReadingRules(order, pivot, text)
    if _PLAIN.fullmatch(stripped):
        return read_single(stripped, rules)
    plain = _as_edtf(stripped)
    if plain is not None:
        return DateReading(plain.edtf, "YMD" if "-" in plain.edtf else None, False, ())
    return _read_marked(_clean(stripped, text), rules)


def _as_edtf(text: str) -> PartialDate | None:
    """Take EDTF as it stands; anything else is read as people's writing."""
    try:
        return parse_edtf(text)
    except DateUnreadable:
        return None


def _clean(text: str, original: str) -> str:
    """Fold widths, dashes and case; drop invisible format characters."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    visible = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    cleaned = " ".join(visible.lower().split()).strip(" \"'«»“”,;.")
    cleaned = words.ORDINAL.sub(r"\1", cleaned)
    if not cleaned or len(cleaned) > 2 * _LONGEST:
        raise DateUnreadable("unreadable", original)
    if words.OTHER_CALENDAR.search(cleaned):
        raise DateUnreadable("other_calendar", original)
    if _SEVERAL.search(cleaned):
        raise DateUnreadable("several_dates", original)
    return cleaned


def _read_marked(text: str, rules: ReadingRules) -> DateReading:
    """Take the words of doubt off, read what is left, put the mark on it."""
    if re.fullmatch(r"[0-9]{2,3}\?{1,2}", text) and len(text) == 4:
        return read_single(text, rules)
    approximate = doubtful = False
    previous = ""
    while previous != text:
        previous = text
        text = words.LEAD_IN.sub("", text)
        shorter = words.APPROXIMATE_AFTER.sub("", words.APPROXIMATE_BEFORE.sub("", text))
        approximate, text = approximate or shorter != text, shorter
        shorter = words.DOUBTFUL_AFTER.sub("", words.DOUBTFUL_BEFORE.sub("", text))
        doubtful, text = doubtful or shorter != text, shorter
    text = words.YEAR_TAIL.sub("", text).strip(" ,;")
    if not text:
        raise DateUnreadable("unreadable", rules.original)
    reading = _read_span(text, rules)
    if not approximate and not doubtful:
        return reading
    mark = "%" if approximate and doubtful else "~" if approximate else "?"
    return replace(reading, edtf="/".join(_marked(side, mark) for side in reading.edtf.split("/")))


def _marked(side: str, mark: str) -> str:
    if side in ("", ".."):
        return side
    present = side[-1] if side[-1] in "~?%" else ""
    both = "%" if present and present != mark else mark
    return side.rstrip("~?%") + both


def _read_span(text: str, rules: ReadingRules) -> DateReading:
    """Read a single date, else a closed span, else an open one."""
    part = words.PART_OF_SPAN.match(text)
    if part is not None:
        return _part_of_span(words.PARTS_OF_SPAN[part["part"]], _read_span(part["rest"], rules), rules)
    for pattern in (words.BETWEEN, words.TO):
        match = pattern.match(text)
        if match is not None:
            return _closed(match["left"], match["right"], rules)
    for pattern, shape in ((words.UNTIL, "../{}"), (words.SINCE, "{}/..")):
        match = pattern.match(text)
        if match is not None:
            reading = _read_marked(match["rest"], rules)
            if "/" in reading.edtf:
                raise DateUnreadable("unreadable", rules.original)
            return replace(reading, edtf=shape.format(reading.edtf))
    sides = _split_sides(text)
    return _closed(*sides, rules) if sides else read_single(text, rules)


_YEARS = re.compile(r"(\d{4})\s?(?:-|/|\.\.)\s?(\d{4})")
_SHORT_YEARS = re.compile(r"(\d{4})[-/](\d{2})")
_SPACED = re.compile(r"\s-\s|\s/\s|\.\.")


def _split_sides(text: str) -> tuple[str, str] | None:
    """Find the sign between two dates, where a date's own separators are other signs."""
    years = _YEARS.fullmatch(text)
    if years:
        return years[1], years[2]
    short = _SHORT_YEARS.fullmatch(text)
    if short and int(short[2]) > max(12, int(short[1]) % 100):
        return short[1], short[1][:2] + short[2]
    spaced = _SPACED.split(text)
    if len(spaced) == 2 and all(spaced):
        return spaced[0], spaced[1]
    dashed = text.split("-")
    whole_is_date = re.fullmatch(r"[\d?x_*х]{1,4}-[^\s-]+", text) and not re.search(r"[./\s]", text)
    if len(dashed) == 2 and all(part.strip() for part in dashed) and not whole_is_date:
        if re.fullmatch(r"\d{1,2}\s?-\s?\D*", text) or re.fullmatch(r"\d{4}-\D+", text):
            return None
        return dashed[0].strip(), dashed[1].strip()
    slashed = text.split("/")
    if len(slashed) == 2 and all(re.fullmatch(r"[\d.\-]{8,10}", part) for part in slashed):
        return slashed[0], slashed[1]
    return None


def _closed(left: str, right: str, rules: ReadingRules) -> DateReading:
    """Join two sides; the left one may leave out what the right one says (26-27.05.1977)."""
    end = _read_marked(right, rules)
    if "/" in end.edtf:
        raise DateUnreadable("unreadable", rules.original)
    start = _read_left(left, end, rules)
    if "/" in start.edtf:
        raise DateUnreadable("unreadable", rules.original)
    if start.ambiguous and not end.ambiguous and end.order_used in ("DMY", "MDY"):
        start = _read_left(left, end, replace(rules, order=end.order_used))
    elif end.ambiguous and not start.ambiguous and start.order_used in ("DMY", "MDY"):
        end = _read_marked(right, replace(rules, order=start.order_used))
    notes = tuple(dict.fromkeys(start.notes + end.notes))
    edtf = f"{start.edtf}/{end.edtf}"
    try:
        parse_edtf(edtf)
    except DateUnreadable as error:
        raise DateUnreadable(error.code, rules.original) from None
    return DateReading(edtf, start.order_used or end.order_used, start.ambiguous or end.ambiguous, notes)


def _read_left(left: str, end: DateReading, rules: ReadingRules) -> DateReading:
    fields = end.edtf.rstrip("~?%").split("-")
    if re.fullmatch(r"\d{1,2}", left):
        if len(fields) < 3:
            raise DateUnreadable("unreadable", rules.original)
        return replace(read_single(f"{fields[0]}-{fields[1]}-{left}", rules), notes=("year_borrowed",))
    if re.search(r"\d{4}", left):
        return _read_marked(left, rules)
    joint = left[-1:] if re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]", left) else ""
    stem = left.rstrip("./ ") if joint else left
    glue = re.search(r"[./]", stem)
    gap = glue[0] if glue else " "
    borrowed = _read_marked(f"{stem}{gap}{fields[0]}", rules)
    # "26/12-02/01/1977" crosses the year's end: the borrowed year is the one before.
    if "/" not in borrowed.edtf and _begins_after(borrowed, end) and fields[0].isdigit():
        borrowed = _read_marked(f"{stem}{gap}{int(fields[0]) - 1:04d}", rules)
    return replace(borrowed, notes=(*borrowed.notes, "year_borrowed"))


def _begins_after(start: DateReading, end: DateReading) -> bool:
    first, last = parse_edtf(start.edtf).earliest, parse_edtf(end.edtf).latest
    return first is not None and last is not None and first > last


def _part_of_span(part: tuple[int, int], whole: DateReading, rules: ReadingRules) -> DateReading:
    """Cut a month or year into parts: (1, 3) = its first third. The result is approximate."""
    span = parse_edtf(whole.edtf)
    number, parts = part
    if len(whole.edtf) == 7 and span.earliest is not None and span.latest is not None:
        days = span.latest.day
        first, last = days * (number - 1) // parts + 1, days * number // parts
        edtf = f"{whole.edtf}-{first:02d}~/{whole.edtf}-{last:02d}~"
    elif len(whole.edtf) == 4 and whole.edtf.isdigit():
        first, last = 12 * (number - 1) // parts + 1, 12 * number // parts
        edtf = f"{whole.edtf}-{first:02d}~/{whole.edtf}-{last:02d}~"
    else:
        raise DateUnreadable("unreadable", rules.original)
    return replace(whole, edtf=edtf, notes=(*whole.notes, "part_of_span"))


def _read_serial(text: str) -> DateReading:
    number = int(text.split(".", maxsplit=1)[0])
    if number == _LEAP_BUG_SERIAL or number == 0:
        raise DateUnreadable("not_a_calendar_date", text)
    if number > _LAST_SERIAL:
        raise DateUnreadable("year_out_of_range", text)
    start = date(1899, 12, 30) if number > _LEAP_BUG_SERIAL else date(1899, 12, 31)
    return DateReading((start + timedelta(days=number)).isoformat(), None, False, ("serial_number",))
