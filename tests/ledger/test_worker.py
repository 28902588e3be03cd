# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker: each job once, again after a failure, taken over after a death, given up in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from goodoffices.core.errors import GoodOfficesError
from goodoffices.ledger import worker
from goodoffices.ledger.models import Entry, Message
from goodoffices.ledger.services import enqueue, retry_job
from goodoffices.ledger.topics import handles
from goodoffices.ledger.worker import GiveUp, Job, LeaseLost, Tally, finish, heartbeat, run_due

from .cast import NOW, OLENA, Clock

pytestmark = pytest.mark.store


def queue(**payload: object) -> Message:
    with transaction.atomic():
        return enqueue("test.job", payload, now=NOW)


def run(clock: Clock, worker_id: str = "w1", **options: int) -> Tally:
    return run_due(clock=clock, worker_id=worker_id, **options)


@pytest.mark.django_db
def test_jobs_run_once_in_the_order_they_are_due(clock: Clock) -> None:
    seen: list[object] = []
    handles("test.job")(lambda job: seen.append(job.payload["n"]))
    for number in range(5):
        with transaction.atomic():
            enqueue("test.job", {"n": number}, now=NOW, due_at=NOW - timedelta(seconds=number))
    assert run(clock, limit=3) == Tally(done=3)
    assert run(clock) == Tally(done=2)
    assert run(clock) == Tally()
    assert seen == [4, 3, 2, 1, 0]
    assert not Message.objects.all().open()


@pytest.mark.django_db
def test_a_job_of_an_unknown_topic_is_left_for_a_worker_that_knows_it(clock: Clock) -> None:
    handles("test.job")(lambda job: None)
    message = queue()
    Message.objects.update(topic="test.newer")
    assert run(clock).total == 0
    message.refresh_from_db()
    assert message.attempts == 0


