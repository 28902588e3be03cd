# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places: where people are held or were taken, with all their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from goodoffices.core.vocabulary import FieldClass, PlaceKind, Room
from goodoffices.registry import filters, listing, query_words
from goodoffices.registry.forms import ConditionForm, PlaceForm
from goodoffices.registry.models import Place, PlaceCondition
from goodoffices.registry.policies import visible_sources
from goodoffices.registry.services import places as service
from goodoffices.registry.views.editing import Edit
from goodoffices.registry.views.editing import edit as edit_row
from goodoffices.web import toasts

MAY_RECORD = tuple(key for key, role in ROLES.items() if RECORD_FACTS in role.powers)
SHOWN = 100
_NAME_LINE = re.compile(
    r"^(?:(?P<old>old)\s+)?(?:(?P<language>[a-z]{2,3})(?:\s+(?P<until>[0-9][^:]*))?\s*:)?\s*(?P<name>.+)$"
)


@door(*PEOPLE_ROLES, object_rule="visible place")
def places(request: StaffRequest) -> HttpResponse:
    """List places of detention; settlements only when asked for, for there are tens of thousands."""
    typed = " ".join(request.GET.get("q", "").split())[:200]
    towns = request.GET.get("all") == "1"
    found = Place.objects.visible_to(request.actor).named_like(typed)
    shown = (found if towns else found.detaining()).with_people(request.actor)
    rows = list(shown.select_related("parent").prefetch_related("names").order_by("-people", "key")[: SHOWN + 1])
    context = {
        "title": _("Places"),
        "q": typed,
        "towns": towns,
        "places": [_line(place) for place in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "shown": SHOWN,
        "settlements": 0 if towns or not typed else found.exclude(pk__in=found.detaining().values("pk")).count(),
        "sees_places": int(FieldClass.WHEREABOUTS) in request.actor.field_classes,
        "may_record": request.actor.has(RECORD_FACTS),
    }
    return render(request, "registry/places.html", context)


@door(*PEOPLE_ROLES, object_rule="visible place")
def place(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show a place's names and who was last reported there, as far as the reader may see."""
    found = fetch(request.actor, Place, public_id)
    names = list(found.names.all())
    there = None
    if int(FieldClass.WHEREABOUTS) in request.actor.field_classes:
        query = filters.PeopleQuery(place=str(found.public_id))
        there = listing.people_page(request.actor, Room.WORK, query, 1)
    context = {
        "title": found.name_in(get_language() or "en"),
        "place": found,
        "shown_name": found.shown_name(get_language() or "en"),
        "current": [name for name in names if name.kind != "old"],
        "old": [name for name in names if name.kind == "old"],
        "operator": found.operator.name_in(get_language() or "en") if found.operator else "",
        "parent": found.parent and {"place": found.parent, "name": found.parent.name_in(get_language() or "en")},
        "parts": [_line(part) for part in found.parts.prefetch_related("names").order_by("key")[:SHOWN]],
        "there": there,
        "there_words": query_words.count_words(there.count) if there else "",
        "events": found.events.visible_to(request.actor).select_related("source").order_by("-happened_on", "-pk"),
        "conditions": found.conditions.visible_to(request.actor).select_related("source").order_by("period", "pk"),
        "holds_people": found.kind not in {PlaceKind.SETTLEMENT, PlaceKind.REGION},
        "may_record": request.actor.has(RECORD_FACTS),
    }
    return render(request, "registry/place.html", context)


@door(*MAY_RECORD, methods=("GET", "POST"), object_rule="record facts")
def new(request: StaffRequest) -> HttpResponse:
    """Add a place."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = service.add_place(_facts(form.cleaned_data), actor=request.actor, now=clock.now())
        toasts.say(request, _("The place is recorded."))
        return _to(made)
    context = {"title": _("Record a place"), "form": form, "back_url": reverse("places")}
    return render(request, "registry/row_form.html", context, status=422 if form.errors else 200)


@door(*MAY_RECORD, methods=("GET", "POST"), object_rule="record facts on a visible place")
def edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a place's names and description."""
    found = fetch(request.actor, Place, public_id, to="record")

    def save(cleaned: Mapping[str, Any], version: int) -> None:
        service.describe_place(found, _facts(cleaned), version=version, actor=request.actor, now=clock.now())

    page = Edit(
        row=found,
        kind="place",
        template="registry/row_form.html",
        title=_("Edit the place"),
        make_form=lambda data=None, **kwargs: PlaceForm(data, **kwargs),
        initial=_initial,
        save=save,
        done_url=reverse("place", args=[found.public_id]),
    )
    return edit_row(request, page)


@door(*MAY_RECORD, methods=("GET", "POST"), object_rule="record facts on a visible place, by a visible source")
def new_condition(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write down what a source says of the conditions in a place."""
    found = fetch(request.actor, Place, public_id, to="record")
    sources = visible_sources(request.actor).telling_of(found)
    form = ConditionForm(request.POST or None, sources=sources)
    if request.method == "POST" and form.is_valid():
        made = service.add_condition(found, actor=request.actor, now=clock.now(), **form.cleaned_data)
        toasts.say(request, _("The conditions are recorded."), undo_url=reverse("condition-end", args=[made.public_id]))
        return _to(found)
    context = {
        "title": _("Conditions in this place"),
        "form": form,
        "back_url": reverse("place", args=[found.public_id]),
    }
    return render(request, "registry/row_form.html", context, status=422 if form.errors else 200)


@door(*MAY_RECORD, methods=("POST",), object_rule="visible condition")
def end_condition(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take back what was recorded of a place's conditions."""
    found = fetch(request.actor, PlaceCondition, public_id, to="end")
    service.end_condition(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("Taken back."))
    return _to(found.place)


def _to(place: Place) -> HttpResponse:
    response = redirect("place", place.public_id)
    response.status_code = 303
    return response


def _line(place: Place) -> dict[str, Any]:
    shown = place.shown_name(get_language() or "en")
    others = [name.name for name in place.names.all() if name.name != shown.name and name.kind != "old"]
    return {
        "place": place,
        "name": shown,
        "others": list(dict.fromkeys(others))[:3],
        "people": getattr(place, "people", 0),
    }


def _facts(cleaned: Mapping[str, Any]) -> service.PlaceFacts:
    described = {name: value for name, value in cleaned.items() if name != "names"}
    return service.PlaceFacts(key="", names=names_from(cleaned["names"]), **described)


def names_from(text: str) -> tuple[service.NameFacts, ...]:
    """Read names one a line: "uk: Центр 99", "old ru 2016: Красный Рог"; the first of all is the main one."""
    found: list[service.NameFacts] = []
    for line in text.splitlines():
        read = _NAME_LINE.match(line.strip())
        if read is None:
            continue
        kind = "old" if read["old"] else "alias" if found else "main"
        name = service.NameFacts(
            name=read["name"].strip()[:200],
            language=read["language"] or "",
            kind=kind,
            until=(read["until"] or "").strip()[:32],
        )
        found.append(name)
    return tuple(found)


def _initial(place: Place) -> dict[str, Any]:
    lines = []
    for name in place.names.all():
        head = " ".join(part for part in ("old" if name.kind == "old" else "", name.language, name.until) if part)
        lines.append(f"{head}: {name.name}" if head else name.name)
    fields = ("kind", "country", "region", "latitude", "longitude", "precision_m", "active_from", "active_to")
    return {"names": "\n".join(lines), **{field: getattr(place, field) for field in fields}}
