# SPDX-License-Identifier: AGPL-3.0-or-later
"""Background work: find pairs for what came in, join the automatic band, take a run back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from goodoffices.access.actors import actor_for
from goodoffices.ledger.topics import handles
from goodoffices.ledger.worker import Job, heartbeat
from goodoffices.matching.models import Run
from goodoffices.matching.services import finding, joining
from goodoffices.registry.models import Batch

LEASE = timedelta(minutes=10)


@handles("matching.mentions_recorded", lease=LEASE)
def find_for_batch(job: Job) -> None:
    """Look for pairs among what a batch brought; the payload names the batch."""
    batch = _batch(job.payload["batch"])
    if batch is None or batch.undone_at is not None:
        return
    run = finding.run_for(batch, now=job.clock())
    finding.find(run, now=job.clock, alive=lambda run: heartbeat(job))


def _batch(named: object) -> Batch | None:
    """Find a batch by its inner number or its public id."""
    batches = Batch.objects.select_related("source")
    if isinstance(named, int):
        return batches.filter(pk=named).first()
    return batches.filter(public_id=UUID(str(named))).first()


@handles("matching.join", lease=LEASE)
def join_automatic(job: Job) -> None:
    """Join what a run was started for, with the present rights of whoever started it."""
    run = _run(job)
    if run is not None and run.finished_at is None:
        joining.join(run, actor=actor_for(run.by), now=job.clock, alive=lambda run: heartbeat(job))


@handles("matching.undo_join", lease=LEASE)
def undo_join(job: Job) -> None:
    """Take a run back."""
    run = _run(job)
    if run is not None and run.undone_at is None:
        joining.undo_join(run, actor=actor_for(run.undone_by), now=job.clock, alive=lambda run: heartbeat(job))


def _run(job: Job) -> Run | None:
    named = UUID(str(job.payload["run"]))
    found: Run | None = Run.objects.select_related("by", "undone_by").filter(public_id=named).first()
    return found
