# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open a list of any usual form and stream its rows.

Invariants: cells are given as they stand in the file; nothing is skipped in silence (a repeated header or a
total comes as a row of that kind); at no time more than one record and a bounded look-ahead is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from goodoffices.intake.reading import headers
from goodoffices.intake.reading.delimited import Record, RecordReader, detect_delimiter
from goodoffices.intake.reading.encodings import Line
from goodoffices.intake.reading.errors import ListUnreadable, Problem, shorten
from goodoffices.intake.reading.limits import DEFAULT_LIMITS, Limits, ReadOptions
from goodoffices.intake.reading.sniff import sniff
from goodoffices.intake.reading.streams import open_text
from goodoffices.intake.reading.workbook import open_workbook
from goodoffices.registry.cells import EXPORT_MARK, restore

HEAD_RECORDS = 40
_SAMPLE_LINE_CHARS = 20_000
_SEPARATOR_LINE = "sep="

RowKind = Literal["data", "header_again", "total"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list.

    Attributes:
        number: row number in the file, from 1, blank and header rows counted.
        cells: verbatim text, one for each header column.
        problems: what a person should know about the row.
        extra: cells beyond the header, if any.
        dates: indexes of cells the workbook holds as dates (their text is ISO).
        kind: "data", or a row that is no person: "header_again", "total".
    """

    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    extra: tuple[str, ...] = ()
    dates: frozenset[int] = frozenset()
    kind: RowKind = "data"


@dataclass(frozen=True, slots=True)
class Table:
    """An opened list. `rows()` reads from the file anew each time.

    Attributes:
        name: the file's name.
        header: column names, distinct.
        header_row_number: number of the (last) header row; 0 = none.
        format: "csv" (any delimiter) or "xlsx".
        encoding: text encoding; "" for workbooks.
        delimiter: sign between cells; "" for workbooks.
        sheet: sheet read; "" for text.
        sheets: all visible sheets that hold something.
        preamble: text of rows above the header.
        problems: what a person should know about the table as a whole.
    """

    name: str
    header: tuple[str, ...]
    header_row_number: int
    format: Literal["csv", "xlsx"]
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    preamble: tuple[str, ...]
    problems: tuple[Problem, ...]
    _records: Callable[[], Iterator[Record]]

    def rows(self) -> Generator[Row]:
        """Stream the rows below the header; blank rows are left out.

        Raises:
            ListUnreadable: a limit is passed or the file is damaged further down; `where` names the row.
        """
        try:
            for record in self._records():
                if record.number > self.header_row_number and any(cell.strip() for cell in record.cells):
                    yield self._row(record)
        except ListUnreadable as error:
            error.where.setdefault("file", self.name)
            raise

    def sample(self, size: int = 200) -> list[Row]:
        """Give the first data rows, for guessing columns."""
        with closing(self.rows()) as rows:
            return list(islice((row for row in rows if row.kind == "data"), size))

    def _row(self, record: Record) -> Row:
        width = len(self.header)
        cells = tuple(record.cells[:width]) + ("",) * (width - len(record.cells))
        extra = tuple(record.cells[width:])
        problems = [self._problem(code, record.number, column) for code, column in record.codes]
        if any(cell.strip() for cell in extra):
            problems.append(Problem("extra_cells", "warning", row=record.number, text=shorten(" | ".join(extra))))
        else:
            extra = ()
        if len(record.cells) < width and self.format == "csv":
            problems.append(Problem("short_row", "note", row=record.number))
        return Row(record.number, cells, tuple(problems), extra, record.dates, self._kind(cells))

    def _kind(self, cells: tuple[str, ...]) -> RowKind:
        repeats = self.header_row_number and headers.tidy(cells[0]) == self.header[0]
        if repeats and tuple(map(headers.tidy, cells)) == self.header:
            return "header_again"
        return "total" if headers.is_total(cells) else "data"

    def _problem(self, code: str, row: int, column: int | None) -> Problem:
        named = self.header[column] if column is not None and column < len(self.header) else ""
        return Problem(code, _LEVELS.get(code, "warning"), row=row, column=column, field=named)


_LEVELS: dict[str, Literal["note", "warning", "refusal"]] = {"formula": "note", "typed_time": "note"}


def open_table(path: Path, *, limits: Limits = DEFAULT_LIMITS, options: ReadOptions | None = None) -> Table:
    """Open a list by its content: CSV with any usual delimiter and encoding, packed or not, or XLSX.

    Args:
        path: the file; its name decides nothing.
        limits: bounds of size; see Limits.
        options: what a person has settled.

    Raises:
        ListUnreadable: with code, where and hint, in under two seconds where it can be told early.
    """
    settled = options or ReadOptions()
    try:
        kind = sniff(path, limits)
        if kind == "zip":
            return _from_workbook(path, limits, settled)
        return _from_text(path, kind == "gzip", limits, settled)
    except ListUnreadable as error:
        error.where.setdefault("file", path.name)
        raise


def _from_text(path: Path, packed: bool, limits: Limits, options: ReadOptions) -> Table:
    text = open_text(path, packed=packed, encoding=options.encoding, limits=limits)
    with closing(text.lines()) as lines:
        head = [Line(line.text[:_SAMPLE_LINE_CHARS], line.code) for line in islice(lines, 2 * HEAD_RECORDS)]
    first = head[0].text.strip().lower() if head else ""
    declared = first[len(_SEPARATOR_LINE) :] if first.startswith(_SEPARATOR_LINE) else ""
    delimiter = options.delimiter or declared or detect_delimiter(head, limits)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise ListUnreadable(
            "The sign between cells must be a single one.",
            code="bad_delimiter",
            where={"delimiter": delimiter[:10]},
            hint="Use a comma, semicolon, tab or |.",
        )

    def records() -> Iterator[Record]:
        read = iter(RecordReader(text.lines(), delimiter, limits))
        return (record for record in read if record.number > 1) if declared else read

    plan = _plan_header(records, options)
    ours = bool(plan.preamble) and plan.preamble[0].startswith(EXPORT_MARK)
    return Table(
        name=path.name,
        header=plan.names,
        header_row_number=plan.last_row,
        format="csv",
        encoding=text.encoding,
        delimiter=delimiter,
        sheet="",
        sheets=(),
        preamble=plan.preamble,
        problems=plan.problems,
        _records=(lambda: _restored(records())) if ours else records,
    )


def _restored(records: Iterator[Record]) -> Generator[Record]:
    """Give the records of our own export as they were before it guarded them against spreadsheets."""
    try:
        for record in records:
            yield replace(record, cells=[restore(cell) for cell in record.cells])
    finally:
        close = getattr(records, "close", None)
        if close is not None:
            close()


def _from_workbook(path: Path, limits: Limits, options: ReadOptions) -> Table:
    book = open_workbook(path, limits, options.sheet)
    plan = _plan_header(book.records, options)
    others = tuple(sheet for sheet in book.sheets if sheet != book.sheet)
    more = (Problem("other_sheets", "warning", text=shorten(", ".join(others))),) if others else ()
    return Table(
        name=path.name,
        header=plan.names,
        header_row_number=plan.last_row,
        format="xlsx",
        encoding="",
        delimiter="",
        sheet=book.sheet,
        sheets=book.sheets,
        preamble=plan.preamble,
        problems=plan.problems + more,
        _records=book.records,
    )


def _plan_header(records: Callable[[], Iterator[Record]], options: ReadOptions) -> headers.HeaderPlan:
    wanted = max(HEAD_RECORDS, options.header_row or 0)
    stream = records()
    head = list(islice(stream, min(wanted, 1000)))
    close = getattr(stream, "close", None)
    if close is not None:
        close()
    filled = [record for record in head if any(cell.strip() for cell in record.cells)]
    if not filled:
        raise ListUnreadable("The list has no rows.", code="empty_file", hint="Hand in a list with rows.")
    return headers.find_header(filled, options.header_row)
