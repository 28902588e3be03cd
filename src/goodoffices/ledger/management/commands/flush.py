# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's flush, which empties every table: only where tests run, since a ledger is never emptied."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush

from goodoffices.ledger import guards


class Command(flush.Command):
    """Lift the ledger's triggers, flush, and set them again; refuse outside a testing folder."""

    def handle(self, **options: Any) -> None:
        if not getattr(settings, "GOODOFFICES_TESTING", False):
            raise CommandError("A ledger is never emptied. Only a folder made by init --testing can be flushed.")
        using = options["database"]
        guards.lift_where_tables_are(using)
        try:
            super().handle(**options)
        finally:
            guards.install_where_tables_are(using)
