# SPDX-License-Identifier: AGPL-3.0-or-later
"""App registration: policies, ledger acts, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "goodoffices.registry"
    label = "registry"

    def ready(self) -> None:
        from goodoffices.registry import acts, navigation, policies, problems, sweeping  # noqa: F401 - importing registers them
        from goodoffices.registry.waiting import registry_work
        from goodoffices.registry.work import add_work

        add_work(registry_work)
