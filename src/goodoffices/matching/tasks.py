# SPDX-License-Identifier: AGPL-3.0-or-later
"""Background work: find pairs for what came in, join the automatic band, take a run back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from goodoffices.ledger.topics import handles
from goodoffices.ledger.worker import Job, heartbeat
from goodoffices.matching.models import Run
from goodoffices.matching.services import finding
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


def _run(job: Job) -> Run | None:
    return Run.objects.filter(public_id=UUID(str(job.payload["run"]))).first()
