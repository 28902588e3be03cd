# SPDX-License-Identifier: AGPL-3.0-or-later
"""Once a day the worker lets go of jobs done long ago, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from goodoffices.ledger import upkeep
from goodoffices.ledger.models import Entry, Message
from goodoffices.ledger.services import enqueue
from goodoffices.ledger.topics import handles
from goodoffices.ledger.worker import work

from .cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DAY = timedelta(days=1)


@pytest.fixture
def job():
    """Make a job and say when it was done or given up."""
    handles("test.job")(lambda job: None)

    def make(**ended) -> Message:
        with transaction.atomic():
            made = enqueue("test.job", {}, now=NOW - 400 * DAY)
        Message.objects.filter(pk=made.pk).update(**ended)
        return made

    return make


def test_jobs_done_long_ago_go_with_one_line_that_says_how_many(job, settings):
    settings.GOODOFFICES_KEEP_JOBS_DAYS = 30
    for days in (31, 90, 365):
        job(done_at=NOW - days * DAY)
    kept = [job(done_at=NOW - 29 * DAY), job(failed_at=NOW - 365 * DAY), job()]
    assert upkeep.prune_jobs(NOW) == 3
    assert set(Message.objects.values_list("pk", flat=True)) == {one.pk for one in kept}
    (line,) = Entry.objects.filter(act="ledger.jobs_pruned")
    assert line.facts == {"jobs": 3, "days": 30}
    assert upkeep.prune_jobs(NOW) == 0
    assert Entry.objects.filter(act="ledger.jobs_pruned").count() == 1


def test_many_go_in_short_transactions(job, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    for _ in range(5):
        job(done_at=NOW - 365 * DAY)
    assert upkeep.prune_jobs(NOW) == 5
    said = [line.facts["jobs"] for line in Entry.objects.filter(act="ledger.jobs_pruned").order_by("seq")]
    assert said == [2, 2, 1]


def test_it_is_done_some_time_after_the_start_and_then_once_a_day(monkeypatch):
    done = []
    monkeypatch.setattr(upkeep, "run_upkeep", done.append)
    daily = upkeep.Daily(NOW)
    hours = [NOW + timedelta(hours=hour) for hour in range(60)]
    assert not daily(NOW + timedelta(minutes=9))
    for moment in hours:
        daily(moment)
    assert done == [hours[1], hours[25], hours[49]]


def test_a_task_that_fails_stops_neither_the_others_nor_the_worker(monkeypatch, caplog):
    def broken(now):
        raise RuntimeError("Kovylianko")

    monkeypatch.setattr(upkeep, "_tasks", {"a": broken, "b": lambda now: 7})
    assert upkeep.run_upkeep(NOW) == {"b": 7}
    assert "RuntimeError" in caplog.text
    assert "Kovylianko" not in caplog.text


def test_the_worker_asks_between_its_rounds(clock, monkeypatch):
    monkeypatch.setattr("goodoffices.ledger.worker.IDLE_SECONDS", 0)
    asked = []
    work(clock=clock, worker_id="one", until=lambda: len(asked) > 2, between=asked.append)
    assert len(asked) == 3
