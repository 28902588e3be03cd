# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see lists on their way in, and who may move them on."""

from __future__ import annotations

from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.access.policy import register
from goodoffices.access.roles import IMPORT_LISTS, RECORD_FACTS
from goodoffices.intake.models import ListImport, ListRow


def can_import(actor: Actor, one: Any) -> bool:
    """Map, repair, preview, commit, undo."""
    return actor.has(IMPORT_LISTS)


def visible_rows(actor: Actor) -> Any:
    return ListRow.objects.visible_to(actor)


def visible_imports(actor: Actor) -> Any:
    return ListImport.objects.visible_to(actor)


register(ListImport, visible_to=visible_imports, can={"import": can_import})
register(
    ListRow, visible_to=visible_rows, can={"import": can_import, "read": lambda actor, row: actor.has(RECORD_FACTS)}
)
