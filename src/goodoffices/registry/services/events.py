# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events: create, describe, say who was in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require, require_power
from goodoffices.access.roles import RECORD_FACTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import EventKind, Sensitivity, Status
from goodoffices.registry.models import Event, Listing, Mention, Place, Source, TakenWith
from goodoffices.registry.services.versions import save_version


@dataclass(frozen=True)
class EventFacts:
    """What happened, when (EDTF), where; ``source`` is the list or report that tells of it, if one does."""

    title: str
    kind: str = EventKind.SWEEP
    happened_on: str = ""
    place: Place | None = None
    note: str = ""
    source: Source | None = None
    sensitivity: int = Sensitivity.TEAM


def add_event(facts: EventFacts, *, actor: Actor, now: datetime) -> Event:
    """Add an event."""
    require_power(actor, RECORD_FACTS)
    with acting("registry.event_added", actor=actor, now=now, facts={"kind": str(facts.kind)}) as line:
        event = Event.objects.create(created_at=now, **_fields(facts))
        line.concerns("event", event.public_id)
    return event


def describe_event(event: Event, facts: EventFacts, *, version: int, actor: Actor, now: datetime) -> None:
    """Change an event's description.

    Raises:
        Conflict: somebody changed it since ``version`` was read.
    """
    require_power(actor, RECORD_FACTS)
    with acting("registry.event_described", actor=actor, now=now) as line:
        save_version(event, version, _fields(facts))
        line.concerns("event", event.public_id)


def add_taken(event: Event, mentions: Sequence[Mention], *, actor: Actor, now: datetime) -> int:
    """Say that people were in the event; those already said stay. Returns how many are new."""
    require_power(actor, RECORD_FACTS)
    known = set(TakenWith.objects.filter(event=event, ended_at=None).values_list("mention_id", flat=True))
    new = [mention for mention in mentions if mention.pk not in known]
    with acting("registry.taken_added", actor=actor, now=now, facts={"people": len(new)}) as line:
        TakenWith.objects.bulk_create([TakenWith(event=event, mention=mention, at=now) for mention in new])
        line.concerns("event", event.public_id)
        for mention in new:
            line.concerns("mention", mention.public_id)
    return len(new)


def set_testifying(event: Event, taken: Sequence[TakenWith], *, agreed: bool, actor: Actor, now: datetime) -> None:
    """Record whether somebody who was there, and is free, has agreed to be asked about it.

    Args:
        taken: the standing words that one person was in the event.

    Raises:
        GoodOfficesError: sources don't say that the person is free; nobody held is asked to testify.
    """
    require(actor, "record", event)
    if agreed and not _free(taken):
        raise GoodOfficesError(
            "Sources don't say that this person is free.",
            code="not_free",
            hint="Whoever is held is not asked to testify.",
        )
    with acting("registry.testimony_agreed", actor=actor, now=now, facts={"agreed": agreed}) as line:
        TakenWith.objects.filter(pk__in=[one.pk for one in taken], ended_at=None).update(may_testify=agreed)
        line.concerns("event", event.public_id)
        for one in taken:
            line.concerns("mention", one.mention.public_id)


def _free(taken: Sequence[TakenWith]) -> bool:
    """Tell whether every line of the person, whoever reads it, says that she or he is free."""
    lines = Listing.objects.filter(person__in={one.mention.person_id for one in taken})
    return {*lines.values_list("status", flat=True)} == {str(Status.RELEASED)}


def remove_taken(taken: TakenWith, *, actor: Actor, now: datetime) -> None:
    """Take back that somebody was in an event."""
    require_power(actor, RECORD_FACTS)
    with acting("registry.taken_removed", actor=actor, now=now) as line:
        TakenWith.objects.filter(pk=taken.pk, ended_at=None).update(ended_at=now)
        line.concerns("event", taken.event.public_id)
        line.concerns("mention", taken.mention.public_id)


def _fields(facts: EventFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}
