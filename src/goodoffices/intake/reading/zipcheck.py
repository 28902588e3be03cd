# SPDX-License-Identifier: AGPL-3.0-or-later
"""Look into a zip before anything else does: counts, names, sizes as declared and as they really are.

The directory's own record is read first, by hand: a directory of a million entries must not even be parsed.
Layout: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from goodoffices.intake.reading.errors import ListUnreadable
from goodoffices.intake.reading.limits import MIB, Limits

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 0xFFFF
_ZIP64_LOCATOR = b"PK\x06\x07"
_ENTRY_BYTES = 1024
_RATIO_FROM = 16 * MIB
_SAVE_PLAIN = "Save the list as a plain XLSX workbook or as CSV (UTF-8) and hand it in again."
_STORED, _DEFLATED = 0, 8


def refusal(code: str, message: str, hint: str = _SAVE_PLAIN, **where: object) -> ListUnreadable:
    """Build the refusal of a workbook."""
    return ListUnreadable(message, code=code, where=where, hint=hint)


def inspect_zip(path: Path, limits: Limits) -> dict[str, int]:
    """Check a zip and give its entries as name -> true size.

    Raises:
        ListUnreadable: damaged_archive, too_many_entries, encrypted_workbook, unsafe_entry, nested_archive,
            unpacks_too_large, overlapping_entries, forbidden_markup.
    """
    with path.open("rb") as file:
        _check_directory(file, limits)
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError) as error:
            raise refusal("damaged_archive", "The workbook is damaged.") from error
        if len(entries) > limits.zip_entries:
            raise _too_many_entries(len(entries), limits)
        _check_entries(entries, path.stat().st_size, limits)
        return _true_sizes(file, entries, limits)


def _too_many_entries(count: int, limits: Limits) -> ListUnreadable:
    return refusal(
        "too_many_entries",
        "The workbook holds more parts than can be taken.",
        entries=count,
        limit=limits.zip_entries,
    )


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Bound the directory by its declared count and by the bytes it takes."""
    size = file.seek(0, 2)
    tail_size = min(size, _END_SIZE + _LONGEST_COMMENT + 20)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        raise refusal("damaged_archive", "The workbook is damaged: its directory is missing.")
    _, disk, _, _, count, directory_bytes, offset, _ = struct.unpack("<4sHHHHIIH", tail[at : at + _END_SIZE])
    if _ZIP64_LOCATOR in tail[:at] or 0xFFFF in (disk, count) or 0xFFFFFFFF in (directory_bytes, offset):
        # A list of people never needs the 64-bit form: over 65,534 parts or 4 GiB.
        raise refusal("too_many_entries", "The workbook is in the form made for huge archives.")
    if count > limits.zip_entries or directory_bytes > limits.zip_entries * _ENTRY_BYTES:
        raise _too_many_entries(count, limits)


def _check_entries(entries: list[zipfile.ZipInfo], packed_bytes: int, limits: Limits) -> None:
    names: set[str] = set()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise refusal(
                "encrypted_workbook",
                "The workbook is protected by a password.",
                "Take the password off in the spreadsheet program and save the workbook again.",
            )
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise refusal("unsafe_entry", "A part of the workbook has a path that leads out of it.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise refusal("unsafe_entry", "A part of the workbook is a link to another file.")
        if not 0 <= entry.header_offset <= packed_bytes - 30:
            raise refusal("damaged_archive", "A part of the workbook begins outside it.")
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise refusal("damaged_archive", "The workbook is packed in a way no spreadsheet program uses.")
        if entry.filename in names:
            raise refusal("overlapping_entries", "The workbook holds two parts of one name.")
        names.add(entry.filename)
    declared = sum(entry.file_size for entry in entries)
    if declared > limits.workbook_bytes or declared > max(_RATIO_FROM, limits.ratio * packed_bytes):
        raise _too_large(declared, limits)
    ends = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    if any(later[0] < earlier[1] for earlier, later in pairwise(ends)):
        raise refusal("overlapping_entries", "Parts of the workbook overlap.")


def _too_large(size: int, limits: Limits) -> ListUnreadable:
    return refusal(
        "unpacks_too_large",
        "The workbook unpacks to more than can be taken.",
        "Save the list as CSV, or split it into several workbooks.",
        bytes=size,
        limit=limits.workbook_bytes,
    )


def _true_sizes(file: BinaryIO, entries: list[zipfile.ZipInfo], limits: Limits) -> dict[str, int]:
    """Unpack every part, counting only: what a directory declares can be a lie."""
    sizes: dict[str, int] = {}
    total = 0
    for entry in entries:
        sizes[entry.filename] = _true_size(file, entry, limits.workbook_bytes - total)
        total += sizes[entry.filename]
        if total > limits.workbook_bytes:
            raise _too_large(total, limits)
        if sizes[entry.filename] != entry.file_size:
            raise refusal("damaged_archive", "A part of the workbook has another size than it declares.")
    return sizes


def _true_size(file: BinaryIO, entry: zipfile.ZipInfo, room: int) -> int:
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise refusal("damaged_archive", "The workbook is damaged.")
    if struct.unpack("<H", header[8:10])[0] != entry.compress_type:
        raise refusal("damaged_archive", "The workbook says two things about one part.")
    name_size, extra_size = struct.unpack("<HH", header[26:30])
    file.seek(name_size + extra_size, 1)
    unpacker = zlib.decompressobj(-15) if entry.compress_type == _DEFLATED else None
    left, size, first = entry.compress_size, 0, True
    while left > 0:
        data = file.read(min(left, 64 * 1024))
        if not data:
            raise refusal("damaged_archive", "The workbook ends too early.")
        left -= len(data)
        while data:
            chunk, data = _unpack(unpacker, data)
            if first and chunk:
                _check_start(chunk)
                first = False
            size += len(chunk)
            if size > min(room, entry.file_size):
                raise refusal("unpacks_too_large", "A part of the workbook unpacks to more than it declares.")
    return size


def _unpack(unpacker: zlib._Decompress | None, data: bytes) -> tuple[bytes, bytes]:
    if unpacker is None:
        return data, b""
    try:
        chunk = unpacker.decompress(data, MIB)
    except zlib.error as error:
        raise refusal("damaged_archive", "The workbook is damaged.") from error
    return chunk, unpacker.unconsumed_tail


def _check_start(chunk: bytes) -> None:
    if chunk.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise refusal(
            "nested_archive",
            "The workbook holds another archive.",
            "Take embedded files out and save it again.",
        )
    if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
        raise refusal("forbidden_markup", "The workbook holds markup that no spreadsheet program writes.")
