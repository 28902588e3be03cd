# SPDX-License-Identifier: AGPL-3.0-or-later
"""Start-up checks of SECURITY part 5: each failure is one sentence that says how to mend it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver

from goodoffices.access.doors import door_of
from goodoffices.config.folder import FolderError, read_folder
from goodoffices.config.sqlcipher.base import MINIMUM_SQLITE

REQUIRED_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "mmap_size": 0,
    "busy_timeout": 10_000,
}


def views_of(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Walk every route: its full path and pattern."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views_of(entry.url_patterns, path)
        else:
            yield path, entry


@checks.register("goodoffices")
def every_view_has_a_door(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    return [
        checks.Error(f"The route /{path} doesn't say who may enter: give its view a @door.", id="goodoffices.E001")
        for path, entry in views_of()
        if door_of(entry.callback) is None
    ]


@checks.register("goodoffices")
def nothing_is_left_open(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse DEBUG and a data folder that others can read."""
    found: list[checks.CheckMessage] = []
    if settings.DEBUG:
        found.append(checks.Error("DEBUG is on: switch it off.", id="goodoffices.E002"))
    try:
        folder = read_folder(settings.DATA_DIR)
    except FolderError:
        return found
    if folder.path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        found.append(
            checks.Error(f"Others can read the data folder: run chmod 700 {folder.path}", id="goodoffices.E003")
        )
    return found


def store_problems(alias: str) -> list[str]:
    """Ask an open store whether it runs with the settings our durability figures stand on."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        return _server_problems(alias)
    problems = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
        if version < MINIMUM_SQLITE:
            problems.append(f"SQLite {version} is older than 3.51.3: install a newer sqlcipher3.")
        cursor.execute("PRAGMA cipher_version")
        if not cursor.fetchone():
            problems.append("The store isn't encrypted: install sqlcipher3.")
        for pragma, wanted in REQUIRED_PRAGMAS.items():
            cursor.execute(f"PRAGMA {pragma}")
            row = cursor.fetchone()
            if row is None or row[0] != wanted:
                problems.append(f"The store runs with {pragma}={row and row[0]}, not {wanted}.")
    if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
        problems.append("The store doesn't begin its transactions IMMEDIATE.")
    return problems


def _server_problems(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    problems = []
    if version < 150000:
        problems.append("The PostgreSQL server is older than 15: upgrade it.")
    if fsync != "on" and not settings.GOODOFFICES_TESTING:
        problems.append("The PostgreSQL server runs with fsync off: switch it on.")
    return problems
