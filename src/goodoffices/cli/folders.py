# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make a data folder, bring its stores up to date, refuse an unsafe start."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from goodoffices.cli import door
from goodoffices.config.folder import (
    KEY_BYTES,
    Folder,
    KeyUnavailable,
    create_folder,
    data_dir,
    file_key,
    read_folder,
)
from goodoffices.core.errors import GoodOfficesError


def make_folder(kind: str) -> dict[str, Any]:
    """Make a data folder with migrated stores and a set-up token.

    A live folder's key is never written into it: a key file named by GOODOFFICES_KEY_FILE is made if it isn't
    there yet; otherwise the console asks for a passphrase.
    """
    path = data_dir()
    if kind == "live":
        _prepare_key()
    folder = create_folder(path, kind)
    try:
        _unlocked(folder)
        door.start_django()
        migrate_stores()
        load_gazetteer()
        return print_token()
    except BaseException:
        _take_back(folder)
        raise


def print_token() -> dict[str, Any]:
    """Issue a set-up token and say what to do with it."""
    door.need_folder()
    from goodoffices.access import clock, services

    token = services.issue_setup_token(now=clock.now())
    return {
        "data": str(data_dir()),
        "token": token,
        "minutes": services.TOKEN_MINUTES,
        "message": (
            f"Data folder: {data_dir()}\n"
            f"Set-up token, works once and for {services.TOKEN_MINUTES} minutes: {token}\n"
            "Start with `goodoffices serve` and open http://localhost:8000/set-up/"
        ),
    }


def migrate_stores() -> dict[str, Any]:
    """Apply what is missing to every store that has tables of ours."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", database="default", verbosity=0, interactive=False)
    return {"applied": len(plan)}


def load_gazetteer() -> int:
    """Put the settlements that ship with the program into the registry; returns how many are new."""
    from goodoffices.access import clock
    from goodoffices.access.actors import SYSTEM
    from goodoffices.registry.gazetteer import gazetteer_places
    from goodoffices.registry.services.places import add_places

    return add_places(list(gazetteer_places()), actor=SYSTEM, now=clock.now())


def refuse_unsafe_start() -> None:
    """Stop before serving from a store that isn't safe or isn't up to date.

    Raises:
        GoodOfficesError: all problems in one message.
    """
    from goodoffices.cli.operating import check_everything

    problems = check_everything()
    if problems:
        raise GoodOfficesError(" ".join(problems), code="unsafe_start", hint="Mend this, then start again.")


def _prepare_key() -> None:
    named = os.environ.get("GOODOFFICES_KEY_FILE")
    if named and not Path(named).exists():
        try:
            descriptor = os.open(named, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise KeyUnavailable(
                f"The key file {named} can't be made.",
                where={"file": named},
                hint="Make its folder first, or name another file with GOODOFFICES_KEY_FILE.",
            ) from error
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
        door.say(f"A new key was written to {named}. Keep a copy of it away from this machine.")


def _unlocked(folder: Folder) -> None:
    try:
        file_key(folder)
    except KeyUnavailable:
        door.need_folder()


def _take_back(folder: Folder) -> None:
    """Remove a folder whose making failed, so that the command can be repeated."""
    import shutil

    if read_folder(folder.path).salt == folder.salt:
        shutil.rmtree(folder.path)
