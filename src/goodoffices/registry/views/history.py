# SPDX-License-Identifier: AGPL-3.0-or-later
"""The history room: real registers of the past, read-only, and how well linkage did on them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.core.vocabulary import Room
from goodoffices.registry import filters, history_figures, listing, query_words
from goodoffices.registry.policies import visible_sources


@door(*PEOPLE_ROLES, object_rule="visible source")
def history(request: StaffRequest) -> HttpResponse:
    """Show the registers and the figures measured on them."""
    registers = listing.counted_sources(visible_sources(request.actor).filter(room=Room.HISTORY), request.actor)
    page = listing.people_page(request.actor, Room.HISTORY, filters.PeopleQuery(), 1)
    context = {
        "title": _("History room"),
        "registers": registers,
        "count": page.count,
        "count_words": query_words.count_words(page.count),
        "figures": history_figures.read(),
        "demo_note": query_words.room_note(Room.HISTORY),
    }
    return render(request, "registry/history.html", context)
