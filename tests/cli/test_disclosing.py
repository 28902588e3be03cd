# SPDX-License-Identifier: AGPL-3.0-or-later
"""`sdc-check` on files: exit 0 where numbers may go out, 1 with the cell and why, 2 where a file can't be used."""

from __future__ import annotations

import json

import pytest

from tests.command import goodoffices
from tests.core.disclosure.tables import DECLARED, as_file, by_region, release

GOOD = release("held_region", by_region(60, 30, None, None))


@pytest.fixture
def ask(tmp_path):
    def run(*options: str, **files: object):
        words: list[object] = []
        for name, content in {"tables": DECLARED, **files}.items():
            path = tmp_path / f"{name}.json"
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
            words += [path] if name == "tables" else [f"--{name}", path]
        return goodoffices("sdc-check", *words, *options, "--json")

    return run


def ledger(*releases):
    return {"schema": 1, "releases": [{"release": as_file(one), "sha256": one.content_hash()} for one in releases]}


@pytest.mark.req("SEC-ST")
def test_a_release_that_may_go_out_ends_with_0(ask):
    done = ask(release=as_file(GOOD))
    assert done.code == 0, done.err
    assert done.json == {"ok": True, "findings": [], "cells": 4, "withheld": 2}
    assert ask(ledger=ledger(GOOD)).code == 0


@pytest.mark.req("SEC-ST")
def test_a_release_that_gives_a_cell_away_ends_with_1_and_names_it(ask):
    done = ask(release=as_file(release("held_region", by_region(15, 15, None, 20))))
    assert done.code == 1
    named = [one for one in done.json["findings"] if one["cell"] == {"region": "south"}]
    assert [(one["code"], one["low"], one["high"]) for one in named] == [("bounded_too_narrow", 0, 2)]
    assert "within less than five" in named[0]["why"]
    assert ask("--today", "2026-04-01", release=as_file(GOOD)).json["findings"][0]["code"] == "not_yet"


def test_counts_sharpen_the_check(ask):
    cells = [{"at": {"region": r}, "count": c} for r, c in (("east", 60), ("north", 7), ("south", 7), ("*", 74))]
    counts = {"schema": 1, "tables": [{"table": "held_region", "period": "2026-Q1", "cells": cells}]}
    done = ask(release=as_file(GOOD), counts=counts)
    assert {one["code"] for one in done.json["findings"]} == {"small_count_told"}


def test_unusable_files_are_refused(ask, refused):
    assert refused(ask(), "usage")
    assert refused(ask(release="{"), "bad_json")["where"]["file"] == "release.json"
    error = refused(ask(release=as_file(GOOD) | {"table": "places"}), "bad_declaration")
    assert error["where"] == {"file": "release.json", "field": "release.table"}
    refused(ask("--today", "soon", release=as_file(GOOD)), "usage")
    refused(ask(tables="[]", release=as_file(GOOD)), "bad_declaration")
