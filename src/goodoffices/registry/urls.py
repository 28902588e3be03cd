# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the registry's pages; they hold ids only, never names."""

from __future__ import annotations

from django.urls import path

from goodoffices.registry.views import assessing, home, people, person

urlpatterns = [
    path("", home.home, name="home"),
    path("people/", people.people, name="people"),
    path("people/export/", people.export, name="people-export"),
    path("people/<uuid:public_id>/", person.person, name="person"),
    path("people/<uuid:public_id>/records/", person.records, name="person-records"),
    path("people/<uuid:public_id>/history/", person.timeline, name="person-history"),
    path("people/<uuid:public_id>/note/", person.note, name="person-note"),
    path("people/<uuid:public_id>/assess/<slug:prop>/", assessing.assess, name="assess"),
    path("assessments/<uuid:public_id>/agree/", assessing.agree, name="assessment-agree"),
    path("assessments/<uuid:public_id>/end/", assessing.end, name="assessment-end"),
    path("notes/<uuid:public_id>/end/", person.end_note, name="note-end"),
    path("judgements/<uuid:public_id>/take-back/", person.take_back, name="judgement-take-back"),
    path("judgements/<uuid:public_id>/confirm/", person.confirm, name="judgement-confirm"),
]
