# SPDX-License-Identifier: AGPL-3.0-or-later
"""`import` and `undo-import`: the answer of CONTRACTS part 2, and nothing recorded that wasn't asked for."""

from __future__ import annotations

import json
import uuid
import zipfile

import pytest

from tests.cli.lists import ROWS, write_list

KEYS = ["rows", "created", "changed", "unchanged", "no_longer_listed", "to_review", "refused", "import_id"]
NOTHING = dict.fromkeys(KEYS[1:6], 0)


@pytest.fixture
def take(run, tmp_path):
    """Import a list of rows as the next edition of one source."""

    def take_list(*words, rows=ROWS, **more):
        return run("import", write_list(tmp_path, rows), "--source", "families", "--json", *words, **more)

    return take_list


def counts(done):
    assert done.code == 0, done.err
    assert list(done.json) == KEYS
    return {key: done.json[key] for key in KEYS[:6]}


def test_an_import_answers_with_counts_refused_cells_and_its_id(take):
    done = take("--yes")
    assert counts(done) == {"rows": 4, **NOTHING, "created": 3}
    assert uuid.UUID(done.json["import_id"])
    assert done.json["refused"]
    for cell in done.json["refused"]:
        assert set(cell) == {"row", "field", "problem", "hint"}
        assert cell["row"] == 5
        assert cell["hint"]
    assert "is new" in done.err


def test_a_refused_row_never_makes_the_exit_code_1(take):
    assert take("--yes", rows=("1;;;;",)).code in {0, 2}


def test_the_same_file_again_changes_nothing(take, run):
    first = take("--yes")
    entries = run("verify-audit", "--json").json["entries"]
    again = take("--yes")
    assert counts(again) == {"rows": 4, **NOTHING, "unchanged": 3}
    assert again.json["import_id"] == first.json["import_id"]
    assert run("verify-audit", "--json").json["entries"] == entries


def test_a_newer_edition_is_taken_as_its_differences(take):
    take("--yes")
    newer = (ROWS[0].replace("Колонія 188", "Центр 99"), ROWS[1], "5;Мохнура Назар Олегович;1992;ч;", ROWS[3])
    done = take("--yes", rows=newer)
    assert counts(done) == {
        "rows": 4,
        "created": 1,
        "changed": 1,
        "unchanged": 1,
        "no_longer_listed": 1,
        "to_review": 0,
    }


def test_a_dry_run_records_nobody(take, run):
    done = take("--dry-run")
    assert counts(done)["created"] == 3
    assert run("lookup", "Ковилянко Андрій", "--json").code == 1
    assert counts(take("--yes"))["created"] == 3


def test_without_yes_and_without_a_terminal_only_the_preview_is_made(take, run):
    done = take()
    assert counts(done)["created"] == 3
    assert "Add --yes" in done.err
    assert run("lookup", "Ковилянко Андрій", "--json").code == 1


def test_a_mapping_file_says_which_column_is_what(run, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a,b,c\n7,Ковилянко Андрій,05/03/1985\n", "utf-8")
    mapping = tmp_path / "map.json"
    settled = {"odd.csv": {"columns": {"record_id": "a", "name": "b", "dob": "c"}, "date_order": "MDY"}}
    mapping.write_text(json.dumps(settled), "utf-8")
    done = run("import", path, "--source", "odd", "--map", mapping, "--yes", "--json")
    assert counts(done)["created"] == 1
    found = run("lookup", "Ковилянко Андрій", "--json").json
    assert found[0]["born"] == "1985-05-03"


def test_a_mapping_of_a_column_that_is_not_there_is_refused_before_anything_is_kept(run, tmp_path, refused):
    mapping = tmp_path / "map.json"
    mapping.write_text('{"list.csv": {"columns": {"name": "no such column"}}}', "utf-8")
    done = run("import", write_list(tmp_path), "--source", "s", "--map", mapping, "--yes", "--json")
    refused(done, "unknown_column")


def test_a_file_that_is_not_there_is_refused(run, tmp_path, refused):
    done = run("import", tmp_path / "none.csv", "--source", "s", "--yes", "--json")
    error = refused(done, "no_file")
    assert error["where"]["file"] == str(tmp_path / "none.csv")


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * 200_000_000)


def _wide(path):
    path.write_text(";".join(map(str, range(100_000))) + "\n", "utf-8")


def _binary(path):
    path.write_bytes(bytes(range(256)) * 64)


def _empty(path):
    path.write_bytes(b"")


@pytest.mark.req("SEC-DS")
@pytest.mark.parametrize(
    ("name", "write"),
    [("bomb.xlsx", _bomb), ("wide.csv", _wide), ("binary.csv", _binary), ("empty.csv", _empty)],
    ids=["bomb", "columns", "binary", "empty"],
)
def test_a_hostile_file_is_one_clear_refusal(name, write, run, tmp_path, refused):
    write(tmp_path / name)
    before = run("verify-audit", "--json").json["entries"]
    error = refused(run("import", tmp_path / name, "--source", "s", "--yes", "--json"))
    assert error["where"]["file"] == name
    assert error["hint"]
    # The source itself is all that a refused list may leave behind.
    assert run("verify-audit", "--json").json["entries"] <= before + 1


def test_an_import_taken_back_leaves_nobody_behind(take, run):
    done = take("--yes")
    assert run("lookup", "Ковилянко Андрій", "--json").code == 0
    undone = run("undo-import", done.json["import_id"], "--json")
    assert undone.code == 0, undone.err
    assert undone.json == {"import_id": done.json["import_id"], "mentions": 3}
    assert run("lookup", "Ковилянко Андрій", "--json").code == 1
    assert run("verify-audit", "--json").json["ok"] is True


def test_what_cannot_be_taken_back_ends_with_1(take, run, refused):
    first = take("--yes").json["import_id"]
    second = take("--yes", rows=ROWS[:2]).json["import_id"]
    error = refused(run("undo-import", first, "--json"), "cannot_undo", exit_code=1)
    assert "newest edition" in error["hint"]
    assert run("undo-import", second).code == 0
    refused(run("undo-import", second, "--json"), "cannot_undo", exit_code=1)
    plain = run("undo-import", second)
    assert (plain.code, plain.out) == (1, "")
    assert plain.err.startswith("goodoffices: ")


@pytest.mark.parametrize(
    ("import_id", "code"), [("x", "bad_id"), ("01890000-0000-7000-8000-000000000001", "not_found")]
)
def test_an_id_of_no_import_is_refused(import_id, code, run, refused):
    refused(run("undo-import", import_id, "--json"), code)
