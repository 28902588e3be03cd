# SPDX-License-Identifier: AGPL-3.0-or-later
"""App registration."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "goodoffices.demo"
    label = "demo"
