# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choose who you are: the way into a demo folder, on this machine only. No other folder has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goodoffices.access.doors import door
from goodoffices.access.models import User
from goodoffices.access.proving import DEMO
from goodoffices.access.roles import ROLES
from goodoffices.access.views import enter

LOOPBACK = {"127.0.0.1", "::1"}
WORK_OF = {
    "documenter": _("Feeds lists, mends them, compares records."),
    "caseworker": _("Carries cases: what is known, what is unsettled."),
    "coordinator": _("Sees all of the work and decides on joins."),
    "lawyer": _("Reads the file and assesses facts."),
    "campaigner": _("Tells stories; sees no one's record yet."),
    "analyst": _("Counts; sees no one's record."),
    "monitor": _("Reads, and changes nothing."),
    "administrator": _("Accounts and roles; sees no one's record."),
    "auditor": _("Reads who did what; sees no one's record."),
}


@dataclass(frozen=True)
class Card:
    """One person to be."""

    value: str
    name: str
    lang: str
    role: Any
    text: Any


@door(methods=("GET", "POST"), auth="demo", object_rule="demo folder, loopback only")
def choose_who(request: HttpRequest) -> HttpResponse:
    """Show the cast, or enter as one of them."""
    if request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    if request.method == "POST":
        user = User.objects.filter(public_id=_uuid(request.POST.get("person", "")), is_active=True).first()
        if user is None:
            raise Http404
        return enter(request, user, factor=DEMO)
    return render(request, "demo/choose_who.html", {"people": _cards(), "url": reverse("choose-who")})


def _cards() -> list[Card]:
    order = list(ROLES)
    cards = []
    for user in User.objects.filter(is_active=True).prefetch_related("roles"):
        for held in user.roles.all():
            role = ROLES[held.role]
            cards.append((order.index(role.key), user, role))
    return [
        Card(str(user.public_id), user.display_name, user.language, role.label, WORK_OF[role.key])
        for _order, user, role in sorted(cards, key=lambda card: card[0])
    ]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
