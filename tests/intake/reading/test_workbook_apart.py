# SPDX-License-Identifier: AGPL-3.0-or-later
"""The process that parses workbooks is given nothing but the file, and ends whatever happens."""

from __future__ import annotations

import pytest

from goodoffices.intake.reading import ListUnreadable, open_table, workbook
from tests.intake.reading import hostile

ONE_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a program in the place of the parser and open a workbook with it."""

    def opened(program):
        path = tmp_path / "child.py"
        path.write_text("import json, os, sys\n" + program)
        monkeypatch.setattr(workbook, "_CHILD", path)
        return open_table(hostile.write_workbook(tmp_path / "list.xlsx", ONE_ROW))

    return opened


def test_the_parser_sees_nothing_of_our_environment(stand_in, monkeypatch):
    monkeypatch.setenv("GOODOFFICES_KEY_FILE", "/secret")
    row = 'print(json.dumps({"row": 1, "cells": ["name", *sorted(os.environ), os.getcwd()]}))'
    table = stand_in(f'print(json.dumps({{"sheet": "x", "sheets": ["x"]}}))\n{row}\nprint(json.dumps({{"end": True}}))')
    assert set(table.header) <= {"name", "LC_ALL", "LC_CTYPE", "/"}


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("os.abort()", "workbook_too_large"),
        ("sys.exit(1)", "damaged_archive"),
        ("print('not json')", "workbook_too_large"),
        ("print('[1]')", "damaged_archive"),
        ("print(json.dumps({'error': 'no_sheet'}))", "no_sheet"),
    ],
)
def test_a_parser_that_fails_is_a_clear_refusal(stand_in, program, code):
    with pytest.raises(ListUnreadable) as caught:
        stand_in(program)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_parser_cut_off_in_the_middle_is_told_and_not_taken_for_the_end(stand_in):
    first = 'print(json.dumps({"sheet": "x", "sheets": ["x"]}))\nprint(json.dumps({"row": 1, "cells": ["name"]}))'
    with pytest.raises(ListUnreadable):
        stand_in(f"{first}\nsys.stdout.flush()\nos.abort()")
