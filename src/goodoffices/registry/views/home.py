# SPDX-License-Identifier: AGPL-3.0-or-later
"""My work: what waits, by urgency."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.roles import ROLES
from goodoffices.registry import work


@door()
def home(request: StaffRequest) -> HttpResponse:
    """Show what waits for the reader; those without people get a plain page of what they can do."""
    groups = work.groups_for(request.actor, clock.now())
    sections = [
        {"label": label, "groups": [group for group in groups if group.urgency == urgency]}
        for urgency, label in (
            (work.Urgency.NOW, _("Now")),
            (work.Urgency.THIS_WEEK, _("This week")),
            (work.Urgency.LATER, _("Later")),
        )
    ]
    context = {
        "title": _("My work"),
        "sections": [section for section in sections if section["groups"]],
        "sees_people": request.actor.sees_people,
        "roles": [ROLES[key].label for key in sorted(request.actor.roles)],
        "powers": sorted(request.actor.powers),
    }
    return render(request, "registry/home.html", context)
