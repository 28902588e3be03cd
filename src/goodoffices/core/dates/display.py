# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take a date apart for templates, which put the words of each language around the parts."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.core.dates.partial import PartialDate


@dataclass(frozen=True, slots=True)
class SideParts:
    """One side as numbers; None where it isn't given.

    Attributes:
        year: the year, or the first year of a decade or century.
        month: 1 to 12.
        day: 1 to 31.
        span_years: 1, 10 for a decade, 100 for a century.
        approximate: "about".
        uncertain: doubtful.
    """

    year: int
    month: int | None
    day: int | None
    span_years: int
    approximate: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class DateParts:
    """What to show: `kind` is "single", "between", "from" or "until"; an open side is None."""

    kind: str
    start: SideParts | None
    end: SideParts | None


def date_parts(value: PartialDate) -> DateParts:
    """Give the parts of a date; a single date stands in `start`."""
    if "/" not in value.edtf:
        return DateParts("single", _side(value.edtf), None)
    left, right = value.edtf.split("/")
    start = None if left in ("", "..") else _side(left)
    end = None if right in ("", "..") else _side(right)
    kind = "between" if start and end else "from" if start else "until"
    return DateParts(kind, start, end)


def _side(text: str) -> SideParts:
    mark = text[-1] if text[-1] in "~?%" else ""
    fields = text.rstrip("~?%").split("-")
    unknown = fields[0].count("X")
    numbers = [int(part) if part.isdigit() else None for part in fields[1:]] + [None, None]
    return SideParts(
        year=int(fields[0].replace("X", "0")),
        month=numbers[0],
        day=numbers[1],
        span_years=10**unknown,
        approximate=mark in ("~", "%"),
        uncertain=mark in ("?", "%"),
    )
