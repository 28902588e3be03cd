# SPDX-License-Identifier: AGPL-3.0-or-later
"""Record a previewed list: in chunks, each with its ledger line; killed anywhere and resumed it loses nothing.

Invariants: rows are recorded in their order; a chunk's rows, its claims, its ledger line and the import's
``position`` are one transaction, and the position moves by compare-and-set, so that no chunk is done twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.drafting import RowReader
from goodoffices.intake.models import ListImport, ListRow, Outcome, State
from goodoffices.intake.services.checking import must_be
from goodoffices.intake.services.columns import remember
from goodoffices.intake.services.differing import differences
from goodoffices.intake.services.plans import reader_of
from goodoffices.intake.services.staging import Progress, latest_standing
from goodoffices.ledger.faults import fault
from goodoffices.ledger.services import enqueue
from goodoffices.ledger.topics import topic_names
from goodoffices.registry.drafts import ClaimDraft, MentionDraft
from goodoffices.registry.models import Batch, Mention
from goodoffices.registry.models.claims import SUPERSEDED
from goodoffices.registry.services.bulk import update_rows
from goodoffices.registry.services.projecting import redraw
from goodoffices.registry.services.recording import add_claims, record_mentions, refresh, retire_claims

COMMIT_TOPIC = "intake.commit"
MENTIONS_TOPIC = "matching.mentions_recorded"
RECORDED = frozenset({"new", "to_review"})
CONTINUED = frozenset({"changed", "unchanged"})
CHANGED = "changed"


class Outrun(GoodOfficesError):
    """Something changed since the preview, or another process records the same list."""

    code = "outrun"


def begin_commit(one: ListImport, *, actor: Actor, now: datetime, queue: bool = True) -> ListImport:
    """Hand a previewed list over for recording: its batch and, if ``queue``, the job are made in one act.

    Raises:
        Outrun: a newer edition came in since the preview; it has to be made anew.
    """
    require(actor, "import", one)
    if one.state in {State.COMMITTING, State.COMMITTED}:
        return one
    must_be(one, State.PREVIEWED)
    if latest_standing(one.source) != one.previous or one.source.withdrawn_at is not None:
        raise Outrun("The list has another latest edition by now.", hint="Make the preview again.")
    with acting("intake.list_committing", actor=actor, now=now) as line:
        batch = Batch.objects.create(
            kind="import", source=one.source, artifact=one.artifact, at=now, by_id=actor.user_id
        )
        moved = ListImport.objects.filter(pk=one.pk, state=State.PREVIEWED, version=one.version).update(
            state=State.COMMITTING, running="commit", position=0, batch=batch
        )
        if not moved:
            raise Outrun("Somebody else is recording this list.", hint="Open its page again.")
        if queue:
            enqueue(COMMIT_TOPIC, {"import": str(one.public_id)}, now=now, dedup_key=f"commit:{one.public_id}")
        line.concerns("import", one.public_id)
        line.concerns("batch", batch.public_id)
    one.refresh_from_db()
    return one


def commit(
    one: ListImport,
    *,
    actor: Actor,
    clock: Callable[[], datetime],
    alive: Callable[[], None] | None = None,
    progress: Progress | None = None,
) -> ListImport:
    """Record what is left of a list handed over; to be called again after a kill until it is done.

    Args:
        alive: called between chunks; it may raise to stop, nothing is lost by it.
    """
    one.refresh_from_db()
    if one.state == State.COMMITTED:
        return one
    must_be(one, State.COMMITTING)
    reader = reader_of(one)
    while _next_chunk(one, reader, actor=actor, now=clock()) or _next_carried(one, actor=actor, now=clock()):
        fault("intake.commit.after_chunk")
        if alive:
            alive()
        if progress:
            progress("commit", one.position, one.total)
        fault("intake.commit.before_chunk")
    fault("intake.commit.before_end")
    _end(one, actor=actor, now=clock())
    fault("intake.commit.after_end")
    return one


@dataclass(frozen=True, slots=True)
class CommitRow:
    """A row about to be recorded; ``mention_id`` is that of the earlier row it continues."""

    pk: int
    number: int
    key: str
    cells: list[str]
    fixes: dict[str, str]
    outcome: str
    mention_id: int | None


ROW_FIELDS = ("pk", "number", "key", "cells", "fixes", "outcome", "replaces__mention_id")


def _next_chunk(one: ListImport, reader: RowReader, *, actor: Actor, now: datetime) -> bool:
    """Record the next rows of the file; False when there are none."""
    rows = ListRow.objects.filter(list_import=one).in_file().filter(number__gt=one.position)
    chunk = [CommitRow(*row) for row in rows.values_list(*ROW_FIELDS)[: settings.GOODOFFICES_CHUNK_ROWS]]
    if not chunk:
        return False
    counts = Counter(row.outcome for row in chunk)
    with acting("intake.chunk_committed", actor=actor, now=now, facts=dict(sorted(counts.items()))) as line:
        _claim_position(one, chunk[-1].number)
        _record_new(one, [row for row in chunk if row.outcome in RECORDED], reader, now=now)
        _record_known(one, [row for row in chunk if row.outcome in CONTINUED], reader, now=now)
        fault("intake.commit.in_chunk")
        line.concerns("import", one.public_id)
    one.position = chunk[-1].number
    return True


def _claim_position(one: ListImport, to: int) -> None:
    moved = ListImport.objects.filter(pk=one.pk, state=State.COMMITTING, position=one.position).update(position=to)
    if not moved:
        raise Outrun("Another process records this list.", code="busy", hint="Wait until it is done.")


def _record_new(one: ListImport, rows: Sequence[CommitRow], reader: RowReader, *, now: datetime) -> None:
    drafts = [MentionDraft(row.key or f"row {row.number}", row.number, _claims(row, reader)) for row in rows]
    assert one.batch is not None  # noqa: S101 - set by begin_commit, which alone leads here
    recorded = record_mentions(one.batch, one.source, drafts, first_seen=one.edition_on, now=now)
    update_rows(
        ListRow, ("mention_id",), [(row.pk, (done.mention_id,)) for row, done in zip(rows, recorded, strict=True)]
    )


def _record_known(one: ListImport, rows: Sequence[CommitRow], reader: RowReader, *, now: datetime) -> None:
    """Give rows their earlier row's mention, change its claims where they differ, list it again if it was not."""
    mention_of = {row.pk: row.mention_id for row in rows if row.mention_id is not None}
    _change_claims(one, {mention_of[row.pk]: row for row in rows if row.outcome == CHANGED}, reader, now=now)
    before = _list_again(mention_of.values(), now=now)
    update_rows(
        ListRow,
        ("mention_id", "before"),
        [(row.pk, (mention_of[row.pk], before.get(mention_of[row.pk], {}))) for row in rows],
    )


