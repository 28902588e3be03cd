# SPDX-License-Identifier: AGPL-3.0-or-later
"""kill -9 the worker while it looks for pairs: the next one, once the lease is over, ends with the same answer."""

from __future__ import annotations

import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import goodoffices, start
from tests.kill.rows import write_rows
from tests.kill.runs import copy, killed, settings
from tests.kill.store import Tables, acts, contents, first_difference, open_jobs

pytestmark = [pytest.mark.kill, pytest.mark.req("SEC-CC")]

ROWS = 1_200
NOW, LATER = "2026-11-21T09:00:00+00:00", "2026-11-21T10:00:00+00:00"
TIME = re.compile(r"2026-11-21 \d\d:\d\d:\d\d(\.\d+)?")
# Jobs tell how often they were tried and when: not the same after a kill, and checked by themselves.
JOBS = "ledger_message"
SECONDS = 120
POINTS = [
    ("ledger.worker.after_claim", 1),
    ("ledger.record.after_state", 1),
    ("matching.find.before_commit", 1),
    ("matching.find.before_commit", 2),
    ("ledger.worker.before_done", 1),
    ("ledger.worker.after_done", 1),
]


@dataclass(frozen=True)
class World:
    """A folder whose list waits to be compared, and what an undisturbed worker made of it."""

    waiting: Path
    clock: Path
    compared: Tables
    acts: dict[str, int]


def timeless(data: Path) -> Tables:
    return {
        name: [tuple(TIME.sub("<time>", cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
        for name, rows in contents(data).items()
        if name != JOBS
    }


def work_off(data: Path, clock: Path) -> None:
    """Run a worker until no job waits, if one does."""
    if not open_jobs(data):
        return
    running = start("worker", "--data", data, env=settings(clock))
    until = time.monotonic() + SECONDS
    while open_jobs(data) and time.monotonic() < until and running.process.is_alive():
        time.sleep(0.2)
    running.process.terminate()
    done = running.end()
    assert done.code == 0, done.err
    assert open_jobs(data) == 0


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("worker")
    waiting = folder / "waiting"
    assert goodoffices("init", "--testing", "--data", waiting).code == 0
    clock = folder / "clock"
    clock.write_text(NOW)
    words = ["import", write_rows(folder, ROWS), "--source", "s", "--yes"]
    assert goodoffices(*words, "--data", waiting, env=settings(clock)).code == 0
    assert open_jobs(waiting)
    compared = copy(waiting, folder / "compared")
    work_off(compared, clock)
    return World(waiting, clock, timeless(compared), acts(compared))


@pytest.mark.parametrize(("point", "passing"), POINTS, ids=[f"{point}-{passing}" for point, passing in POINTS])
def test_what_a_killed_worker_left_the_next_one_does(world, tmp_path, point, passing):
    assert world.compared["matching_candidate"]
    data, clock = copy(world.waiting, tmp_path / "data"), tmp_path / "clock"
    clock.write_text(NOW)
    assert killed(start("worker", "--data", data, env=settings(clock, f"{point}:{passing}:kill")))
    contents(data)
    clock.write_text(LATER)
    work_off(data, clock)
    assert first_difference(timeless(data), world.compared) == ""
    assert acts(data) == world.acts
    assert goodoffices("verify-audit", "--json", "--data", data).json["ok"] is True


def test_a_worker_killed_at_any_moment_may_be_replaced(world, tmp_path):
    data, clock = copy(world.waiting, tmp_path / "data"), tmp_path / "clock"
    clock.write_text(NOW)
    running = start("worker", "--data", data, env=settings(clock))
    time.sleep(0.7)
    running.process.kill()
    assert running.end().code == -signal.SIGKILL
    clock.write_text(LATER)
    work_off(data, clock)
    assert first_difference(timeless(data), world.compared) == ""
