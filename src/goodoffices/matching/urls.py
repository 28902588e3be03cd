# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of matching."""

from __future__ import annotations

from django.urls import path

from goodoffices.matching.views import queue

urlpatterns = [
    path("compare/", queue.compare_next, name="compare"),
    path("compare/unsure/", queue.unsure, name="unsure"),
    path("compare/<uuid:public_id>/", queue.compare_pair, name="compare-pair"),
    path("compare/<uuid:public_id>/decide/", queue.decide, name="compare-decide"),
    path("judgements/<uuid:public_id>/undo/", queue.undo, name="judgement-undo"),
]
