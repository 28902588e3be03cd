# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form is done once: repeats get the first answer, refusals leave nothing behind."""

from __future__ import annotations

import pytest

from goodoffices.access.models import DoneOnce
from goodoffices.registry.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.store, pytest.mark.req("SEC-CC")]


@pytest.fixture
def event_form():
    return {"title": "Checkpoint", "kind": "checkpoint", "happened_on": "2025-10-09", "sensitivity": "2"}


def test_ten_times_the_same_form_makes_one_record(coordinator, client_of, event_form):
    from goodoffices.registry.models import Event

    client = client_of(coordinator)
    answers = [client.post("/events/new/", {**event_form, "idempotency_key": "k" * 32}) for _ in range(10)]
    assert Event.objects.count() == 1
    assert {answer.status_code for answer in answers} == {answers[0].status_code}
    assert len({answer.get("Location") for answer in answers}) == 1
    assert answers[1]["Idempotency-Replayed"] == "true"


def test_a_refused_form_can_be_sent_again_with_its_key(coordinator, client_of, event_form):
    from goodoffices.registry.models import Event

    client = client_of(coordinator)
    bad = client.post("/events/new/", {**event_form, "title": "", "idempotency_key": "r" * 32})
    assert bad.status_code == 422
    assert not DoneOnce.objects.filter(key="r" * 32).exists()
    assert client.post("/events/new/", {**event_form, "idempotency_key": "r" * 32}).status_code in {302, 303}
    assert Event.objects.count() == 1


def test_a_key_of_one_form_is_no_key_of_another(coordinator, client_of, event_form):
    client = client_of(coordinator)
    client.post("/events/new/", {**event_form, "idempotency_key": "x" * 32})
    assert client.post("/language/", {"language": "uk", "idempotency_key": "x" * 32}).status_code == 400


def test_a_refusal_inside_a_form_is_a_403_with_its_ledger_line(bohdan, client_of, event_form):
    from goodoffices.ledger.models import Entry

    answer = client_of(bohdan).post("/events/new/", {**event_form, "idempotency_key": "y" * 32})
    assert answer.status_code in {403, 404}
    assert not Source.objects.exists()
    if answer.status_code == 403:
        assert Entry.objects.order_by("-seq").first().act == "access.refused"
