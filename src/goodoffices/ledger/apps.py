# SPDX-License-Identifier: AGPL-3.0-or-later
"""App registration: the ledger's own acts, and the database guards after each migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "goodoffices.ledger"
    label = "ledger"

    def ready(self) -> None:
        from goodoffices.ledger import upkeep  # noqa: F401 - importing registers its task

        post_migrate.connect(_keep_guards, sender=self)


def _keep_guards(*, using: str, **_: Any) -> None:
    """Put the triggers back: rebuilding a table in a later migration drops those of SQLite."""
    from goodoffices.ledger import guards

    guards.install_where_tables_are(using)
