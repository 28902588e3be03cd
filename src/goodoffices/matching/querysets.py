# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of matching. Every one that serves a person starts with ``visible_to``."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import Room, Verdict
from goodoffices.registry.models.identity import Judgement


def mask_of(classes: Any) -> int:
    """Give field classes as one number, a bit each."""
    return sum(1 << int(one) for one in set(classes))


def masks_within(actor: Actor) -> list[int]:
    """Give every mask made only of field classes the actor's roles carry."""
    masks = [0]
    for one in sorted(actor.field_classes):
        masks += [mask | 1 << int(one) for mask in masks]
    return masks


class CandidateQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> CandidateQuerySet:
        """Pairs of live mentions of sources the actor may know of, weighed on nothing she may not know.

        What was weighed is every standing claim of both, so a pair she sees is of two mentions she sees; a batch
        that adds or retires claims has its mentions weighed anew.
        """
        if not actor.sees_people:
            return self.none()
        return self.filter(
            sensitivity__lte=actor.clearance,
            classes__in=masks_within(actor),
            left__live=True,
            right__live=True,
            left__source__sensitivity__lte=actor.clearance,
            right__source__sensitivity__lte=actor.clearance,
        )

    def undecided(self) -> CandidateQuerySet:
        """Pairs nobody has judged, whose mentions aren't one person by other joins already."""
        return self.not_judged().filter(state="open").exclude(left__person_id=F("right__person_id"))

    def not_judged(self) -> CandidateQuerySet:
        return self.filter(~Exists(self._judged()))

    def touching(self, mention_ids: Any) -> CandidateQuerySet:
        return self.filter(Q(left_id__in=mention_ids) | Q(right_id__in=mention_ids))

    def in_room(self, room: str) -> CandidateQuerySet:
        return self.filter(room=room)

    def to_review(self, room: str = Room.WORK) -> CandidateQuerySet:
        """What a person is asked: the middle band, and what a rule kept the machine from joining."""
        return self.undecided().in_room(room).filter(band="ask")

    def ready(self, room: str = Room.WORK) -> CandidateQuerySet:
        """What the machine would join by itself, were it allowed to."""
        return self.undecided().in_room(room).filter(band="auto")

    def in_order(self) -> CandidateQuerySet:
        """Most telling first; the inner id settles equals, so that next and previous are exact."""
        return self.order_by("-priority", "pk")

    def after(self, one: Any) -> CandidateQuerySet:
        return self.filter(Q(priority__lt=one.priority) | Q(priority=one.priority, pk__gt=one.pk))

    def before(self, one: Any) -> CandidateQuerySet:
        return self.filter(Q(priority__gt=one.priority) | Q(priority=one.priority, pk__lt=one.pk))

    def of_pair(self, first_id: int, second_id: int) -> CandidateQuerySet:
        left, right = sorted((first_id, second_id))
        return self.filter(left_id=left, right_id=right)

    def _judged(self) -> Any:
        return Judgement.objects.live().filter(left_id=OuterRef("left_id"), right_id=OuterRef("right_id"))


class RunQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> RunQuerySet:
        """Runs hold counts over everybody: only those who decide see them, and only their own joins or findings."""
        return self.filter(by_id=actor.user_id, by__isnull=False) if actor.sees_people else self.none()


def live_joins(person_id: int) -> Any:
    """Give the live "same" judgements that hold a person together, the earliest first."""
    return (
        Judgement.objects.live()
        .filter(verdict=Verdict.SAME, left__person_id=person_id, right__person_id=person_id)
        .filter(left__live=True, right__live=True)
        .select_related("left__source", "right__source", "by", "confirmed_by")
        .order_by("pk")
    )
