# SPDX-License-Identifier: AGPL-3.0-or-later
"""`lookup` and `export`: through the same policies as the pages."""

from __future__ import annotations

import csv
import stat

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.lists import write_list

COUNT = 3
WORDS = {"Ковилянко", "Андрій", "Петрович"}


@pytest.fixture(scope="module")
def world(made, tmp_path_factory):
    """A folder with three people; only read."""
    import shutil

    from tests.command import goodoffices

    folder = tmp_path_factory.mktemp("found")
    data = shutil.copytree(made["data"], folder / "data")
    done = goodoffices("import", write_list(folder), "--source", "families", "--yes", "--data", data)
    assert done.code == 0, done.err
    return data


@pytest.fixture
def ask(world):
    from tests.command import goodoffices

    return lambda *words: goodoffices(*words, "--data", world)


@pytest.mark.parametrize("name", ["Ковилянко Андрій", "Ковылянко Андрей", "Andriy Kovylianko", "KOVYLYANKO ANDREI"])
def test_a_person_is_found_by_a_name_in_any_script(name, ask):
    done = ask("lookup", name, "--json")
    assert done.code == 0, done.err
    best = done.json[0]
    assert list(best) == ["person", "names", "born", "probability", "reasons"]
    assert set(best["names"][0].split()) == WORDS
    assert best["born"] == "1985-05-03"
    assert 0 < best["probability"] <= 1
    assert all(isinstance(reason, str) for reason in best["reasons"])


@pytest.mark.parametrize("born", ["03.05.1985", "1985-05-03", "1985"])
def test_a_birth_date_in_any_form_makes_it_surer(born, ask):
    without, given = (ask("lookup", "Ковилянко Андрій", *more, "--json").json for more in ([], ["--born", born]))
    assert given[0]["person"] == without[0]["person"]
    assert given[0]["probability"] > without[0]["probability"]


def test_a_date_that_is_none_is_refused(ask, refused):
    refused(ask("lookup", "Ковилянко", "--born", "yesterday-ish", "--json"))


def test_nobody_found_ends_with_1_and_an_empty_list(ask):
    done = ask("lookup", "Zzyzx Quorthon", "--json")
    assert (done.code, done.json) == (1, [])


def test_no_more_are_given_than_asked_for(ask):
    assert len(ask("lookup", "Ковилянко Андрій", "--limit", "1", "--json").json) == 1


def test_an_export_as_csv_holds_the_people_and_a_mark_of_where_it_went(ask, tmp_path):
    out = tmp_path / "people.csv"
    done = ask("export", "--out", out, "--json")
    assert done.code == 0, done.err
    assert done.json == {"file": str(out), "people": COUNT}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    mark, header, *rows = csv.reader(out.read_text("utf-8-sig").splitlines())
    assert "not to be passed on" in mark[0]
    assert len(rows) == COUNT
    assert WORDS in [set(row[header.index("Name")].split()) for row in rows]


def test_an_export_as_a_workbook_holds_the_same(ask, tmp_path):
    out = tmp_path / "people.xlsx"
    assert ask("export", "--out", out, "--json").json["people"] == COUNT
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert len(rows) == COUNT + 2


def test_an_export_may_be_narrowed_as_the_page(ask, tmp_path):
    assert ask("export", "--out", tmp_path / "f.csv", "--query", "sex=f", "--json").json["people"] == 1


@pytest.mark.parametrize(
    "query", ["sexx=f", "born_from=yesterday-ish", "sex=q", "sort=shoe"], ids=["name", "date", "word", "order"]
)
def test_a_filter_that_cannot_be_read_exports_nothing(query, ask, tmp_path, refused):
    refused(ask("export", "--out", tmp_path / "f.csv", "--query", query, "--json"))
    assert not list(tmp_path.iterdir())


def test_a_format_or_a_place_that_is_none_is_refused(ask, tmp_path, refused):
    refused(ask("export", "--out", tmp_path / "people.doc", "--json"), "bad_format")
    refused(ask("export", "--out", tmp_path / "none" / "people.csv", "--json"), "cannot_write")
    assert not list(tmp_path.iterdir())


def test_every_export_stands_in_the_ledger(ask, tmp_path):
    before = ask("verify-audit", "--json").json["entries"]
    ask("export", "--out", tmp_path / "people.csv")
    assert ask("verify-audit", "--json").json["entries"] == before + 1