@pytest.mark.django_db
def test_a_failed_job_waits_longer_each_time_and_is_given_up(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    def fail(job: Job) -> None:
        raise ValueError("Olena Petrenko, born 1984, is not in the list")

    handles("test.job", attempts=4)(fail)
    message = queue()
    waits = []
    for _ in range(3):
        assert run(clock) == Tally(retried=1)
        message.refresh_from_db()
        waits.append((message.due_at - clock()).total_seconds())
        assert run(clock) == Tally()
        clock.time = message.due_at
    assert waits == [5, 10, 20]
    assert run(clock) == Tally(failed=1)
    message.refresh_from_db()
    assert (message.failed_at, message.error, message.attempts) == (clock(), "valueerror", 4)
    entry = Entry.objects.get()
    assert entry.act == "ledger.job_failed"
    assert entry.facts == {"topic": "test.job", "error": "valueerror", "attempts": 4}
    assert "Olena" not in caplog.text
    assert "1984" not in caplog.text
    clock.advance(days=9)
    assert run(clock) == Tally()


@pytest.mark.django_db
def test_the_code_of_our_own_errors_is_kept(clock: Clock) -> None:
    def fail(job: Job) -> None:
        raise GoodOfficesError("Something.", code="no_such_list")

    handles("test.job")(fail)
    message = queue()
    run(clock)
    message.refresh_from_db()
    assert message.error == "no_such_list"


@pytest.mark.django_db
def test_a_handler_may_give_up_at_once(clock: Clock) -> None:
    def give_up(job: Job) -> None:
        raise GiveUp("The list is gone.", code="list_gone")

    handles("test.job")(give_up)
    message = queue()
    assert run(clock) == Tally(failed=1)
    message.refresh_from_db()
    assert message.error == "list_gone"


@pytest.mark.django_db
def test_a_job_given_up_can_be_put_back_by_a_person(clock: Clock) -> None:
    outcomes = [GiveUp("No."), None]

    def handler(job: Job) -> None:
        if error := outcomes.pop(0):
            raise error

    handles("test.job")(handler)
    message = queue()
    run(clock)
    with transaction.atomic():
        assert retry_job(message, actor=OLENA, now=NOW)
        assert not retry_job(message, actor=OLENA, now=NOW)
    assert run(clock) == Tally(done=1)
    assert [entry.act for entry in Entry.objects.all()] == ["ledger.job_failed", "ledger.job_retried"]


@pytest.mark.django_db
def test_a_dead_workers_job_is_taken_over_when_its_lease_is_over(clock: Clock) -> None:
    attempts: list[int] = []

    def die_first(job: Job) -> None:
        attempts.append(job.attempt)
        if job.attempt == 1:
            raise SystemExit  # as good as a kill: the worker's own bookkeeping never runs

    handles("test.job", lease=timedelta(minutes=5))(die_first)
    queue()
    with pytest.raises(SystemExit):
        run(clock)
    clock.advance(minutes=4)
    assert run(clock, "w2") == Tally()
    clock.advance(minutes=1)
    assert run(clock, "w2") == Tally(done=1)
    assert attempts == [1, 2]


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up(clock: Clock) -> None:
    def die(job: Job) -> None:
        raise SystemExit

    handles("test.job", attempts=3)(die)
    message = queue()
    for _ in range(3):
        with pytest.raises(SystemExit):
            run(clock)
        clock.advance(minutes=5)
    assert run(clock) == Tally(failed=1)
    message.refresh_from_db()
    assert (message.error, message.attempts) == ("lease_expired", 3)


@pytest.mark.django_db
def test_a_heartbeat_keeps_a_long_job(clock: Clock) -> None:
    others: list[Tally] = []

    def slow(job: Job) -> None:
        for _ in range(3):
            clock.advance(minutes=4)
            others.append(run(clock, "w2"))
            heartbeat(job)

    handles("test.job", lease=timedelta(minutes=5))(slow)
    queue()
    assert run(clock) == Tally(done=1)
    assert others == [Tally()] * 3


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["heartbeat", "finish", "return", "error"])
def test_a_worker_that_lost_its_lease_can_neither_finish_nor_spoil_the_job(clock: Clock, way: str) -> None:
    def slow(job: Job) -> None:
        if job.worker_id == "w2":
            return
        clock.advance(minutes=6)
        assert run(clock, "w2") == Tally(done=1)
        if way == "heartbeat":
            heartbeat(job)
        elif way == "finish":
            with transaction.atomic():
                enqueue("test.job", {}, now=NOW)
                finish(job)
        elif way == "error":
            raise ValueError

    handles("test.job", lease=timedelta(minutes=5))(slow)
    message = queue()
    tally = run(clock)
    assert (tally.done, tally.retried, tally.failed) == (0, 0, 0)
    message.refresh_from_db()
    assert message.claimed_by == "w2"
    assert message.done_at is not None
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_work_and_its_end_are_one_commit(clock: Clock) -> None:
    def chunk(job: Job) -> None:
        with transaction.atomic():
            if job.payload["n"] == 1:
                enqueue("test.job", {"n": 2}, now=job.clock())
            finish(job)
        if job.payload["n"] == 1 and job.attempt == 1:
            raise RuntimeError("killed after the commit")

    handles("test.job")(chunk)
    first = queue(n=1)
    run(clock)
    first.refresh_from_db()
    assert first.done_at == NOW
    assert run(clock) == Tally(done=1)
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_a_coalescing_key_counts_until_the_job_is_taken_up(clock: Clock) -> None:
    during: list[int] = []

    def handler(job: Job) -> None:
        with transaction.atomic():
            during.append(ask())

    def ask() -> int:
        return enqueue("test.job", {}, now=NOW, dedup_key="person:1", coalesce=True).pk

    handles("test.job")(handler)
    with transaction.atomic():
        first, second = ask(), ask()
    assert first == second
    run(clock, limit=1)
    assert during[0] != first


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_hold_a_job_at_once(clock: Clock) -> None:
    seen: list[object] = []
    handles("test.job")(lambda job: seen.append(job.payload["n"]))
    with transaction.atomic():
        for number in range(40):
            enqueue("test.job", {"n": number}, now=NOW)
    tallies: list[Tally] = []

    def work(name: str) -> None:
        try:
            tallies.append(run(clock, name, limit=40))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(40))  # type: ignore[type-var]
    assert sum(tally.done for tally in tallies) == 40


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("SEC-AL")
def test_many_writers_leave_one_gapless_ledger(write: Callable[..., Entry]) -> None:
    errors: list[BaseException] = []

    def lines() -> None:
        try:
            for _ in range(10):
                write()
        except BaseException as error:  # noqa: BLE001 - shown below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=lines) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert list(Entry.objects.values_list("seq", flat=True)) == list(range(1, 41))
    assert worker.Message.objects.count() == 0
    from goodoffices.ledger.verify import verify_audit

    assert verify_audit().ok


@pytest.mark.django_db
def test_the_loop_works_until_it_is_told_to_stop(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(worker.time, "sleep", pauses.append)
    handles("test.job")(lambda job: None)
    queue()
    worker.work(clock=clock, worker_id="w1", until=lambda: len(pauses) == 2)
    assert pauses == [worker.IDLE_SECONDS] * 2
    assert Message.objects.get().done_at == NOW


def test_losing_a_lease_is_no_mistake_of_a_person() -> None:
    assert LeaseLost("x").code == "lease_lost"
