# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read the demo lists with plain tools, so that the tests don't lean on the import they feed."""

from __future__ import annotations

import csv
import io

from python_calamine import CalamineWorkbook

from goodoffices.demo.world import DemoSource, load_sources


def rows_of(source: DemoSource) -> list[list[str]]:
    """Every row of the file, top to bottom, as text."""
    if source.path.suffix == ".xlsx":
        sheet = CalamineWorkbook.from_path(source.path).get_sheet_by_name(source.sheet)
        return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    text = source.path.read_bytes().decode(source.encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=source.delimiter))


def records_of(source: DemoSource) -> list[dict[str, str]]:
    """The records by header, as sources.json says where they stand."""
    rows = rows_of(source)
    header = rows[source.header_row - 1]
    body = rows[source.header_row : source.header_row + source.records]
    return [dict(zip(header, row, strict=True)) for row in body]


def source(file: str) -> DemoSource:
    return next(one for one in load_sources() if one.file == file)


FIRST, SECOND = "families_2025-10.csv", "families_2026-10.csv"
