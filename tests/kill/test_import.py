# SPDX-License-Identifier: AGPL-3.0-or-later
"""kill -9 an import of 600 rows, and its undoing: begun again it ends as if nothing had happened (SECURITY CC1)."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import Running, goodoffices, start
from tests.kill.rows import write_rows
from tests.kill.runs import CHUNK_ROWS, copy, killed, settings, whole
from tests.kill.store import Tables, acts, contents, first_difference

pytestmark = [pytest.mark.kill, pytest.mark.req("SEC-CC")]

ROWS = 600
CHANCE = random.Random(20261121)
MOMENTS = [round(CHANCE.random(), 3) for _ in range(6)]
# Where an import can be killed, and at which passing.
POINTS = [
    ("ledger.record.before_insert", 2),
    ("ledger.record.after_insert", 3),
    ("ledger.record.after_state", 5),
    ("ledger.record.after_state", 9),
    ("ledger.enqueue.after_insert", 1),
    ("intake.stage.in_chunk", 1),
    ("intake.stage.in_chunk", 4),
    ("intake.stage.after_chunk", 2),
    ("intake.commit.in_chunk", 1),
    ("intake.commit.in_chunk", 5),
    ("intake.commit.after_chunk", 2),
    ("intake.commit.before_chunk", 3),
    ("intake.commit.before_end", 1),
    ("intake.commit.after_end", 1),
]
UNDO_POINTS = [("ledger.record.before_insert", 1), ("ledger.record.after_insert", 1), ("ledger.record.after_state", 2)]


@dataclass(frozen=True)
class World:
    """An undisturbed run: the folder before, the stores after the import and after its undoing, the seconds it took."""

    empty: Path
    imported: Path
    import_id: str
    file: Path
    clock: Path
    seconds: float
    after_import: Tables
    after_undo: Tables

    def take(self, data: Path, fault: str = "") -> Running:
        return start("import", self.file, "--source", "s", "--yes", "--json", "--data", data, env=self.env(fault))

    def take_back(self, data: Path, fault: str = "") -> Running:
        return start("undo-import", self.import_id, "--json", "--data", data, env=self.env(fault))

    def env(self, fault: str = "") -> dict[str, str]:
        return settings(self.clock, fault)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("kill")
    empty, imported, undone = folder / "empty", folder / "imported", folder / "undone"
    assert goodoffices("init", "--testing", "--data", empty).code == 0
    clock = folder / "clock"
    clock.write_text("2026-11-21T09:00:00+00:00")
    file = write_rows(folder, ROWS)
    # The source is there before, so that a kill finds nothing to do but the list itself.
    words = ["--source", "s", "--dry-run"]
    assert goodoffices("import", write_rows(folder, 1), *words, "--data", empty, env=settings(clock)).code == 0
    copy(empty, imported)
    began = time.monotonic()
    done = goodoffices("import", file, "--source", "s", "--yes", "--json", "--data", imported, env=settings(clock))
    seconds = time.monotonic() - began
    assert done.code == 0, done.err
    copy(imported, undone)
    import_id = done.json["import_id"]
    assert goodoffices("undo-import", import_id, "--data", undone, env=settings(clock)).code == 0
    return World(empty, imported, import_id, file, clock, seconds, contents(imported), contents(undone))


@pytest.mark.parametrize(("point", "passing"), POINTS, ids=[f"{point}-{passing}" for point, passing in POINTS])
def test_an_import_killed_at_a_fault_point_and_begun_again_is_whole(world, tmp_path, point, passing):
    data = copy(world.empty, tmp_path / "data")
    assert killed(world.take(data, f"{point}:{passing}:kill"))
    contents(data)
    again = world.take(data).end()
    whole(again, data, world.after_import)
    assert again.json["rows"] == ROWS


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_import_killed_at_a_random_moment_and_begun_again_is_whole(world, tmp_path, moment):
    data = copy(world.empty, tmp_path / "data")
    killed(world.take(data), after=moment * world.seconds)
    contents(data)
    whole(world.take(data).end(), data, world.after_import)


def test_an_import_killed_over_and_over_gets_done(world, tmp_path):
    data = copy(world.empty, tmp_path / "data")
    for point in ("intake.stage.after_chunk:1", "intake.stage.in_chunk:2", "intake.commit.after_chunk:1"):
        assert killed(world.take(data, f"{point}:kill"))
    whole(world.take(data).end(), data, world.after_import)
    assert acts(data)["intake.list_committed"] == 1
    assert acts(data)["intake.chunk_committed"] == ROWS // CHUNK_ROWS


@pytest.mark.parametrize(("point", "passing"), UNDO_POINTS, ids=[f"{point}-{at}" for point, at in UNDO_POINTS])
def test_an_undo_killed_at_a_fault_point_has_not_begun(world, tmp_path, point, passing):
    data = copy(world.imported, tmp_path / "data")
    assert killed(world.take_back(data, f"{point}:{passing}:kill"))
    assert first_difference(contents(data), world.after_import) == ""
    whole(world.take_back(data).end(), data, world.after_undo)


@pytest.mark.parametrize("moment", [0.5, 0.9])
def test_an_undo_killed_at_a_random_moment_is_all_or_nothing(world, tmp_path, moment):
    data = copy(world.imported, tmp_path / "data")
    began = time.monotonic()
    assert world.take_back(copy(world.imported, tmp_path / "timed")).end().code == 0
    seconds = time.monotonic() - began
    cut_off = killed(world.take_back(data), after=moment * seconds)
    found = contents(data)
    untouched = first_difference(found, world.after_import) == ""
    assert untouched or first_difference(found, world.after_undo) == ""
    if cut_off and untouched:
        whole(world.take_back(data).end(), data, world.after_undo)
