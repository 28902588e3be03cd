# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clock. Only views, commands and jobs look at it; services are handed ``now``."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def now() -> datetime:
    """Give the time in UTC; in a testing folder the file of GOODOFFICES_CLOCK_FILE says it."""
    named = os.environ.get("GOODOFFICES_CLOCK_FILE") if settings.GOODOFFICES_TESTING else None
    if named:
        said = datetime.fromisoformat(Path(named).read_text("ascii").strip())
        return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
    return datetime.now(UTC)
