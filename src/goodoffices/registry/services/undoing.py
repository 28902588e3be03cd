# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take a whole batch back, so that every view is as it was before; and withdraw a source with all it said."""

from __future__ import annotations

from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require_power
from goodoffices.access.roles import IMPORT_LISTS, RECORD_FACTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.registry.models import Batch, Claim, Mention, Source, TakenWith
from goodoffices.registry.models.claims import UNDONE, WITHDRAWN
from goodoffices.registry.services.projecting import regroup
from goodoffices.registry.services.recording import refresh


class CannotUndo(GoodOfficesError):
    """The batch was taken back already, or something later stands on it."""

    code = "cannot_undo"


def undo_batch(batch: Batch, *, actor: Actor, now: datetime) -> int:
    """Take back what a batch recorded and restore what it retired; returns how many mentions it touched.

    Raises:
        CannotUndo: it was taken back before, or a newer edition of the same source stands on it.
    """
    require_power(actor, RECORD_FACTS if batch.kind != "import" else IMPORT_LISTS)
    if batch.undone_at is not None:
        raise CannotUndo("This was taken back already.")
    later = Batch.objects.filter(source=batch.source, kind=batch.kind, undone_at=None, pk__gt=batch.pk)
    if batch.kind == "import" and later.exists():
        raise CannotUndo(
            "A newer edition of this list came in after it.",
            where={"why": "newer_edition"},
            hint="Take the newest edition back first.",
        )
    with acting("registry.batch_undone", actor=actor, now=now, facts={"kind": batch.kind}) as line:
        if not Batch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=now, undone_by_id=actor.user_id):
            raise CannotUndo("This was taken back already.")
        touched = _touched(batch)
        Claim.objects.filter(batch=batch, retired_by=None).update(retired_by=batch, retired_why=UNDONE)
        Claim.objects.filter(retired_by=batch).exclude(batch=batch).update(
            retired_by=None, retired_why="", retired_note="", last_seen=""
        )
        Mention.objects.filter(batch=batch).update(live=False, retired_by=batch)
        Mention.objects.filter(unlisted_by=batch).update(listed=True, unlisted_by=None, last_seen="")
        TakenWith.objects.filter(batch=batch, ended_at=None).update(ended_at=now)
        _settle(touched, now=now)
        line.facts["mentions"] = len(touched)
        line.concerns("batch", batch.public_id)
    return len(touched)


def withdraw_source(source: Source, *, actor: Actor, now: datetime, note: str = "") -> Batch:
    """Withdraw a source: all its claims are retired, none is lost; undoing the returned batch restores them."""
    require_power(actor, IMPORT_LISTS)
    if source.withdrawn_at is not None:
        raise CannotUndo("This source was withdrawn already.", where={"why": "withdrawn"})
    with acting("registry.source_withdrawn", actor=actor, now=now) as line:
        batch = Batch.objects.create(kind="withdrawal", source=source, at=now, by_id=actor.user_id)
        touched = list(Mention.objects.filter(source=source, live=True).values_list("pk", flat=True))
        Claim.objects.filter(mention__source=source, retired_by=None).update(
            retired_by=batch, retired_why=WITHDRAWN, retired_note=note
        )
        Mention.objects.filter(pk__in=Mention.objects.filter(source=source, live=True).values("pk")).update(
            live=False, retired_by=batch
        )
        Source.objects.filter(pk=source.pk).update(withdrawn_at=now)
        _settle(touched, now=now)
        line.facts["mentions"] = len(touched)
        line.concerns("source", source.public_id)
    return batch


def restore_source(batch: Batch, *, actor: Actor, now: datetime) -> None:
    """Undo a withdrawal: every claim stands again as it stood."""
    require_power(actor, IMPORT_LISTS)
    if batch.kind != "withdrawal" or batch.undone_at is not None:
        raise CannotUndo("This isn't a standing withdrawal.", where={"why": "not_withdrawn"})
    with acting("registry.source_restored", actor=actor, now=now) as line:
        Batch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=now, undone_by_id=actor.user_id)
        touched = list(Mention.objects.filter(retired_by=batch).values_list("pk", flat=True))
        Claim.objects.filter(retired_by=batch).update(retired_by=None, retired_why="", retired_note="")
        Mention.objects.filter(retired_by=batch).update(live=True, retired_by=None)
        Source.objects.filter(pk=batch.source_id).update(withdrawn_at=None)
        _settle(touched, now=now)
        line.concerns("source", batch.source.public_id)


def _touched(batch: Batch) -> list[int]:
    found = set(Mention.objects.filter(batch=batch).values_list("pk", flat=True))
    found.update(Mention.objects.filter(unlisted_by=batch).values_list("pk", flat=True))
    found.update(Claim.objects.filter(batch=batch).values_list("mention_id", flat=True))
    found.update(Claim.objects.filter(retired_by=batch).values_list("mention_id", flat=True))
    return sorted(found)


def _settle(mention_ids: list[int], *, now: datetime) -> None:
    for start in range(0, len(mention_ids), 500):
        regroup(mention_ids[start : start + 500], now=now)
    refresh(mention_ids, now=now)
