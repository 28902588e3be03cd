# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of intake; they hold ids only."""

from __future__ import annotations

from django.urls import path

from goodoffices.intake.views import lists, reports, steps

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.upload, name="list-upload"),
    path("lists/rows/<uuid:public_id>/", lists.row, name="list-row"),
    path("lists/rows/<uuid:public_id>/fix/", steps.fix, name="list-fix"),
    path("lists/rows/<uuid:public_id>/which/", steps.which, name="list-which"),
    path("lists/<uuid:public_id>/", steps.one_list, name="list"),
    path("lists/<uuid:public_id>/columns/", steps.columns, name="list-columns"),
    path("lists/<uuid:public_id>/check/", steps.check, name="list-check"),
    path("lists/<uuid:public_id>/repair/", steps.repair, name="list-repair"),
    path("lists/<uuid:public_id>/repair/drop/", steps.drop_repair, name="list-drop-repair"),
    path("lists/<uuid:public_id>/problems/", steps.problem_rows, name="list-problems"),
    path("lists/<uuid:public_id>/on/", steps.go_on, name="list-on"),
    path("lists/<uuid:public_id>/preview/", steps.preview, name="list-preview"),
    path("lists/<uuid:public_id>/commit/", steps.commit, name="list-commit"),
    path("lists/<uuid:public_id>/progress/", steps.progress, name="list-progress"),
    path("lists/<uuid:public_id>/report/", steps.report, name="list-report"),
    path("lists/<uuid:public_id>/undo/", steps.undo, name="list-undo"),
    path("lists/<uuid:public_id>/aside/", steps.set_aside, name="list-aside"),
    path("lists/reports/new/", reports.new, name="report-new"),
    path("lists/reports/near/", reports.near, name="report-near"),
    path("lists/reports/<uuid:public_id>/", reports.report, name="report"),
    path("lists/reports/<uuid:public_id>/undo/", reports.undo, name="report-undo"),
]
