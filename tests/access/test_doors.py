# SPDX-License-Identifier: AGPL-3.0-or-later
"""No view without a door, no door without its answer, no role that learns of others' pages."""

from __future__ import annotations

import pytest
from django.test import Client

from goodoffices.access.checks import views_of
from goodoffices.access.doors import door, door_of
from goodoffices.cli.operating import list_routes

SAMPLE = {"uuid": "00000000-0000-7000-8000-000000000000", "slug": "nothing", "int": "1", "str": "x"}


def address(path: str) -> str:
    """Fill a route's parameters with values that name nothing."""
    for kind, value in SAMPLE.items():
        while f"<{kind}:" in path:
            start = path.index(f"<{kind}:")
            path = path[:start] + value + path[path.index(">", start) + 1 :]
    return "/" + path


ROUTES = [(path, entry) for path, entry in views_of()]


@pytest.mark.req("SEC-AZ")
@pytest.mark.parametrize("path", [path for path, _ in ROUTES])
def test_every_route_says_who_may_enter(path):
    entry = dict(ROUTES)[path]
    assert door_of(entry.callback) is not None, f"/{path} has no door"


@pytest.mark.django_db
@pytest.mark.req("SEC-AU")
@pytest.mark.parametrize("path", [path for path, _ in ROUTES])
def test_nobody_gets_in_without_signing_in(path):
    entry = door_of(dict(ROUTES)[path].callback)
    if entry.auth != "session":
        pytest.skip("open to all on purpose")
    client = Client()
    if "GET" in entry.methods:
        answer = client.get(address(path))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")
    else:
        assert client.post(address(path)).status_code == 401


@pytest.mark.django_db
@pytest.mark.req("SEC-AZ")
@pytest.mark.parametrize("path", [path for path, _ in ROUTES])
def test_a_role_that_may_not_enter_gets_the_answer_of_a_page_that_is_not_there(path, stranger, client_of):
    entry = door_of(dict(ROUTES)[path].callback)
    if entry.auth != "session" or not entry.roles:
        pytest.skip("open to every member of staff")
    client = client_of(stranger)
    method = client.get if "GET" in entry.methods else client.post
    answer = method(address(path))
    absent = client.get("/no-such-page/")
    assert (answer.status_code, absent.status_code) == (404, 404)


@pytest.mark.django_db
@pytest.mark.req("SEC-CS")
@pytest.mark.parametrize("path", [path for path, entry in ROUTES if "GET" not in door_of(entry.callback).methods])
def test_acts_are_never_done_by_get(path, coordinator, client_of):
    assert client_of(coordinator).get(address(path)).status_code in {404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nothing was done"), ("uk", "Нічого не зроблено"), ("ru", "Ничего не сделано")]
)
def test_a_wrong_method_is_answered_by_a_page_that_says_so(language, said, make_user, client_of):
    client = client_of(make_user("reader", "coordinator", language=language))
    client.post("/language/", {"language": language})
    answer = client.get("/sign-out/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert said in answer.content.decode()
    assert client.put("/people/")["Allow"] == "GET, HEAD"


@pytest.mark.django_db
def test_a_program_that_asks_by_a_wrong_method_gets_a_problem_it_can_read(client):
    answer = client.get("/sign-out/", headers={"Accept": "application/problem+json, application/json"})
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "method_not_allowed"


def test_a_door_names_known_roles_only():
    with pytest.raises(ValueError, match="unknown roles"):
        door("doorkeeper")


def test_routes_lists_every_route_once():
    listed = list_routes()
    assert len(listed) == len(ROUTES)
    assert all(set(route) == {"path", "name", "methods", "process", "roles", "object_rule", "auth"} for route in listed)


@pytest.mark.django_db
def test_the_choice_of_who_to_be_exists_in_a_demo_folder_only(client):
    assert client.get("/who/").status_code == 404
