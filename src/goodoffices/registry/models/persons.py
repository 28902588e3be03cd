# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projections: persons as components of live "same" judgements, and their lines in lists.

Nothing here is truth: every row can be built anew from mentions, claims, judgements and assessments
(``services.projecting.rebuild_all``), and tests prove that it comes out the same.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from goodoffices.core.vocabulary import Room
from goodoffices.registry.models.base import EdtfField, choices
from goodoffices.registry.querysets import ListingQuerySet, PersonQuerySet


class Person(models.Model):
    """One component of mentions; ``public_id`` is the seed of its earliest mention."""

    public_id = models.UUIDField(unique=True, editable=False)
    room = models.CharField(max_length=8, choices=choices(Room), default=Room.WORK)
    live = models.BooleanField(default=True)

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)


class Listing(models.Model):
    """A person's line in lists as clearances ``tier_from`` to ``tier_to`` see it; one row where all see the same.

    ``conflict``: live sources contradict each other. ``unlooked``: a machine joined mentions and nobody has
    looked yet. ``unlisted``: every list that had the person dropped it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="listings")
    tier_from = models.PositiveSmallIntegerField()
    tier_to = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=8)
    name = models.CharField(max_length=300)
    name_language = models.CharField(max_length=8, blank=True)
    other_names = models.CharField(max_length=600, blank=True)
    sort_key = models.CharField(max_length=300)
    born = EdtfField()
    born_year = models.SmallIntegerField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    category = models.CharField(max_length=24, blank=True)
    status = models.CharField(max_length=16, blank=True)
    taken = EdtfField()
    place_held = models.CharField(max_length=200, blank=True)
    place_id = models.BigIntegerField(null=True)
    sources = models.PositiveSmallIntegerField(default=0)
    mentions = models.PositiveSmallIntegerField(default=0)
    conflict = models.BooleanField(default=False)
    unlooked = models.BooleanField(default=False)
    unlisted = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects: ClassVar[Any] = ListingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["room", "sort_key", "tier_from", "tier_to"], name="listing_by_name"),
            models.Index(fields=["room", "changed_at", "tier_from", "tier_to"], name="listing_by_change"),
            models.Index(fields=["room", "born", "tier_from", "tier_to"], name="listing_by_birth"),
            models.Index(fields=["room", "taken", "tier_from", "tier_to"], name="listing_by_taken"),
            models.Index(
                fields=[
                    "room",
                    "tier_from",
                    "tier_to",
                    "category",
                    "status",
                    "sex",
                    "conflict",
                    "unlooked",
                    "unlisted",
                ],
                name="listing_facets",
            ),
            models.Index(fields=["place_id"], name="listing_by_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """One row whose number rises with each change of a projection: caches are keyed by it."""

    beat = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.beat)
