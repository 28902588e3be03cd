# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented names are looked for in tables of real ones, where those are at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goodoffices.demo.world import load_accounts, load_persons, load_places

TABLES = Path(__file__).resolve().parents[3] / "shared" / "data"
# The story's own name, given before the tables were looked at: others bear it.
KNOWN = {"вербівський", "вербивский"}

pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="the tables of real names are not beside this tree")


def column(path: Path, *names: str) -> set[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[name].casefold() for row in csv.DictReader(stream) for name in names if row[name]}


def test_no_surname_stands_in_the_surname_tables():
    real = column(TABLES / "name_tables" / "ru_surnames.csv", "text", "f_form")
    real |= column(TABLES / "name_tables" / "uk_ru_last.csv", "uk", "ru")
    names = {name.split()[0] for person in load_persons() for name in (person.name_uk, person.name_ru)}
    names |= {account.name.split()[-1] for account in load_accounts()}
    assert {name.casefold() for name in names} & real - KNOWN == set()


def test_no_town_stands_in_the_gazetteers():
    folder = TABLES / "gazetteer_ua_ru_by"
    real = column(folder / "katottg_ua.csv", "name")
    for listed in column(folder / "settlements.csv", "name", "names_cyrillic", "names_latin"):
        real |= set(listed.split("|"))
    towns = [place for place in load_places() if place.kind == "settlement"]
    names = {name for town in towns for name in (*town.names.values(), *town.old_names.values())}
    names |= {alias.name for town in towns for alias in town.aliases}
    assert {name.casefold() for name in names} & real == set()
