# SPDX-License-Identifier: AGPL-3.0-or-later
"""The line of the side navigation, with how many pairs wait."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from goodoffices.access.actors import Actor
from goodoffices.access.context import NavItem, add_nav
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.matching.models import Candidate
from goodoffices.registry.models import Pulse

COUNT_SECONDS = 60


def open_pairs(actor: Actor) -> int:
    """Count the pairs the actor is asked about; kept until anything changes, for the count stands on every page."""
    beat = Pulse.objects.values_list("beat", flat=True).first() or 0
    classes = "".join(map(str, sorted(actor.field_classes)))
    key = f"matching.open:{beat}:{actor.clearance}:{classes}:{actor.sees_people}"
    found = cache.get(key)
    if found is None:
        found = Candidate.objects.visible_to(actor).to_review().count()
        cache.set(key, found, COUNT_SECONDS)
    return int(found)


add_nav(NavItem("compare", _("To compare"), 40, DECIDE_MATCHES, count=open_pairs, tone="act", key="c"))
