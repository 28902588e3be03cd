# SPDX-License-Identifier: AGPL-3.0-or-later
"""What sources say: mentions of one person each, and claims about them.

Invariant: a claim is appended, and retired with a reason; its words are never edited or deleted.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from goodoffices.core.vocabulary import FieldClass, Property, Sensitivity
from goodoffices.registry.models.base import EdtfField, Public, choices
from goodoffices.registry.models.places import Place
from goodoffices.registry.models.sources import Artifact, Source
from goodoffices.registry.querysets import ClaimQuerySet, MentionQuerySet

SUPERSEDED = "superseded"
WITHDRAWN = "withdrawn"
UNDONE = "undone"
CORRECTED = "corrected"


class Batch(Public):
    """One act of intake that can be taken back as a whole: an import, a report, a manual entry."""

    kind = models.CharField(max_length=16)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT, null=True, related_name="batches")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Mention(Public):
    """One source's notion of one person.

    ``seed`` is the person id this mention would have alone; a person's id is the seed of its earliest mention,
    retracted ones included. ``record_key`` is the row's key in its source. ``listed`` is false once a newer
    edition no longer has the row: its claims stand, and that is never read as a release.
    """

    seed = models.UUIDField(unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="mentions")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(
        "registry.Person", on_delete=models.DO_NOTHING, related_name="mentions", db_constraint=False
    )
    record_key = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    live = models.BooleanField(default=True)
    retired_by = models.ForeignKey(
        Batch, on_delete=models.PROTECT, null=True, related_name="retired_mentions", db_index=False
    )
    listed = models.BooleanField(default=True)
    unlisted_by = models.ForeignKey(
        Batch, on_delete=models.PROTECT, null=True, related_name="unlisted_mentions", db_index=False
    )
    last_seen = EdtfField()

    objects: ClassVar[Any] = MentionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "record_key"], name="mention_by_key"),
            models.Index(fields=["retired_by"], condition=Q(retired_by__isnull=False), name="mention_by_retirement"),
            models.Index(fields=["unlisted_by"], condition=Q(unlisted_by__isnull=False), name="mention_unlisted"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Claim(Public):
    """One thing a source says of one person, as it was said.

    ``value`` is what the program works with (EDTF, a code, cleaned text); ``original`` the source's own wording.
    ``last_seen`` is empty while the newest edition still says it. ``episode`` groups the claims of one detention.
    ``credibility`` is 1 (confirmed) to 6 (can't be judged) of the Admiralty code.
    """

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="claims")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="claims")
    property = models.CharField(max_length=24, choices=choices(Property))
    value = models.TextField()
    original = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    script = models.CharField(max_length=4, blank=True)
    valid_from = EdtfField()
    valid_to = EdtfField()
    locator = models.CharField(max_length=100, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    first_seen = EdtfField()
    last_seen = EdtfField()
    credibility = models.PositiveSmallIntegerField(default=6)
    sensitivity = models.PositiveSmallIntegerField(choices=choices(Sensitivity))
    field_class = models.PositiveSmallIntegerField(choices=choices(FieldClass))
    episode = models.PositiveSmallIntegerField(default=0)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="claims", db_index=False)
    retired_by = models.ForeignKey(
        Batch, on_delete=models.PROTECT, null=True, related_name="retired_claims", db_index=False
    )
    retired_why = models.CharField(max_length=16, blank=True)
    retired_note = models.TextField(blank=True)

    objects: ClassVar[Any] = ClaimQuerySet.as_manager()

    class Meta:
        # Most claims have neither: partial indexes keep a million inserts cheap.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place"], condition=Q(place__isnull=False), name="claim_by_place"),
            models.Index(fields=["retired_by"], condition=Q(retired_by__isnull=False), name="claim_by_retirement"),
        ]

    def __str__(self) -> str:
        return f"{self.property} of {self.mention_id}"


class NameKey(models.Model):
    """A posting for look-up and matching: a script-blind key of a mention's names."""

    key = models.BigIntegerField()
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="name_keys")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key", "mention"], name="namekey_posting")]

    def __str__(self) -> str:
        return str(self.key)
