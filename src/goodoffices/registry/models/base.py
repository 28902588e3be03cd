# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rows share: an integer inside, a UUID outside, a version against lost edits."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from django.db import models

from goodoffices.ledger.ids import new_id

EDTF_LENGTH = 32


def choices(words: type[StrEnum] | type[IntEnum]) -> list[tuple[str | int, str]]:
    """Give an enum's values as field choices; their labels for people live in templates."""
    return [(word.value, word.name) for word in words]


class Public(models.Model):
    """A row that pages may point to by its UUID."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(Public):
    """A row that people edit: saves compare the version they read (``services.versions``)."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class EdtfField(models.CharField):  # type: ignore[type-arg]
    """A partial or uncertain date as EDTF text; empty when nothing is said."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", EDTF_LENGTH)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
