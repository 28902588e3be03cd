# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading ledger lines and jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from django.db import models
from django.db.models import Q

from goodoffices.core.errors import GoodOfficesError

if TYPE_CHECKING:
    from goodoffices.ledger.models import Entry, Message  # noqa: F401 - named in annotations


class LineIsFinal(GoodOfficesError):
    """Somebody tried to change a ledger line or take it out."""

    code = "line_is_final"

    def __init__(self) -> None:
        super().__init__(
            "A line of the ledger is never changed or taken out.",
            hint="Write a new line that says what is different; erase private content with erase_private.",
        )


class FinalQuerySet(models.QuerySet[Any]):
    """Rows that are added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LineIsFinal

    def delete(self) -> NoReturn:
        raise LineIsFinal

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LineIsFinal

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LineIsFinal


class EntryQuerySet(FinalQuerySet):
    """Ledger lines."""

    def about(self, kind: str, public_id: UUID | str) -> EntryQuerySet:
        """Lines that name this subject, oldest first."""
        return self.filter(links__kind=kind, links__subject=public_id).order_by("seq")

    def of_acts(self, acts: Iterable[str]) -> EntryQuerySet:
        """Lines of these acts."""
        return self.filter(act__in=list(acts))

    def by(self, public_id: UUID) -> EntryQuerySet:
        """Lines of one actor."""
        return self.filter(actor=public_id)


class MessageQuerySet(models.QuerySet["Message"]):
    """Jobs."""

    def open(self) -> MessageQuerySet:
        """Neither done nor given up."""
        return self.filter(done_at=None, failed_at=None)

    def due(self, now: datetime) -> MessageQuerySet:
        """Open, due, and held by nobody whose lease still runs; the longest due first."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.open().filter(free, due_at__lte=now).order_by("due_at", "id")

    def given_up(self) -> MessageQuerySet:
        """Given up after the last attempt; a person has to look."""
        return self.exclude(failed_at=None)
