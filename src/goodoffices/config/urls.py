# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the staff site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("goodoffices.access.urls")),
    path("", include("goodoffices.registry.urls")),
    path("", include("goodoffices.intake.urls")),
    path("", include("goodoffices.matching.urls")),
    path("", include("goodoffices.demo.urls")),
]
handler404 = "goodoffices.access.views.not_found"
handler500 = "goodoffices.access.views.broken"
