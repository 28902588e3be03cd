# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that no row names leave the folder of kept files; every other file stays."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.ledger.models import Entry
from goodoffices.registry import artifacts, sweeping
from goodoffices.registry.services.sources import keep_file

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "artifacts").mkdir()
    return tmp_path / "artifacts"


@pytest.fixture
def left(folder, now):
    """Leave a file of an age behind, as a killed process does."""

    def leave(name: str = "", *, hours: float = 25) -> str:
        if name:
            (folder / name).write_bytes(b"x")
        else:
            name, _key = artifacts.store(b"nobody names me")
        moment = (now - timedelta(hours=hours)).timestamp()
        os.utime(folder / name, (moment, moment))
        return name

    return leave


def test_what_a_kill_left_goes_after_a_day_with_one_line_that_says_how_many(folder, left, now):
    gone = [left(), left(), left("tmp0123abc_")]
    young = left(hours=23)
    assert sweeping.sweep_files(now) == len(gone)
    assert {path.name for path in folder.iterdir()} == {young}
    (line,) = Entry.objects.filter(act="registry.orphan_files_removed")
    assert line.facts == {"files": 3}
    assert sweeping.sweep_files(now) == 0
    assert Entry.objects.filter(act="registry.orphan_files_removed").count() == 1


def test_a_kept_file_stays_however_old_it_is(world, folder, left, now):
    kept = keep_file(world.source(), b"id,name", name="list.csv", actor=SYSTEM, now=now)
    os.utime(folder / kept.stored_name, (0, 0))
    left()
    assert sweeping.sweep_files(now) == 1
    assert artifacts.read(kept) == b"id,name"


@pytest.mark.parametrize("name", ["README", "notes.age", "A" * 32 + ".age", "tmp", "tmpnotes.csv"])
def test_a_file_that_is_not_ours_by_its_name_stays(name, folder, left, now):
    left(name, hours=10_000)
    assert sweeping.sweep_files(now) == 0
    assert (folder / name).exists()


def test_a_folder_full_of_files_without_rows_is_not_touched(folder, left, now, monkeypatch, caplog):
    monkeypatch.setattr(sweeping, "MOST_AT_ONCE", 3)
    for _ in range(4):
        left()
    assert sweeping.sweep_files(now) == 0
    assert len(list(folder.iterdir())) == 4
    assert "another store" in caplog.text


def test_no_folder_yet_is_nothing_to_do(tmp_path, settings, now, db):
    settings.DATA_DIR = tmp_path
    assert sweeping.sweep_files(now) == 0
