# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.registry.cells import guard, restore

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\ufeff=1",
]
awkward = st.text(alphabet="=+-@\t\r\n\0＝＋;,\"' a1\ufeffб", max_size=24)


@pytest.mark.req("EX1")
@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_would_begin_a_formula_begins_with_an_apostrophe(cell):
    assert guard(cell).startswith("'")


@pytest.mark.req("EX1")
@pytest.mark.parametrize("cell", ['a";=1', "a;=1", "a,=1", "a\t=1", "a\n=1", "x\r\n+1"])
def test_a_formula_after_a_separator_or_a_line_break_is_guarded_too(cell):
    assert not re.search(r"[;,\"\t\r\n][ \ufeff]*[=+\-@]", guard(cell))


@pytest.mark.parametrize("cell", ["Ковилянко", "1981-03-14", "О'Коннор", "a=b", "", "Центр 99", "row 4; see 5"])
def test_an_ordinary_cell_stays_as_it_is(cell):
    assert guard(cell) == cell


@pytest.mark.req("EX1")
@given(awkward)
def test_restoring_gives_the_exact_value_back(cell):
    assert restore(guard(cell)) == cell


@given(awkward)
def test_a_guarded_cell_survives_a_csv_file_and_starts_no_formula(cell):
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow([guard(cell)])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert restore(row[0]) == cell
    assert row[0].lstrip(" \u00a0\u3000\ufeff\u200b")[:1] not in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}
