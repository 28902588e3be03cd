# SPDX-License-Identifier: AGPL-3.0-or-later
"""Doors: every view says who may enter, by which methods, and what rule guards its object.

A view without a door is refused at start-up (``checks``) and again at run time (``middleware.doors``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from goodoffices.access.actors import Actor
from goodoffices.access.roles import ROLES

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request that passed the middleware: it knows its actor."""

    actor: Actor


@dataclass(frozen=True)
class Door:
    """Who may enter: ``roles`` empty with ``auth`` "none" is anybody; ``auth`` "session" needs a sign-in."""

    roles: frozenset[str]
    methods: tuple[str, ...]
    object_rule: str
    auth: str


def door(
    *roles: str, methods: tuple[str, ...] = ("GET",), object_rule: str = "", auth: str = "session"
) -> Callable[[View], View]:
    """Declare a view's door.

    Args:
        roles: role keys that may enter; none means every signed-in member of staff.
        methods: HTTP methods answered; HEAD follows GET; others get 405.
        object_rule: the rule that guards the object in the path, in the words of ``fetch``.
        auth: "session", "none", or "demo" (only in a demo folder).
    """
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"unknown roles: {sorted(unknown)}")
    entry = Door(frozenset(roles), methods, object_rule, auth)

    def mark(view: View) -> View:
        view.door = entry  # type: ignore[attr-defined]
        return view

    return mark


def door_of(view: Any) -> Door | None:
    """Give the door a view declared, through Django's own wrappers."""
    return getattr(view, "door", None)


PEOPLE_ROLES = tuple(key for key, role in ROLES.items() if "see-people" in role.powers)
