# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page of the shell needs: navigation, the demo mark, the actor's chip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from goodoffices.access import clock
from goodoffices.access.actors import ANONYMOUS, Actor


@dataclass(frozen=True)
class NavItem:
    """One line of the side navigation. ``power`` hides it from those who lack it; ``count`` may ask the store."""

    route: str
    label: Any
    order: int
    power: str = ""
    count: Callable[[Actor], int] | None = None
    tone: str = ""
    key: str = ""


_nav: dict[str, NavItem] = {}


def add_nav(item: NavItem) -> None:
    """Add a line to the navigation, from an app's ready()."""
    _nav[item.route] = item


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav``, ``actor``, ``demo``."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    match = request.resolver_match
    section = getattr(match, "url_name", "") or ""
    path = request.path
    items = []
    for item in sorted(_nav.values(), key=lambda one: one.order):
        if actor.kind != "user" or (item.power and not actor.has(item.power)):
            continue
        url = reverse(item.route)
        items.append(
            {
                "label": item.label,
                "url": url,
                "count": item.count(actor) if item.count else None,
                "current": section == item.route or (url != "/" and path.startswith(url)),
                "tone": item.tone,
                "key": item.key,
            }
        )
    return {
        "nav": items,
        "actor": actor,
        "today": timezone.localtime(clock.now()).date(),
        "demo": settings.GOODOFFICES_DEMO,
        "team_name": settings.GOODOFFICES_TEAM,
    }
