# SPDX-License-Identifier: AGPL-3.0-or-later
"""What staff write beside a person: a telephone call, a thought, a thing to ask."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from goodoffices.core.vocabulary import Sensitivity
from goodoffices.registry.models.base import EdtfField, Public, choices
from goodoffices.registry.models.claims import Mention
from goodoffices.registry.querysets import NoteQuerySet


class Note(Public):
    """A note on a person's page. It is no claim: nothing is drawn from it.

    It hangs on a mention (the anchor), so it follows a split. A note is taken back, never edited.
    """

    anchor = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    happened_on = EdtfField()
    sensitivity = models.PositiveSmallIntegerField(choices=choices(Sensitivity), default=Sensitivity.TEAM)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = NoteQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)
