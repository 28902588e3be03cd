# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much a file may hold, and how the reader may be told what it would else find out."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep reading under 512 MB of memory whatever the file holds (SECURITY DS1, DS2).

    Attributes:
        file_bytes: size of the file as it lies on disk.
        unpacked_bytes: size after unpacking gzip.
        ratio: unpacked by packed size, looked at above 16 MiB.
        line_bytes: one physical line of a text file.
        record_lines: physical lines one quoted record may span.
        record_chars: characters of one record.
        columns: cells in one row.
        rows: rows in the file.
        cell_chars: characters of one cell; what is longer is cut and reported.
        zip_entries: files inside a workbook.
        workbook_bytes: size of all parts of a workbook after unpacking.
        workbook_memory: address space of the process that reads workbooks.
        workbook_seconds: processor time of that process.
    """

    file_bytes: int = 4096 * MIB
    unpacked_bytes: int = 8192 * MIB
    ratio: int = 250
    line_bytes: int = 4 * MIB
    record_lines: int = 200
    record_chars: int = 4 * MIB
    columns: int = 1_000
    rows: int = 5_000_000
    cell_chars: int = 100_000
    zip_entries: int = 2_000
    workbook_bytes: int = 512 * MIB
    workbook_memory: int = 420 * MIB
    workbook_seconds: int = 60


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person has settled; None means "find out".

    Attributes:
        encoding: name of the text encoding.
        delimiter: the sign between cells.
        sheet: name of the sheet in a workbook.
        header_row: number of the (last) header row, from 1; 0 = the list has no header.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
