# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find in which order day, month and year stand in a column, with the counts that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.core.dates.errors import DateUnreadable
from goodoffices.core.dates.reading import read_date
from goodoffices.core.dates.single import Order

# One typing error in twenty dates is common in lists typed by hand; more contradicts the order itself.
_MOST_EXCEPTIONS = 0.05


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What a column shows about its order.

    Attributes:
        order: the order to use, or None if the values don't decide.
        dmy: values that can only be day, month, year.
        mdy: values that can only be month, day, year.
        ymd: values that begin with the year.
        dotted: values with dots that fit both orders; read day first by convention.
        undecided: other values that fit both orders.
        free: values without any order (year, month and year, month in letters).
        unreadable: values that are no dates.
    """

    order: Order | None
    dmy: int
    mdy: int
    ymd: int
    dotted: int
    undecided: int
    free: int
    unreadable: int

    @property
    def conflict(self) -> bool:
        """Tell whether both day-first and month-first values occur."""
        return self.dmy > 0 and self.mdy > 0


def infer_order(values: Iterable[str]) -> OrderEvidence:
    """Count what each value shows and decide; empty values are skipped, nothing is raised."""
    counts = dict.fromkeys(("DMY", "MDY", "YMD", "dotted", "undecided", "free", "unreadable"), 0)
    for value in values:
        if value.strip():
            counts[_evidence(value)] += 1
    return OrderEvidence(
        order=_decide(counts),
        dmy=counts["DMY"],
        mdy=counts["MDY"],
        ymd=counts["YMD"],
        dotted=counts["dotted"],
        undecided=counts["undecided"],
        free=counts["free"],
        unreadable=counts["unreadable"],
    )


def _evidence(value: str) -> str:
    try:
        reading = read_date(value)
    except DateUnreadable:
        return "unreadable"
    if reading.ambiguous:
        return "undecided"
    if "order_by_dots" in reading.notes:
        return "dotted"
    if reading.order_used in ("DMY", "MDY") and _same_both_ways(reading.edtf):
        return "free"
    return reading.order_used or "free"


def _same_both_ways(edtf: str) -> bool:
    """Tell whether day and month are equal, so that 05/05/1985 shows nothing."""
    fields = edtf.rstrip("~?%").split("/")[0].split("-")
    return len(fields) == 3 and fields[1] == fields[2]


def _decide(counts: dict[str, int]) -> Order | None:
    day_first, month_first = counts["DMY"], counts["MDY"]
    if day_first and month_first <= _MOST_EXCEPTIONS * day_first:
        return "DMY"
    if month_first and day_first <= _MOST_EXCEPTIONS * month_first:
        return "MDY"
    if day_first or month_first or counts["undecided"]:
        return None
    if counts["dotted"]:
        return "DMY"
    return "YMD" if counts["YMD"] else None
