# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see which rows of the registry, and do what: ``visible_to`` and ``can_x`` side by side."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from goodoffices.access.actors import Actor
from goodoffices.access.policy import register
from goodoffices.access.roles import ASSESS, DECIDE_MATCHES, IMPORT_LISTS, RECORD_FACTS
from goodoffices.core.vocabulary import Room
from goodoffices.registry.models import (
    Artifact,
    Assessment,
    Batch,
    Claim,
    Event,
    Judgement,
    Mention,
    Note,
    Person,
    Place,
    PlaceCondition,
    Source,
)
from goodoffices.registry.querysets import PersonQuerySet, SourceQuerySet


def can_record(actor: Actor, row: Any) -> bool:
    """Record facts about a person, an event, a place: never in the history room."""
    return actor.has(RECORD_FACTS) and getattr(row, "room", Room.WORK) != Room.HISTORY


def can_describe_source(actor: Actor, source: Source) -> bool:
    return actor.has(IMPORT_LISTS)


def can_withdraw(actor: Actor, source: Source) -> bool:
    return actor.has(IMPORT_LISTS)


def can_decide(actor: Actor, row: Any) -> bool:
    """Judge whether records are one person."""
    return actor.has(DECIDE_MATCHES)


def can_assess(actor: Actor, person: Person) -> bool:
    return actor.has(ASSESS) and person.room != Room.HISTORY


def can_undo_batch(actor: Actor, batch: Batch) -> bool:
    return actor.has(IMPORT_LISTS if batch.kind in {"import", "withdrawal"} else RECORD_FACTS)


def can_end_note(actor: Actor, note: Note) -> bool:
    """Only who wrote a note takes it back."""
    return actor.user_id is not None and note.by_id == actor.user_id


def visible_persons(actor: Actor) -> PersonQuerySet:
    found: PersonQuerySet = Person.objects.visible_to(actor)
    return found


def visible_sources(actor: Actor) -> SourceQuerySet:
    found: SourceQuerySet = Source.objects.visible_to(actor)
    return found


def visible_batches(actor: Actor) -> Any:
    return Batch.objects.filter(source__in=visible_sources(actor))


def visible_artifacts(actor: Actor) -> Any:
    return Artifact.objects.filter(source__in=visible_sources(actor))


def visible_judgements(actor: Actor) -> Any:
    """A judgement is known to those who may know both its mentions."""
    mentions = Mention.objects.visible_to(actor)
    # Asked pair by pair: a list of all visible mentions would cost seconds on a large store.
    return Judgement.objects.filter(
        Exists(mentions.filter(pk=OuterRef("left_id"))), Exists(mentions.filter(pk=OuterRef("right_id")))
    )


def visible_assessments(actor: Actor) -> Any:
    if not actor.sees_people:
        return Assessment.objects.none()
    return Assessment.objects.filter(
        anchor__person__in=visible_persons(actor),
        sensitivity__lte=actor.clearance,
        field_class__in=sorted(actor.field_classes),
    )


register(Person, visible_to=visible_persons, can={"record": can_record, "assess": can_assess, "decide": can_decide})
register(
    Source,
    visible_to=visible_sources,
    can={"describe": can_describe_source, "withdraw": can_withdraw, "record": can_record},
)
register(Mention, visible_to=Mention.objects.visible_to, can={"decide": can_decide})
register(Claim, visible_to=Claim.objects.visible_to)
register(Batch, visible_to=visible_batches, can={"undo": can_undo_batch})
register(Artifact, visible_to=visible_artifacts, can={"open": can_describe_source})
register(Judgement, visible_to=visible_judgements, can={"decide": can_decide})
register(Assessment, visible_to=visible_assessments, can={"second": lambda actor, one: actor.has(ASSESS)})
register(Note, visible_to=Note.objects.visible_to, can={"end": can_end_note})
register(Event, visible_to=Event.objects.visible_to, can={"record": can_record})
register(Place, visible_to=Place.objects.visible_to, can={"record": can_record})
register(PlaceCondition, visible_to=PlaceCondition.objects.visible_to, can={"end": can_record})
