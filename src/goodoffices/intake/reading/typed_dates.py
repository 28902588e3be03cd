# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find date columns that a spreadsheet program has half converted, and perhaps turned round.

A program set to month-first that meets 03/05/1985 makes it a typed date of 5 March; it leaves 26/12/1976 as
text because there is no month 26. Such a column holds typed dates with days up to 12 only, beside day-first
texts with days above 12: every typed date in it is suspect, though each looks sound by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.core.dates import DateUnreadable, parse_edtf, read_date
from goodoffices.intake.reading.table import Row

_FEWEST = 3
_LAST_MONTH = 12


@dataclass(slots=True)
class _Seen:
    typed: int = 0
    typed_late: int = 0
    texts_late: int = 0


def suspect_typed_dates(rows: Iterable[Row]) -> dict[int, int]:
    """Count the suspect typed dates of each column of a workbook.

    Returns:
        Column index -> number of typed dates whose day and month may have changed places.
    """
    columns: dict[int, _Seen] = {}
    for row in rows:
        for index, cell in enumerate(row.cells):
            if not cell.strip() or not (index in row.dates or cell[:1].isdigit()):
                continue
            seen = columns.setdefault(index, _Seen())
            late = _day(cell) > _LAST_MONTH
            if index in row.dates:
                seen.typed += 1
                seen.typed_late += late
            else:
                seen.texts_late += late
    return {
        index: seen.typed
        for index, seen in columns.items()
        if seen.typed >= _FEWEST and seen.typed_late == 0 and seen.texts_late >= _FEWEST
    }


def _day(cell: str) -> int:
    try:
        day = parse_edtf(read_date(cell).edtf).exact_day
    except DateUnreadable:
        return 0
    return day.day if day else 0
