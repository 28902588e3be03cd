# SPDX-License-Identifier: AGPL-3.0-or-later
"""The process that parses workbooks: the file on stdin, settings as argument, rows as JSON lines on stdout.

Started by workbook.py with `python -I`; imports nothing of Good Offices, so that a flaw in the parser meets
an empty house. Formulas are never evaluated: the value the workbook holds is given, with the code "formula".
"""

from __future__ import annotations

import ctypes
import datetime
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.etree import ElementTree

_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_MOST_MARKS = 200_000
_MOST_SHEETS = 20
_CHUNK = 1024 * 1024
_OVERLAP = 4096
# No "<" inside a tag, and bounds everywhere: hostile markup must not make the search quadratic.
_FORMULA = re.compile(rb'<c\s(?:[^<>]{0,200}\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}>\s{0,9}<f\b')
_ERROR = re.compile(
    rb'<c\s(?=[^<>]{0,200}\bt="e")(?:[^<>]{0,200}\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}>'
    rb"(?:\s{0,9}<f[^<]{0,2000}(?:</f>)?)?\s{0,9}<v>(#[^<]{1,20})</v>"
)
# Spreadsheets invent a 29 February 1900 and know nothing before: such days are given, but marked.
_FIRST_SURE_DAY = datetime.date(1900, 3, 1)


def main() -> None:
    """Read the settings, bound the process, answer."""
    settings = json.loads(sys.argv[1])
    _bound(settings)
    try:
        _answer(settings)
    except MemoryError:
        _write({"error": "workbook_too_large"})


def _bound(settings: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (settings["memory"], settings["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (settings["seconds"], settings["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    except (OSError, AttributeError):
        return  # not every kernel allows it; the other bounds stand


def _write(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode() + b"\n")


def _answer(settings: dict[str, Any]) -> None:
    import python_calamine as calamine  # after the bounds, so that they hold for it too

    try:
        book = calamine.CalamineWorkbook.from_filelike(sys.stdin.buffer)
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        wanted = settings["sheet"]
        if wanted is not None and wanted not in book.sheet_names:
            return _write({"error": "unknown_sheet", "sheet": wanted})
        chosen, filled = _choose(book, [wanted] if wanted is not None else visible[:_MOST_SHEETS])
    except calamine.PasswordError:
        return _write({"error": "encrypted_workbook"})
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, ValueError, OSError):
        return _write({"error": "damaged_archive"})
    if chosen is None:
        return _write({"error": "no_sheet"})
    _write({"sheet": chosen.name, "sheets": filled if wanted is None else visible})
    sys.stdout.buffer.flush()
    return _write_rows(chosen, _marks(chosen.name), settings)


def _choose(book: Any, names: list[str]) -> tuple[Any, list[str]]:
    """Give the first sheet that holds something, and the names of all that do; only one is kept in memory."""
    chosen, filled = None, []
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            chosen = chosen or sheet
            filled.append(name)
    return chosen, filled


def _write_rows(sheet: Any, marks: dict[int, dict[int, list[str]]], settings: dict[str, Any]) -> None:
    first_column = (sheet.start or (0, 0))[1]
    if sheet.width > settings["columns"]:
        return _write({"error": "too_many_columns", "limit": settings["columns"], "sheet": sheet.name})
    if sheet.total_height > settings["rows"]:
        return _write({"error": "too_many_rows", "limit": settings["rows"], "sheet": sheet.name})
    # iter_rows begins at the sheet's first row even when that is empty, but at the first column in use.
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if values.count("") == len(values) and number not in marks:
            continue  # a stray cell far down makes a million of these
        found = {column - first_column: mark for column, mark in marks.get(number, {}).items()}
        answer = _row(number, values, found)
        if sum(map(len, answer["cells"])) > settings["chars"]:
            return _write({"error": "row_too_long", "row": number, "limit": settings["chars"]})
        _write(answer)
    return _write({"end": True})


def _row(number: int, values: list[Any], marks: dict[int, list[str]]) -> dict[str, Any]:
    cells: list[str] = []
    codes: list[tuple[str, int]] = []
    dates: list[int] = []
    for column, value in enumerate(values):
        text, code = _text(value)
        if isinstance(value, datetime.date):
            dates.append(column)
        for mark in marks.get(column, ()):
            if mark == "formula":
                codes.append((mark, column))
            else:
                text, code = mark, "error_value"
        if code:
            codes.append((code, column))
        cells.append(text)
    answer: dict[str, Any] = {"row": number, "cells": cells}
    return answer | ({"codes": codes} if codes else {}) | ({"dates": dates} if dates else {})


def _text(value: Any) -> tuple[str, str]:
    """Write a cell as a person would read it, with the code of what is odd about it."""
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        # Spreadsheets keep 15 digits: a longer number has lost its end before it came to us.
        return (str(int(value)) if whole else repr(value)), "" if abs(value) < 1e15 else "number_cut"
    if isinstance(value, datetime.datetime):
        code = "typed_date_doubtful" if value.date() < _FIRST_SURE_DAY else ""
        return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds"), code
    if isinstance(value, datetime.date):
        return value.isoformat(), "typed_date_doubtful" if value < _FIRST_SURE_DAY else ""
    return str(value), "typed_time"


def _marks(sheet: str) -> dict[int, dict[int, list[str]]]:
    """Find formulas and error values, which the parser doesn't tell: row from 1 -> column from 0 -> mark."""
    marks: dict[int, dict[int, list[str]]] = {}
    for column, row, mark in islice(_scan(sheet), _MOST_MARKS):
        found = marks.setdefault(int(row), {}).setdefault(_column_index(column), [])
        if mark not in found:  # a cell where two windows overlap is met twice
            found.append(mark)
    return marks


def _scan(sheet: str) -> Iterator[tuple[bytes, bytes, str]]:
    sys.stdin.buffer.seek(0)
    with zipfile.ZipFile(sys.stdin.buffer) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return
        tail = b""
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                window = tail + chunk
                if b"<f" in window or b't="e"' in window:
                    for match in _FORMULA.finditer(window):
                        yield match[1], match[2], "formula"
                    for match in _ERROR.finditer(window):
                        yield match[1], match[2], match[3].decode("ascii", errors="replace")
                tail = window[-_OVERLAP:]


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Follow workbook.xml and its relations from a sheet's name to its part."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - no DTD gets here
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return None
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            identity = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets.get(identity, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1


if __name__ == "__main__":
    main()
