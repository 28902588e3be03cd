# SPDX-License-Identifier: AGPL-3.0-or-later
"""The person page: what is known, the records, the history; notes, and taking joins back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.access.returning import next_of
from goodoffices.access.roles import DECIDE_MATCHES, RECORD_FACTS, ROLES
from goodoffices.core.vocabulary import Room
from goodoffices.registry import detention, known, person_head, query_words, statements
from goodoffices.registry import records as verbatim
from goodoffices.registry import timeline as story
from goodoffices.registry.forms import NoteForm
from goodoffices.registry.known import Known
from goodoffices.registry.models import Judgement, Note, Person
from goodoffices.registry.services import judging, noting
from goodoffices.web import toasts

MAY_RECORD = tuple(key for key, role in ROLES.items() if RECORD_FACTS in role.powers)
MAY_DECIDE = tuple(key for key, role in ROLES.items() if DECIDE_MATCHES in role.powers)


@door(*PEOPLE_ROLES, object_rule="visible person")
def person(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show what is known: sources say, we assess; the detention line; what happened lately."""
    found = known.find(request.actor, public_id)
    if found.public_id != public_id:
        return redirect("person", found.public_id)
    told = _read(request, found)
    drawn = detention.episodes(told)
    entries = story.entries_of(told)
    lately = story.latest(entries)
    context = {
        **_shell(told, "known"),
        "facts": person_head.facts(told, drawn, timezone.localdate()),
        "rows": statements.rows_of(told),
        "names": statements.names_of(told),
        "detentions": detention.detention_line(told, drawn),
        "entries": lately,
        "more": len(entries) - len(lately),
        "events": person_head.events(told),
        "joins": person_head.joins_not_looked_at(told),
        "waiting": person_head.deaths_waiting(told),
        "note_form": NoteForm(clearance=request.actor.clearance) if _may_record(told) else None,
    }
    return render(request, "registry/person.html", context)


@door(*PEOPLE_ROLES, object_rule="visible person")
def records(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show each record with its source, as it was written."""
    found = known.find(request.actor, public_id)
    if found.public_id != public_id:
        return redirect("person-records", found.public_id)
    told = _read(request, found)
    context = {
        **_shell(told, "records"),
        "facts": person_head.facts(told, detention.episodes(told), timezone.localdate()),
        "records": verbatim.records_of(told),
        "joins": person_head.joins_not_looked_at(told),
        "together": len(told.mentions) > 1,
        "may_decide": told.actor.has(DECIDE_MATCHES),
    }
    return render(request, "registry/person_records.html", context)


@door(*PEOPLE_ROLES, object_rule="visible person")
def timeline(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show all that happened and all we did, by kind if wished."""
    found = known.find(request.actor, public_id)
    if found.public_id != public_id:
        return redirect("person-history", found.public_id)
    told = _read(request, found)
    every = story.entries_of(told)
    kind = request.GET.get("kind", "")
    context = {
        **_shell(told, "history"),
        "facts": person_head.facts(told, detention.episodes(told), timezone.localdate()),
        "entries": [entry for entry in every if not kind or entry.kind == kind],
        "kinds": [
            {"code": one, "label": story.kind_words(one), "current": one == kind} for one in story.kinds_present(every)
        ],
        "kind": kind,
        "note_form": NoteForm(clearance=request.actor.clearance) if _may_record(told) else None,
    }
    return render(request, "registry/person_history.html", context)


@door(*MAY_RECORD, methods=("POST",), object_rule="record facts of a visible person")
def note(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write a note beside a person."""
    found = fetch(request.actor, Person, public_id, to="record")
    form = NoteForm(request.POST, clearance=request.actor.clearance)
    if not form.is_valid():
        told = Known(found, request.actor)
        context = {**_shell(told, "history"), "entries": story.entries_of(told), "kinds": [], "note_form": form}
        context["facts"] = person_head.facts(told, detention.episodes(told), timezone.localdate())
        return render(request, "registry/person_history.html", {**context, "form": form}, status=422)
    made = noting.add_note(found, actor=request.actor, now=clock.now(), **form.cleaned_data)
    toasts.say(request, _("The note is written."), undo_url=reverse("note-end", args=[made.public_id]))
    return _to("person-history", found)


@door(*MAY_RECORD, methods=("POST",), object_rule="own note")
def end_note(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take one's own note back."""
    found = fetch(request.actor, Note, public_id, to="end")
    noting.end_note(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("The note is taken back."))
    return _to("person-history", found.anchor.person)


@door(*MAY_DECIDE, methods=("POST",), object_rule="decide on a visible judgement")
def take_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a judgement back, a split as a whole; then to where the form says, else to the person."""
    found = fetch(request.actor, Judgement, public_id, to="decide")
    judging.undo(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("The judgement is taken back. The records stand as before it."))
    found.left.refresh_from_db()
    back = next_of(request)
    return HttpResponseRedirect(back, status=303) if back else _to("person", found.left.person)


@door(*MAY_DECIDE, methods=("POST",), object_rule="decide on a visible judgement")
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say that one looked at a join the program made, and agrees."""
    found = fetch(request.actor, Judgement, public_id, to="decide")
    judging.confirm(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("Thank you. The join is confirmed."), tone="home")
    return _to("person", found.left.person)


def _read(request: StaffRequest, found: Person) -> Known:
    """Load what the actor may know; a read of restricted facts goes into the ledger."""
    told = Known(found, request.actor)
    if told.restricted:
        noting.record_read(found, actor=request.actor, now=clock.now())
    return told


def _shell(told: Known, tab: str) -> dict[str, Any]:
    return {
        "known": told,
        "person": told.person,
        "line": told.line,
        "other_names": person_head.other_names(told),
        "marks": person_head.marks(told),
        "tabs": person_head.tabs(told, tab),
        "title": _("Person"),
        "sensitivity_mark": person_head.sensitivity_mark(told),
        "history_room": told.person.room == Room.HISTORY,
        "demo_note": query_words.room_note(told.person.room),
    }


def _may_record(told: Known) -> bool:
    return told.actor.has(RECORD_FACTS) and told.person.room != Room.HISTORY


def _to(route: str, found: Person) -> HttpResponse:
    response = redirect(route, found.public_id)
    response.status_code = 303
    return response
