# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queueing jobs: with the act, ids only, once where asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from goodoffices.ledger.models import Message
from goodoffices.ledger.plain import NotPlain
from goodoffices.ledger.services import OutsideTransaction, enqueue
from goodoffices.ledger.topics import BadTopic, UnknownTopic, handles
from goodoffices.ledger.worker import Job

from .cast import NOW, PERSON

pytestmark = pytest.mark.store


def nothing(job: Job) -> None:
    """Do nothing."""


def act_and_fail() -> None:
    enqueue("test.job", {}, now=NOW)
    raise RuntimeError


@pytest.fixture(autouse=True)
def _topic(_own_catalogues: None) -> None:
    handles("test.job")(nothing)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_there_only_if_its_act_is() -> None:
    with pytest.raises(OutsideTransaction):
        enqueue("test.job", {}, now=NOW)
    with pytest.raises(RuntimeError), transaction.atomic():
        act_and_fail()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_ids_counts_flags_and_codes_may_stand_in_a_payload() -> None:
    message = enqueue("test.job", {"person": PERSON, "rows": 3, "again": False, "step": "map.v2"}, now=NOW)
    message.refresh_from_db()
    assert message.payload == {"person": str(PERSON), "rows": 3, "again": False, "step": "map.v2"}
    assert message.due_at == NOW


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        "Olena",
        "олена",
        "olena petrenko",
        "a@b",
        "x" * 65,
        "",
        "a\n",
        1.5,
        None,
        [1],
        {"a": 1},
        2**53,
        b"x",
        NOW,
    ],
    ids=repr,
)
def test_names_and_words_cannot_get_into_a_payload(value: object) -> None:
    with pytest.raises(NotPlain) as caught:
        enqueue("test.job", {"who": value}, now=NOW)
    assert "lena" not in str(caught.value.as_dict())
    with pytest.raises(NotPlain):
        enqueue("test.job", {str(value) + " name": 1}, now=NOW)
    with pytest.raises(NotPlain):
        enqueue("test.job", {}, now=NOW, dedup_key="of Olena")
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_topic_nobody_handles_is_refused() -> None:
    with pytest.raises(UnknownTopic):
        enqueue("test.unheard_of", {}, now=NOW)


@pytest.mark.django_db
def test_the_same_key_gives_the_same_job_even_when_it_is_done() -> None:
    first = enqueue("test.job", {"n": 1}, now=NOW, dedup_key="import:7")
    Message.objects.update(done_at=NOW)
    second = enqueue("test.job", {"n": 2}, now=NOW, dedup_key="import:7")
    assert second.pk == first.pk
    assert second.payload == {"n": 1}
    assert enqueue("test.job", {}, now=NOW, dedup_key="import:8").pk != first.pk
    assert enqueue("test.job", {}, now=NOW).pk != enqueue("test.job", {}, now=NOW).pk


@pytest.mark.django_db
def test_a_job_may_be_due_later() -> None:
    later = NOW + timedelta(days=1)
    enqueue("test.job", {}, now=NOW, due_at=later)
    assert not Message.objects.all().due(NOW)
    assert Message.objects.all().due(later)


def test_a_topic_has_one_handler_a_name_and_patience() -> None:
    handles("test.job")(nothing)
    with pytest.raises(BadTopic):
        handles("test.job")(lambda job: None)
    with pytest.raises(BadTopic):
        handles("Test Job")(nothing)
    with pytest.raises(BadTopic):
        handles("test.job", attempts=0)(nothing)
    with pytest.raises(BadTopic):
        handles("test.job", lease=timedelta(0))(nothing)
