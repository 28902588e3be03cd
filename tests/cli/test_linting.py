# SPDX-License-Identifier: AGPL-3.0-or-later
"""`lint-text`: the wire form, the exit codes, and files that can't be read."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from goodoffices.cli.linting import MOST_BYTES, blocks, lint_file
from goodoffices.cli.main import app
from goodoffices.core.errors import GoodOfficesError


@pytest.fixture
def letter(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "letter.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def lint_text(*arguments: object):
    return CliRunner().invoke(app, ["lint-text", *map(str, arguments), "--json"])


def test_the_answer_has_the_form_of_the_contract(letter):
    done = lint_text(letter("The junta answered."), "--lang", "en", "--profile", "mission")
    assert done.exit_code == 0
    (found,) = json.loads(done.stdout)["findings"]
    assert list(found) == ["category", "level", "start", "end", "text", "reason", "alternatives"]
    assert (found["category"], found["level"], found["start"], found["end"]) == ("C2", "warn", 4, 9)
    assert isinstance(found["alternatives"], list)


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("They are vermin.", ["--profile", "mission"], 1),
        ("They are people.", ["--profile", "mission"], 0),
        ("There were secret talks.", ["--profile", "mission"], 0),
        ("There were secret talks.", ["--profile", "campaign"], 1),
        ("A ransom was named.", ["--profile", "appeal"], 0),
        ("A ransom was named.", ["--profile", "appeal", "--subject", "child"], 1),
        ("It is genocide.", ["--profile", "campaign", "--sources"], 0),
    ],
)
def test_it_ends_with_one_where_a_finding_blocks(letter, text, options, code):
    assert lint_text(letter(text), "--lang", "en", *options).exit_code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "empty"), (" \n\t", "empty"), (b"\xff\xfe\x00a", "not_text"), (b"a\x00b", "not_text")],
)
def test_what_is_no_text_is_refused(letter, content, code):
    with pytest.raises(GoodOfficesError) as refused:
        lint_file(letter(content), "en", "mission")
    assert refused.value.code == code
    assert refused.value.hint


def test_a_huge_file_is_refused(letter):
    with pytest.raises(GoodOfficesError) as refused:
        lint_file(letter(b"a" * (MOST_BYTES + 1)), "en", "mission")
    assert refused.value.code == "too_large"


def test_a_missing_file_is_told(tmp_path):
    done = lint_text(tmp_path / "none.txt", "--lang", "en", "--profile", "mission")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["code"] == "no_file"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--lang", "fr", "--profile", "mission"], "bad_language"),
        (["--lang", "en", "--profile", "poem"], "bad_profile"),
        (["--lang", "en", "--profile", "mission", "--subject", "soldier"], "bad_subject"),
    ],
)
def test_an_unknown_choice_is_refused(letter, options, code):
    done = lint_text(letter("A text."), *options)
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["code"] == code


def test_a_byte_order_mark_and_windows_lines_shift_nothing(letter):
    result = lint_file(letter("\ufeffDear Sir,\r\n\r\nthe junta.".encode()), "en", "mission")
    assert result["findings"][0]["start"] == len("Dear Sir,\r\n\r\nthe ")
    assert not blocks(result)
