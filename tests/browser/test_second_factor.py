# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first administrator sets up, enrols a passkey, loses it, comes back by paper: in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.serving import ROOT, clean_environment, serving

PHRASE = "kettle meadow harbour violin granite"
EMAIL = "first@goodoffices.invalid"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A new folder, served: its address and its set-up token."""
    data = tmp_path / "data"
    command = [sys.executable, "-m", "goodoffices.cli.main", "--data", str(data), "init", "--testing", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(), capture_output=True, check=True, text=True)
    with serving(data) as address:
        yield address, json.loads(done.stdout)["token"]


def page_with_key(browser: Browser) -> tuple[Page, Any, str]:
    """Open a page in a profile whose computer has a passkey built in."""
    page = browser.new_context().new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return page, tools, key


def sound(page: Page) -> None:
    """Check that axe has nothing to say of the page."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found] == []


def say_passphrase(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Passphrase").fill(PHRASE)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.req("SEC-AU")
def test_a_passkey_is_enrolled_used_lost_and_replaced(browser: Browser, site: tuple[str, str]) -> None:
    address, token = site
    page, tools, key = page_with_key(browser)
    page.goto(f"{address}/set-up/")
    page.get_by_label("Set-up token").fill(token)
    page.get_by_label("Your name").fill("First Invented")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Passphrase").fill(PHRASE)
    page.get_by_role("button", name="Create the account").click()
    page.wait_for_url("**/account/", timeout=15_000)
    sound(page)

    page.get_by_role("link", name="Add a passkey").click()
    sound(page)
    page.get_by_label("What you call it").fill("this computer")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/account/", timeout=15_000)
    assert page.get_by_role("rowheader", name="this computer").is_visible()

    page.get_by_role("button", name="Print a code").click()
    sound(page)
    code = page.locator("code").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{4}-){7}[0-9A-Z]{4}", code)

    page.context.clear_cookies()
    say_passphrase(page, address)
    page.wait_for_url("**/sign-in/second/")
    sound(page)
    page.goto(f"{address}/people/")
    assert "/sign-in/second/" in page.url, "the passphrase alone opened a page"
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)

    tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    page.context.clear_cookies()
    say_passphrase(page, address)
    page.get_by_text("Key and telephone are lost").click()
    page.get_by_label("Printed code").fill(code.lower())
    page.get_by_role("button", name="Use the printed code").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)

    page.context.clear_cookies()
    say_passphrase(page, address)
    assert page.get_by_text("Key and telephone are lost").count() == 0, "a code that was used is offered again"
    page.context.close()
