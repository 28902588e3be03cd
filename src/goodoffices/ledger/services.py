# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing a ledger line, queueing a job, erasing the personal content behind a line.

All of them write in the caller's transaction, so that the act, its line and its jobs are there together or
not at all.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.canonical import canonical_bytes
from goodoffices.core.sealing.commitment import SALT_BYTES, commit
from goodoffices.core.sealing.merkle import Frontier
from goodoffices.ledger.actors import ACTOR_KINDS, Actor
from goodoffices.ledger.acts import JOB_RETRIED, PRIVATE_ERASED, known_act
from goodoffices.ledger.faults import fault
from goodoffices.ledger.leaf import Line
from goodoffices.ledger.models import STATE_ID, Entry, EntrySubject, Message, Outcome, PrivateFact, TreeState
from goodoffices.ledger.plain import NotPlain, plain_code, plain_facts, plain_payload
from goodoffices.ledger.topics import known_topic

Subject = tuple[str, UUID | str]
DEDUP_KEY = re.compile(r"[a-z0-9._:/-]{1,128}", re.ASCII)


class OutsideTransaction(GoodOfficesError):
    """The ledger was written to outside a transaction of its store."""

    code = "outside_transaction"


class LedgerBroken(GoodOfficesError):
    """The tree state doesn't fit the lines; nothing more is written until somebody looks."""

    code = "ledger_broken"


class BadLine(GoodOfficesError):
    """A line can't be written as asked: naive time, unknown outcome, no such kind of actor."""

    code = "bad_line"


def record(
    *,
    act: str,
    actor: Actor,
    now: datetime,
    subjects: Iterable[Subject] = (),
    facts: Mapping[str, object] | None = None,
    private: object = None,
    outcome: str = "done",
    using: str = DEFAULT_DB_ALIAS,
) -> Entry:
    """Write one line about an act, in the transaction of the act.

    Args:
        act: a name from the catalogue.
        actor: who; a user has a public id.
        now: aware time.
        subjects: what it was done to, as (kind, public id); repeats are dropped.
        facts: ids, counts and codes only.
        private: personal content as any JSON value; the line holds a salted commitment to it, the content
            itself goes into an erasable row. None means none.
        outcome: done or refused.
        using: the store; one and the same as the act's.

    Raises:
        OutsideTransaction: no transaction is open in that store.
        UnknownAct, NotPlain, NotCanonical, BadLine: see their words.
        LedgerBroken: tree state and lines don't fit.
    """
    _require_transaction(using)
    salt = secrets.token_bytes(SALT_BYTES) if private is not None else b""
    line = Line(
        at=_aware(now),
        actor=_actor_id(actor),
        actor_kind=actor.kind,
        act=known_act(act),
        outcome=_outcome(outcome),
        subjects=_subjects(subjects),
        facts=plain_facts(facts or {}),
        commitment=commit(private, salt).hex() if private is not None else None,
    )
    fault("ledger.record.before_insert")
    entry = _append(line, using)
    if private is not None:
        PrivateFact.objects.using(using).create(entry=entry, salt=salt.hex(), content=canonical_bytes(private).decode())
    fault("ledger.record.after_state")
    return entry


def enqueue(
    topic: str,
    payload: Mapping[str, object],
    *,
    now: datetime,
    due_at: datetime | None = None,
    dedup_key: str | None = None,
    coalesce: bool = False,
    using: str = DEFAULT_DB_ALIAS,
) -> Message:
    """Queue a job in the transaction of the act that causes it.

    Args:
        topic: one that a handler is registered for.
        payload: ids, whole numbers, truth values and short codes, in one flat mapping.
        now: aware time.
        due_at: when to run it; now by default.
        dedup_key: queueing again under the same key gives back the first job, even a done one, as long as it is
            kept (``upkeep.prune_jobs``).
        coalesce: the key counts only until the job is taken up; what is queued later gets a job of its own.
        using: the store.

    Raises:
        OutsideTransaction, UnknownTopic, NotPlain: see their words.
    """
    _require_transaction(using)
    if dedup_key is not None and not DEDUP_KEY.fullmatch(dedup_key):
        raise NotPlain(
            "dedup_key: only ids and short codes may stand here.",
            where={"field": "dedup_key"},
            hint="Give up to 128 of a-z, 0-9, '.', '_', '-', ':', '/'.",
        )
    message = Message(
        topic=known_topic(topic),
        payload=plain_payload(payload),
        dedup_key=dedup_key,
        coalesces=coalesce and dedup_key is not None,
        created_at=_aware(now),
        due_at=_aware(due_at or now),
    )
    if dedup_key is None:
        message.save(using=using, force_insert=True)
    else:
        message = _insert_once(message, using)
    fault("ledger.enqueue.after_insert")
    return message


