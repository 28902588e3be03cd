# SPDX-License-Identifier: AGPL-3.0-or-later
"""`eligibility`: the answer of CONTRACTS 3.3 and its exit codes."""

from __future__ import annotations

import json

import pytest

from tests.command import goodoffices
from tests.core.mission_rules.test_reading import GOOD, changed


def ask(tmp_path, content: object, *arguments: str):
    file = tmp_path / "nominee.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return goodoffices("eligibility", file, "--json", *arguments)


@pytest.mark.req("C1")
def test_who_passes_ends_with_0(tmp_path):
    done = ask(tmp_path, GOOD)
    assert done.code == 0, done.err
    assert done.json == {
        "result": "pass",
        "predicates": {f"P{n}": "pass" for n in range(1, 11)},
        "notices": ["pension_is_no_relation"],
    }


def test_who_fails_or_is_not_shown_ends_with_1(tmp_path):
    failed = ask(tmp_path, changed("nominee/citizenships", ["US"]))
    assert (failed.code, failed.json["result"]) == (1, "fail")
    unknown = ask(tmp_path, changed("nominee/languages", None), "--set", "000")
    assert (unknown.code, unknown.json["result"]) == (1, "not_shown")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"as_of": "2026-11-21", "as_of": "2026-11-21"}', b"NaN", b"[" * 200_000],
)
def test_what_is_no_nomination_is_refused(tmp_path, refused, content):
    error = refused(ask(tmp_path, content))
    assert error["where"]["file"] == "nominee.json"
    assert error["hint"]


def test_an_unknown_set_or_file_is_refused(tmp_path, refused):
    refused(ask(tmp_path, GOOD, "--set", "002"), "bad_rule_set")
    refused(goodoffices("eligibility", tmp_path / "absent.json", "--json"), "no_file")
