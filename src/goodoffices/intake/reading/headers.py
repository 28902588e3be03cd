# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find the header of a table among titles, notes, merged cells and the rows themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.intake.reading.delimited import Record
from goodoffices.intake.reading.errors import Problem, shorten
from goodoffices.intake.reading.synonyms import known_header, known_header_part

_LONGEST_NAME = 120
_TOTAL = re.compile(
    r"^\W*(?:всього|усього|разом|загалом|итого|всего|total|subtotal|grand total|total general)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class HeaderPlan:
    """Where the table begins.

    Attributes:
        names: column names, distinct, in order.
        last_row: number of the last header row; 0 if there is none.
        first_row: number of the first header row; 0 if there is none.
        preamble: rows above the header, as text.
        problems: what a person should know.
    """

    names: tuple[str, ...]
    last_row: int
    first_row: int
    preamble: tuple[str, ...]
    problems: tuple[Problem, ...]


def tidy(name: str) -> str:
    """Put a header on one line, without outer blanks."""
    return " ".join(name.replace("\ufeff", "").split())[:_LONGEST_NAME]


def find_header(records: Sequence[Record], header_row: int | None = None) -> HeaderPlan:
    """Find the header among the first records (about 40).

    Args:
        records: first records of the file, not empty.
        header_row: number of the header row where a person has named it; 0 = none.
    """
    width = _usual_width(records)
    if header_row == 0:
        return _without_header(records, width)
    if header_row is not None:
        chosen = next((index for index, record in enumerate(records) if record.number == header_row), None)
        return _plan(records, chosen, width, joined=False) if chosen is not None else _without_header(records, width)
    scored = [(_known_score(record, width), -index) for index, record in enumerate(records)]
    score, negative = max(scored)
    if score > 0:
        return _plan(records, -negative, width, joined=True)
    if _stands_out(records, width):
        return _plan(records, 0, width, joined=False)
    return _without_header(records, width)


def _usual_width(records: Sequence[Record]) -> int:
    """The widest filled extent that at least two rows have, else that of the first filled row."""
    extents = [_extent(record.cells) for record in records if any(cell.strip() for cell in record.cells)]
    if not extents:
        return 1
    common = [extent for extent, times in Counter(extents).items() if times > 1]
    return max(common, default=extents[0])


def _extent(cells: Sequence[str]) -> int:
    return max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)


def _known_score(record: Record, width: int) -> float:
    """Points for a row with words we know as headers; 0 if it may as well be a row of the list."""
    filled = [tidy(cell) for cell in record.cells if cell.strip()]
    known = sum(known_header(cell) for cell in filled)
    # One such word beside digits is a cell: "3, Smith, prison, 1985".
    if known == 0 or (known == 1 and any(_DIGITS.search(cell) for cell in filled)):
        return 0
    return 10 * known + min(len(filled), width) / width


def _stands_out(records: Sequence[Record], width: int) -> bool:
    """Tell whether the first row is a header in words we don't know.

    It must be full, distinct, short and free of digits, and either look like names of fields or stand over
    a column of digits.
    """
    filled = [tidy(cell) for cell in records[0].cells if cell.strip()]
    plain = all(not _DIGITS.search(cell) and len(cell) <= 60 for cell in filled)
    if not plain or len(filled) < 0.6 * width or len(filled) != len(set(filled)):
        return False
    if all("_" in cell or cell.islower() for cell in filled):
        return True
    below = records[1:]
    return any(
        len(below) >= 2
        and sum(column < len(record.cells) and bool(_DIGITS.search(record.cells[column])) for record in below)
        > 0.6 * len(below)
        for column in range(width)
        if column < len(records[0].cells) and records[0].cells[column].strip()
    )


