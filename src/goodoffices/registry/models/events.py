# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events that took or moved people together."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from goodoffices.core.vocabulary import EventKind, Sensitivity
from goodoffices.registry.models.base import EdtfField, Versioned, choices
from goodoffices.registry.models.claims import Batch, Mention
from goodoffices.registry.models.places import Place
from goodoffices.registry.models.sources import Source
from goodoffices.registry.querysets import EventQuerySet, TakenWithQuerySet
from goodoffices.registry.tongues import tongue_of


class Event(Versioned):
    """A battle, a sweep, a checkpoint, a convoy, a transfer."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=choices(EventKind))
    happened_on = EdtfField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    sensitivity = models.PositiveSmallIntegerField(choices=choices(Sensitivity), default=Sensitivity.TEAM)
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def title_language(self) -> str:
        """The language of the title: its source's where the letters allow it, "" if unknown."""
        return tongue_of(self.title, self.source.language if self.source else "")[0]


class TakenWith(models.Model):
    """A mention says its person was in an event; ``may_testify`` if the person is free and has agreed to be asked."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="taken")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="taken_in")
    may_testify = models.BooleanField(default=False)
    at = models.DateTimeField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TakenWithQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["event", "mention"], condition=Q(ended_at=None), name="taken_once_per_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} in {self.event_id}"
