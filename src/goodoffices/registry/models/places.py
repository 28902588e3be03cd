# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places with all their names, and the authorities that hold people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from goodoffices.core.vocabulary import ActorKind, PlaceKind
from goodoffices.registry.models.base import EdtfField, Public, Versioned, choices
from goodoffices.registry.querysets import PlaceConditionQuerySet, PlaceQuerySet


class Authority(Versioned):
    """A State, an armed group, an authority or an organisation that holds people or answers for it."""

    key = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=choices(ActorKind))
    name_en = models.CharField(max_length=200)
    name_uk = models.CharField(max_length=200, blank=True)
    name_ru = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=2, blank=True)

    class Meta:
        verbose_name_plural = "authorities"

    def name_in(self, language: str) -> str:
        """Give the name to show a reader of this language: her own, else the English one."""
        return {"uk": self.name_uk, "ru": self.name_ru}.get(language) or self.name_en

    def __str__(self) -> str:
        return self.name_en


class Place(Versioned):
    """A settlement, a region, or a place of detention. ``precision_m`` says how far off the point may be."""

    key = models.SlugField(max_length=64, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=16, choices=choices(PlaceKind))
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    operator = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="places")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision_m = models.PositiveIntegerField(null=True, blank=True)
    active_from = EdtfField()
    active_to = EdtfField()
    origin = models.CharField(max_length=60, blank=True)

    objects: ClassVar[Any] = PlaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key

    def name_in(self, language: str) -> str:
        """Give the name to show a reader of this language: her own, else the English one, else any."""
        return str(self.shown_name(language).name)

    def shown_name(self, language: str) -> PlaceName:
        """Give the name to show with its language; a place without names goes by its key."""
        names = sorted(
            self.names.all(),
            key=lambda one: (one.kind == "old", one.language != language, one.language != "en", one.kind != "main"),
        )
        return names[0] if names else PlaceName(place=self, name=self.key)


class PlaceName(models.Model):
    """A name of a place in one language; ``until`` marks a name no longer in use. ``folded`` is what is compared."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=8, default="alias", choices=[(k, k) for k in ("main", "alias", "old")])
    until = EdtfField()
    folded = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["place", "name", "language"], name="place_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class PlaceCondition(Public):
    """What a source said of the conditions in a place over a period. It is taken back, never edited."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="conditions")
    source = models.ForeignKey("registry.Source", on_delete=models.PROTECT, related_name="+")
    period = EdtfField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = PlaceConditionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.period)
