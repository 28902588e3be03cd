# SPDX-License-Identifier: AGPL-3.0-or-later
"""The line of the side navigation, with how many pairs wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.access.actors import Actor
from goodoffices.access.context import NavItem, add_nav
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.core.vocabulary import Room
from goodoffices.matching.models import Candidate
from goodoffices.matching.review import kept_count


def open_pairs(actor: Actor) -> int:
    """Count the pairs the actor is asked about."""
    # Put together only where it isn't kept: every page asks.
    return kept_count(f"open:{Room.WORK}", actor, lambda: Candidate.objects.visible_to(actor).to_review().count())


add_nav(NavItem("compare", _("To compare"), 40, DECIDE_MATCHES, count=open_pairs, tone="act", key="c"))
