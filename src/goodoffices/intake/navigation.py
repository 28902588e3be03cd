# SPDX-License-Identifier: AGPL-3.0-or-later
"""Intake's line in the side navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.access.actors import Actor
from goodoffices.access.context import NavItem, add_nav
from goodoffices.access.roles import RECORD_FACTS
from goodoffices.intake.models import ListImport


def waiting_lists(actor: Actor) -> int:
    """Count the lists that wait for somebody."""
    count: int = ListImport.objects.visible_to(actor).waiting().count()
    return count


add_nav(NavItem("lists", _("Lists"), 30, RECORD_FACTS, count=waiting_lists, key="i"))
