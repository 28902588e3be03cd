# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kill -9 at each of the ledger's fault points: an act, its line and its job are there together, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from goodoffices.config.folder import create_folder
from goodoffices.config.stores import database_settings
from goodoffices.ledger.models import Entry, Message
from goodoffices.ledger.verify import AuditReport, verify_audit

PROGRAM = Path(__file__).with_name("dying_program.py")
ALIAS = "killed"
pytestmark = [
    pytest.mark.req("SEC-AL"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="kills the embedded store's own process"),
]


def run(folder: Path, mode: str, rounds: int, fault: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOODOFFICES_")}
    environment = {
        **kept,
        "GOODOFFICES_DATA": str(folder),
        "GOODOFFICES_FAULT": fault,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
    }
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(PROGRAM), mode, str(rounds)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A testing folder with the ledger's tables."""
    folder = tmp_path_factory.mktemp("kill") / "data"
    create_folder(folder, kind="testing")
    ran = run(folder, "prepare", 0)
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


class Store:
    """What a folder's store holds, read through a connection of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GOODOFFICES_DATA", str(folder))
        connections.settings[ALIAS] = {
            **connections.settings["default"],
            **database_settings("casework", "", folder),
        }

    def numbers(self, act: str) -> Counter[int]:
        entries = Entry.objects.using(ALIAS).filter(act=act)
        return Counter(entry.facts["n"] for entry in entries)

    def jobs(self) -> Counter[int]:
        return Counter(job.payload["n"] for job in Message.objects.using(ALIAS).all())

    def audit(self) -> AuditReport:
        return verify_audit(using=ALIAS)


@pytest.fixture
def store(
    folder: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Store]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield Store(folder, monkeypatch)
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]


@pytest.mark.parametrize(
    "point",
    [
        "ledger.enqueue.after_insert",
        "ledger.record.before_insert",
        "ledger.record.after_insert",
        "ledger.record.after_state",
    ],
)
def test_a_kill_while_writing_leaves_all_or_nothing(folder: Path, store: Store, point: str) -> None:
    ran = run(folder, "ask", 10, f"{point}:4:kill")
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    acknowledged = [int(line) for line in ran.stdout.split()]
    assert acknowledged == [10, 11, 12]
    assert store.audit().ok
    assert store.numbers("test.asked") == store.jobs() == Counter(acknowledged)
    assert run(folder, "ask", 10).returncode == 0
    assert store.audit().ok
    assert store.jobs() == Counter(range(10, 16))


@pytest.mark.parametrize(
    "point",
    [
        "ledger.worker.after_claim",
        "ledger.record.after_state",
        "ledger.worker.before_done",
        "ledger.worker.after_done",
    ],
)
def test_a_killed_workers_jobs_are_carried_out_by_the_next(folder: Path, store: Store, point: str) -> None:
    assert run(folder, "ask", 10).returncode == 0
    ran = run(folder, "work", 20, f"{point}:4:kill")
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert store.audit().ok
    assert run(folder, "work", 30).returncode == 0
    assert store.audit().ok
    carried_out = store.numbers("test.carried_out")
    assert set(carried_out) == set(range(10, 16))
    # Odd jobs end in the transaction of their work: never twice. Even ones are done at least once.
    assert all(carried_out[number] == 1 for number in range(11, 16, 2))
    assert not Message.objects.using(ALIAS).all().open().exists()
