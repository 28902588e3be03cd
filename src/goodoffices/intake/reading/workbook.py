# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read an XLSX workbook in a process of its own, after looking into its zip.

The parser sees hostile bytes, so it runs apart: bounded memory and processor time, no network where the
kernel allows, nothing of ours imported, an empty environment. What comes back is lines of JSON, read with a
bound as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodoffices.intake.reading.delimited import Record
from goodoffices.intake.reading.errors import ListUnreadable
from goodoffices.intake.reading.limits import Limits
from goodoffices.intake.reading.zipcheck import inspect_zip, refusal

_CHILD = Path(__file__).with_name("workbook_child.py")
_WORKBOOK_PART = "xl/workbook.xml"
_MACRO_PARTS = ("vbaproject.bin", "vbaprojectsignature.bin", "macrosheets/")
_LONGEST_LINE = 64 * 1024 * 1024

_MESSAGES: dict[str, tuple[str, str]] = {
    "no_sheet": (
        "The workbook has no sheet with rows.",
        "Hand in a workbook with the list on a visible sheet.",
    ),
    "unknown_sheet": ("The workbook has no sheet of that name.", "Name one of its visible sheets."),
    "damaged_archive": ("The workbook is damaged.", "Open it in a spreadsheet program and save it again."),
    "encrypted_workbook": (
        "The workbook is protected by a password.",
        "Take the password off and save it again.",
    ),
    "too_many_columns": (
        "A sheet has more columns than can be taken.",
        "Keep only the columns that are needed.",
    ),
    "too_many_rows": ("A sheet has more rows than can be taken.", "Split the list into several files."),
    "row_too_long": ("A row of the sheet holds more text than can be taken.", "Check that this is the list itself."),
    "workbook_too_large": (
        "The workbook needs more memory than is allowed.",
        "Save the list as CSV (UTF-8).",
    ),
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """A checked workbook with the sheet chosen."""

    path: Path
    sheet: str
    sheets: tuple[str, ...]
    limits: Limits

    def records(self) -> Iterator[Record]:
        """Stream the records of the sheet; raises ListUnreadable."""
        lines = _child_lines(self.path, self.sheet, self.limits)
        try:
            next(lines)
            for line in lines:
                yield _record(line, self.limits)
        finally:
            lines.close()


def open_workbook(path: Path, limits: Limits, sheet: str | None) -> Workbook:
    """Check a workbook and choose the sheet named, or the first visible one with rows.

    Raises:
        ListUnreadable: not a workbook, macros, password, a limit passed, damaged.
    """
    names = {name.lower() for name in inspect_zip(path, limits)}
    if any(part in name for name in names for part in _MACRO_PARTS):
        raise refusal("macros", "The workbook holds macros.", "Save it as a workbook without macros (.xlsx).")
    if _WORKBOOK_PART not in names:
        raise _other_document(names)
    lines = _child_lines(path, sheet, limits)
    try:
        first = next(lines)
    finally:
        lines.close()
    return Workbook(path.absolute(), str(first["sheet"]), tuple(first["sheets"]), limits)


def _other_document(names: set[str]) -> ListUnreadable:
    if "word/document.xml" in names or "content.xml" in names or "xl/workbook.bin" in names:
        return refusal("is_document", "The file is an office document, but not an XLSX workbook.")
    return refusal("is_archive", "The file is an archive, not a list.", "Unpack it and hand in the list inside.")


def _child_lines(path: Path, sheet: str | None, limits: Limits) -> Generator[dict[str, Any]]:
    """Start the reading process and give its lines; ends it whatever happens."""
    settings = {
        "sheet": sheet,
        "memory": limits.workbook_memory,
        "seconds": limits.workbook_seconds,
        "columns": limits.columns,
        "chars": limits.record_chars,
        "rows": limits.rows,
    }
    with path.open("rb") as file:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file, no shell
            [sys.executable, "-I", str(_CHILD), json.dumps(settings)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
        )
    ended = False
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        while line := process.stdout.readline(_LONGEST_LINE):
            answer = _parse(line)
            if "error" in answer:
                raise _child_refusal(answer)
            if "end" in answer:
                ended = True
                return
            yield answer
        # Ended by a signal: one of its bounds. Ended by itself: the parser gave up on what it read.
        raise _child_refusal({"error": "workbook_too_large" if process.wait() < 0 else "damaged_archive"})
    finally:
        if not ended:
            process.kill()
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def _parse(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        # A process ended by its limits can stop in the middle of a line.
        return {"error": "workbook_too_large"}
    return answer if isinstance(answer, dict) else {"error": "damaged_archive"}


def _child_refusal(answer: dict[str, Any]) -> ListUnreadable:
    code = str(answer["error"])
    message, hint = _MESSAGES.get(code, _MESSAGES["damaged_archive"])
    where: dict[str, Any] = {key: answer[key] for key in ("row", "sheet", "limit") if key in answer}
    return ListUnreadable(message, code=code, where=where, hint=hint)


def _record(line: dict[str, Any], limits: Limits) -> Record:
    cells = [str(cell) for cell in line["cells"]]
    codes: list[tuple[str, int | None]] = [(str(code), int(column)) for code, column in line.get("codes", [])]
    for index, cell in enumerate(cells):
        if len(cell) > limits.cell_chars:
            cells[index] = cell[: limits.cell_chars]
            codes.append(("cell_cut", index))
    return Record(int(line["row"]), cells, codes, frozenset(line.get("dates", [])))
