# SPDX-License-Identifier: AGPL-3.0-or-later
"""The import's own reader opens the demo lists as sources.json says, and finds the seventeen dates."""

from __future__ import annotations

import pytest

from goodoffices.demo.world import DemoSource, load_sources, maps_path
from goodoffices.intake.reading import (
    SEALED_TARGETS,
    ChosenRepair,
    ColumnRules,
    ProblemGroup,
    Repair,
    Table,
    apply_mapping,
    apply_repairs,
    group_problems,
    guess_columns,
    infer_rules,
    mapping_for,
    normalise,
    open_table,
    read_mapping,
)
from tests.demo.lists import SECOND, source

EVERY = [*load_sources("work"), *load_sources("history")]


def opened(described: DemoSource) -> Table:
    mapping = mapping_for(read_mapping(maps_path(described.room)), described.path)
    assert mapping is not None
    return open_table(described.path, options=mapping.options)


@pytest.mark.parametrize("described", EVERY, ids=lambda one: one.file)
def test_a_list_opens_by_itself_as_it_is_described(described):
    table = open_table(described.path)
    assert table.header_row_number == described.header_row
    assert (table.encoding, table.delimiter, table.sheet) == (described.encoding, described.delimiter, described.sheet)
    rows = list(table.rows())
    assert sum(row.kind == "data" for row in rows) == described.records
    assert [row.number for row in rows if row.kind != "data"] == list(described.rows_that_are_no_records)


@pytest.mark.parametrize("described", EVERY, ids=lambda one: one.file)
def test_the_map_of_a_list_fits_its_header(described):
    table = opened(described)
    mapping = mapping_for(read_mapping(maps_path(described.room)), described.path)
    settled = apply_mapping(table.header, guess_columns(table.header, [row.cells for row in table.sample()]), mapping)
    by_header = {table.header[one.column_index]: one for one in settled}
    for target, headers in mapping.columns.items():
        assert {by_header[header].target for header in headers} == {target}
    sealed = {one.target for one in settled if one.sealed}
    assert sealed == set(described.refused)
    assert sealed <= SEALED_TARGETS


def births(described: DemoSource, repairs: list[ChosenRepair]) -> tuple[list[ProblemGroup], dict[int, str | None]]:
    table = opened(described)
    place = table.header.index(described.columns["dob"])
    rows = [row for row in table.rows() if row.kind == "data"]
    rules = infer_rules(ColumnRules("dob", place), [row.cells[place] for row in rows])
    rules = apply_repairs(rules, repairs)
    read = {row.number: normalise(row.cells[place], rules, row.number) for row in rows}
    problems = [value.problem for value in read.values() if value.problem]
    return group_problems(problems), {number: value.value for number, value in read.items()}


def test_the_second_edition_has_one_group_of_seventeen_and_one_repair_mends_it():
    described = source(SECOND)
    [group], _ = births(described, [])
    [wanted] = described.repairs
    assert (group.kind, group.count) == (wanted.kind, wanted.count) == ("ambiguous_order", 17)
    chosen = ChosenRepair("dob", group.kind, group.pattern, Repair(wanted.repair, wanted.value))
    none, values = births(described, [chosen])
    assert none == []
    assert all(values[number] for number in group.rows)
