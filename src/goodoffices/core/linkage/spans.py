# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates of any precision as comparable numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PART = re.compile(r"^(\d{4})(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([~?%]?)$")
_DECADE = re.compile(r"^(\d{3})X$")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date: year, month and day (0 = not said) and, when it is vague, the first and last possible year.

    Attributes:
        vague: True if approximate, uncertain or an interval; then only ``first`` to ``last`` counts.
    """

    year: int
    month: int
    day: int
    vague: bool
    first: int
    last: int


@lru_cache(maxsize=100_000)
def read_span(text: str | None) -> DateSpan | None:
    """Read an EDTF date or interval; None for nothing, an open interval without years, or other text."""
    if not text:
        return None
    halves = [half for half in text.strip().split("/") if half not in ("", "..")]
    spans = [span for span in map(_one, halves) if span]
    if not spans or len(spans) != len(halves):
        return None
    if len(spans) == 1 and "/" not in text:
        return spans[0]
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    return DateSpan(first, 0, 0, True, first, last)


def _one(text: str) -> DateSpan | None:
    decade = _DECADE.match(text)
    if decade:
        year = int(decade[1]) * 10
        return DateSpan(year, 0, 0, True, year, year + 9)
    found = _PART.match(text)
    if not found:
        return None
    year = int(found[1])
    month = int(found[2]) if found[2] and found[2] != "XX" else 0
    day = int(found[3]) if found[3] and found[3] != "XX" and month else 0
    if month > 12 or day > 31:
        return None
    vague = bool(found[4]) and not day
    slack = 2 if vague else 0
    return DateSpan(year, month, day, vague, year - slack, year + slack)
