# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of matching."""

from __future__ import annotations

from django.urls import path

from goodoffices.matching.views import conflicts, looking_up, persons, ready, review

urlpatterns = [
    path("compare/", review.compare_next, name="compare"),
    path("compare/unsure/", review.unsure, name="unsure"),
    path("compare/ready/", ready.ready, name="ready"),
    path("compare/ready/join/", ready.start, name="ready-start"),
    path("compare/runs/<uuid:public_id>/", ready.run, name="matching-run"),
    path("compare/runs/<uuid:public_id>/undo/", ready.undo, name="run-undo"),
    path("compare/conflicts/", conflicts.conflicts, name="conflicts"),
    path("compare/<uuid:public_id>/", review.compare_pair, name="compare-pair"),
    path("compare/<uuid:public_id>/decide/", review.decide, name="compare-decide"),
    path("merge/", persons.merge, name="merge"),
    path("merge/decide/", persons.merge_decide, name="merge-decide"),
    path("people/<uuid:public_id>/split/", persons.split, name="split"),
    path("people/<uuid:public_id>/confirm-joins/", persons.confirm, name="confirm-joins"),
    path("lookup/", looking_up.lookup_page, name="lookup"),
    path("lookup/suggest/", looking_up.suggest, name="lookup-suggest"),
    path("judgements/<uuid:public_id>/pair/", review.pair_of, name="judgement-pair"),
]
