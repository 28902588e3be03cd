# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of lists on their way in. Every one that serves a person starts with ``visible_to``."""

from __future__ import annotations

from typing import Any

from django.db import models

from goodoffices.access.actors import Actor
from goodoffices.access.roles import IMPORT_LISTS, RECORD_FACTS


class ListImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ListImportQuerySet:
        """Imports of sources the actor may know of, for those who feed lists."""
        from goodoffices.registry.policies import visible_sources

        if not actor.has(IMPORT_LISTS):
            return self.none()
        return self.filter(source__in=visible_sources(actor).values("pk"))

    def standing(self) -> ListImportQuerySet:
        """Imports that are in the registry now."""
        return self.filter(state="committed", batch__undone_at=None)

    def waiting(self) -> ListImportQuerySet:
        """Imports somebody began and nobody ended."""
        return self.filter(state__in=("staging", "staged", "mapped", "checked", "previewed", "committing"))


class ListRowQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ListRowQuerySet:
        """Rows verbatim: for those who record facts and may know of the source; a row shows every field class."""
        from goodoffices.registry.policies import visible_sources

        if not actor.has(RECORD_FACTS):
            return self.none()
        return self.filter(list_import__source__in=visible_sources(actor).values("pk"))

    def let_go(self) -> None:
        """Delete at one stroke: nothing points to rows of a list that isn't recorded."""
        self._raw_delete(self.db)

    def in_file(self) -> ListRowQuerySet:
        """Rows that stand in the file, in its order."""
        return self.filter(number__isnull=False).order_by("number")

    def with_problems(self) -> ListRowQuerySet:
        """Rows of the file with anything to look at."""
        return self.in_file().exclude(problems=[])


def visible_entries(actor: Actor) -> models.QuerySet[Any]:
    """Reports and manual entries from sources the actor may know of, newest first, those taken back included."""
    from goodoffices.registry.models import Batch
    from goodoffices.registry.policies import visible_sources

    if not actor.has(RECORD_FACTS):
        return Batch.objects.none()
    found = Batch.objects.filter(kind="report", source__in=visible_sources(actor).values("pk"))
    return found.select_related("source", "by").order_by("-pk")
