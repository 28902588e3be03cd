# SPDX-License-Identifier: AGPL-3.0-or-later
"""A session lasts from the last request, never beyond its longest life, and every answer says how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from goodoffices.access.sessions import STEP

pytestmark = [pytest.mark.django_db, pytest.mark.store]

HOUR = timedelta(hours=1)


@pytest.fixture
def at():
    """Move the clock by an amount of time after the test's start."""
    start = timezone.now().replace(microsecond=0)
    return lambda after: time_machine.travel(start + after, tick=False)


def left(answer) -> int:
    return int(answer["Session-Seconds"])


def test_each_request_prolongs_the_session_and_each_answer_says_its_end(olena, client_of, at, settings):
    client = client_of(olena)
    for hours in (0, 5, 10, 15):
        with at(hours * HOUR):
            answer = client.get("/people/")
            assert answer.status_code == 200
            assert left(answer) == settings.SESSION_COOKIE_AGE
            assert f'data-session-seconds="{settings.SESSION_COOKIE_AGE}"' in answer.content.decode()


def test_without_a_request_it_ends(olena, client_of, at):
    client = client_of(olena)
    with at(0 * HOUR):
        client.get("/people/")
    with at(9 * HOUR):
        answer = client.get("/people/")
    assert answer.status_code == 302
    assert "Session-Seconds" not in answer


def test_it_never_outlives_its_longest_life(olena, client_of, at, settings):
    settings.GOODOFFICES_SESSION_LONGEST_SECONDS = 10 * 3600
    client = client_of(olena)
    with at(0 * HOUR):
        client.get("/people/")
    with at(6 * HOUR):
        assert left(client.get("/people/")) == 4 * 3600
    with at(9 * HOUR):
        assert left(client.post("/language/", {"language": "uk"})) == 3600
    with at(10 * HOUR + STEP):
        assert client.get("/people/").status_code == 302


def test_the_store_is_not_written_for_every_request(olena, client_of, at, django_assert_num_queries):
    client = client_of(olena)
    with at(0 * HOUR):
        client.get("/people/")
    before = Session.objects.get().expire_date
    with at(STEP / 2):
        assert left(client.get("/people/")) == 8 * 3600 - 30
    assert Session.objects.get().expire_date == before
    with at(2 * STEP):
        client.get("/people/")
    assert Session.objects.get().expire_date == before + 2 * STEP


def test_prolonging_in_one_tab_does_not_lose_a_notice_of_another(olena, client_of, at):
    from django.contrib.sessions.backends.db import SessionStore as Stored

    client = client_of(olena)
    with at(0 * HOUR):
        client.get("/people/")
    key = client.session.session_key
    with at(2 * HOUR):
        slow = type(client.session)(key)
        slow.load()
        other = Stored(key)
        other["notice"] = "said in another tab"
        other.save()
        slow.prolong()
        assert Stored(key)["notice"] == "said in another tab"


def test_even_a_refusal_says_how_long_it_lasts_and_a_stranger_is_told_nothing(olena, client_of, client):
    assert "Session-Seconds" in client_of(olena).get("/sign-out/")
    assert "Session-Seconds" not in client.get("/sign-in/")
