# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of the registry. Every one that serves a person starts with ``visible_to``."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from goodoffices.access.actors import Actor


class SourceQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> SourceQuerySet:
        """Sources whose own sensitivity the actor's clearance reaches."""
        if not actor.sees_people:
            return self.none()
        return self.filter(sensitivity__lte=actor.clearance)

    def standing(self) -> SourceQuerySet:
        return self.filter(withdrawn_at=None)


class MentionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> MentionQuerySet:
        """Live mentions of sources the actor may know of, of which at least one claim is visible to her."""
        from goodoffices.registry.models import Claim

        if not actor.sees_people:
            return self.none()
        told = Claim.objects.visible_to(actor).filter(mention=OuterRef("pk"))
        return self.filter(live=True, source__sensitivity__lte=actor.clearance).filter(Exists(told))


class ClaimQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        """Standing claims within the actor's clearance and field classes."""
        if not actor.sees_people:
            return self.none()
        return self.standing().filter(
            sensitivity__lte=actor.clearance, field_class__in=sorted(actor.field_classes)
        )

    def standing(self) -> ClaimQuerySet:
        return self.filter(retired_by=None)


class JudgementQuerySet(models.QuerySet[Any]):
    def live(self) -> JudgementQuerySet:
        return self.filter(revoked_at=None)


class PersonQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Persons of whom at least one mention is visible: those with a line at the actor's clearance."""
        from goodoffices.registry.models import Listing

        lines = Listing.objects.visible_to(actor).filter(person=OuterRef("pk"))
        return self.filter(Exists(lines))


class ListingQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ListingQuerySet:
        """The lines drawn for the actor's clearance."""
        if not actor.sees_people:
            return self.none()
        return self.filter(tier_from__lte=actor.clearance, tier_to__gte=actor.clearance)


class EventQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> EventQuerySet:
        if not actor.sees_people:
            return self.none()
        return self.filter(sensitivity__lte=actor.clearance)


class PlaceQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> PlaceQuerySet:
        """Places are known to all who may see people; who is in them is another question."""
        return self.all() if actor.sees_people else self.none()
