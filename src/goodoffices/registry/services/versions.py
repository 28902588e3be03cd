# SPDX-License-Identifier: AGPL-3.0-or-later
"""Edits without locks: a save succeeds only against the version that was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from goodoffices.access.middleware import Conflict
from goodoffices.registry.models.base import Versioned


def save_version(row: Versioned, version: int, values: Mapping[str, Any]) -> None:
    """Write values and raise the version, or refuse because somebody was faster.

    Raises:
        Conflict: the row isn't at ``version`` any more; the page shows both.
    """
    changed = type(row)._default_manager.filter(pk=row.pk, version=version).update(version=F("version") + 1, **values)
    if changed != 1:
        raise Conflict(
            "Somebody changed this while you were writing.",
            where={"kind": str(row._meta.model_name)},
            hint="Compare both versions and save again.",
        )
