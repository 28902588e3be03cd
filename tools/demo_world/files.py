# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes lists and JSON so that the same content always gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from demo_world.table import Cell, Table


@dataclass(frozen=True)
class TextForm:
    """How a text list is written: encoding, separator, line end, byte order mark."""

    encoding: str
    delimiter: str
    newline: str = "\r\n"
    mark: bytes = b""


TEXT_FORMS = {
    "families": TextForm("utf-8", ";", mark=b"\xef\xbb\xbf"),
    "lawyers": TextForm("cp1251", ";"),
    "letters": TextForm("utf-8", "\t", "\n"),
    "returned": TextForm("utf-16-le", "\t", mark=b"\xff\xfe"),
    "relatives": TextForm("utf-8", ",", "\n"),
}
# Sheets that are not the list: every real workbook has one.
OTHER_SHEETS = {
    "register": (
        "About",
        (
            "Compiled from public notices, court calendars and reports to partner organisations.",
            "Family names in capitals. A blank cell means: not known to us.",
            "One row per person. Corrections: list@harrow-lane.invalid",
        ),
    ),
    "bureau": ("Лист2", ()),
}
_FIXED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def text_bytes(table: Table) -> bytes:
    """Write a table as separated text in its publisher's own way."""
    form = TEXT_FORMS[table.key]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator=form.newline)
    for row in table.rows():
        writer.writerow(["" if cell is None else cell for cell in row])
    return form.mark + out.getvalue().encode(form.encoding)


def workbook_bytes(table: Table) -> bytes:
    """Write a table as XLSX with dates as true dates, then store it without compression and clock times."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _FIXED})
    sheet = book.add_worksheet("Register" if table.key == "register" else "Перелік")
    day = book.add_format({"num_format": "yyyy-mm-dd" if table.key == "register" else "dd.mm.yyyy"})
    bold = book.add_format({"bold": True})
    for number, row in enumerate(table.rows()):
        _write_row(sheet, number, row, bold if number + 1 < table.first_row else None, day)
    title, notes = OTHER_SHEETS[table.key]
    other = book.add_worksheet(title)
    for number, note in enumerate(notes):
        other.write_string(number, 0, note)
    book.close()
    return _stored(buffer.getvalue())


def _write_row(sheet: Any, number: int, row: Sequence[Cell], heading: Any, day: Any) -> None:
    for column, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if isinstance(cell, date):
            sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
        elif isinstance(cell, int):
            sheet.write_number(number, column, cell)
        else:
            sheet.write_string(number, column, cell, heading)


def _stored(content: bytes) -> bytes:
    """Repack a zip uncompressed with one fixed time: compressed bytes differ between zlib builds."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_STORED)
    return out.getvalue()


def write_list(table: Table, folder: Path) -> None:
    """Write one edition of one list into the folder."""
    content = workbook_bytes(table) if table.file.endswith(".xlsx") else text_bytes(table)
    (folder / table.file).write_bytes(content)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a plain UTF-8 table of our own."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8"))


def write_json(path: Path, content: object) -> None:
    """Write JSON for people to read: two blanks, letters as they are."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_bytes(f"{text}\n".encode())
