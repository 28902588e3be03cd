# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read lists as tables: any usual file form, columns guessed, cells normalised, problems grouped by repair.

Free of Django, so that the pure commands read files the same way as the staged import.
"""

from __future__ import annotations

from goodoffices.intake.reading.cleaning import clean_text
from goodoffices.intake.reading.columns import (
    DATE_TARGETS,
    IGNORE,
    OTHER,
    SEALED_TARGETS,
    TARGETS,
    ColumnGuess,
    guess_columns,
    is_target,
)
from goodoffices.intake.reading.errors import ListUnreadable, Problem
from goodoffices.intake.reading.limits import DEFAULT_LIMITS, Limits, ReadOptions
from goodoffices.intake.reading.mapping import (
    ListMapping,
    apply_mapping,
    mapping_for,
    parse_mapping,
    read_mapping,
)
from goodoffices.intake.reading.repairs import (
    ChosenRepair,
    ProblemGroup,
    Repair,
    apply_repairs,
    group_problems,
)
from goodoffices.intake.reading.rowkeys import KeyedRow, Pairing, RowPair, pair_rows, row_hash, row_key
from goodoffices.intake.reading.table import Row, Table, open_table
from goodoffices.intake.reading.typed_dates import suspect_typed_dates
from goodoffices.intake.reading.values import CellValue, ColumnRules, infer_rules, normalise

__all__ = [
    "DATE_TARGETS",
    "DEFAULT_LIMITS",
    "IGNORE",
    "OTHER",
    "SEALED_TARGETS",
    "TARGETS",
    "CellValue",
    "ChosenRepair",
    "ColumnGuess",
    "ColumnRules",
    "KeyedRow",
    "Limits",
    "ListMapping",
    "ListUnreadable",
    "Pairing",
    "Problem",
    "ProblemGroup",
    "ReadOptions",
    "Repair",
    "Row",
    "RowPair",
    "Table",
    "apply_mapping",
    "apply_repairs",
    "clean_text",
    "group_problems",
    "guess_columns",
    "infer_rules",
    "is_target",
    "mapping_for",
    "normalise",
    "open_table",
    "pair_rows",
    "parse_mapping",
    "read_mapping",
    "row_hash",
    "row_key",
    "suspect_typed_dates",
]
