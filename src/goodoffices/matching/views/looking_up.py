# SPDX-License-Identifier: AGPL-3.0-or-later
"""Look somebody up by a name in any script; suggestions while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.core.errors import GoodOfficesError
from goodoffices.matching.services.looking_up import Found, lookup, suggestions

SHOWN = 12
SUGGESTED = 6
LEAST_LETTERS = 2


@door(*PEOPLE_ROLES)
def lookup_page(request: StaffRequest) -> HttpResponse:
    """Show who a name may mean, and why."""
    text, born = request.GET.get("q", "").strip(), request.GET.get("born", "").strip()
    found, mistake = _look(request, text, born, SHOWN)
    page = {"q": text, "born": born, "found": found, "mistake": mistake, "has_errors": bool(mistake)}
    return render(request, "matching/lookup.html", page)


@door(*PEOPLE_ROLES)
def suggest(request: StaffRequest) -> HttpResponse:
    """Give the first few hits as a list for the search field."""
    text = request.GET.get("q", "").strip()
    text = text if len(text) >= LEAST_LETTERS else ""
    hits = suggestions(request.actor, text, SUGGESTED)
    return render(request, "matching/parts/suggestions.html", {"hits": hits, "q": text})


def _look(request: StaffRequest, text: str, born: str, limit: int) -> tuple[Found, str]:
    try:
        return lookup(request.actor, text, born or None, limit), ""
    except GoodOfficesError:
        return Found(), _("This date can't be read. Write 1981, 1981-03-14 or 14.03.1981.")
