# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may enter intake's pages: those whose role feeds lists, and those whose role records facts."""

from __future__ import annotations

from goodoffices.access.roles import IMPORT_LISTS, RECORD_FACTS, ROLES

LIST_ROLES = tuple(key for key, role in ROLES.items() if IMPORT_LISTS in role.powers)
REPORT_ROLES = tuple(key for key, role in ROLES.items() if RECORD_FACTS in role.powers)
