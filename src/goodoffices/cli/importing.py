# SPDX-License-Identifier: AGPL-3.0-or-later
"""Import and undo from the command line, through the same services as the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.cli import door


def import_file(
    file: Path, source: str, mapping: Path | None, *, dry_run: bool, yes: bool, actor: Actor
) -> dict[str, Any]:
    """Take a list in; gives the result object of CONTRACTS part 2."""
    from goodoffices.intake.services.running import run_import

    return run_import(
        file,
        source,
        mapping=mapping,
        dry_run=dry_run,
        yes=yes,
        actor=actor,
        progress=door.progress_line,
    )


def undo_import_by_id(import_id: str, *, actor: Actor) -> dict[str, Any]:
    """Take a whole import back."""
    from goodoffices.intake.services.running import undo_import

    return undo_import(import_id, actor=actor)
