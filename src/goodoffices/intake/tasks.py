# SPDX-License-Identifier: AGPL-3.0-or-later
"""The jobs of intake: the steps of large lists, and recording."""

from __future__ import annotations

from goodoffices.access.actors import SYSTEM, actor_for
from goodoffices.access.models import User
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.models import ListImport, State
from goodoffices.intake.services.committing import COMMIT_TOPIC, commit
from goodoffices.intake.services.running import STEP_TOPIC, STEPS, run_step
from goodoffices.intake.services.undoing import UNDO_TOPIC, undo
from goodoffices.ledger.topics import handles
from goodoffices.ledger.worker import GiveUp, Job, heartbeat


@handles(STEP_TOPIC)
def run_queued_steps(job: Job) -> None:
    """Run the steps of a large list for the person who asked; done twice they are as if done once."""
    one = _import(job)
    try:
        while one is not None and one.state in STEPS and one.state != job.payload["goal"]:
            step = STEPS[State(one.state)]
            ListImport.objects.filter(pk=one.pk).update(running=step)
            run_step(one, step, actor=actor_for(one.by), now=job.clock(), progress=_beat(job))
    except GoodOfficesError as error:
        if error.code in {"busy", "lease_lost"} or one is None:
            raise
        ListImport.objects.filter(pk=one.pk).update(running="", error=error.as_dict())
        raise GiveUp("The list can't be read on.", code=error.code) from error


@handles(COMMIT_TOPIC)
def record_list(job: Job) -> None:
    """Record a list that a person handed over; chunk by chunk, from where it was cut off."""
    one = _import(job)
    if one is not None and one.state == State.COMMITTING:
        commit(one, actor=SYSTEM, clock=job.clock, alive=lambda: heartbeat(job))


@handles(UNDO_TOPIC)
def undo_list(job: Job) -> None:
    """Take a large list back for the person who asked."""
    one = _import(job)
    if one is None or one.state != State.COMMITTED:
        return
    asked = User.objects.filter(pk=int(job.payload["by"])).first()
    try:
        undo(one, actor=actor_for(asked), now=job.clock())
    except GoodOfficesError as error:
        ListImport.objects.filter(pk=one.pk).update(running="", error=error.as_dict())
        raise GiveUp("The list can't be taken back.", code=error.code) from error


def _import(job: Job) -> ListImport | None:
    found: ListImport | None = ListImport.objects.filter(public_id=str(job.payload["import"])).first()
    return found


def _beat(job: Job):  # type: ignore[no-untyped-def]
    return lambda step, done, total: heartbeat(job)
