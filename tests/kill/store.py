# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read a store beside the program: every row, with random ids numbered by where they first stand.

Two stores that went through the same acts at the same time of the clock must then be equal byte for byte, inner ids
and times included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from goodoffices.config.folder import derive_store_key, file_key, read_folder

OURS = ("registry_", "intake_", "matching_", "ledger_")
UUID = re.compile(r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}\b")
# Random by their making: keys and nonces of files, salts and hashes of ledger lines that hold random ids.
RANDOM = {
    "registry_artifact": {"age_identity"},
    "ledger_entry": {"leaf_hash", "root", "commitment"},
    "ledger_treestate": {"frontier"},
    "ledger_privatefact": {"salt"},
    "ledger_message": {"claimed_by"},
}
# An index over Entry.subjects in no order of its own; verify-audit compares it.
INDEXES = {"ledger_entrysubject"}
Tables = dict[str, list[tuple[Any, ...]]]


@contextmanager
def opened(data: Path) -> Iterator[Any]:
    """Open the casework store of a folder."""
    folder = read_folder(data)
    with closing(dbapi2.connect(str(folder.store_file("casework")), timeout=30)) as connection:
        connection.execute(f"PRAGMA key = \"x'{derive_store_key(file_key(folder), 'casework')}'\"")
        yield connection


def contents(data: Path) -> Tables:
    """Give every row of our tables; what is random is left out or numbered.

    Raises:
        AssertionError: the file is damaged, or a reference leads nowhere.
    """
    seen: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        return seen.setdefault(match[0].replace("-", ""), f"<{len(seen)}>")

    with opened(data) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found: Tables = {}
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall():
            if name.startswith(OURS) and name not in INDEXES:
                found[name] = [
                    tuple(UUID.sub(numbered, cell) if isinstance(cell, str) else cell for cell in row)
                    for row in _rows(connection, name)
                ]
    return found


def acts(data: Path) -> dict[str, int]:
    """Count the ledger's lines by act."""
    with opened(data) as connection:
        return dict(connection.execute("SELECT act, COUNT(*) FROM ledger_entry GROUP BY act ORDER BY act").fetchall())


def open_jobs(data: Path) -> int:
    """Count jobs that are neither done nor given up."""
    with opened(data) as connection:
        counted = connection.execute("SELECT COUNT(*) FROM ledger_message WHERE done_at IS NULL AND failed_at IS NULL")
        return int(counted.fetchone()[0])


def first_difference(one: Tables, other: Tables) -> str:
    """Say where two stores differ first; empty where they don't."""
    for name in sorted({*one, *other}):
        left, right = one.get(name, []), other.get(name, [])
        if left != right:
            rows = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
            return f"{name}: {len(left)} and {len(right)} rows, {len(rows)} differ, the first:\n{rows[:1]}"
    return ""


def _rows(connection: Any, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()]
    kept = ", ".join(f'"{name}"' for name in columns if name not in RANDOM.get(table, ()))
    return list(connection.execute(f'SELECT {kept} FROM "{table}" ORDER BY 1').fetchall())
