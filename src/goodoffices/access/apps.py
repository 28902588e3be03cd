# SPDX-License-Identifier: AGPL-3.0-or-later
"""App registration: ledger acts, start-up checks, sign-in lines."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "goodoffices.access"
    label = "access"

    def ready(self) -> None:
        from goodoffices.access import acts, checks, navigation, problems  # noqa: F401 - importing registers them
