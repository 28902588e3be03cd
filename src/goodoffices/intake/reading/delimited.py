# SPDX-License-Identifier: AGPL-3.0-or-later
"""Split lines of text into records of cells.

Own reader and not the csv module, because a lone quote there swallows everything up to the next one, its
field limit is a global, and it can't say in which row it stumbled. Invariant: at most `record_lines` lines
are held ahead, so memory is bounded whatever the file holds.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodoffices.intake.reading.encodings import Line
from goodoffices.intake.reading.errors import ListUnreadable
from goodoffices.intake.reading.limits import Limits

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 60


@dataclass(slots=True)
class Record:
    """One record as read: number from 1, cells, codes of problems as (code, column or None)."""

    number: int
    cells: list[str]
    codes: list[tuple[str, int | None]] = field(default_factory=list)
    dates: frozenset[int] = frozenset()


class _Unclosed(Exception):
    """A quote opens a field and nothing sensible closes it."""

    def __init__(self, position: int) -> None:
        self.position = position


class RecordReader:
    """Reads records from lines, looking ahead only inside an open quote."""

    def __init__(self, lines: Iterator[Line], delimiter: str, limits: Limits) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._limits = limits
        self._ahead: deque[Line] = deque()
        self._taken: list[Line] = []
        self._chars = 0

    def __iter__(self) -> Iterator[Record]:
        number = 0
        while (line := self._next_line()) is not None:
            number += 1
            if number > self._limits.rows:
                raise _too_many("rows", number, self._limits.rows)
            yield self._record(number, line)

    def _next_line(self) -> Line | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _record(self, number: int, line: Line) -> Record:
        codes: list[tuple[str, int | None]] = []
        if '"' in line.text:
            cells, codes = self._quoted(line)
        else:
            if line.text.count(self._delimiter) >= self._limits.columns:
                raise _too_many("columns", number, self._limits.columns)
            cells = line.text.split(self._delimiter)
        if len(cells) > self._limits.columns:
            raise _too_many("columns", number, self._limits.columns)
        codes.extend((taken.code, None) for taken in (line, *self._taken) if taken.code)
        self._taken = []
        _bound_cells(cells, codes, self._limits)
        return Record(number, cells, codes)

    def _quoted(self, line: Line) -> tuple[list[str], list[tuple[str, int | None]]]:
        """Split a line with quotes; a quote nobody closes is an ordinary sign of that one line."""
        literal: int | None = None
        for _attempt in range(2):
            self._taken, self._chars = [], len(line.text)
            try:
                cells, stray = self._split(line.text, literal)
            except _Unclosed as unclosed:
                self._ahead.extendleft(reversed(self._taken))
                self._taken = []
                literal = unclosed.position
                continue
            codes: list[tuple[str, int | None]] = [("stray_quote", None)] if stray else []
            return cells, codes + ([("lone_quote", None)] if literal is not None else [])
        return line.text.split(self._delimiter), [("lone_quote", None)]

    def _split(self, text: str, literal: int | None) -> tuple[list[str], bool]:
        cells: list[str] = []
        stray = False
        position = 0
        while True:
            if text.startswith('"', position) and not (position == literal and not self._taken):
                cell, text, position, odd = self._quoted_cell(text, position)
                stray = stray or odd
            else:
                end = text.find(self._delimiter, position)
                end = len(text) if end < 0 else end
                cell, position = text[position:end], end
            cells.append(cell)
            if len(cells) > self._limits.columns or position >= len(text):
                return cells, stray
            position += 1

    def _quoted_cell(self, text: str, start: int) -> tuple[str, str, int, bool]:
        """Read a quoted cell; gives cell, current line, position of the delimiter or end, and oddness."""
        opened_on = len(self._taken)
        parts: list[str] = []
        odd = False
        position = start + 1
        while True:
            quote = text.find('"', position)
            if quote < 0:
                parts.append(text[position:] + "\n")
                text, position = self._continue(start), 0
            elif text.startswith('"', quote + 1):
                parts.append(text[position : quote + 1])
                position = quote + 2
            else:
                end = text.find(self._delimiter, quote)
                end = len(text) if end < 0 else end
                if not text[quote + 1 : end].strip():
                    parts.append(text[position:quote])
                    return "".join(parts), text, end, odd
                if len(self._taken) > opened_on:
                    raise _Unclosed(start)
                parts.append(text[position : quote + 1])
                position, odd = quote + 1, True

    def _continue(self, start: int) -> str:
        following = self._next_line()
        if following is None:
            raise _Unclosed(start)
        self._taken.append(following)
        self._chars += len(following.text)
        if len(self._taken) >= self._limits.record_lines or self._chars > self._limits.record_chars:
            raise _Unclosed(start)
        return following.text


def _bound_cells(cells: list[str], codes: list[tuple[str, int | None]], limits: Limits) -> None:
    for index, cell in enumerate(cells):
        if len(cell) > limits.cell_chars:
            cells[index] = cell[: limits.cell_chars]
            codes.append(("cell_cut", index))
        if "\0" in cell:
            cells[index] = cells[index].replace("\0", "\u2400")
            codes.append(("nul_byte", index))


def _too_many(what: str, row: int, limit: int) -> ListUnreadable:
    return ListUnreadable(
        f"The list has more than {limit} {what}.",
        code=f"too_many_{what}",
        where={"row": row, "limit": limit},
        hint="Check that this is the list itself, then split it."
        if what == "rows"
        else "Check the sign between cells, or keep only the columns that are needed.",
    )


def detect_delimiter(lines: list[Line], limits: Limits) -> str:
    """Choose the sign that gives most lines the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        counts: list[int] = []
        for record in RecordReader(iter(lines), delimiter, _without_columns(limits)):
            if any(cell.strip() for cell in record.cells):
                counts.append(len(record.cells))
            if len(counts) >= _SAMPLE_RECORDS:
                break
        wide = [count for count in counts if count > 1]
        if not wide:
            continue
        mode, times = Counter(wide).most_common(1)[0]
        score = times / len(counts) + min(mode, 50) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _without_columns(limits: Limits) -> Limits:
    """While guessing, a wrong sign may give many cells; only the chosen one is judged."""
    return Limits(columns=limits.line_bytes, record_lines=limits.record_lines, record_chars=limits.record_chars)
