# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page, as those who may open it: axe, themes, widths, languages, names kept out of titles and addresses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from goodoffices.demo import world
from tests.browser.conftest import DESK, PHONE
from tests.browser.navigators import Documenter, Staff
from tests.browser.serving import ROOT, clean_environment

NARROW = {"width": 320, "height": 700}
# Only violations: what passes is not listed, which is four times as fast.
EVERY_RULE = {"resultTypes": ["violations"]}
COLOUR_RULES = {**EVERY_RULE, "runOnly": ["color-contrast", "link-in-text-block"]}
# Everybody sees the coordinator's pages with less on them, so the others look at them in fewer dresses. The dresses
# stand apart so that two workers share the walk.
LOOKS = [
    ("coordinator", "light"),
    ("coordinator", "dark"),
    ("coordinator", "phone"),
    ("documenter", "phone"),
    ("monitor", "dark"),
    ("administrator", "light dark phone"),
]
OF_ONE_PERSON = {"matching-run": "coordinator"}
LANGUAGE_OF = {"coordinator": "en", "documenter": "uk", "monitor": "ru", "administrator": "en"}

# What stands in each route's path and query; a page worth seeing in several states has several.
ADDRESSES: dict[str, list[str]] = {
    "home": ["/"],
    "people": ["/people/", "/people/?mark=conflict&sort=-born", "/people/?name=nobody-at-all"],
    "person": ["/people/{person}/", "/people/{anton}/"],
    "person-records": ["/people/{person}/records/"],
    "person-history": ["/people/{person}/history/"],
    "assess": ["/people/{person}/assess/place_held/", "/people/{person}/assess/status/"],
    "split": ["/people/{person}/split/"],
    "events": ["/events/"],
    "event": ["/events/{event}/", "/events/{event}/?who=Anna"],
    "event-new": ["/events/new/"],
    "event-edit": ["/events/{event}/edit/"],
    "places": ["/places/", "/places/?all=1"],
    "place": ["/places/{place}/"],
    "place-new": ["/places/new/"],
    "place-edit": ["/places/{place}/edit/"],
    "condition-new": ["/places/{place}/conditions/new/"],
    "sources": ["/sources/"],
    "source": ["/sources/{source}/"],
    "source-edit": ["/sources/{source}/edit/"],
    "history": ["/history/"],
    "history-people": ["/history/people/"],
    "lists": ["/lists/"],
    "list-upload": ["/lists/new/"],
    "list": ["/lists/{list}/"],
    "list-columns": ["/lists/{list}/columns/"],
    "list-check": ["/lists/{list}/check/"],
    "list-preview": ["/lists/{list}/preview/", "/lists/{list}/preview/?show=changed"],
    "list-progress": ["/lists/{list}/progress/"],
    "list-report": ["/lists/{recorded}/report/"],
    "list-row": ["/lists/rows/{row}/"],
    "report-new": ["/lists/reports/new/"],
    "report": ["/lists/reports/{report}/"],
    "compare": ["/compare/"],
    "compare-pair": ["/compare/{pair}/"],
    "unsure": ["/compare/unsure/"],
    "ready": ["/compare/ready/"],
    "conflicts": ["/compare/conflicts/"],
    "matching-run": ["/compare/runs/{run}/"],
    "merge": ["/merge/", "/merge/?person={person}", "/merge/?person={person}&person={anton}"],
    "lookup": ["/lookup/", "/lookup/?q=Anna", "/lookup/?q=Anna&born=31.02.1990"],
    "choose-who": ["/who/"],
    "set-up": ["/set-up/"],
    "account": ["/account/"],
    "staff": ["/staff/"],
    "invite": ["/staff/invite/"],
    "passkey-add": ["/account/passkeys/add/"],
    "app-add": ["/account/app/add/"],
}
# Answers that are no page of their own: a file, a fragment swapped in, a way on to a page; ways in that a demo
# folder replaces, which test_second_factor walks.
NO_PAGES = {"artifact-download", "lookup-suggest", "judgement-pair", "login", "second-step", "step-up", "invited"}


@pytest.fixture(scope="session")
def routes() -> dict[str, dict[str, Any]]:
    """What `goodoffices routes` lists, by name."""
    command = [sys.executable, "-m", "goodoffices.cli.main", "routes", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(), capture_output=True, check=True, timeout=60)
    return {one["name"]: one for one in json.loads(done.stdout)}


@pytest.fixture(scope="session")
def surnames() -> set[str]:
    """The family names of everybody invented, in three languages."""
    people = world.load_persons()
    return {name.split()[0].casefold() for one in people for name in (one.name_uk, one.name_ru, one.name_en)}


