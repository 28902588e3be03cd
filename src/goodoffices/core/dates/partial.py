# SPDX-License-Identifier: AGPL-3.0-or-later
"""A date that may be partial, uncertain, approximate or a span.

Invariant: `edtf` parses back to an equal PartialDate; `earliest` and `latest` are the widest plain reading
of it, inclusive on both ends, never widened for "about". None means open on that side, never "unknown day".
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class Precision(enum.StrEnum):
    """How much of the date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """One date as EDTF with the days it may lie between.

    Attributes:
        edtf: ISO 8601-2 / EDTF text, levels 0 and 1 without seasons.
        earliest: first possible day, inclusive; None = open.
        latest: last possible day, inclusive; None = open.
        precision: what of it is given.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    precision: Precision

    @property
    def approximate(self) -> bool:
        """Tell whether any side is marked "about" (~ or %)."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def uncertain(self) -> bool:
        """Tell whether any side is marked doubtful (? or %)."""
        return "?" in self.edtf or "%" in self.edtf

    @property
    def exact_day(self) -> date | None:
        """Give the day if one single day is meant without any mark of doubt, else None."""
        plain = self.precision is Precision.DAY and not self.approximate and not self.uncertain
        return self.earliest if plain else None

    def __str__(self) -> str:
        return self.edtf
