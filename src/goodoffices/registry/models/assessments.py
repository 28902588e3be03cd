# SPDX-License-Identifier: AGPL-3.0-or-later
"""What we assess, beside what sources say."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from goodoffices.core.vocabulary import Confidence, FieldClass, Property, Sensitivity
from goodoffices.registry.models.base import Versioned, choices
from goodoffices.registry.models.claims import Mention


class Assessment(Versioned):
    """We hold this value for true of a person, for these reasons, on these claims.

    It hangs on a mention (the anchor), so it follows a split. ``fingerprint`` is the hash of the live claims it
    weighed: when they change the assessment is stale and says so. A death needs a second person before it stands.
    """

    anchor = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="assessments")
    property = models.CharField(max_length=24, choices=choices(Property))
    value = models.TextField()
    confidence = models.CharField(max_length=12, choices=choices(Confidence))
    reasons = models.TextField(blank=True)
    claims = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    sensitivity = models.PositiveSmallIntegerField(choices=choices(Sensitivity))
    field_class = models.PositiveSmallIntegerField(choices=choices(FieldClass))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["anchor", "property"], condition=Q(ended_at=None), name="one_live_assessment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.property}: {self.confidence}"
