# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ledger lines with their tree, the erasable content behind them, and the jobs acts leave behind.

Invariants: lines are numbered from 1 without a gap and never change; no personal content stands in a line or
a job; TreeState is the tree over exactly the lines there are.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from goodoffices.core.sealing.merkle import HASH_BYTES, Frontier
from goodoffices.ledger.ids import new_id
from goodoffices.ledger.leaf import SCHEMA, Line
from goodoffices.ledger.querysets import EntryQuerySet, FinalQuerySet, LineIsFinal, MessageQuerySet

STATE_ID = 1
HEX_LENGTH = HASH_BYTES * 2


class Outcome(StrEnum):
    """How an act ended."""

    DONE = "done"
    REFUSED = "refused"


class FinalModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LineIsFinal
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LineIsFinal


class Entry(FinalModel):
    """One line: who did what, when, to what, and how it ended."""

    seq = models.BigIntegerField(primary_key=True)
    schema = models.PositiveSmallIntegerField(default=SCHEMA)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    act = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8)
    subjects = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    commitment = models.CharField(max_length=HEX_LENGTH, null=True)
    leaf_hash = models.CharField(max_length=HEX_LENGTH)
    root = models.CharField(max_length=HEX_LENGTH)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=("act", "seq"), name="ledger_entry_act"),
            models.Index(fields=("actor", "seq"), name="ledger_entry_actor"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(seq__gte=1), name="ledger_entry_from_one"),
            models.CheckConstraint(condition=Q(outcome__in=("done", "refused")), name="ledger_entry_outcome"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.outcome}"

    @property
    def line(self) -> Line:
        """What the leaf hash covers."""
        return Line(
            at=self.at,
            actor=self.actor,
            actor_kind=self.actor_kind,
            act=self.act,
            outcome=self.outcome,
            subjects=self.subjects,
            facts=self.facts,
            commitment=self.commitment,
            schema=self.schema,
        )


class EntrySubject(FinalModel):
    """An index from a subject to the lines about it; a copy of Entry.subjects, which is what is hashed."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="links", db_index=False)
    kind = models.CharField(max_length=64)
    subject = models.UUIDField()

    objects = FinalQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "kind", "subject"), name="ledger_subject_once"),)
        indexes = (models.Index(fields=("subject", "kind", "entry"), name="ledger_subject_entry"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class PrivateFact(models.Model):
    """The personal content that a line's commitment binds. Erasing this row leaves the chain whole."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="private_fact")
    salt = models.CharField(max_length=HEX_LENGTH)
    # The exact canonical text: a JSON column may reorder, round or refuse what the commitment covers.
    content = models.TextField()

    def __str__(self) -> str:
        return f"content behind line {self.entry_id}"

    @property
    def value(self) -> Any:
        """The content as it was given."""
        return json.loads(self.content)


class TreeState(models.Model):
    """The Merkle tree over all lines, as its frontier; one row, which appends are serialised on."""

    size = models.BigIntegerField()
    frontier = models.TextField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=STATE_ID), name="ledger_state_single"),)

    def __str__(self) -> str:
        return f"tree of {self.size}"

    @property
    def tree(self) -> Frontier:
        """The frontier as the core knows it.

        Raises:
            BadTree: size and frontier don't fit.
        """
        text = self.frontier
        peaks = (bytes.fromhex(text[at : at + HEX_LENGTH]) for at in range(0, len(text), HEX_LENGTH))
        return Frontier(self.size, tuple(peaks))


class Message(models.Model):
    """A job, or a message to another store: written with the act that causes it, delivered at least once.

    ``attempts`` counts claims; with ``claimed_by`` it is the token that fences off a worker whose lease ran
    out.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    topic = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    dedup_key = models.CharField(max_length=128, null=True, unique=True)
    coalesces = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=64, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=Q(done_at=None, failed_at=None),
                name="ledger_message_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.public_id}"
