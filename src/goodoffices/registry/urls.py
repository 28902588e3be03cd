# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the registry's pages; they hold ids only, never names."""

from __future__ import annotations

from django.urls import path

from goodoffices.registry.views import assessing, events, files, history, home, people, person, places, sources

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
    path("events/", events.events, name="events"),
    path("events/new/", events.new, name="event-new"),
    path("events/<uuid:public_id>/", events.event, name="event"),
    path("events/<uuid:public_id>/edit/", events.edit, name="event-edit"),
    path("events/<uuid:public_id>/people/", events.add_people, name="event-add-people"),
    path("events/<uuid:public_id>/people/remove/", events.remove_person, name="event-remove-person"),
    path("events/<uuid:public_id>/people/testify/", events.testify, name="event-testify"),
    path("places/", places.places, name="places"),
    path("places/new/", places.new, name="place-new"),
    path("places/<uuid:public_id>/", places.place, name="place"),
    path("places/<uuid:public_id>/edit/", places.edit, name="place-edit"),
    path("places/<uuid:public_id>/conditions/new/", places.new_condition, name="condition-new"),
    path("conditions/<uuid:public_id>/end/", places.end_condition, name="condition-end"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<uuid:public_id>/", sources.source, name="source"),
    path("sources/<uuid:public_id>/edit/", sources.edit, name="source-edit"),
    path("sources/<uuid:public_id>/withdraw/", sources.withdraw, name="source-withdraw"),
    path("sources/<uuid:public_id>/restore/", sources.restore, name="source-restore"),
    path("files/<uuid:public_id>/download/", files.download, name="artifact-download"),
    path("history/", history.history, name="history"),
    path("history/people/", people.history_people, name="history-people"),
]
