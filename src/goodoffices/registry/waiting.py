# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the registry itself adds to "My work"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodoffices.access.actors import Actor
from goodoffices.access.roles import ASSESS, DECIDE_MATCHES, RECORD_FACTS
from goodoffices.core.vocabulary import FieldClass, Room
from goodoffices.registry import listing
from goodoffices.registry.filters import PeopleQuery
from goodoffices.registry.models import Assessment, Listing
from goodoffices.registry.policies import visible_assessments
from goodoffices.registry.services.assessing import needs_second, stale_among
from goodoffices.registry.words import word_for
from goodoffices.registry.work import Urgency, WorkGroup, WorkItem

SHOWN = 5
LOOKED_AT = 2000


def registry_work(actor: Actor, now: datetime) -> Iterator[WorkGroup]:
    """Give deaths that wait, joins not looked at, stale assessments, contradictions, people dropped from lists."""
    if not actor.sees_people:
        return
    if actor.has(ASSESS):
        yield _deaths(actor)
        yield _stale(actor)
    told = listing.counts(actor, Room.WORK, PeopleQuery())["mark"]
    if actor.has(DECIDE_MATCHES):
        yield _unlooked(actor, told.get("unlooked", 0))
    if actor.has(RECORD_FACTS) and int(FieldClass.WHEREABOUTS) in actor.field_classes:
        yield _conflicts(told.get("conflict", 0))
    if actor.has(RECORD_FACTS):
        yield _unlisted(told.get("unlisted", 0))


def _deaths(actor: Actor) -> WorkGroup:
    standing = visible_assessments(actor).filter(ended_at=None, seconded_at=None).select_related("anchor__person")
    waiting = [one for one in standing if needs_second(one) and one.by_id != actor.user_id]
    return WorkGroup(
        code="deaths",
        sentence=ngettext(
            "%(count)s death was assessed and waits for a second person.",
            "%(count)s deaths were assessed and wait for a second person.",
            len(waiting),
        )
        % {"count": len(waiting)},
        urgency=Urgency.NOW,
        count=len(waiting),
        items=_items(waiting, actor),
        tone="stop",
        order=10,
    )


def _stale(actor: Actor) -> WorkGroup:
    standing = visible_assessments(actor).filter(ended_at=None).select_related("anchor__person").order_by("-pk")
    stale = stale_among(list(standing[:LOOKED_AT]))
    return WorkGroup(
        code="stale",
        sentence=ngettext(
            "Sources have changed under %(count)s assessment. Does it still hold?",
            "Sources have changed under %(count)s assessments. Do they still hold?",
            len(stale),
        )
        % {"count": len(stale)},
        urgency=Urgency.THIS_WEEK,
        count=len(stale),
        items=_items(stale, actor),
        order=20,
    )


def _unlooked(actor: Actor, count: int) -> WorkGroup:
    return WorkGroup(
        code="unlooked",
        sentence=ngettext(
            "The program joined the records of %(count)s person, and nobody has looked yet.",
            "The program joined the records of %(count)s people, and nobody has looked yet.",
            count,
        )
        % {"count": count},
        urgency=Urgency.THIS_WEEK,
        count=count,
        url=reverse("people") + "?mark=unlooked",
        link=_("Look at them"),
        order=30,
    )


def _conflicts(count: int) -> WorkGroup:
    return WorkGroup(
        code="conflicts",
        sentence=ngettext("Sources disagree about %(count)s person.", "Sources disagree about %(count)s people.", count)
        % {"count": count},
        urgency=Urgency.LATER,
        count=count,
        url=reverse("people") + "?mark=conflict",
        link=_("See where they disagree"),
        order=40,
    )


def _unlisted(count: int) -> WorkGroup:
    return WorkGroup(
        code="unlisted",
        sentence=ngettext(
            "%(count)s person is no longer on any list. That is not read as a release: find out why.",
            "%(count)s people are no longer on any list. That is not read as a release: find out why.",
            count,
        )
        % {"count": count},
        urgency=Urgency.LATER,
        count=count,
        url=reverse("people") + "?mark=unlisted",
        link=_("See who"),
        order=50,
    )


def _items(assessments: list[Assessment], actor: Actor) -> tuple[WorkItem, ...]:
    shown = assessments[:SHOWN]
    people = {one.anchor.person_id for one in shown}
    lines: dict[Any, Any] = {
        line.person_id: line for line in Listing.objects.visible_to(actor).filter(person__in=people)
    }
    return tuple(
        WorkItem(
            label=lines[one.anchor.person_id].name or _("Name not known"),
            url=reverse("person", args=[one.anchor.person.public_id]) + f"#{one.property}",
            note=word_for(one.property, "property"),
            lang=lines[one.anchor.person_id].name_language,
        )
        for one in shown
        if one.anchor.person_id in lines
    )
