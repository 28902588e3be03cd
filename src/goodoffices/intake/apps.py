# SPDX-License-Identifier: AGPL-3.0-or-later
"""App registration: policies, ledger acts, navigation, jobs."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "goodoffices.intake"
    label = "intake"

    def ready(self) -> None:
        from goodoffices.intake import (  # noqa: F401 - importing registers them
            acts,
            navigation,
            policies,
            problems,
            tasks,
            work,
        )
