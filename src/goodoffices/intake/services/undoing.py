# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take a recorded list back as a whole, or set one aside before it is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require
from goodoffices.intake.models import OPEN_STATES, ListImport, ListRow, State
from goodoffices.intake.services.checking import NotNow
from goodoffices.ledger.services import enqueue
from goodoffices.registry.models import Mention
from goodoffices.registry.services.projecting import redraw
from goodoffices.registry.services.undoing import CannotUndo, undo_batch

UNDO_TOPIC = "intake.undo"


def undo(one: ListImport, *, actor: Actor, now: datetime) -> int:
    """Take an import back: every view is as it was before it; returns how many mentions it touched.

    Raises:
        CannotUndo: it isn't recorded, was taken back already, or a newer edition stands on it.
    """
    require(actor, "import", one)
    if one.batch is None or one.state not in {State.COMMITTED, State.COMMITTING}:
        raise CannotUndo("This list isn't recorded.", where={"state": str(one.state)})
    with acting("intake.list_undone", actor=actor, now=now) as line:
        moved = ListImport.objects.filter(pk=one.pk, state=one.state).update(state=State.UNDONE, running="")
        if not moved:
            raise CannotUndo("This was taken back already.")
        _drop_again(one, now=now)
        touched = undo_batch(one.batch, actor=actor, now=now)
        line.facts["mentions"] = touched
        line.concerns("import", one.public_id)
    one.refresh_from_db()
    return touched


def undo_later(one: ListImport, *, actor: Actor, now: datetime) -> ListImport:
    """Queue the taking back of a large list, which takes longer than a page may.

    Raises:
        CannotUndo: it isn't recorded.
    """
    require(actor, "import", one)
    if one.state != State.COMMITTED:
        raise CannotUndo("This list isn't recorded.", where={"state": str(one.state)})
    with transaction.atomic():
        if ListImport.objects.filter(pk=one.pk, state=State.COMMITTED, running="").update(running="undo", error={}):
            enqueue(UNDO_TOPIC, {"import": str(one.public_id), "by": actor.user_id or 0}, now=now)
    one.refresh_from_db()
    return one


def refuse(one: ListImport, *, actor: Actor, now: datetime) -> ListImport:
    """Set a list aside before anything of it is recorded; its rows are let go, its file stays with the source."""
    require(actor, "import", one)
    if one.state not in OPEN_STATES or one.state == State.COMMITTING:
        raise NotNow("This list can't be set aside now.", where={"state": str(one.state)})
    with acting("intake.list_refused", actor=actor, now=now, facts={"reason": "set_aside"}) as line:
        ListImport.objects.filter(pk=one.pk).update(state=State.REFUSED, running="")
        ListRow.objects.filter(list_import=one).let_go()
        line.concerns("import", one.public_id)
    one.refresh_from_db()
    return one


def _drop_again(one: ListImport, *, now: datetime) -> None:
    """Put mentions that this edition listed again back to what the edition before had left."""
    rows = ListRow.objects.filter(list_import=one, before__has_key="unlisted_by", mention__isnull=False)
    dropped = []
    for mention_id, before in rows.values_list("mention_id", "before"):
        Mention.objects.filter(pk=mention_id, listed=True).update(
            listed=False, unlisted_by_id=before["unlisted_by"], last_seen=before["last_seen"]
        )
        dropped.append(mention_id)
    for start in range(0, len(dropped), 500):
        persons = Mention.objects.filter(pk__in=dropped[start : start + 500]).values_list("person_id", flat=True)
        redraw(persons, now=now)
