# SPDX-License-Identifier: AGPL-3.0-or-later
"""People at the browser: what they do is a method here, so that a journey reads as a story.

Nothing here reads English: pages are told apart by address, role and data, so that one journey runs in each language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

SLOW_STEP_MS = 60_000
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass
class Complaints:
    """What the browser itself found wrong: script errors, refused inline code, requests that left the origin."""

    origin: str
    heard: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def listen(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", lambda message: self._say(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._say(str(error)))
        page.on("request", lambda request: self._check(request.url))

    def _check(self, url: str) -> None:
        if not url.startswith((self.origin + "/", "data:", "blob:", "about:")):
            self._say(f"a request to {url}")

    def _say(self, text: str) -> None:
        if not any(known in text for known in self.expected):
            self.heard.append(text)


@dataclass
class Staff:
    """Somebody of the staff with a page open."""

    page: Page
    origin: str
    language: str

    def goes_to(self, path: str) -> Any:
        """Open an address of the site; gives the status."""
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        return answer.status

    @property
    def path(self) -> str:
        """The path she is at, without the query."""
        return self.page.url.removeprefix(self.origin).partition("?")[0].partition("#")[0]

    def presses(self, key: str) -> None:
        """Press a single key that leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def undoes_from_the_notice(self) -> None:
        """Take the last act back from the notice that told of it."""
        with self.page.expect_navigation():
            self.page.locator(".toast form button").last.click()

    def sees_a_notice(self) -> None:
        expect(self.page.locator(".toast").first).to_be_visible()

    def chooses_language(self, language: str) -> None:
        """Switch the language, from the bar or on a phone from the sheet."""
        if self.page.locator("html").get_attribute("lang") != language:
            button = self._in_sight(f"button[name=language][value={language}]")
            with self.page.expect_navigation():
                button.click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        self.language = language

    def signs_out(self) -> None:
        """Leave by the account sheet."""
        self.page.locator(".who").first.click()
        with self.page.expect_navigation():
            self.page.locator("[data-signs-out] button").click()

    def _in_sight(self, selector: str) -> Locator:
        bar = self.page.locator(f"header {selector}")
        if not bar.is_visible():
            self.page.locator(".who").first.click()
            return self.page.locator(f".sheet {selector}")
        return bar


