# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events that took or moved people together."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.access.roles import RECORD_FACTS, ROLES
from goodoffices.core.vocabulary import FieldClass, Room, Status
from goodoffices.registry import filters, listing
from goodoffices.registry.forms import EventForm
from goodoffices.registry.models import Event, Mention, Person, TakenWith
from goodoffices.registry.querysets import place_of_name
from goodoffices.registry.services import events as service
from goodoffices.registry.views.editing import Edit
from goodoffices.registry.views.editing import edit as edit_row
from goodoffices.registry.words import word_for
from goodoffices.web import toasts

MAY_RECORD = tuple(key for key, role in ROLES.items() if RECORD_FACTS in role.powers)


@door(*PEOPLE_ROLES, object_rule="visible event")
def events(request: StaffRequest) -> HttpResponse:
    """List the events, the latest first."""
    found = Event.objects.visible_to(request.actor).with_counts(request.actor)
    context = {
        "title": _("Events"),
        "events": [{"event": one, "place": _place(one), "count": one.people} for one in found],
        "may_record": request.actor.has(RECORD_FACTS),
    }
    return render(request, "registry/events.html", context)


@door(*PEOPLE_ROLES, object_rule="visible event")
def event(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show who was taken or moved together, and the present state of each."""
    found = fetch(request.actor, Event, public_id)
    people = TakenWith.objects.people_in(found, request.actor)
    states = Counter(line.status for line in people.values())
    context = {
        "title": found.title,
        "event": found,
        "place": _place(found),
        "people": [
            {"taken": taken, "line": line, "free": line.status == Status.RELEASED} for taken, line in people.items()
        ],
        "states": [(word_for(code, "status") if code else _("not said"), n) for code, n in states.most_common()],
        "may_record": request.actor.has(RECORD_FACTS),
        "sees_places": int(FieldClass.WHEREABOUTS) in request.actor.field_classes,
        # Who would speak is as protected as who spoke.
        "sees_witnesses": int(FieldClass.SOURCE) in request.actor.field_classes,
        **_looked_for(request),
    }
    return render(request, "registry/event.html", context)


@door(*MAY_RECORD, methods=("GET", "POST"), object_rule="record facts")
def new(request: StaffRequest) -> HttpResponse:
    """Add an event."""
    form = EventForm(request.POST or None, clearance=request.actor.clearance)
    facts = _facts(form) if request.method == "POST" and form.is_valid() else None
    if facts is not None:
        made = service.add_event(facts, actor=request.actor, now=clock.now())
        toasts.say(request, _("The event is recorded. Now say who was in it."))
        return _to(made)
    context = {"title": _("Record an event"), "form": form, "back_url": reverse("events")}
    return render(request, "registry/row_form.html", context, status=422 if form.errors else 200)


@door(*MAY_RECORD, methods=("GET", "POST"), object_rule="record facts on a visible event")
def edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change an event's description."""
    found = fetch(request.actor, Event, public_id, to="record")

    def save(_cleaned: Any, version: int) -> None:
        service.describe_event(found, made["facts"], version=version, actor=request.actor, now=clock.now())

    made: dict[str, Any] = {}

    def make_form(data: Any = None, **kwargs: Any) -> EventForm:
        form = EventForm(data, clearance=request.actor.clearance, **kwargs)
        if data is not None and form.is_valid():
            made["facts"] = _facts(form, found)
        return form

    page = Edit(
        row=found,
        kind="event",
        template="registry/row_form.html",
        title=_("Edit the event"),
        make_form=make_form,
        initial=_initial,
        save=save,
        done_url=reverse("event", args=[found.public_id]),
    )
    return edit_row(request, page)


@door(*MAY_RECORD, methods=("POST",), object_rule="record facts on a visible event and person")
def add_people(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say that somebody was in the event."""
    found = fetch(request.actor, Event, public_id, to="record")
    person = fetch(request.actor, Person, request.POST.get("person", ""), to="record")
    mentions = list(Mention.objects.visible_to(request.actor).filter(person=person).order_by("pk")[:1])
    if service.add_taken(found, mentions, actor=request.actor, now=clock.now()):
        toasts.say(request, _("Added to the event."))
    return _to(found)


@door(*MAY_RECORD, methods=("POST",), object_rule="record facts on a visible event and person")
def remove_person(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take back that somebody was in the event."""
    found = fetch(request.actor, Event, public_id, to="record")
    person = fetch(request.actor, Person, request.POST.get("person", ""), to="record")
    for taken in TakenWith.objects.of_person(found, person, request.actor):
        service.remove_taken(taken, actor=request.actor, now=clock.now())
    toasts.say(request, _("Taken out of the event."))
    return _to(found)


@door(*MAY_RECORD, methods=("POST",), object_rule="record facts on a visible event and person")
def testify(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record whether somebody who was there has agreed to be asked, or no longer does."""
    found = fetch(request.actor, Event, public_id, to="record")
    person = fetch(request.actor, Person, request.POST.get("person", ""), to="record")
    taken = list(TakenWith.objects.of_person(found, person, request.actor))
    agreed = request.POST.get("agreed") == "yes"
    service.set_testifying(found, taken, agreed=agreed, actor=request.actor, now=clock.now())
    toasts.say(request, _("Recorded: has agreed to be asked.") if agreed else _("Recorded: is not to be asked."))
    return _to(found)


def _looked_for(request: StaffRequest) -> dict[str, Any]:
    """Find people by the name typed beside the list, to be added."""
    who = " ".join(request.GET.get("who", "").split())[:200]
    if not who:
        return {"who": "", "found": []}
    page = listing.people_page(request.actor, Room.WORK, filters.PeopleQuery(q=who), 1)
    return {"who": who, "found": page.lines[:20]}


def _facts(form: EventForm, event: Event | None = None) -> service.EventFacts | None:
    """Make the facts; a place we don't know is a mistake of the form."""
    cleaned = dict(form.cleaned_data)
    typed = cleaned.pop("place")
    place = place_of_name(typed) if typed else None
    if typed and place is None:
        form.add_error("place", _("We know no place of this name, or several. Write it as the list of places has it."))
        return None
    return service.EventFacts(place=place, source=event.source if event else None, **cleaned)


def _initial(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "kind": event.kind,
        "happened_on": event.happened_on,
        "place": _place(event),
        "note": event.note,
        "sensitivity": event.sensitivity,
    }


def _place(event: Event) -> str:
    return event.place.name_in(get_language() or "en") if event.place else ""


def _to(event: Event) -> HttpResponse:
    response = redirect("event", event.public_id)
    response.status_code = 303
    return response