def erase_private(entry: Entry, *, actor: Actor, now: datetime, reason: str, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Erase the personal content behind a line, and write a line that it was erased and why.

    Args:
        reason: a short code.

    Returns:
        False when there was nothing (more) to erase; then nothing is written.
    """
    _require_transaction(using)
    reason = plain_code(reason, where="reason")
    erased, _ = PrivateFact.objects.using(using).filter(entry_id=entry.seq).delete()
    if erased:
        facts = {"entry": entry.seq, "reason": reason}
        record(act=PRIVATE_ERASED, actor=actor, now=now, facts=facts, using=using)
    return bool(erased)


def retry_job(message: Message, *, actor: Actor, now: datetime, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Put a job that was given up back in the queue, with all its attempts; False if it wasn't given up."""
    _require_transaction(using)
    changed = (
        Message.objects.using(using)
        .given_up()
        .filter(pk=message.pk)
        .update(failed_at=None, attempts=0, due_at=_aware(now), error="", lease_until=None, claimed_by="")
    )
    if changed:
        record(
            act=JOB_RETRIED,
            actor=actor,
            now=now,
            subjects=[("job", message.public_id)],
            facts={"topic": message.topic},
            using=using,
        )
    return bool(changed)


def _insert_once(message: Message, using: str) -> Message:
    """Insert a job under its key, or give the one that has the key already.

    Of two who queue at once the unique key lets one in. The row is locked until we commit, or a worker could
    take it up, read the store without our act in it, and the act would be left without a job.
    """
    messages = Message.objects.using(using)
    while True:
        messages.bulk_create([message], ignore_conflicts=True)
        there = messages.select_for_update().filter(dedup_key=message.dedup_key).first()
        if there is not None:
            return there


def _append(line: Line, using: str) -> Entry:
    """Add a line to the tree; the locked state row puts all writers in one order."""
    before = _locked_tree(using)
    seq = before.size + 1
    leaf = line.hash_as(seq)
    tree = before.append(leaf)
    entry = Entry(
        seq=seq,
        at=line.at,
        actor=line.actor,
        actor_kind=line.actor_kind,
        act=line.act,
        outcome=line.outcome,
        subjects=line.subjects,
        facts=line.facts,
        commitment=line.commitment,
        leaf_hash=leaf.hex(),
        root=tree.root().hex(),
    )
    entry.save(using=using)
    if line.subjects:
        _index_subjects(seq, line.subjects, using)
    fault("ledger.record.after_insert")
    _move_state(before, tree, using)
    return entry


# Index and state are written in plain SQL: through the ORM they would cost more than all the rest together.
def _index_subjects(seq: int, subjects: Sequence[Sequence[str]], using: str) -> None:
    connection = connections[using]
    uuid_field = EntrySubject._meta.get_field("subject")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_entrysubject (entry_id, kind, subject) VALUES (%s, %s, %s)",
            [(seq, kind, uuid_field.get_db_prep_save(UUID(subject), connection)) for kind, subject in subjects],
        )


def _locked_tree(using: str) -> Frontier:
    lock = " FOR UPDATE" if connections[using].features.has_select_for_update else ""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT size, frontier FROM ledger_treestate WHERE id = {STATE_ID}{lock}")  # noqa: S608 - constants
        row = cursor.fetchone()
    if row is None:
        return _first_tree(using)
    return TreeState(size=row[0], frontier=row[1]).tree


def _first_tree(using: str) -> Frontier:
    """Make the state row with the first line; whoever comes second waits for it, and reads it.

    The lines are looked for only after the wait: before it, another's first line may land between two looks.
    """
    states = TreeState.objects.using(using)
    states.bulk_create([TreeState(pk=STATE_ID, size=0, frontier="")], ignore_conflicts=True)
    tree = states.select_for_update().get(pk=STATE_ID).tree
    if tree.size == 0 and Entry.objects.using(using).exists():
        raise LedgerBroken("The ledger has lines but no tree state.", hint="Run verify-audit, then restore a backup.")
    return tree


def _move_state(before: Frontier, after: Frontier, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_treestate SET size = %s, frontier = %s WHERE id = %s AND size = %s",
            [after.size, b"".join(after.peaks).hex(), STATE_ID, before.size],
        )
        moved = cursor.rowcount
    if moved != 1:
        raise LedgerBroken("Two writers were in the ledger at once.", where={"seq": after.size})


def _require_transaction(using: str) -> None:
    if not connections[using].in_atomic_block:
        raise OutsideTransaction(
            "The ledger is written only inside the transaction of the act.",
            where={"store": using},
            hint="Wrap the act and this call in transaction.atomic of the same store.",
        )


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise BadLine("The time has no time zone.", hint="Pass an aware datetime.")
    return moment.astimezone(UTC)


def _actor_id(actor: Actor) -> UUID | None:
    if actor.kind not in ACTOR_KINDS or (actor.kind == "user" and actor.public_id is None):
        raise BadLine("The actor has no known kind, or is a user without an id.", where={"kind": actor.kind})
    return actor.public_id


def _outcome(outcome: str) -> str:
    if outcome not in set(Outcome):
        raise BadLine("An act is done or refused.", where={"outcome": outcome})
    return str(outcome)


def _subjects(subjects: Iterable[Subject]) -> list[list[str]]:
    """Check and copy the subjects as [kind, id]; repeats are dropped, the order is kept."""
    kept: dict[tuple[str, str], None] = {}
    for kind, public_id in subjects:
        try:
            identifier = public_id if isinstance(public_id, UUID) else UUID(public_id)
        except (ValueError, AttributeError, TypeError):
            raise NotPlain("A subject is named by its public id.", where={"field": "subjects"}) from None
        kept[plain_code(kind, where="subject kind"), str(identifier)] = None
    return [list(pair) for pair in kept]