def _plan(records: Sequence[Record], index: int, width: int, *, joined: bool) -> HeaderPlan:
    first = last = index
    cells = [tidy(cell) for cell in records[index].cells]
    problems: list[Problem] = []
    if joined:
        if index + 1 < len(records) and _continues(cells, records[index + 1]):
            cells, last = _join(cells, records[index + 1].cells), index + 1
        elif index > 0 and _groups(records[index - 1], cells):
            cells, first = (
                _join([tidy(cell) for cell in records[index - 1].cells], records[index].cells),
                index - 1,
            )
        if first != last:
            problems.append(Problem("two_line_header", "note", row=records[last].number))
    preamble = tuple(
        shorten(" ".join(cell.strip() for cell in record.cells if cell.strip())) for record in records[:first]
    )
    if any(preamble):
        problems.append(Problem("preamble", "note", row=records[0].number, text=preamble[0]))
    extent = max(_extent(cells), width)
    names, found = _distinct((cells + [""] * extent)[:extent], records[last].number)
    return HeaderPlan(
        names, records[last].number, records[first].number, tuple(filter(None, preamble)), (*problems, *found)
    )


def _continues(upper: list[str], following: Record) -> bool:
    """Tell whether the next row fills gaps of this header with known words: a header on two lines."""
    lower = [tidy(cell) for cell in following.cells]
    gaps = [index for index, cell in enumerate(lower) if cell and (index >= len(upper) or not upper[index])]
    filled = [cell for cell in lower if cell]
    if not gaps or any(_DIGITS.search(cell) or len(cell) > 60 for cell in filled):
        return False
    return sum(known_header_part(cell) for cell in filled) * 2 >= len(filled)


def _groups(above: Record, lower: list[str]) -> bool:
    """Tell whether the row above names groups of columns: filled in part, with gaps it spreads over."""
    upper = [tidy(cell) for cell in above.cells]
    filled = [cell for cell in upper if cell]
    spread = any(
        upper[index] and not upper[index + 1] and index + 1 < len(lower) and lower[index + 1]
        for index in range(len(upper) - 1)
    )
    if not filled or not spread or any(_DIGITS.search(cell) or len(cell) > 60 for cell in filled):
        return False
    # A title over a full header is no group: a group's own column needs its word.
    repeated = len([cell for cell in lower if cell]) != len({cell for cell in lower if cell})
    holes = any(upper[index] and not cell for index, cell in enumerate(lower) if index < len(upper))
    return repeated or (holes and len(filled) > 1)


def _join(upper: list[str], lower_cells: Sequence[str]) -> list[str]:
    lower = [tidy(cell) for cell in lower_cells]
    size = max(len(upper), len(lower))
    upper, lower = upper + [""] * (size - len(upper)), lower + [""] * (size - len(lower))
    joined, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        joined.append(f"{group} / {below}" if group and below and group != below else group or below)
    return joined


def _distinct(cells: Sequence[str], row: int) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Name the unnamed and number the repeated."""
    names: list[str] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for index, cell in enumerate(cells):
        name = cell or f"column {index + 1}"
        if not cell:
            problems.append(Problem("unnamed_column", "note", row=row, column=index, field=name))
        distinct, copy = name, 2
        while distinct.casefold() in taken:
            distinct, copy = f"{name} ({copy})", copy + 1
        if distinct != name:
            problems.append(Problem("duplicate_header", "warning", row=row, column=index, field=distinct, text=name))
        taken.add(distinct.casefold())
        names.append(distinct)
    return tuple(names), tuple(problems)


def _without_header(records: Sequence[Record], width: int) -> HeaderPlan:
    widest = max(width, max(_extent(record.cells) for record in records))
    names = tuple(f"column {index + 1}" for index in range(max(1, widest)))
    return HeaderPlan(names, 0, 0, (), (Problem("no_header", "warning"),))


def is_total(cells: Sequence[str]) -> bool:
    """Tell whether a row sums up: its first filled cell says so and little else is filled."""
    first = next((cell for cell in cells if cell.strip()), "")
    if not _TOTAL.match(first):
        return False
    return sum(bool(cell.strip()) for cell in cells) <= max(2, len(cells) // 3)