@pytest.fixture(scope="session")
def ids(known: dict[str, Any]) -> dict[str, str]:
    return {**known["ids"], **known["people"]}


@pytest.fixture
def previewed(shared_site, people_at, ids) -> None:
    """The list that waits stands before its last step, so that each of its pages can be opened."""
    documenter = people_at(shared_site).enters("documenter", Documenter)
    documenter.goes_to(f"/lists/{ids['list']}/")
    if documenter.path.endswith("/columns/"):
        documenter.accepts_the_columns()
        documenter.asks_for_the_preview()


def test_every_route_that_answers_a_visit_is_walked(routes):
    visited = {name for name, one in routes.items() if "GET" in one["methods"]}
    assert visited - NO_PAGES == set(ADDRESSES)


@pytest.mark.parametrize(("role", "dresses"), LOOKS)
def test_every_page_is_sound(shared_site, previewed, people_at, routes, ids, surnames, role, dresses):
    hidden = ("the server responded with a status of 404",)
    staff = people_at(shared_site, expected=hidden).enters(role, Staff, language=LANGUAGE_OF[role])
    wrong: list[Any] = []
    for name, address in _addresses(ids):
        status = staff.goes_to(address)
        opens = routes[name]["auth"] != "session" or role in routes[name]["roles"]
        opens = opens and OF_ONE_PERSON.get(name, role) == role
        if (status == 404) == opens:
            wrong.append((address, f"status {status}"))
        if opens or name == "events":
            wrong += [(address, *one) for one in _faults(staff, surnames, dresses)]
    assert wrong == []


def test_pages_that_refuse_are_sound_too(shared_site, people_at, surnames):
    seen = ("the server responded with a status of",)
    staff = people_at(shared_site, expected=seen).enters("coordinator")
    wrong: list[Any] = []
    for address in ("/nothing/here/", "/people/?born_from=soon&place=nonsense"):
        staff.goes_to(address)
        if staff.page.locator("h1").count():
            wrong += [(address, *one) for one in _faults(staff, surnames)]
    staff.goes_to("/set-up/")
    with staff.page.expect_navigation():
        staff.page.locator("main form .btn").click()
    wrong += [("/set-up/ refused", *one) for one in _faults(staff, surnames)]
    staff.page.evaluate("document.querySelector('main form').action = '/sign-in/'")
    with staff.page.expect_navigation():
        staff.page.locator("main form .btn").click()
    assert staff.path == "/sign-in/"
    wrong += [("/sign-in/ refused", *one) for one in _faults(staff, surnames)]
    assert wrong == []


def _addresses(ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, addresses in ADDRESSES.items():
        for address in addresses:
            yield name, address.format(**ids)


def _faults(staff: Staff, surnames: set[str], dresses: str = "light dark phone") -> list[tuple[str, ...]]:
    """Look at the page that stands open, in up to three dresses; gives what is wrong with it."""
    page = staff.page
    found = [*_build_faults(page, staff.language), *_name_faults(page, surnames)]
    if "light" in dresses:
        found += [("light", *one) for one in _axe(page)]
    if "dark" in dresses:
        page.emulate_media(color_scheme="dark")
        found += [("dark", *one) for one in _axe(page, COLOUR_RULES)]
        page.emulate_media(color_scheme="light")
    if "phone" in dresses:
        page.set_viewport_size(PHONE)
        found += [("phone", *one) for one in _axe(page)]
    page.set_viewport_size(NARROW)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(("wider than 320 px", str(page.evaluate(WIDEST))))
    page.set_viewport_size(DESK)
    return found


WIDEST = """[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""


def _axe(page: Page, options: dict[str, Any] = EVERY_RULE) -> list[tuple[str, ...]]:
    report = Axe().run(page, options=options).response
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in report["violations"]]


def _build_faults(page: Page, language: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    if page.locator("h1").count() != 1:
        found.append(("not one h1",))
    if page.locator("html").get_attribute("lang") != language:
        found.append(("page language",))
    if inline := page.locator("[style], style, script:not([src])").count():
        found.append((f"{inline} inline styles or scripts",))
    if not page.title().removesuffix("Good Offices").strip(" ·"):
        found.append(("no title",))
    return found


def _name_faults(page: Page, surnames: set[str]) -> list[tuple[str, ...]]:
    words = set(re.findall(r"[^\W\d_]+", f"{page.title()} {unquote(page.url)}".casefold()))
    return [("a name in the title or address",)] if words & surnames else []
