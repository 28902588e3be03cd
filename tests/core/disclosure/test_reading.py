# SPDX-License-Identifier: AGPL-3.0-or-later
"""Declarations, releases and counts as files: nothing undeclared, nothing half written."""

from __future__ import annotations

import copy

import pytest
from tests.core.disclosure.tables import DECLARED, as_file, by_region, declaration, release

from goodoffices.core.disclosure.releases import read_counts, read_ledger, read_release
from goodoffices.core.disclosure.tables import BadDeclaration, read_declaration

FILE = as_file(release("held_region", by_region(60, 30, None, None)))


def changed(whole: dict, path: str, value: object) -> dict:
    made = copy.deepcopy(whole)
    *way, last = path.split("/")
    place = made
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return made


@pytest.mark.req("SEC-ST")
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", 2),
        ("dimensions/region/kind", "place_held"),
        ("dimensions/region/kind", "mission"),
        ("dimensions/region/values", ["east"]),
        ("dimensions/region/values", ["east", "east"]),
        ("dimensions/region/values", ["east", "*"]),
        ("dimensions/region/fixed", "yes"),
        ("dimensions/Region", {}),
        ("populations/held", "live"),
        ("tables/held_region/population", "nobody"),
        ("tables/held_region/dimensions", ["place"]),
        ("tables/held_region/dimensions", []),
        ("tables/held_region/filter", "x"),
        ("tables", {}),
        ("balances", [{"stock": "came", "entered": "came", "left": "left"}]),
        ("extra", 1),
    ],
)
def test_a_wrong_declaration_is_refused(path, value):
    with pytest.raises(BadDeclaration) as caught:
        read_declaration(changed(DECLARED, path, value))
    assert caught.value.where["field"]
    assert caught.value.hint


@pytest.mark.req("SEC-ST")
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("table", "held_place"),
        ("period", "2026-03"),
        ("period", "2026-Q5"),
        ("published_on", "soon"),
        ("signed_off_by", "ana"),
        ("cells/0/value", 5.5),
        ("cells/0/value", -5),
        ("cells/0/value", True),
        ("cells/0/at/region", "west"),
        ("cells/1/at/region", "east"),
        ("cells/0/at", {}),
        ("cells", []),
        ("percent", 5),
    ],
)
def test_a_wrong_release_is_refused(path, value):
    with pytest.raises(BadDeclaration):
        read_release(changed(FILE, path, value), declaration())


def test_a_release_is_read_as_it_was_written():
    assert read_release(FILE, declaration()) == release("held_region", by_region(60, 30, None, None))


def test_a_ledger_keeps_the_hash_each_release_was_entered_under():
    one = release("held_region", by_region(60, 30, None, None))
    ledger = {"schema": 1, "releases": [{"release": FILE, "sha256": one.content_hash()}]}
    assert read_ledger(ledger, declaration()) == ((one,), (one.content_hash(),))


def test_counts_must_add_up():
    cells = [{"at": {"region": r}, "count": c} for r, c in (("east", 1), ("north", 2), ("south", 3), ("*", 6))]
    whole = {"schema": 1, "tables": [{"table": "held_region", "period": "2026-Q1", "cells": cells}]}
    assert read_counts(whole, declaration())[0].counts[("*",)] == 6
    cells[3]["count"] = 7
    with pytest.raises(BadDeclaration, match="sum"):
        read_counts(whole, declaration())