def _change_claims(one: ListImport, rows: dict[int, CommitRow], reader: RowReader, *, now: datetime) -> None:
    if not rows:
        return
    batch, previous = one.batch, one.previous
    assert batch is not None  # noqa: S101 - set by begin_commit
    assert previous is not None  # noqa: S101 - only a paired row changes
    differing = differences({mention_id: _claims(row, reader) for mention_id, row in rows.items()})
    gone = [pk for each in differing.values() for pk in each.gone]
    retire_claims(batch, gone, why=SUPERSEDED, last_seen=previous.edition_on)
    add_claims(
        batch, one.source, [(pk, each.added) for pk, each in differing.items() if each.added], first_seen=one.edition_on
    )
    refresh(sorted(differing), now=now)


def _list_again(mention_ids: Iterable[int], *, now: datetime) -> dict[int, dict[str, Any]]:
    """List mentions again that an earlier edition had dropped; gives what undoing must restore."""
    ids = sorted(mention_ids)
    before: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        gone = Mention.objects.filter(pk__in=ids[start : start + 500], listed=False)
        before.update(
            (pk, {"unlisted_by": batch_id, "last_seen": last_seen})
            for pk, batch_id, last_seen in gone.values_list("pk", "unlisted_by_id", "last_seen")
        )
    if before:
        again = Mention.objects.filter(pk__in=before)
        again.update(listed=True, unlisted_by=None, last_seen="")
        redraw(again.values_list("person_id", flat=True), now=now)
    return before


def _next_carried(one: ListImport, *, actor: Actor, now: datetime) -> bool:
    """Carry on the next earlier rows that no row continues; False when all are carried."""
    waiting = ListRow.objects.filter(list_import=one, number=None, mention=None).order_by("pk")
    chunk = list(waiting.select_related("replaces")[: settings.GOODOFFICES_CHUNK_ROWS])
    if not chunk:
        return False
    gone = [row.replaces.mention_id for row in chunk if _just_gone(row)]
    with acting("intake.chunk_committed", actor=actor, now=now, facts={"no_longer_listed": len(gone)}) as line:
        if not ListImport.objects.filter(pk=one.pk, state=State.COMMITTING).exists():
            raise Outrun("Another process records this list.", code="busy")
        update_rows(ListRow, ("mention_id",), [(row.pk, (row.replaces.mention_id,)) for row in chunk])
        for start in range(0, len(gone), 500):
            dropped = Mention.objects.filter(pk__in=gone[start : start + 500])
            dropped.filter(listed=True).update(
                listed=False, unlisted_by=one.batch, last_seen=one.previous.edition_on if one.previous else ""
            )
            redraw(dropped.values_list("person_id", flat=True), now=now)
        fault("intake.commit.in_chunk")
        line.concerns("import", one.public_id)
    return True


def _just_gone(row: ListRow) -> bool:
    return row.outcome == Outcome.NO_LONGER_LISTED and bool(row.before.get("listed"))


def _end(one: ListImport, *, actor: Actor, now: datetime) -> None:
    facts = {name: int(count) for name, count in one.counts.items()}
    with acting("intake.list_committed", actor=actor, now=now, facts=facts) as line:
        moved = ListImport.objects.filter(pk=one.pk, state=State.COMMITTING).update(
            state=State.COMMITTED, running="", committed_at=now
        )
        if not moved:
            raise Outrun("Another process has recorded this list.", code="busy")
        remember(one, at=now)
        if facts.get("created") or facts.get("changed") or facts.get("to_review"):
            tell_matching(one.batch.public_id, now=now)  # type: ignore[union-attr]
        line.concerns("import", one.public_id)
    one.refresh_from_db()


def tell_matching(batch_id: UUID, *, now: datetime) -> None:
    """Queue the look for pairs among new mentions, where the matching app is installed to take it up."""
    if MENTIONS_TOPIC in topic_names():
        enqueue(MENTIONS_TOPIC, {"batch": str(batch_id)}, now=now, dedup_key=f"mentions:{batch_id}")


def _claims(row: CommitRow, reader: RowReader) -> tuple[ClaimDraft, ...]:
    return reader.claims(reader.read(row.number, row.cells, row.fixes))
