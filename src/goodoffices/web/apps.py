# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for the kit."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The kit: no models, no views, only what every page shares."""

    name = "goodoffices.web"
    label = "web"
