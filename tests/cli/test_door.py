# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every command shares: where the data are, who acts, one shape of errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import environment, goodoffices

NEED_A_FOLDER = [
    ["migrate"],
    ["serve"],
    ["worker"],
    ["import", "{file}", "--source", "x"],
    ["undo-import", "01890000-0000-7000-8000-000000000001"],
    ["lookup", "Коваль"],
    ["export", "--out", "out.csv"],
    ["verify-audit"],
    ["check"],
]
MISUSED = [
    ["nonsense"],
    ["lookup"],
    ["lookup", "x", "--limit", "900"],
    ["lookup", "x", "--no-such-option"],
    ["import", "list.csv"],
    ["link", "list.csv"],
]


@pytest.mark.parametrize("command", NEED_A_FOLDER, ids=lambda words: words[0])
def test_without_a_data_folder_every_store_command_says_so(command, tmp_path, refused):
    (tmp_path / "list.csv").write_text("name\nx\n")
    words = [word.format(file=tmp_path / "list.csv") for word in command]
    error = refused(goodoffices(*words, "--json", "--data", tmp_path / "none"), "no_folder")
    assert error["where"] == {"folder": str(tmp_path / "none")}
    assert "goodoffices init" in error["hint"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", MISUSED, ids=" ".join)
def test_a_call_that_cannot_be_understood_is_an_error_of_the_same_shape(command, refused):
    refused(goodoffices(*command, "--json"), "usage")


def test_for_people_an_error_is_one_message_and_a_hint_on_stderr(tmp_path):
    done = goodoffices("lookup", "x", "--data", tmp_path / "none")
    assert (done.code, done.out) == (2, "")
    message, hint = done.err.splitlines()
    assert message.startswith("goodoffices: There is no data folder")
    assert hint.startswith("  Make one with")


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "{}", "verify-audit", "--json"],
        ["verify-audit", "--data", "{}", "--json"],
        ["verify-audit", "--json", "--data={}"],
    ],
    ids=["before", "between", "after"],
)
def test_the_data_folder_may_be_named_anywhere(words, data):
    done = goodoffices(*[word.format(data) for word in words])
    assert done.code == 0
    assert done.json["ok"] is True


def test_the_data_folder_may_be_named_by_the_environment(data):
    done = goodoffices("verify-audit", "--json", env={"GOODOFFICES_DATA": str(data)})
    assert done.json["ok"] is True


def test_the_installed_script_answers_without_a_data_folder(tmp_path):
    script = Path(sys.executable).parent / "goodoffices"
    done = subprocess.run(
        [script, "faults", "--json"], env=environment(), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert {"name", "where"} == set(json.loads(done.stdout)[0])
    assert not list(tmp_path.iterdir())


def test_without_arguments_the_commands_are_listed():
    done = goodoffices()
    assert done.code == 0
    assert "verify-audit" in done.out


def test_nobody_acts_under_an_address_that_has_no_account(run, refused):
    refused(run("lookup", "x", "--as", "nobody@goodoffices.invalid", "--json", "--passphrase-fd", "0"), "sign_in")


def test_without_a_terminal_a_passphrase_must_be_handed_over(run, refused):
    refused(run("lookup", "x", "--as", "nobody@goodoffices.invalid", "--json"), "passphrase")


@pytest.mark.parametrize(
    "damage", ["{", '{"kind": "testing", "salt": "00", "format": 99}'], ids=["broken", "of a newer program"]
)
def test_a_folder_that_cannot_be_read_is_refused(damage, data, run, refused):
    (data / "folder.json").write_text(damage)
    refused(run("verify-audit", "--json"), "folder")


def test_a_store_and_a_key_that_do_not_fit_are_refused(data, run, refused):
    (data / "demo.key").write_text("ab" * 32)
    refused(run("verify-audit", "--json"), "key")
