# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clear away files that a killed process left in the folder of kept files: no row names them, so nobody can read them.

A file is written before the row that holds its key. A process killed in between leaves it behind.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from goodoffices.access.actors import SYSTEM
from goodoffices.access.acts import acting
from goodoffices.ledger.upkeep import add_upkeep
from goodoffices.registry.models import Artifact

log = logging.getLogger("goodoffices.registry")

LEAST_AGE = timedelta(days=1)
# A kill leaves a file or two. So many without a row mean another store than the folder's: nothing is touched then.
MOST_AT_ONCE = 100
# Our own names only; "tmp..." are the plain copies of systems without anonymous memory.
OURS = re.compile(r"[0-9a-f]{32}\.age|tmp[0-9a-z_]{8}")


def sweep_files(now: datetime) -> int:
    """Remove what no row names and is older than a day.

    Returns:
        How many files were removed; the ledger has one line with the count, none where there was nothing.
    """
    orphans = _orphans(now)
    if len(orphans) > MOST_AT_ONCE:
        log.error("%d files that no row names: is this the folder of another store? Nothing was removed", len(orphans))
        return 0
    if not orphans:
        return 0
    with acting("registry.orphan_files_removed", actor=SYSTEM, now=now, facts={"files": len(orphans)}):
        for path in orphans:
            path.unlink(missing_ok=True)
    return len(orphans)


def _orphans(now: datetime) -> list[Path]:
    folder: Path = settings.DATA_DIR / "artifacts"
    if not folder.is_dir():
        return []
    before = (now - LEAST_AGE).timestamp()
    old = [path for path in folder.iterdir() if OURS.fullmatch(path.name) and path.stat().st_mtime < before]
    named = set(Artifact.objects.values_list("stored_name", flat=True))
    return sorted(path for path in old if path.name not in named)


add_upkeep(sweep_files)
