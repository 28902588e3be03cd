# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which mentions are one person: recorded, revocable judgements, and what followed from each.

Invariant: at most one live judgement per pair; a person's judgement is never replaced by a model's.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goodoffices.core.vocabulary import Decider, Verdict
from goodoffices.registry.models.base import Public, choices
from goodoffices.registry.models.claims import Mention
from goodoffices.registry.querysets import JudgementQuerySet


class Judgement(Public):
    """Two mentions are the same person, different, or it is unsure. ``left`` has the smaller inner id.

    ``operation`` groups the judgements of one split or one run of the model; ``replaces`` is what it overruled and
    what undoing it brings back.
    """

    left = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="judged_left")
    right = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="judged_right")
    verdict = models.CharField(max_length=9, choices=choices(Verdict))
    decider = models.CharField(max_length=6, choices=choices(Decider))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    model_version = models.CharField(max_length=40, blank=True)
    operation = models.UUIDField(null=True, db_index=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    at = models.DateTimeField()
    weight_bits = models.FloatField(null=True)
    probability = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=40, blank=True)

    objects: ClassVar[Any] = JudgementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(revoked_at=None), name="one_live_judgement_per_pair"
            ),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="judgement_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.left_id}-{self.right_id}"


class IdentityEvent(Public):
    """What a judgement, a revocation or an undo did to persons: which ids went into which."""

    kind = models.CharField(max_length=12)
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, null=True, related_name="events")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
