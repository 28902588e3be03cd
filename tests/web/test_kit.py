# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every component draws, in three languages, without anything inline."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

import goodoffices.web
from goodoffices.web.templatetags import kit as tags

KIT = Path(goodoffices.web.__file__).parent
PAGES = ["person", "list", "compare", "forms", "plain", "cast", "rest"]
ERRORS = [400, 403, 404, 405, 409, 500]


class Elements(HTMLParser):
    """Collect the start tags of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"} and data.strip():
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_draws_in_its_language_without_anything_inline(kit, page, language):
    response = kit.get(f"/{page}", headers={"accept-language": language})
    page_elements = Elements(response.content.decode())
    assert response.status_code == 200
    assert page_elements.all("html")[0]["lang"] == language
    assert page_elements.inline == []
    for tag, attrs in page_elements.tags:
        assert "style" not in attrs, (tag, attrs)
        assert not [name for name in attrs if name.startswith("on") or name.startswith("hx-on")], (tag, attrs)
        for name in ("src", "href", "action"):
            where = attrs.get(name) or ""
            assert "//" not in where, (tag, where)


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_used_once_and_labels_point_at_fields(kit, page):
    elements = Elements(kit.get(f"/{page}").content.decode())
    ids = [attrs["id"] for _, attrs in elements.tags if attrs.get("id")]
    assert sorted(ids) == sorted(set(ids))
    for label in elements.all("label"):
        if "for" in label:
            assert label["for"] in ids
    for _, attrs in elements.tags:
        for described in (attrs.get("aria-describedby") or "").split():
            assert described in ids


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_heading_one_main_and_a_skip_link(kit, page):
    elements = Elements(kit.get(f"/{page}").content.decode())
    assert len(elements.all("h1")) == 1
    assert [main["id"] for main in elements.all("main")] == ["main"]
    assert next(link for link in elements.all("a"))["href"] == "#main"


def test_a_name_keeps_its_own_language_on_an_english_page(kit):
    html = kit.get("/person").content.decode()
    assert '<span class="pname" lang="uk" translate="no">Андрій Остапович Ковилянко</span>' in html
    assert '<span class="pname" lang="ru" translate="no">Ковылянко Андрей Осипович</span>' in html


def test_a_title_holds_no_name(kit):
    html = kit.get("/person").content.decode()
    assert "<title>GO-2026-00417 · Good Offices</title>" in html


def test_a_refused_form_says_error_in_its_title_and_links_to_its_fields(kit):
    html = kit.get("/forms").content.decode()
    assert "<title>Error: " in html
    assert 'href="#id_name"' in html
    assert 'href="#id_sex_0"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_toast_with_an_undo_stays_and_can_be_posted(kit):
    html = kit.get("/person?said=1").content.decode()
    assert "data-stays" in html
    assert 'action="/undo"' in html
    assert html.count("csrfmiddlewaretoken") > html.count("data-exit")


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_draws_with_a_request_and_without(kit, code):
    assert kit.get(f"/error/{code}").status_code == code
    bare = render_to_string(f"{code}.html")
    assert f'<p class="kicker">{code}</p>' in bare


def test_the_demo_mark_is_on_every_page_of_a_demo(kit):
    for page in PAGES:
        assert "DEMO: everyone on this page is invented" in kit.get(f"/{page}").content.decode()


def test_untrusted_text_is_escaped_by_every_tag(kit):
    evil = '"><img src=x>'
    template = engines["django"].from_string(
        "{% load kit %}{% chip t 'due' %}{% name t 'uk' %}{% name p %}{{ t|edtf_date }}{{ t|number }}{{ t|initials }}"
        "{% query_fields %}"
    )
    html = template.render({"t": evil, "p": {"text": evil, "lang": evil}}, RequestFactory().get("/", {"q": evil}))
    assert "<img" not in html


def test_every_part_and_every_tag_is_in_the_readme():
    readme = (KIT / "README.md").read_text(encoding="utf-8")
    for part in (KIT / "templates" / "web" / "parts").glob("*.html"):
        assert f"`{part.stem}`" in readme, part.stem
    internal = {"zipped", "paired", "first_id", "is_checkbox", "as_toast"}
    for name in {*tags.register.tags, *tags.register.filters} - internal:
        assert name in readme, name


def test_every_part_says_what_it_takes():
    for part in (KIT / "templates" / "web" / "parts").glob("*.html"):
        if part.stem != "cell":
            assert part.read_text(encoding="utf-8").startswith("{% comment %}"), part.stem