class Reader(Staff):
    """Whoever may see people."""

    def looks_up(self, name: str) -> list[str]:
        """Look a name up by the field of every page; gives the ids found, best first. Each says why."""
        self.goes_to("/")
        self.page.keyboard.press("/")
        self.page.keyboard.type(name)
        self.presses("Enter")
        assert self.path == "/lookup/"
        hits = self.page.locator("ol.hits > li")
        for place in range(hits.count()):
            assert hits.nth(place).locator(".why").inner_text().strip()
        links = self.page.locator("ol.hits h2 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return [id_in(link) for link in links]

    def records_of(self, person: str) -> int:
        """Count the records that are one person with this one."""
        self.goes_to(f"/people/{person}/records/")
        return self.page.locator("section.record").count()

    def values_of(self, person: str, prop: str) -> list[str]:
        """Read what sources say of one property, side by side where they disagree."""
        self.goes_to(f"/people/{person}/")
        return self.page.locator(f"tr#{prop} .one > span:first-child").all_inner_texts()

    def counts_people(self) -> int:
        """Read how many people the list says there are."""
        self.goes_to("/people/")
        text = self.page.locator("#query .sentence").inner_text()
        found = re.search(r"\d[\d\s,\u00a0\u202f]*", text)
        assert found, text
        return int(re.sub(r"\D", "", found.group()))


class Documenter(Reader):
    """Feeds lists."""

    def opens_the_waiting_list(self) -> str:
        """Open the list that waits; gives its id."""
        self.goes_to("/lists/")
        with self.page.expect_navigation():
            self.page.locator("section[aria-labelledby=waiting] tbody a").first.click()
        return id_in(self.path)

    def hands_in(self, file: Path, *, title: str) -> str:
        """Hand a file in from a new source; gives the list's id once its rows are read."""
        self.goes_to("/lists/new/")
        self.page.set_input_files("input[type=file]", file)
        self.page.fill("[name=title]", title)
        with self.page.expect_navigation():
            self.page.click("#list-upload .btn")
        self.waits_for("columns")
        return id_in(self.path)

    def accepts_the_columns(self) -> None:
        """Look at the guesses and take them."""
        with self.page.expect_navigation():
            self.page.click("#list-columns .btn")
        self.waits_for("check")

    def mends(self, count: int, value: str) -> None:
        """Choose one repair for a whole group of cells."""
        group = self.page.locator("article", has=self.page.locator(f"input[name=value][value={value}]"))
        expect(group.locator("h3")).to_contain_text(str(count))
        button = group.locator("form", has=self.page.locator(f"input[name=value][value={value}]")).locator("button")
        with self.page.expect_navigation():
            button.first.click()
        self.waits_for("check")
        assert group.count() == 0

    def asks_for_the_preview(self) -> None:
        self.presses("p")
        self.waits_for("preview")

    def records(self) -> None:
        """Commit the list and wait for the report."""
        self.presses("c")
        self.waits_for("report")

    def figures(self) -> list[int]:
        """Read the figures of the preview or the report, in the order of the page."""
        return [int(re.sub(r"\D", "", text)) for text in self.page.locator(".stats .stat b").all_inner_texts()]

    def takes_back(self, list_id: str) -> None:
        """Take a whole import back from its report."""
        self.goes_to(f"/lists/{list_id}/report/")
        with self.page.expect_navigation():
            self.page.locator(f"form[action='/lists/{list_id}/undo/'] button").click()

    def waits_for(self, step: str) -> None:
        """Wait until a step that the worker does has led to its page."""
        self.page.wait_for_url(re.compile(f"/lists/{_ID}/{step}/"), timeout=SLOW_STEP_MS)


class Caseworker(Reader):
    """Decides who is one person, and weighs what sources say."""

    def opens_the_queue(self) -> str:
        """Open the first pair; gives its id."""
        self.goes_to("/compare/")
        return id_in(self.path)

    def answers(self, key: str) -> str:
        """Answer a pair by one key; gives the id of the next."""
        self.presses(key)
        return id_in(self.path)

    def merges(self, first: str, name: str, second: str) -> None:
        """Start at one person, look the other up, see what would come of it, join by one key."""
        self.goes_to(f"/merge/?person={first}")
        self.page.fill("#merge-q", name)
        self.page.keyboard.press("Enter")
        with self.page.expect_navigation():
            self.page.locator(f"ul.hits a[href*='{second}']").click()
        expect(self.page.locator("table.compare")).to_be_visible()
        expect(self.page.locator(".evidence .for li").first).to_be_visible()
        self.presses("y")

    def sets_apart(self, person: str, source: str) -> None:
        """Tick the records of one source, see both results, and set them apart."""
        self.goes_to(f"/people/{person}/split/")
        self.page.locator("fieldset.records label", has_text=source).locator("input").check()
        with self.page.expect_navigation():
            self.page.locator("fieldset.records ~ button").click()
        expect(self.page.locator(".previews .card")).to_have_count(2)
        with self.page.expect_navigation():
            self.page.locator("form[method=post]:has(#note) button").click()

    def assesses(self, person: str, prop: str, *, choice: int, why: str) -> None:
        """Say which source we believe of a property, and why."""
        self.goes_to(f"/people/{person}/")
        with self.page.expect_navigation():
            self.page.locator(f"tr#{prop} a.weigh").click()
        self.page.locator("[name=choice]").nth(choice).check()
        self.page.locator("[name=confidence]").nth(1).check()
        self.page.fill("[name=reasons]", why)
        with self.page.expect_navigation():
            self.page.locator("main form .btn").first.click()

    def takes_along(self, kind: str, query: str = "") -> Path:
        """Take the list of people along as a file; gives where it lies."""
        self.goes_to(f"/people/{query}")
        with self.page.expect_download() as begun:
            self.page.locator(f".export button[value={kind}]").click()
        return Path(begun.value.path())


def id_in(path: str) -> str:
    """Give the id in an address."""
    found = re.findall(_ID, path)
    assert found, path
    return str(found[-1])


@dataclass
class Cast:
    """Lets people in by the first page of a demo folder."""

    context: BrowserContext
    origin: str
    names: dict[str, str]
    complaints: Complaints

    def enters(self, role: str, kind: type[Any] = Staff, *, language: str = "en") -> Any:
        """Choose who one is, then one's language."""
        page = self.context.new_page()
        self.complaints.listen(page)
        page.goto(self.origin + "/")
        assert page.url.startswith(self.origin + "/who/")
        with page.expect_navigation():
            page.get_by_role("button", name=self.names[role]).click()
        who = kind(page, self.origin, language)
        who.chooses_language(language)
        return who
