# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the kills share: the settings of a run, its death, and the check that nothing came of it."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

from tests.command import Done, Running, goodoffices
from tests.kill.store import Tables, contents, first_difference

CHUNK_ROWS = 120


def settings(clock: Path, fault: str = "") -> dict[str, str]:
    return {
        "GOODOFFICES_CHUNK_ROWS": str(CHUNK_ROWS),
        "GOODOFFICES_CLOCK_FILE": str(clock),
        "GOODOFFICES_FAULT": fault,
    }


def copy(folder: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(folder, to))


def killed(running: Running, after: float | None = None) -> bool:
    """Wait for a command's death, or bring it about; False where it was done before."""
    if after is not None:
        time.sleep(after)
        running.process.kill()
    done = running.end()
    assert done.code in ({-signal.SIGKILL} if after is None else {-signal.SIGKILL, 0}), done.err
    return done.code != 0


def whole(done: Done, data: Path, wanted: Tables) -> None:
    """Check that a store is what it would be had nobody been killed."""
    assert done.code == 0, done.err
    assert first_difference(contents(data), wanted) == ""
    audit = goodoffices("verify-audit", "--json", "--data", data)
    assert audit.json["ok"] is True, audit.out
