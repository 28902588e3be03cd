# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mistake of a file that can't be read as a list, and notes on rows that can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goodoffices.core.errors import GoodOfficesError

SHOWN_CHARS = 80

Level = Literal["note", "warning", "refusal"]


class ListUnreadable(GoodOfficesError):
    """A file can't be read as a list; the code says why, the hint how to mend it."""

    code = "list_unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about a table, a row or a cell.

    Attributes:
        code: stable identifier, for example ``mixed_encoding`` or ``not_a_calendar_date``.
        level: "note" (nothing to do), "warning" (look at it), "refusal" (the cell can't be taken).
        row: number of the row in the file, from 1; None for the table.
        column: index of the column, from 0; None for the row or table.
        field: header or target of the column.
        text: the text in question, cut to 80 characters.
    """

    code: str
    level: Level = "warning"
    row: int | None = None
    column: int | None = None
    field: str = ""
    text: str = ""


def shorten(text: str) -> str:
    """Cut a text for showing."""
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"
