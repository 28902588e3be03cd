# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real public lists and invented ones, where the development data lie beside the repository."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from goodoffices.intake.reading import (
    ColumnRules,
    KeyedRow,
    guess_columns,
    infer_rules,
    normalise,
    open_table,
    pair_rows,
    row_hash,
    row_key,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the development data (../shared/data) are not here")


def opened(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not among the development data")
    return open_table(path)


def targets(table):
    guesses = guess_columns(table.header, [row.cells for row in table.sample()])
    return {guess.target: guess.column_index for guess in guesses}


def unread(table, target, missing=frozenset()):
    """Give the cells of a column that are not taken."""
    column = targets(table)[target]
    rules = infer_rules(ColumnRules(target, column, missing=missing), [row.cells[column] for row in table.sample(1000)])
    cells = [normalise(row.cells[column], rules, row.number) for row in table.rows()]
    return [cell.original for cell in cells if cell.problem and cell.problem.level == "refusal"]


@pytest.mark.parametrize("name", ["camps_ru", "committee_en", "exchange_uk", "families_uk", "ngo_en"])
def test_invented_lists_are_mapped_and_read_whole(name):
    table = opened(f"linkage_dev/5k_1/{name}.csv")
    with (DATA / f"linkage_dev/5k_1/{name}.csv").open(newline="", encoding="utf-8") as file:
        expected = list(csv.reader(file))
    assert list(table.header) == expected[0]
    assert set(targets(table)) == set(expected[0])
    assert [list(row.cells) for row in table.rows()] == expected[1:]
    for target in ("dob", "event_date", "sex"):
        assert unread(table, target) == []


def test_a_packed_list_is_read_whole():
    table = opened("linkage_dev/100k/exchange_uk.csv.gz")
    with gzip.open(DATA / "linkage_dev/100k/exchange_uk.csv.gz", "rt", encoding="utf-8", newline="") as file:
        assert sum(1 for _ in table.rows()) == sum(1 for _ in csv.reader(file)) - 1


def test_the_first_argentine_list_is_understood():
    table = opened("argentina_two_lists/parque_memoria.csv")
    found = targets(table)
    wanted = ("record_id", "name", "dob", "capture_date", "capture_place")
    assert {table.header[found[target]] for target in wanted} == {
        "pdm_id", "nombre", "fecha_de_nacimiento", "fecha_de_secuestro", "lugar_de_secuestro",
    }  # fmt: skip
    assert unread(table, "dob") == []
    assert unread(table, "capture_date") == []


def test_the_second_argentine_list_is_understood_with_its_ranges():
    table = opened("argentina_two_lists/ruvte.csv")
    found = targets(table)
    assert table.header[found["name"]] == "apellido_paterno_nombres"
    assert table.header[found["family_name_2"]] == "apellido_materno"
    for target in ("capture_date", "birth_year", "death_date", "age"):
        assert unread(table, target) == [], target


def test_a_spreadsheet_with_a_preamble_is_understood():
    table = opened("pfif_vectors/persons.xlsx")
    assert table.header_row_number == 5
    assert table.header[0] == "person_record_id"
    rows = list(table.rows())
    assert [row.cells[0] for row in rows] == ["12345", "23456", "34567"]
    assert rows[0].cells[7] == "TRUE"
    guesses = guess_columns(table.header, [row.cells for row in rows])
    sealed = {table.header[guess.column_index] for guess in guesses if guess.sealed}
    assert {"author_email", "author_phone", "email_of_found_person", "phone_of_found_person", "author_name"} <= sealed


def test_two_editions_of_an_official_list_pair_by_its_numbers():
    editions = [opened(f"un_list_snapshots/un_{day}.csv") for day in ("2018-10-29", "2020-11-30")]
    keyed = [
        [
            # The last column is the day of the office's own last edit, which says nothing about the person.
            KeyedRow(row.number, row_hash(table.header[:-1], row.cells), row_key({"record_id": row.cells[0]}))
            for row in table.rows()
        ]
        for table in editions
    ]
    pairing = pair_rows(*keyed)
    how = [pair.how for pair in pairing.pairs]
    # By the truth that comes with the data: 21 added, 11 removed, 17 amended, 675 unchanged.
    assert (len(pairing.new_left), len(pairing.old_left), how.count("key"), how.count("exact")) == (21, 11, 17, 675)


def test_uncertain_births_of_an_official_list_are_read():
    table = opened("un_list_snapshots/un_2020-11-30.csv")
    assert all("|" in text for text in unread(table, "dob"))
