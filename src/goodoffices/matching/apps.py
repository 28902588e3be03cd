# SPDX-License-Identifier: AGPL-3.0-or-later
"""App registration: policies, ledger acts, jobs, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "goodoffices.matching"
    label = "matching"

    def ready(self) -> None:
        from goodoffices.matching import acts, navigation, policies, problems, tasks  # noqa: F401 - importing registers them
        from goodoffices.matching.duplicates import find
        from goodoffices.registry.lookalikes import add_finder

        add_finder(find)
