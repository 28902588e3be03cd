# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people list: filters in the address, counts, pages, and its export."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.roles import EXPORT, IMPORT_LISTS
from goodoffices.core.vocabulary import FieldClass, Room
from goodoffices.registry import exporting, filters, listing, query_words


@door(*PEOPLE_ROLES, object_rule="visible person")
def people(request: StaffRequest) -> HttpResponse:
    """List the people of the work."""
    return _list(request, Room.WORK, "people")


@door(*PEOPLE_ROLES, object_rule="visible person")
def history_people(request: StaffRequest) -> HttpResponse:
    """List the people of the history room's registers."""
    return _list(request, Room.HISTORY, "history-people")


@door(*PEOPLE_ROLES, methods=("POST",), object_rule="visible person", fresh=True)
def export(request: StaffRequest) -> HttpResponse:
    """Hand out what the list shows, as CSV or XLSX."""
    query = filters.read(request.POST, request.actor)
    wanted = request.POST.get("format", "csv")
    return exporting.answer(query, wanted, actor=request.actor, user=request.user, now=clock.now())


def _list(request: StaffRequest, room: str, route: str) -> HttpResponse:
    query = filters.read(request.GET, request.actor)
    page = listing.people_page(request.actor, room, query, _number(request.GET.get("page", "1")))
    base = reverse(route)
    chips = query_words.chips(query, request.actor, base)
    context = {
        "title": _("History room: people") if room == Room.HISTORY else _("People"),
        "query": query,
        "page": page,
        "lines": page.lines,
        "sentence": query_words.sentence(page.count, query, [chip["label"] for chip in chips]),
        "active": chips,
        "groups": query_words.panel(query, request.actor, room),
        "kept": [("sort", query.sort)] if query.sort != "name" else [],
        "reset_url": base if query.narrow else "",
        "columns": _columns(query, base),
        "sorts": _sorts(query, base),
        "prev_url": base + filters.address(query, page=str(page.number - 1)) if page.number > 1 else "",
        "next_url": base + filters.address(query, page=str(page.number + 1)) if page.number < page.pages else "",
        "sees_places": int(FieldClass.WHEREABOUTS) in request.actor.field_classes,
        "may_export": room == Room.WORK and request.actor.has(EXPORT),
        "export_fields": filters.pairs(query),
        "export_limit": exporting.limit(),
        "may_import": request.actor.has(IMPORT_LISTS),
        "room": room,
        "demo_note": query_words.room_note(room),
    }
    return render(request, "registry/people.html", context)


def _columns(query: filters.PeopleQuery, base: str) -> dict[str, dict[str, Any]]:
    """Say for each sortable heading where it leads and how it is sorted now."""
    found = {}
    for name in ("name", "born", "taken", "changed"):
        first, second = (f"-{name}", name) if name == "changed" else (name, f"-{name}")
        wanted = second if query.sort == first else first
        found[name] = {
            "url": base + filters.address(replace(query, sort=wanted)),
            "sorted": "ascending" if query.sort == name else "descending" if query.sort == f"-{name}" else "",
        }
    return found


def _sorts(query: filters.PeopleQuery, base: str) -> list[dict[str, Any]]:
    """Give every order as a link, for phones, where the headings are gone."""
    return [
        {
            "label": query_words.sort_words(sort),
            "url": base + (filters.address(replace(query, sort=sort)) or "?"),
            "current": sort == query.sort,
        }
        for sort in ("name", "-changed", "taken", "born")
    ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 1
