# SPDX-License-Identifier: AGPL-3.0-or-later
"""Doors: every view says who may enter, by which methods, and what rule guards its object.

A view without a door is refused at start-up (``checks``) and again at run time (``middleware.doors``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from goodoffices.access.actors import Actor
from goodoffices.access.roles import ROLES

if TYPE_CHECKING:
    from goodoffices.access.models import User

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request that passed the middleware: it knows its actor."""

    actor: Actor
    # Whose passphrase was right, while the second step is still to come; that is nobody yet.
    half: User | None


@dataclass(frozen=True)
class Door:
    """Who may enter: ``roles`` empty with ``auth`` "none" is anybody; ``auth`` "session" needs a sign-in.

    ``auth`` "half" lets in whose passphrase was right too, before the second step; ``fresh`` asks for the second
    factor again if it was given more than minutes ago.
    """

    roles: frozenset[str]
    methods: tuple[str, ...]
    object_rule: str
    auth: str
    fresh: bool = False


def door(
    *roles: str,
    methods: tuple[str, ...] = ("GET",),
    object_rule: str = "",
    auth: str = "session",
    fresh: bool = False,
) -> Callable[[View], View]:
    """Declare a view's door.

    Args:
        roles: role keys that may enter; none means every signed-in member of staff.
        methods: HTTP methods answered; HEAD follows GET; others get 405.
        object_rule: the rule that guards the object in the path, in the words of ``fetch``.
        auth: "session", "half" (the passphrase is enough), "none", or "demo" (only in a demo folder).
        fresh: ask for the second factor again if it was given more than ``proving.FRESH_MINUTES`` ago.
    """
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"unknown roles: {sorted(unknown)}")
    entry = Door(frozenset(roles), methods, object_rule, auth, fresh)

    def mark(view: View) -> View:
        view.door = entry  # type: ignore[attr-defined]
        return view

    return mark


def door_of(view: Any) -> Door | None:
    """Give the door a view declared, through Django's own wrappers."""
    return getattr(view, "door", None)


PEOPLE_ROLES = tuple(key for key, role in ROLES.items() if "see-people" in role.powers)
