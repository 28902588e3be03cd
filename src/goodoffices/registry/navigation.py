# SPDX-License-Identifier: AGPL-3.0-or-later
"""The registry's lines in the side navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.access.context import NavItem, add_nav
from goodoffices.access.roles import SEE_PEOPLE

add_nav(NavItem("home", _("My work"), 10, key="w"))
add_nav(NavItem("people", _("People"), 20, SEE_PEOPLE, key="p"))
add_nav(NavItem("events", _("Events"), 50, SEE_PEOPLE, key="e"))
add_nav(NavItem("places", _("Places"), 60, SEE_PEOPLE, key="l"))
add_nav(NavItem("sources", _("Sources"), 70, SEE_PEOPLE, key="s"))
add_nav(NavItem("history", _("History room"), 80, SEE_PEOPLE, key="h"))
