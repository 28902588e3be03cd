# SPDX-License-Identifier: AGPL-3.0-or-later
"""Running jobs: claim, handle, mark; any worker may die at any point and another takes over.

Invariants: a claim is one compare-and-set update: two workers never hold a job at once. Claimer and attempt
number fence off a worker whose lease ran out. Nothing about a person is logged or stored with a failure,
only a code.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import F, Value

from goodoffices.core.errors import GoodOfficesError
from goodoffices.ledger import services, topics
from goodoffices.ledger.actors import PROGRAM
from goodoffices.ledger.acts import JOB_FAILED
from goodoffices.ledger.faults import fault
from goodoffices.ledger.models import Message
from goodoffices.ledger.plain import CODE
from goodoffices.ledger.querysets import MessageQuerySet

log = logging.getLogger("goodoffices.ledger")

Clock = Callable[[], datetime]
LEASE_EXPIRED = "lease_expired"
IDLE_SECONDS = 1.0


class LeaseLost(GoodOfficesError):
    """Another worker has taken the job over; whatever this one began must not be committed."""

    code = "lease_lost"


class GiveUp(GoodOfficesError):
    """A handler knows that trying again can't help."""

    code = "given_up"


@dataclass(frozen=True)
class Job:
    """A claimed job in its handler's hands. ``attempt`` counts from 1."""

    id: int
    public_id: Any
    topic: str
    payload: dict[str, bool | int | str]
    attempt: int
    worker_id: str
    using: str
    clock: Clock


@dataclass
class Tally:
    """What one round of the worker did."""

    done: int = 0
    retried: int = 0
    failed: int = 0
    lost: int = 0

    @property
    def total(self) -> int:
        return self.done + self.retried + self.failed + self.lost


def run_due(*, clock: Clock, worker_id: str, limit: int = 50, using: str = DEFAULT_DB_ALIAS) -> Tally:
    """Run up to ``limit`` jobs that are due, the longest due first.

    Args:
        clock: gives the aware time now; asked before and after each job.
        worker_id: names this process; different from that of every other living worker.
        limit: most jobs to take up.
        using: the store.
    """
    tally = Tally()
    known = Message.objects.using(using).filter(topic__in=topics.topic_names())
    for message in list(known.due(clock())[:limit]):
        job = _claim(message, clock, worker_id, using, tally)
        if job is not None:
            _run(job, tally)
    return tally


def work(
    *,
    clock: Clock,
    worker_id: str,
    until: Callable[[], bool],
    using: str = DEFAULT_DB_ALIAS,
    between: Callable[[datetime], object] | None = None,
) -> None:
    """Run due jobs until told to stop; look again after a second when there was nothing to do.

    Args:
        between: asked with the time after each round; ``upkeep.Daily`` does its housework then.
    """
    while not until():
        if between is not None:
            between(clock())
        if not run_due(clock=clock, worker_id=worker_id, using=using).total:
            time.sleep(IDLE_SECONDS)


def heartbeat(job: Job) -> None:
    """Say that the job is still being worked on: its lease starts anew.

    Raises:
        LeaseLost: somebody else has it by now.
    """
    now = job.clock()
    _must(_held(job).update(lease_until=now + topics.topic(job.topic).lease), job)


def finish(job: Job) -> None:
    """Mark the job done inside the handler's own transaction: work and end are one commit, done exactly once.

    Raises:
        LeaseLost: somebody else has it by now; let it roll the transaction back.
    """
    _must(_held(job).update(done_at=job.clock(), lease_until=None, error=""), job)


def _claim(message: Message, clock: Clock, worker_id: str, using: str, tally: Tally) -> Job | None:
    """Take a job if nobody else did since we looked; give up one that killed its last worker."""
    topic, now = topics.topic(message.topic), clock()
    same = Message.objects.using(using).due(now).filter(pk=message.pk, attempts=message.attempts)
    if message.attempts >= topic.attempts:
        tally.failed += _fail(same, message.public_id, message.topic, message.attempts, LEASE_EXPIRED, now)
        return None
    taken: dict[str, Any] = {
        "attempts": F("attempts") + 1,
        "claimed_at": now,
        "claimed_by": worker_id,
        "lease_until": now + topic.lease,
    }
    if message.coalesces:
        taken["dedup_key"] = Value(None)
    if same.order_by().update(**taken) != 1:
        return None
    fault("ledger.worker.after_claim")
    return Job(
        id=message.pk,
        public_id=message.public_id,
        topic=message.topic,
        payload=message.payload,
        attempt=message.attempts + 1,
        worker_id=worker_id,
        using=using,
        clock=clock,
    )


def _run(job: Job, tally: Tally) -> None:
    topic = topics.topic(job.topic)
    try:
        topic.handler(job)
    except LeaseLost:
        tally.lost += 1
    except GiveUp as error:
        tally.failed += _fail(_held(job), job.public_id, job.topic, job.attempt, _code_of(error), job.clock())
    except Exception as error:  # noqa: BLE001 - whatever a handler raises, the worker lives on
        _after_error(job, error, tally)
    else:
        fault("ledger.worker.before_done")
        _mark_done(job, tally)
        fault("ledger.worker.after_done")


def _mark_done(job: Job, tally: Tally) -> None:
    """Mark the job done, unless its handler has finished it in its own transaction."""
    if _held(job).update(done_at=job.clock(), lease_until=None, error=""):
        tally.done += 1
        return
    ours = Message.objects.using(job.using).filter(
        pk=job.id, claimed_by=job.worker_id, attempts=job.attempt, done_at__isnull=False
    )
    if ours.exists():
        tally.done += 1
    else:
        tally.lost += 1


def _after_error(job: Job, error: Exception, tally: Tally) -> None:
    topic, now, code = topics.topic(job.topic), job.clock(), _code_of(error)
    log.warning("job %s (%s), attempt %d: %s at %s", job.public_id, job.topic, job.attempt, code, _place_of(error))
    if job.attempt >= topic.attempts:
        tally.failed += _fail(_held(job), job.public_id, job.topic, job.attempt, code, now)
        return
    tally.retried += _held(job).update(
        due_at=now + topic.wait_after(job.attempt),
        claimed_at=None,
        claimed_by="",
        lease_until=None,
        error=code,
    )


def _fail(same: MessageQuerySet, public_id: Any, topic: str, attempts: int, code: str, now: datetime) -> int:
    """Give a job up, with its line in the ledger; 1 if it was still ours to give up."""
    with transaction.atomic(using=same.db):
        changed = same.order_by().update(failed_at=now, lease_until=None, error=code)
        if changed:
            services.record(
                act=JOB_FAILED,
                actor=PROGRAM,
                now=now,
                subjects=[("job", public_id)],
                facts={"topic": topic, "error": code, "attempts": attempts},
                using=same.db,
            )
    if changed:
        log.error("job %s (%s) given up: %s", public_id, topic, code)
    return changed


def _held(job: Job) -> MessageQuerySet:
    """The job's row, if this worker's claim on it still stands."""
    rows: MessageQuerySet = Message.objects.using(job.using).open()
    return rows.filter(pk=job.id, claimed_by=job.worker_id, attempts=job.attempt)


def _must(changed: int, job: Job) -> None:
    if changed != 1:
        raise LeaseLost("Another worker has this job now.", where={"job": str(job.public_id)})


def _code_of(error: Exception) -> str:
    """Give a short code of an error; never its words, which may quote a person."""
    code = error.code if isinstance(error, GoodOfficesError) else type(error).__name__.lower()
    return code if CODE.fullmatch(code) else "error"


def _place_of(error: Exception) -> str:
    """Give module and line where an error arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
