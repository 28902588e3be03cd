# SPDX-License-Identifier: AGPL-3.0-or-later
"""Import and undo from the command line, through the same services as the pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import typer

from goodoffices.access.actors import Actor
from goodoffices.cli import door
from goodoffices.core.errors import GoodOfficesError


def import_file(
    file: Path, source: str, mapping: Path | None, *, dry_run: bool, yes: bool, actor: Actor
) -> dict[str, Any]:
    """Take a list in; gives the result object of CONTRACTS part 2.

    Without ``--yes`` a person at a terminal is shown the preview and asked; where nobody can be asked, the import
    stops after the preview and says so.
    """
    from goodoffices.access import clock
    from goodoffices.intake.reading.mapping import mapping_for, read_mapping
    from goodoffices.intake.services.running import run_import

    told = mapping_for(read_mapping(mapping), file) if mapping else None
    _need_source(source, actor)

    def run(*, only_preview: bool) -> dict[str, Any]:
        return run_import(
            file,
            source,
            actor=actor,
            clock=clock.now,
            told=told,
            dry_run=only_preview,
            progress=door.progress_line,
        ).as_dict()

    if dry_run:
        return run(only_preview=True)
    if yes:
        return run(only_preview=False)
    preview = run(only_preview=True)
    if not sys.stdin.isatty():
        door.say("Nothing was recorded: this is the preview. Add --yes to commit.")
        return preview
    door.show(preview, as_json=False)
    if not typer.confirm("Record this?", err=True):
        return preview
    return run(only_preview=False)


def undo_import_by_id(import_id: str, *, actor: Actor) -> dict[str, Any]:
    """Take a whole import back."""
    from goodoffices.access import clock
    from goodoffices.access.policy import fetch
    from goodoffices.intake.models import ListImport
    from goodoffices.intake.services.undoing import undo

    one = fetch(actor, ListImport, _as_id(import_id), to="import")
    return {"import_id": str(one.public_id), "mentions": undo(one, actor=actor, now=clock.now())}


def _need_source(key: str, actor: Actor) -> None:
    """Add a source for a key that isn't known yet (decision record 4), and say so."""
    from goodoffices.access import clock
    from goodoffices.registry.services.sources import SourceFacts, add_source, source_called

    if source_called(key, actor=actor) is None:
        add_source(SourceFacts(title=key), actor=actor, now=clock.now(), key=key)
        door.say(f"The source {key!r} is new; describe it on the page Sources. Its reliability is F until then.")


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise GoodOfficesError(
            f"{text!r} is not the id of an import.", code="bad_id", hint="Use the import_id that `import` printed."
        ) from None
