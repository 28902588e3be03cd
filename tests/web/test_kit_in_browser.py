# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kit in a real browser: axe, reflow, keys, kept text, double submit, theme and names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect

from tests.web.test_kit import PAGES

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
REMEMBER_PRESS = """
  addEventListener("submit", (event) => { event.preventDefault(); window.pressed = event.submitter.value; }, true)
"""

pytestmark = pytest.mark.browser


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test's output is its own."""


@pytest.fixture
def site(kit) -> Iterator[str]:
    application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, base_url=site)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    assert page.complaints == []
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_overflows(page, size, theme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    for name in PAGES:
        page.goto(f"/{name}")
        found = Axe().run(page).response["violations"]
        assert [(name, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_axe_finds_nothing_in_what_opens(page):
    page.goto("/person?said=1")
    page.keyboard.press("?")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.click(".who")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    page.click(".menu-button")
    assert Axe().run(page).response["violations"] == []


def test_keys_move_search_and_decide_and_can_be_switched_off(page):
    page.goto("/compare")
    page.evaluate(REMEMBER_PRESS)
    page.keyboard.press("n")
    assert page.evaluate("window.pressed") == "different"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("gy?")
    assert page.input_value("#find") == "gy?"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Софійка Зоренчук"
    page.keyboard.press("?")
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")


def test_a_key_works_on_a_cyrillic_layout(page):
    page.goto("/compare")
    page.evaluate(REMEMBER_PRESS)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'н', code: 'KeyY', bubbles: true}))")
    assert page.evaluate("window.pressed") == "same"


def test_the_theme_and_blurred_names_hold_on_the_next_page(page):
    page.goto("/person")
    page.click(".who")
    page.check("[data-theme] [value=dark]")
    page.check("[data-blur]")
    page.goto("/compare")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(24, 22, 19)"
    assert "blur" in page.evaluate("getComputedStyle(document.querySelector('.pname')).filter")


def test_typed_text_comes_back_for_the_same_form_and_not_after_leaving(page):
    page.goto("/report")
    page.fill("#id_said", "Забрали з дому вночі.")
    page.goto("/person")
    page.goto("/report")
    assert page.input_value("#id_said") == "Забрали з дому вночі."
    page.click(".who")
    page.click("[data-signs-out] button")
    page.wait_for_url("**/logout")
    page.goto("/report")
    assert page.input_value("#id_said") == ""


def test_a_form_is_sent_once_however_often_it_is_pressed(page):
    page.goto("/report")
    page.evaluate(
        "window.sent = 0; document.querySelector('#report').addEventListener('submit', (e) => {"
        " if (!e.defaultPrevented) window.sent += 1; e.preventDefault(); })"
    )
    page.evaluate("for (let i = 0; i < 3; i += 1) document.querySelector('#report button').click()")
    assert page.evaluate("window.sent") == 1


def test_an_undo_stays_and_is_announced(page):
    page.goto("/person?said=1")
    expect(page.locator("#live")).to_have_text("Joined with row 41.")
    page.wait_for_timeout(200)
    assert page.is_visible(".toast [data-key=z]")
    page.click(".toast .close")
    assert page.locator(".toast").count() == 0


def test_a_swap_keeps_the_focus_says_the_count_and_swaps_a_refusal(page):
    page.goto("/live")
    page.focus("#again")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_have_text("31 people")
    assert page.evaluate("document.activeElement.id") == "again"
    page.click("#refuse")
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.className") == "summary"
    assert page.get_attribute("#part", "aria-busy") is None
    page.complaints = [text for text in page.complaints if "422" not in text]


def test_a_running_job_is_asked_until_it_is_done(page):
    page.goto("/live")
    page.wait_for_selector("#job:not([hx-get]) >> text=Done")


def test_a_lost_link_is_said_and_stays(page):
    page.goto("/live")
    page.context.set_offline(True)
    page.click("#again")
    page.wait_for_selector(".toast[data-stays] >> text=The connection is lost")
    page.context.set_offline(False)
    page.complaints = []


def test_the_summary_of_mistakes_has_the_focus(page):
    page.goto("/forms")
    assert page.evaluate("document.activeElement.className") == "summary"


def test_leaving_hides_the_page_and_replaces_the_address(page):
    page.goto("/person")
    page.evaluate("document.querySelector('[data-exit]').dataset.exit = '/plain'")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/plain")


def test_the_menu_the_sheet_and_the_sources_open_without_script(browser, site):
    context = browser.new_context(viewport=PHONE, base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/person")
    page.click(".menu-button")
    assert page.is_visible("#nav")
    page.keyboard.press("Escape")
    page.click("details.sources summary")
    assert page.is_visible("details.sources ol")
    context.close()


def open_session(page: Page, seconds: int) -> None:
    """Open a page as if its server had said how long the session lasts; the page's clock stands still."""
    page.route(
        "**/list",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace("<body ", f'<body data-session-seconds="{seconds}" ', 1),
        ),
    )
    page.clock.install()
    page.goto("/list")


def test_the_end_of_a_session_is_told_two_minutes_before(page):
    open_session(page, 600)
    notice = page.locator("#toasts", has_text="You will be signed out within two minutes")
    page.clock.fast_forward(470_000)
    expect(notice).to_have_count(0)
    page.clock.fast_forward(20_000)
    expect(notice).to_be_visible()
    page.clock.fast_forward(121_000)
    expect(page.locator("#toasts", has_text="You have been signed out")).to_be_visible()
    expect(notice).to_have_count(0)


def test_what_another_tab_does_puts_the_end_off(page):
    open_session(page, 600)
    notice = page.locator("#toasts", has_text="You will be signed out within two minutes")
    page.clock.fast_forward(500_000)
    expect(notice).to_be_visible()
    other = page.context.new_page()
    other.clock.install()
    other.goto("/list")
    moment = page.evaluate("Date.now()")
    other.evaluate("(end) => new BroadcastChannel('kit.session').postMessage({user: '', end})", moment + 600_000)
    expect(notice).to_have_count(0)
    page.clock.fast_forward(490_000)
    expect(notice).to_be_visible()


def test_staying_asks_the_server_and_believes_its_answer(page):
    open_session(page, 300)
    page.clock.fast_forward(200_000)
    page.unroute("**/list")
    page.route("**/list", lambda route: route.fulfill(status=200, headers={"Session-Seconds": "900"}, body=""))
    page.get_by_role("button", name="Stay signed in").click()
    notice = page.locator("#toasts", has_text="You will be signed out within two minutes")
    expect(notice).to_have_count(0)
    page.clock.fast_forward(700_000)
    expect(notice).to_have_count(0)
    page.clock.fast_forward(90_000)
    expect(notice).to_be_visible()
