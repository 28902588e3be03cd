# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs worth a look, the runs that found or joined them, and how common names are.

Invariant: a candidate never says what was decided; that is a live judgement on the same two mentions. Undoing
the judgement brings the candidate back without any bookkeeping.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goodoffices.core.vocabulary import Room
from goodoffices.matching.querysets import CandidateQuerySet, RunQuerySet
from goodoffices.registry.models import Batch, Mention
from goodoffices.registry.models.base import Public, choices

FIND = "find"
JOIN = "join"
QUEUED = "queued"
RUNNING = "running"
DONE = "done"
UNDOING = "undoing"
UNDONE = "undone"
OPEN = "open"
STALE = "stale"
AUTO = "auto"
ASK = "ask"


class Run(Public):
    """One pass of the engine: it found pairs for a batch, or joined the automatic band when somebody said so.

    ``total`` and ``done`` count what it goes through, ``kept`` what came of it, ``refused`` pairs that a rule
    forbids. ``cursor`` is where a killed run takes up again. A join's ``public_id`` is the operation of its
    judgements.
    """

    kind = models.CharField(max_length=4, choices=[(FIND, FIND), (JOIN, JOIN)])
    room = models.CharField(max_length=8, choices=choices(Room), default=Room.WORK)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="matching_runs")
    model_version = models.CharField(max_length=40)
    auto_from = models.FloatField()
    ask_from = models.FloatField()
    state = models.CharField(max_length=8, default=QUEUED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    upto = models.BigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RunQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["batch"], condition=Q(kind=FIND, batch__isnull=False), name="one_finding_run_per_batch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Candidate(Public):
    """Two mentions that may be one person, with the engine's reasons. ``left`` has the smaller inner id.

    ``sensitivity`` and ``classes`` (a bit for each field class) say what was weighed: whoever may not know all
    of it doesn't know of the pair. ``refused`` names the rule by which an automatic join was refused.
    """

    left = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="candidates_left")
    right = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="candidates_right")
    room = models.CharField(max_length=8, choices=choices(Room))
    weight_bits = models.FloatField()
    probability = models.FloatField()
    reasons = models.JSONField(default=list)
    blocked = models.CharField(max_length=24, blank=True)
    band = models.CharField(max_length=4, choices=[(AUTO, AUTO), (ASK, ASK)])
    priority = models.FloatField()
    state = models.CharField(max_length=5, choices=[(OPEN, OPEN), (STALE, STALE)], default=OPEN)
    refused = models.CharField(max_length=24, blank=True)
    sensitivity = models.PositiveSmallIntegerField()
    classes = models.PositiveSmallIntegerField()
    model_version = models.CharField(max_length=40)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="candidates")

    objects: ClassVar[Any] = CandidateQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["room", "state", "band", "priority", "id"], name="candidate_queue"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["left", "right"], name="one_candidate_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="candidate_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id}-{self.right_id}"


class NameCount(models.Model):
    """How often names occur in a room: agreement on a rare name says more. Counted anew as the room grows."""

    room = models.CharField(max_length=8, choices=choices(Room), unique=True)
    mentions = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"names of {self.mentions} mentions"
