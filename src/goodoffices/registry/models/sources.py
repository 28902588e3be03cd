# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where word comes from, and the files it came in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from goodoffices.core.vocabulary import Room, Sensitivity, SourceKind
from goodoffices.registry.models.base import EdtfField, Public, Versioned, choices
from goodoffices.registry.querysets import SourceQuerySet

RELIABILITY = [(letter, letter) for letter in "ABCDEF"]


class Source(Versioned):
    """A list, a report, a letter, a court decision: one voice, described once, inherited by every claim.

    ``reliability`` is the letter A (completely reliable) to F (can't be judged) of the Admiralty code.
    ``deduplicated`` says that the publisher names each person once. ``lineage`` is the source this one copies.
    """

    key = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=choices(SourceKind))
    publisher = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    reliability = models.CharField(max_length=1, choices=RELIABILITY, default="F")
    obtained_from = models.CharField(max_length=200, blank=True)
    obtained_on = EdtfField()
    address = models.CharField(max_length=500, blank=True)
    handling = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=8, choices=choices(Room), default=Room.WORK)
    deduplicated = models.BooleanField(default=False)
    sensitivity = models.PositiveSmallIntegerField(choices=choices(Sensitivity), default=Sensitivity.TEAM)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    lineage = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    # What an actor may see of it, as ``listing.counted_sources`` counts.
    people = 0
    records = 0

    objects: ClassVar[Any] = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def why_withdrawn(self) -> str:
        """Give the reason typed when it was withdrawn; empty while it stands."""
        batch = self.batches.filter(kind="withdrawal", undone_at=None).order_by("-pk").first()
        told = batch.retired_claims.exclude(retired_note="").first() if batch else None
        return str(told.retired_note) if told else ""


class Artifact(Public):
    """A file as it came: its hash fixed at intake, its bytes encrypted under a key of its own, never changed."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="artifacts")
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    stored_name = models.CharField(max_length=64, unique=True)
    age_identity = models.CharField(max_length=100)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    derived_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="derivatives")

    def __str__(self) -> str:
        return self.name
