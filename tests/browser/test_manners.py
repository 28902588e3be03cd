# SPDX-License-Identifier: AGPL-3.0-or-later
"""Good manners in a real browser: wrong roles, hasty fingers, lost links, keys alone, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.navigators import Caseworker, Reader

REFUSED = ("the server responded with a status of 404",)
LOST = ("net::ERR_INTERNET_DISCONNECTED",)


@pytest.mark.parametrize("role", ["administrator", "campaigner", "analyst", "auditor"])
def test_a_role_that_sees_nobody_is_told_there_is_nothing(shared_site, people_at, known, role):
    staff = people_at(shared_site, expected=REFUSED).enters(role)
    person, pair = known["people"]["andriy"], known["ids"]["pair"]
    for address in ("/people/", f"/people/{person}/", "/lookup/?q=Anna", f"/compare/{pair}/", "/lists/", "/history/"):
        assert staff.goes_to(address) == 404, address
    assert staff.page.locator("nav a[href='/people/']").count() == 0


def test_a_reader_finds_no_way_to_change_anything(shared_site, people_at, known):
    monitor = people_at(shared_site, expected=REFUSED).enters("monitor", Reader)
    for address in (f"/people/{known['people']['andriy']}/", f"/compare/{known['ids']['pair']}/"):
        assert monitor.goes_to(address) == 200
        assert monitor.page.locator("main form[method=post]").count() == 0
    assert monitor.goes_to("/lists/new/") == 404


def test_pressed_twice_it_is_done_once(shared_site, people_at, known):
    caseworker = people_at(shared_site).enters("caseworker", Caseworker)
    person, said = known["people"]["vera"], "Called the lawyer, nobody answered."
    caseworker.goes_to(f"/people/{person}/")
    caseworker.page.fill("form[action$='/note/'] textarea", said)
    caseworker.page.evaluate("""() => {
      const form = document.querySelector("form[action$='/note/']");
      const twice = () => fetch(form.action, {method: "POST", body: new FormData(form), redirect: "manual"});
      return Promise.all([twice(), twice(), twice()]);
    }""")
    with caseworker.page.expect_navigation():
        caseworker.page.locator("form[action$='/note/'] button").dblclick()
    caseworker.goes_to(f"/people/{person}/history/")
    assert caseworker.page.locator(".timeline").get_by_text(said).count() == 1


def test_a_lost_link_loses_no_word(shared_site, people_at):
    caseworker = people_at(shared_site, size=PHONE, expected=LOST).enters("caseworker", Caseworker, language="uk")
    caseworker.goes_to("/lists/reports/new/")
    field = caseworker.page.locator("#report-new textarea, #report-new input[type=text]").first
    field.fill("Забрали з дому вночі.")
    caseworker.page.context.set_offline(True)
    caseworker.page.locator("#report-new .btn").click()
    caseworker.page.wait_for_timeout(300)
    caseworker.page.context.set_offline(False)
    caseworker.goes_to("/lists/reports/new/")
    expect(field).to_have_value("Забрали з дому вночі.")


def test_without_a_mouse_one_reaches_a_person_and_comes_back(shared_site, people_at):
    reader = people_at(shared_site).enters("coordinator", Reader)
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"
    reader.page.keyboard.press("g")
    reader.presses("p")
    assert reader.path == "/people/"
    reader.page.keyboard.press("j")
    reader.page.keyboard.press("j")
    name = reader.page.evaluate("document.activeElement.textContent").strip()
    reader.presses("Enter")
    assert reader.page.locator("h1").inner_text().strip() == name
    with reader.page.expect_navigation():
        reader.page.go_back()
    assert reader.path == "/people/"


def test_a_person_goes_on_paper_without_buttons_and_with_the_mark(shared_site, people_at, known):
    reader = people_at(shared_site).enters("coordinator", Reader)
    reader.goes_to(f"/people/{known['people']['andriy']}/")
    reader.page.emulate_media(media="print")
    for hidden in ("header", "nav#nav", "main form", ".toasts"):
        for one in reader.page.locator(hidden).all():
            assert not one.is_visible(), hidden
    assert reader.page.locator("h1").is_visible()
    assert reader.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert reader.page.pdf(format="A4").startswith(b"%PDF")
