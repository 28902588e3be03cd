# SPDX-License-Identifier: AGPL-3.0-or-later
"""The standing cast and the requirement marks.

Olena is a caseworker, Bohdan may only read, the documenter feeds lists, the coordinator sees all of the work;
Stranger is signed in without any role and must see nothing on any path.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.test import Client
from django.utils import translation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine isn't a mistake: how fast something is stands in bench/.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

DRAWS = ("pages", "views", "walk", "doors", "exporting")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHROMIUM = shutil.which("chromium")
MISSING = "Debian's chromium is not installed: apt-get install chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads and writes the store, so that it runs on PostgreSQL in `make test` too.

    Tests that only draw pages over the same services run there in `make test-pg`, which runs everything.
    """
    for item in items:
        if any(word in item.path.name for word in DRAWS):
            continue
        fixtures = set(getattr(item, "fixturenames", ()))
        opens = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        if opens and not item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.store)


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin in English: a page that another test drew in this process leaves its reader's language behind."""
    translation.deactivate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the one browser of this process; Playwright can't be started in it twice."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_user(db):
    """Make a user with roles and powers."""
    from goodoffices.access import services
    from goodoffices.access.actors import SYSTEM

    def make(name: str, *roles: str, powers: tuple[str, ...] = (), language: str = "en"):
        user = services.create_user(
            email=f"{name}@goodoffices.invalid",
            display_name=f"{name.title()} Invented",
            passphrase=None,
            language=language,
            actor=SYSTEM,
            now=NOW,
        )
        services.give_roles(user, roles, actor=SYSTEM, now=NOW)
        for power in powers:
            services.grant_power(user, power, actor=SYSTEM, now=NOW)
        return user

    return make


@pytest.fixture
def actor_of() -> Callable:
    from goodoffices.access.actors import actor_for

    return actor_for


@pytest.fixture
def olena(make_user):
    return make_user("olena", "caseworker", powers=("export",))


@pytest.fixture
def bohdan(make_user):
    return make_user("bohdan", "monitor")


@pytest.fixture
def documenter(make_user):
    return make_user("documenter", "documenter")


@pytest.fixture
def coordinator(make_user):
    return make_user("coordinator", "coordinator", powers=("export",))


@pytest.fixture
def stranger(make_user):
    return make_user("stranger")


@pytest.fixture
def client_of() -> Callable:
    """Give a test client signed in as a user, by a second factor just now or (``fresh=False``) long ago."""
    from goodoffices.access import clock

    def sign_in(user, *, fresh: bool = True) -> Client:
        client = Client()
        client.force_login(user, backend="goodoffices.access.backends.EmailBackend")
        session = client.session
        session["proof"] = {"how": "passkey", "at": clock.now().timestamp() if fresh else 0.0}
        session.save()
        return client

    return sign_in
