# SPDX-License-Identifier: AGPL-3.0-or-later
"""`init` and `migrate`: a folder, its key, its single-use token."""

from __future__ import annotations

import stat

import pytest

from tests.command import goodoffices


@pytest.fixture
def key(tmp_path):
    return tmp_path / "keys" / "file.key"


def init(folder, *words, env=None):
    return goodoffices("init", *words, "--json", "--data", folder, env=env)


def test_init_prints_where_the_folder_is_and_a_token(prepared, made):
    assert set(made) == {"data", "token", "minutes", "message"}
    assert made["data"] == str(prepared)
    assert len(made["token"]) >= 24


def test_a_live_folder_opens_with_its_key_file_only(tmp_path, key, refused):
    key.parent.mkdir()
    folder, named = tmp_path / "data", {"GOODOFFICES_KEY_FILE": str(key)}
    made = init(folder, env=named)
    assert made.code == 0, made.err
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert str(key) in made.err
    assert not list(folder.rglob("*.key"))
    assert goodoffices("verify-audit", "--json", "--data", folder, env=named).json["ok"] is True
    refused(goodoffices("lookup", "x", "--json", "--data", folder, env=named), "who")
    refused(goodoffices("verify-audit", "--json", "--data", folder), "key")
    key.write_text("cd" * 32)
    refused(goodoffices("verify-audit", "--json", "--data", folder, env=named), "key")


def test_a_live_folder_without_any_key_is_not_made(tmp_path, refused):
    refused(init(tmp_path / "data"), "key")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640], ids=oct)
def test_a_key_file_that_others_can_read_is_refused(tmp_path, key, mode, refused):
    key.parent.mkdir()
    key.write_text("ab" * 32)
    key.chmod(mode)
    error = refused(init(tmp_path / "data", env={"GOODOFFICES_KEY_FILE": str(key)}), "key")
    assert "chmod 600" in error["hint"]
    assert not (tmp_path / "data").exists()


def test_a_key_file_in_a_folder_that_is_not_there_is_refused(tmp_path, key, refused):
    refused(init(tmp_path / "data", env={"GOODOFFICES_KEY_FILE": str(key)}), "key")


def test_a_folder_with_something_in_it_is_left_alone(data, refused):
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    refused(init(data, "--testing"), "folder_exists")
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_each_token_is_new_and_in_the_ledger(run):
    before = run("verify-audit", "--json").json["entries"]
    first, second = (run("init", "--token", "--json").json["token"] for _ in range(2))
    assert first != second
    assert run("verify-audit", "--json").json["entries"] == before + 2


def test_migrating_a_folder_of_this_version_changes_nothing(run):
    assert run("migrate", "--json").json == {"applied": 0}
