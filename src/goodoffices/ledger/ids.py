# SPDX-License-Identifier: AGPL-3.0-or-later
"""New identifiers for rows. Their time part orders an index; nothing ever reads it as a date."""

from __future__ import annotations

import os
import time
from uuid import UUID

from goodoffices.core.ids import uuid7


def new_id() -> UUID:
    """Give a fresh UUIDv7."""
    return uuid7(time.time_ns() // 1_000_000, os.urandom(10))
