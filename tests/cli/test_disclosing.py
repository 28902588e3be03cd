# SPDX-License-Identifier: AGPL-3.0-or-later
"""`sdc-check` on files: exit 0 where numbers may go out, 1 with the cell and why, 2 where a file can't be used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from goodoffices.cli.disclosing import WHY, check_files
from goodoffices.core.disclosure import checking
from goodoffices.core.errors import GoodOfficesError
from tests.command import goodoffices
from tests.core.disclosure.tables import DECLARED, as_file, by_region, release

GOOD = release("held_region", by_region(60, 30, None, None))


@pytest.fixture
def written(tmp_path):
    """Write files and give the words that name them to the command."""

    def write(**files: object) -> list[object]:
        words: list[object] = []
        for name, content in {"tables": DECLARED, **files}.items():
            path = tmp_path / f"{name}.json"
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
            words += [path] if name == "tables" else [f"--{name}", path]
        return words

    return write


@pytest.fixture
def check(written):
    """Check files in this process."""

    def run(today: str = "", **files: object) -> dict:
        words = written(**files)
        named = dict(zip(words[1::2], words[2::2], strict=True))
        return check_files(words[0], named.get("--ledger"), named.get("--release"), named.get("--counts"), today)

    return run


def ledger(*releases):
    return {"schema": 1, "releases": [{"release": as_file(one), "sha256": one.content_hash()} for one in releases]}


@pytest.mark.req("SEC-ST")
def test_the_command_ends_with_0_1_or_2(written, refused):
    good = goodoffices("sdc-check", *written(release=as_file(GOOD), ledger=ledger(GOOD)), "--json")
    assert good.code == 0, good.err
    assert good.json == {"ok": True, "findings": [], "cells": 8, "withheld": 4}
    narrow = release("held_region", by_region(15, 15, None, 20))
    bad = goodoffices("sdc-check", *written(release=as_file(narrow)), "--json")
    assert (bad.code, bad.json["ok"]) == (1, False)
    error = refused(goodoffices("sdc-check", *written(release="{"), "--json"), "bad_json")
    assert error["where"]["file"] == "release.json"


@pytest.mark.req("SEC-ST")
def test_a_cell_that_is_given_away_is_named_with_the_reason(check):
    found = check(release=as_file(release("held_region", by_region(15, 15, None, 20))))
    named = [one for one in found["findings"] if one["cell"] == {"region": "south"}]
    assert [(one["code"], one["low"], one["high"]) for one in named] == [("bounded_too_narrow", 0, 2)]
    assert "within less than five" in named[0]["why"]


def test_the_day_of_checking_counts_where_it_is_given(check):
    assert [one["code"] for one in check("2026-04-01", release=as_file(GOOD))["findings"]] == ["not_yet"]
    assert check("2026-06-29", release=as_file(GOOD))["ok"]


def test_counts_sharpen_the_check(check):
    cells = [{"at": {"region": r}, "count": c} for r, c in (("east", 60), ("north", 7), ("south", 7), ("*", 74))]
    counts = {"schema": 1, "tables": [{"table": "held_region", "period": "2026-Q1", "cells": cells}]}
    assert {one["code"] for one in check(release=as_file(GOOD), counts=counts)["findings"]} == {"small_count_told"}


def test_unusable_files_are_refused(check):
    def code(*day: str, **files: object) -> str:
        with pytest.raises(GoodOfficesError) as caught:
            check(*day, **files)
        return caught.value.code

    assert code() == "usage"
    assert code("soon", release=as_file(GOOD)) == "usage"
    assert code(release=as_file(GOOD) | {"table": "places"}) == "bad_declaration"
    assert code(tables="[]", release=as_file(GOOD)) == "bad_declaration"
    assert code(ledger={"schema": 2, "releases": []}) == "bad_declaration"


def test_every_finding_of_the_gate_has_words():
    source = Path(checking.__file__).read_text("utf-8")
    named = set(re.findall(r'"([a-z0-9]+(?:_[a-z0-9]+)+|pinned|frozen)"', source))
    assert named == set(WHY)
