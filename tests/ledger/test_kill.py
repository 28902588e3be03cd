# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kill -9 at each of the ledger's fault points: an act, its line and its job are there together, or not at all.

The program that dies is a fork of this process with a store of its own, so that each death costs milliseconds.
"""

from __future__ import annotations

import os
import shutil
import signal
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from goodoffices.config.folder import create_folder
from goodoffices.config.stores import database_settings
from goodoffices.ledger import faults
from goodoffices.ledger.actors import PROGRAM
from goodoffices.ledger.acts import register_acts
from goodoffices.ledger.models import Entry, Message
from goodoffices.ledger.services import enqueue, erase_private, record, retry_job
from goodoffices.ledger.topics import handles
from goodoffices.ledger.verify import AuditReport, verify_audit
from goodoffices.ledger.worker import GiveUp, Job, Tally, finish, run_due

pytestmark = [
    pytest.mark.kill,
    pytest.mark.req("SEC-AL"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="kills the embedded store's own process"),
]
ALIAS = "killed"
JOB_ID = UUID("01890000-0000-7000-8000-0000000000cc")
DAY = datetime(2026, 11, 21, tzinfo=UTC)
# Connections this process had open: a fork must neither use nor close them.
_inherited: list[object] = []


def in_a_fork(folder: Path, work: Callable[[], None], fault: str = "") -> int:
    """Run ``work`` on a folder's store in a fork of this process; give the signal that ended it, or 0."""
    with warnings.catch_warnings():
        # Python warns of forking beside threads; this child runs no code of theirs, and dies by itself.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            _move_into(folder, fault)
            work()
            connections["default"].close()
            status = 0
        except BaseException:  # noqa: BLE001 - the child must never return into pytest
            traceback.print_exc()
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended) or os.WEXITSTATUS(ended) == 0
    return os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0


def _move_into(folder: Path, fault: str) -> None:
    os.environ["GOODOFFICES_DATA"] = str(folder)
    os.environ[faults.VARIABLE] = fault
    _inherited.append(connections["default"])
    connections.settings["default"] = _settings(folder)
    del connections["default"]
    faults.rearm()


def _settings(folder: Path) -> dict[str, object]:
    return {**connections.settings["default"], **database_settings("casework", "", folder)}


def ask(said: Path, first: int = 10, last: int = 15) -> None:
    """Ask for jobs, one act each, and write down which are acknowledged."""
    with said.open("a") as file:
        for number in range(first, last + 1):
            with transaction.atomic():
                enqueue("test.job", {"n": number}, now=DAY, dedup_key=f"n:{number}")
                record(act="test.asked", actor=PROGRAM, now=DAY, facts={"n": number}, private={"n": number})
            file.write(f"{number}\n")
            file.flush()


def carry_out(job: Job) -> None:
    """Write a line about the job; an odd one ends in that same transaction."""
    with transaction.atomic():
        record(act="test.carried_out", actor=PROGRAM, now=job.clock(), facts={"n": job.payload["n"]})
        if int(job.payload["n"]) % 2:
            finish(job)


def fail(job: Job) -> None:
    raise GiveUp("There is nothing to do.")


def work(hour: int) -> None:
    """Be the worker of a later hour, when a dead one's leases are over."""
    run_due(clock=lambda: DAY + timedelta(hours=hour), worker_id=f"w{hour}")


@pytest.fixture(scope="module", autouse=True)
def _stores_may_be_opened(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, _stores_may_be_opened: None) -> Path:
    """A testing folder with the ledger's tables."""
    folder = tmp_path_factory.mktemp("kill") / "data"
    create_folder(folder, kind="testing")
    assert in_a_fork(folder, lambda: call_command("migrate", "ledger", verbosity=0)) == 0
    return folder


@pytest.fixture
def folder(empty: Path, tmp_path: Path) -> Path:
    register_acts({"test.asked": "A job was asked for.", "test.carried_out": "The job was carried out."})
    handles("test.job")(carry_out)
    return Path(shutil.copytree(empty, tmp_path / "data"))


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder's store, to be looked at from this process under an alias of its own."""
    monkeypatch.setenv("GOODOFFICES_DATA", str(folder))
    connections.settings[ALIAS] = _settings(folder)
    yield
    connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]


def numbers(act: str) -> Counter[int]:
    return Counter(entry.facts["n"] for entry in Entry.objects.using(ALIAS).filter(act=act))


def jobs() -> Counter[int]:
    return Counter(job.payload["n"] for job in Message.objects.using(ALIAS).all())


def audit() -> AuditReport:
    return verify_audit(using=ALIAS)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("passing", [1, 4])
@pytest.mark.parametrize(
    "point",
    [
        "ledger.enqueue.after_insert",
        "ledger.record.before_insert",
        "ledger.record.after_insert",
        "ledger.record.after_state",
    ],
)
def test_a_kill_while_writing_leaves_all_or_nothing(folder: Path, tmp_path: Path, point: str, passing: int) -> None:
    said = tmp_path / "said"
    assert in_a_fork(folder, lambda: ask(said), f"{point}:{passing}:kill") == signal.SIGKILL
    acknowledged = [int(line) for line in said.read_text().split()]
    assert acknowledged == list(range(10, 9 + passing))
    assert audit().ok
    assert numbers("test.asked") == jobs() == Counter(acknowledged)
    assert in_a_fork(folder, lambda: ask(said)) == 0
    assert audit().ok
    assert jobs() == Counter(range(10, 16))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("passing", [1, 4])
@pytest.mark.parametrize(
    "point",
    [
        "ledger.worker.after_claim",
        "ledger.record.after_state",
        "ledger.worker.before_done",
        "ledger.worker.after_done",
    ],
)
def test_a_killed_workers_jobs_are_carried_out_by_the_next(
    folder: Path, tmp_path: Path, point: str, passing: int
) -> None:
    in_a_fork(folder, lambda: ask(tmp_path / "said"))
    assert in_a_fork(folder, lambda: work(1), f"{point}:{passing}:kill") == signal.SIGKILL
    assert audit().ok
    assert in_a_fork(folder, lambda: work(2)) == 0
    assert audit().ok
    carried_out = numbers("test.carried_out")
    assert set(carried_out) == set(range(10, 16))
    # Odd jobs end in the transaction of their work: never twice. Even ones are done at least once.
    assert all(carried_out[number] == 1 for number in (11, 13, 15))
    assert not Message.objects.using(ALIAS).all().open().exists()


@pytest.mark.usefixtures("store")
def test_lines_and_jobs_go_into_the_store_that_is_named() -> None:
    with transaction.atomic(using=ALIAS):
        entry = record(
            act="test.asked",
            actor=PROGRAM,
            now=DAY,
            subjects=[("job", JOB_ID)],
            private={"n": 1},
            using=ALIAS,
        )
        message = enqueue("test.job", {"n": 1}, now=DAY, dedup_key="n:1", using=ALIAS)
        erase_private(entry, actor=PROGRAM, now=DAY, reason="test", using=ALIAS)
    handles("test.failing", attempts=1)(fail)
    Message.objects.using(ALIAS).filter(pk=message.pk).update(topic="test.failing")
    assert run_due(clock=lambda: DAY, worker_id="w", using=ALIAS) == Tally(failed=1)
    with transaction.atomic(using=ALIAS):
        assert retry_job(message, actor=PROGRAM, now=DAY, using=ALIAS)
    report = audit()
    assert (report.ok, report.entries, report.private_erased) == (True, 4, 1)
    assert list(Entry.objects.using(ALIAS).about("job", JOB_ID)) == [entry]
