# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists on their way in: an import with its rows as they stand in the file, and mappings worth remembering.

Invariant: a row's cells are kept verbatim and never edited; a person's correction stands beside them. Cells of
columns that must be sealed are cut before the row is kept.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from goodoffices.intake.querysets import ListImportQuerySet, ListRowQuerySet
from goodoffices.registry.models import Artifact, Batch, Mention, Source
from goodoffices.registry.models.base import EdtfField, Public, Versioned

HASH_LENGTH = 32
KEY_LENGTH = 200


class State(models.TextChoices):
    """How far a list has come. What runs at the moment stands in ``running``."""

    STAGING = "staging"
    STAGED = "staged"
    MAPPED = "mapped"
    CHECKED = "checked"
    PREVIEWED = "previewed"
    COMMITTING = "committing"
    COMMITTED = "committed"
    UNDONE = "undone"
    REFUSED = "refused"
    FAILED = "failed"


OPEN_STATES = (State.STAGING, State.STAGED, State.MAPPED, State.CHECKED, State.PREVIEWED, State.COMMITTING)


class Outcome(models.TextChoices):
    """What committing does with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NO_LONGER_LISTED = "no_longer_listed"
    TO_REVIEW = "to_review"
    REFUSED = "refused"


class ListImport(Versioned):
    """One edition of a list, from the file to the registry.

    ``edition_on`` is the day the edition speaks for; its claims are first seen then. ``mapping`` holds one entry a
    column (see ``services.mapping``), ``cut`` the columns whose cells were never kept, ``repairs`` what a person
    chose, ``groups`` the problems left, ``counts`` the rows by outcome. ``position`` is how far the running step
    has come and what it resumes from.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT, related_name="imports")
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="imports")
    edition = models.CharField(max_length=60, blank=True)
    edition_on = EdtfField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.STAGING)
    running = models.CharField(max_length=8, blank=True)
    options = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    header_row = models.PositiveIntegerField(default=0)
    about_file = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    cut = models.JSONField(default=list)
    date_order = models.CharField(max_length=3, blank=True)
    missing = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ListImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"


class ListRow(Public):
    """One row of a list.

    ``key`` is the list's own number of the row, ``who`` a hash of the names and birth it gives, ``hash`` of all it
    says. ``number`` is its row number in the file; a row that only carries an earlier row on (it is no longer listed,
    or waits for review) has none, and ``replaces`` points to the row it carries. ``fixes`` maps a column to a
    person's correction of its cell, ``choice`` is what a person said it continues, ``before`` keeps what undoing must
    restore.
    """

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField(null=True)
    key = models.CharField(max_length=KEY_LENGTH, blank=True)
    who = models.CharField(max_length=HASH_LENGTH, blank=True)
    hash = models.CharField(max_length=HASH_LENGTH, blank=True)
    cells = models.JSONField(default=list)
    extra = models.JSONField(default=list)
    file_problems = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    fixes = models.JSONField(default=dict)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    paired_by = models.CharField(max_length=8, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, null=True, related_name="rows", db_index=False)
    choice = models.CharField(max_length=36, blank=True)
    before = models.JSONField(default=dict)

    objects: ClassVar[Any] = ListRowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["list_import", "number"], name="list_row_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mention"], condition=Q(mention__isnull=False), name="list_row_of_mention"),
            models.Index(fields=["list_import", "outcome", "number"], name="list_row_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"


class RememberedMapping(models.Model):
    """How a publisher's lists with these headers were mapped; the next edition starts from it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="mappings")
    publisher = models.CharField(max_length=200, blank=True, db_index=True)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=list)
    date_order = models.CharField(max_length=3, blank=True)
    missing = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "signature"], name="mapping_once_per_source_and_header"),
        ]

    def __str__(self) -> str:
        return self.signature[:12]
