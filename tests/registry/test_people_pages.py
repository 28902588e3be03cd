# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people list in the browser: addresses, chips, refusals, roles."""

from __future__ import annotations

import pytest

from goodoffices.core.vocabulary import Sensitivity

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def people(world):
    return world.records(
        [
            {"family_name": "Вербик", "given_name": "Марта", "category": "civilian", "place_held": "Centre 99"},
            {"family_name": "Гайчук", "given_name": "Остап", "category": "medic"},
        ]
    )


def test_the_query_is_said_in_a_sentence_with_removable_chips(people, client_of, olena):
    page = client_of(olena).get("/people/?category=civilian&sort=-born", secure=True).content.decode()
    assert "1 person: detained civilian. The youngest first." in page
    assert 'href="/people/?sort=-born"' in page
    assert "Марта Вербик" in page
    assert "Остап Гайчук" not in page


def test_the_chosen_order_is_kept_when_filters_change(people, client_of, olena):
    page = client_of(olena).get("/people/?sort=-born", secure=True).content.decode()
    assert '<input type="hidden" name="sort" value="-born">' in page


def test_nobody_found_offers_a_way_on(people, client_of, olena):
    page = client_of(olena).get("/people/?category=child", secure=True).content.decode()
    assert "Nobody matches all of this" in page


def test_an_empty_registry_says_what_would_be_here(world, client_of, olena):
    assert "Nobody is recorded yet" in client_of(olena).get("/people/", secure=True).content.decode()


def test_a_date_that_cannot_be_read_is_said_and_kept(people, client_of, olena):
    answer = client_of(olena).get("/people/?born_from=yesterday", secure=True)
    assert answer.status_code == 200
    assert 'value="yesterday"' in answer.content.decode()


@pytest.mark.req("LK4")
def test_an_unknown_filter_is_a_plain_400(people, client_of, olena):
    assert client_of(olena).get("/people/?sort=value", secure=True).status_code == 400


def test_titles_and_addresses_hold_no_names(people, world, client_of, olena):
    answer = client_of(olena).get(f"/people/{world.person(people[0]).public_id}/", secure=True).content.decode()
    title = answer.split("<title>")[1].split("</title>")[0]
    assert "Вербик" not in title


@pytest.mark.parametrize("path", ["/people/", "/events/", "/places/", "/sources/", "/history/", "/history/people/"])
def test_a_stranger_finds_none_of_the_pages(people, client_of, stranger, path):
    assert client_of(stranger).get(path, secure=True).status_code == 404


def test_a_stranger_does_not_find_a_person_either(people, world, client_of, stranger):
    public_id = world.person(people[0]).public_id
    for tail in ("", "records/", "history/"):
        assert client_of(stranger).get(f"/people/{public_id}/{tail}", secure=True).status_code == 404


def test_the_way_in_says_what_a_role_without_people_can_do(client_of, make_user):
    page = client_of(make_user("ada", "administrator")).get("/", secure=True).content.decode()
    assert "You can manage accounts and roles." in page


@pytest.mark.req("LK1")
def test_a_hidden_person_is_answered_like_one_that_never_was(world, client_of, bohdan):
    world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    hidden = world.person(world.record("hidden", family_name="Схований"))
    client = client_of(bohdan)
    answers = [
        client.get(f"/people/{one}/", secure=True) for one in (hidden.public_id, "01a20088-28ae-7fb0-967e-b482b1241e99")
    ]
    assert [one.status_code for one in answers] == [404, 404]
    assert "Схований" not in client.get("/people/", secure=True).content.decode()


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_page_speaks_the_readers_language(people, world, client_of, olena, language):
    client = client_of(olena)
    client.cookies["__Host-language"] = language
    for path in (
        "/",
        "/people/",
        f"/people/{world.person(people[0]).public_id}/",
        "/places/",
        "/sources/",
        "/history/",
    ):
        page = client.get(path, secure=True)
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()
