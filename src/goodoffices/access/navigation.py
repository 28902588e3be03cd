# SPDX-License-Identifier: AGPL-3.0-or-later
"""The line of the side navigation for those who keep the accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.access.context import NavItem, add_nav
from goodoffices.access.roles import MANAGE_STAFF

add_nav(NavItem("staff", _("Staff"), 90, MANAGE_STAFF))
