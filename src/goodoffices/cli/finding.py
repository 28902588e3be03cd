# SPDX-License-Identifier: AGPL-3.0-or-later
"""Look up and export from the command line, through the same policies as the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from goodoffices.access.actors import Actor


def look_up(name: str, born: str | None, limit: int, *, actor: Actor) -> list[dict[str, Any]]:
    """Find persons by a name in any script."""
    from goodoffices.matching.services.looking_up import lookup_answer

    return lookup_answer(actor, name, born=born, limit=limit)


def export_people(out: Path, query: str, *, actor: Actor) -> dict[str, Any]:
    """Write the people a query shows into a CSV or XLSX file."""
    from goodoffices.access import clock
    from goodoffices.registry.exporting import export_to_path

    return export_to_path(out, query, actor=actor, now=clock.now())
