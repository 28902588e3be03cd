# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the worker clears away once a day: finished jobs here, and whatever other apps add.

A task is asked with the time and does its work in transactions of its own; it may be cut off at any point and is
simply done again the next day. It says in the ledger what it took away, as a count.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction

from goodoffices.ledger.actors import PROGRAM
from goodoffices.ledger.acts import JOBS_PRUNED
from goodoffices.ledger.models import Message
from goodoffices.ledger.services import record

log = logging.getLogger("goodoffices.ledger")

Task = Callable[[datetime], int]
# Not at once: a worker that is started and stopped again shouldn't begin with housework.
FIRST_AFTER, EVERY = timedelta(minutes=10), timedelta(hours=24)
BATCH = 5000

_tasks: dict[str, Task] = {}


def add_upkeep(task: Task) -> None:
    """Add a task, from an app's ready()."""
    _tasks[f"{task.__module__}.{task.__qualname__}"] = task


def run_upkeep(now: datetime) -> dict[str, int]:
    """Run every task; one that fails is logged and does not stop the others. Gives what each took away."""
    done: dict[str, int] = {}
    for name, task in sorted(_tasks.items()):
        try:
            done[name] = task(now)
        except Exception as error:  # noqa: BLE001 - housework never stops the worker
            log.error("upkeep %s failed: %s", name, type(error).__name__)
    return done


@dataclass
class Daily:
    """Runs the tasks when they are due, as the worker asks it between jobs."""

    started: datetime
    due_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.due_at = self.started + FIRST_AFTER

    def __call__(self, now: datetime) -> bool:
        if now < self.due_at:
            return False
        self.due_at = now + EVERY
        run_upkeep(now)
        return True


def prune_jobs(now: datetime, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Let go of jobs that were done long ago (GOODOFFICES_KEEP_JOBS_DAYS); those given up stay until looked at.

    Returns:
        How many were let go; the ledger has a line with the count, none where there was nothing.
    """
    days: int = settings.GOODOFFICES_KEEP_JOBS_DAYS
    old = Message.objects.using(using).filter(done_at__lt=now - timedelta(days=days)).order_by("pk")
    total = 0
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        # After years without a worker more than one transaction, each short: nobody who writes waits for housework.
        with transaction.atomic(using=using):
            gone = Message.objects.using(using).filter(pk__in=ids).delete()[0]
            record(act=JOBS_PRUNED, actor=PROGRAM, now=now, facts={"jobs": gone, "days": days}, using=using)
        total += gone
    return total


add_upkeep(prune_jobs)
