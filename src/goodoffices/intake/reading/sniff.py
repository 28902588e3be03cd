# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tell what a file is by its first bytes, never by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from goodoffices.intake.reading.errors import ListUnreadable
from goodoffices.intake.reading.limits import MIB, Limits

Kind = Literal["text", "gzip", "zip"]

_SAVE_AS = "Open it in a spreadsheet program and save it as CSV (UTF-8) or XLSX."
_REFUSED: tuple[tuple[bytes, str, str, str], ...] = (
    (b"%PDF-", "pdf", "a PDF document", "Ask for the list as a table, or copy the table into a spreadsheet."),
    (b"{\\rtf", "rtf", "a text document (RTF)", _SAVE_AS),
    (b"\x89PNG", "image", "a picture", "Type the list into a spreadsheet; keep the picture as the original."),
    (
        b"\xff\xd8\xff",
        "image",
        "a picture",
        "Type the list into a spreadsheet; keep the picture as the original.",
    ),
    (b"7z\xbc\xaf\x27\x1c", "archive", "an archive", "Unpack it and hand in the list inside."),
    (b"Rar!", "archive", "an archive", "Unpack it and hand in the list inside."),
    (b"BZh", "archive", "an archive", "Unpack it and hand in the list inside."),
    (b"\xfd7zXZ", "archive", "an archive", "Unpack it and hand in the list inside."),
    (b"SQLite format 3", "database", "a database", "Export the table as CSV."),
    (b"PAR1", "parquet", "a Parquet file", "Export the table as CSV."),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sniff(path: Path, limits: Limits) -> Kind:
    """Tell how to open a file.

    Raises:
        ListUnreadable: absent, empty, too large, or a kind that is no table.
    """
    where = {"file": path.name}
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(MIB)
    except OSError as error:
        raise ListUnreadable(
            "The file can't be opened.", code="file_unopened", where=where, hint=str(error.strerror)
        ) from error
    if not head.strip(b"\x00 \t\r\n"):
        raise ListUnreadable("The file is empty.", code="empty_file", where=where, hint="Hand in a list with rows.")
    if size > limits.file_bytes:
        raise ListUnreadable(
            "The file is larger than can be taken.",
            code="file_too_large",
            where={**where, "bytes": size, "limit": limits.file_bytes},
            hint="Split the list into several files.",
        )
    return _by_content(head, where)


def _by_content(head: bytes, where: dict[str, str]) -> Kind:
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(_OLE):
        raise _ole_refusal(head, where)
    for magic, code, kind, hint in _REFUSED:
        if head.startswith(magic):
            raise ListUnreadable(f"The file is {kind}, not a list.", code=f"is_{code}", where=where, hint=hint)
    start = head[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<pfif")):
        kind = "a web page" if b"html" in start else "an XML document"
        raise ListUnreadable(f"The file is {kind}, not a table.", code="is_markup", where=where, hint=_SAVE_AS)
    return "text"


def _ole_refusal(head: bytes, where: dict[str, str]) -> ListUnreadable:
    if _ENCRYPTED in head:
        return ListUnreadable(
            "The workbook is protected by a password.",
            code="encrypted_workbook",
            where=where,
            hint="Take the password off in the spreadsheet program and save the workbook again.",
        )
    return ListUnreadable("The file is in an old Office format.", code="old_office_format", where=where, hint=_SAVE_AS)
