# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates and spans of time in the reader's language, in the right grammatical case."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from goodoffices.core.dates import DateParts, DateUnreadable, SideParts, date_parts, parse_edtf

_MONTHS_AFTER_DAYS = 60
_YEARS_AFTER_MONTHS = 24


def edtf_words(text: str) -> str:
    """Say an EDTF date: ``1981-03-14`` is "14 March 1981", ``2022-03`` in Ukrainian "березень 2022".

    Text that isn't EDTF comes back as it is: what a source said is never hidden by our reading of it.
    """
    try:
        parts = date_parts(parse_edtf(text))
    except DateUnreadable:
        return text
    return _parts_words(parts)


def _parts_words(parts: DateParts) -> str:
    if parts.start and parts.end:
        return _between(parts.start, parts.end)
    if parts.kind == "from" and parts.start:
        return pgettext("date", "from %(date)s") % {"date": _side(parts.start, genitive=True)}
    if parts.kind == "until" and parts.end:
        return pgettext("date", "until %(date)s") % {"date": _side(parts.end, genitive=True)}
    return _side(parts.start) if parts.start else ""


def _between(start: SideParts, end: SideParts) -> str:
    """Shorten a range by what both sides share: "1–20 May 2022", "March–May 2022"."""
    marks = (start.approximate, start.uncertain, end.approximate, end.uncertain)
    plain = not any(marks) and start.span_years == end.span_years == 1
    if plain and start.year == end.year and start.month and end.month:
        if start.day and end.day:
            first = str(start.day) if start.month == end.month else f"{start.day} {_month(start.month, True)}"
            dash = "–" if start.month == end.month else " – "
            return f"{first}{dash}{_side(end)}"
        if not start.day and not end.day:
            return f"{_month(start.month, False)}–{_side(end)}"
    dash = "–" if plain and not start.month and not end.month else " – "
    return f"{_side(start)}{dash}{_side(end)}"


def _side(side: SideParts, *, genitive: bool = False) -> str:
    words = _bare(side, genitive)
    if side.approximate:
        words = pgettext("date", "about %(date)s") % {"date": words}
    if side.uncertain:
        words = pgettext("date", "perhaps %(date)s") % {"date": words}
    return words


def _bare(side: SideParts, genitive: bool) -> str:
    if side.span_years >= 100:
        return f"{side.year}–{side.year + side.span_years - 1}"
    if side.span_years == 10:
        if genitive:
            return pgettext("decade after from or until", "the %(year)ss") % {"year": side.year}
        return pgettext("decade", "the %(year)ss") % {"year": side.year}
    if side.month is None:
        return pgettext("year after from or until", "%(year)s") % {"year": side.year} if genitive else str(side.year)
    month = _month(side.month, genitive or side.day is not None)
    return f"{side.day} {month} {side.year}" if side.day else f"{month} {side.year}"


def _month(number: int, genitive: bool) -> str:
    """Name a month; Slavic catalogues of Django capitalise the nominative, running text doesn't."""
    name = str((MONTHS_ALT if genitive else MONTHS)[number])
    return name if name.isascii() else name.lower()


def days_words(count: int) -> str:
    """Say a number of days: "412 days"."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def ago_words(then: date, today: date) -> str:
    """Say how long ago a day was, or how far off it is."""
    days = (today - then).days
    if days < 0:
        return due_words(then, today)
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < _MONTHS_AFTER_DAYS:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    if months < _YEARS_AFTER_MONTHS:
        return ngettext("%(count)s month ago", "%(count)s months ago", months) % {"count": months}
    return ngettext("%(count)s year ago", "%(count)s years ago", months // 12) % {"count": months // 12}


def due_words(due: date, today: date) -> str:
    """Say a clock: "2 days overdue", "today", "tomorrow", "in 11 days"."""
    days = (due - today).days
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days) % {"count": -days}
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


def day_words(day: date) -> str:
    """Say a full day, unambiguous in every language: "14 March 1981"."""
    return edtf_words(f"{day:%Y-%m-%d}")
