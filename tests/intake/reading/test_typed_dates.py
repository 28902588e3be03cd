# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns that a spreadsheet program half converted are found; sound ones are left in peace."""

from __future__ import annotations

from goodoffices.intake.reading import Row, suspect_typed_dates


def rows(typed, texts):
    typed_rows = [Row(n, ("A", text), dates=frozenset({1})) for n, text in enumerate(typed, start=2)]
    return typed_rows + [Row(n, ("B", text)) for n, text in enumerate(texts, start=2 + len(typed))]


def test_a_half_converted_column_is_suspect():
    found = suspect_typed_dates(
        rows(["1985-03-05", "1990-07-11", "1991-02-12"], ["26/12/1976", "31/01/1980", "13/05/1982"])
    )
    assert found == {1: 3}


def test_typed_dates_of_all_days_are_sound():
    assert suspect_typed_dates(rows(["1985-03-05", "1990-07-25", "1991-02-12"], ["26/12/1976"] * 5)) == {}


def test_a_column_of_one_kind_is_sound():
    assert suspect_typed_dates(rows(["1985-03-05"] * 9, [])) == {}
    assert suspect_typed_dates(rows([], ["26/12/1976"] * 9)) == {}
    assert suspect_typed_dates(rows(["1985-03-05"] * 9, ["1985", "бл. 1990", "not a date", "3"])) == {}
