# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compare partial dates by the days they may mean. None on a side is open to infinity."""

from __future__ import annotations

from datetime import date

from goodoffices.core.dates.partial import PartialDate


def overlaps(first: PartialDate, second: PartialDate) -> bool:
    """Tell whether some day fits both dates; symmetric, "about" is not widened."""
    return _not_after(first.earliest, second.latest) and _not_after(second.earliest, first.latest)


def contains(outer: PartialDate, inner: PartialDate) -> bool:
    """Tell whether every day of `inner` fits `outer`; reflexive and transitive."""
    starts = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return starts and ends


def gap_days(first: PartialDate, second: PartialDate) -> int:
    """Count the days that lie apart; 0 if the dates overlap or touch on a day."""
    if overlaps(first, second):
        return 0
    # Apart means that one ends, and the other begins, on known days.
    return max(
        (late.earliest - early.latest).days
        for early, late in ((first, second), (second, first))
        if early.latest is not None and late.earliest is not None
    )


def _not_after(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end
