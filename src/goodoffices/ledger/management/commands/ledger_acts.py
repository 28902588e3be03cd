# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write the reference page of ledger acts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from goodoffices.ledger.acts import reference_page


class Command(BaseCommand):
    """Print docs/reference/ledger-acts.md, made from the catalogue of all installed apps."""

    help = "Prints the reference page of ledger acts; send it to docs/reference/ledger-acts.md."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(reference_page(), ending="")
