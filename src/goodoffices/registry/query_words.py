# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say a people query: one sentence, a chip for each filter, and the panel of filters with its counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import FieldClass, Room
from goodoffices.registry import filters, listing
from goodoffices.registry.filters import NONE, PeopleQuery
from goodoffices.registry.policies import visible_sources
from goodoffices.registry.querysets import place_named, place_names
from goodoffices.registry.words import CATEGORY, SEX, STATUS
from goodoffices.web.date_words import edtf_words
from goodoffices.web.templatetags.kit import number

_FACET_WORDS: dict[str, dict[Any, Any]] = {"category": CATEGORY, "status": STATUS, "sex": SEX}


def count_words(count: int) -> str:
    """Say how many people."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}


def room_note(room: str) -> str:
    """Give the demo mark of the history room, where nobody is invented; elsewhere the usual one."""
    return _("History room: real people of the past, from public registers") if room == Room.HISTORY else ""


def chips(query: PeopleQuery, actor: Actor, base: str) -> list[dict[str, str]]:
    """Give each filter as a label with the address of the same list without it."""
    found = []
    for name, value in filters.pairs(query):
        if name != "sort":
            found.append(
                {
                    "label": _label(name, value, actor),
                    "url": base + (filters.address(filters.without(query, name, value)) or "?"),
                }
            )
    return found


def sentence(count: int, query: PeopleQuery, labels: list[str]) -> str:
    """Say the whole query: "31 people: detained civilian, born from 1980. Sorted by name." """
    said = count_words(count)
    if labels:
        said = _("%(count)s: %(filters)s") % {"count": said, "filters": ", ".join(labels)}
    return f"{said}. {sort_words(query.sort)}."


def sort_words(sort: str) -> str:
    """Say how the list is sorted."""
    return {
        "name": _("Sorted by name"),
        "-name": _("Sorted by name, from the end"),
        "born": _("The oldest first"),
        "-born": _("The youngest first"),
        "taken": _("Those taken earliest first"),
        "-taken": _("Those taken latest first"),
        "changed": _("What changed longest ago first"),
        "-changed": _("What changed last first"),
    }[sort]


def panel(query: PeopleQuery, actor: Actor, room: str) -> list[dict[str, Any]]:
    """Give the groups of the filter panel, only those the actor's field classes allow."""
    if int(FieldClass.IDENTITY) not in actor.field_classes:
        return []
    told = listing.counts(actor, room, query)
    places = int(FieldClass.WHEREABOUTS) in actor.field_classes
    groups = [
        {"name": "q", "label": _("Name, in any script"), "kind": "text", "value": query.q},
        _facet("category", _("Known as"), query, told["category"]),
        _facet("status", _("Present state"), query, told["status"]),
        _facet("sex", _("Sex"), query, told["sex"]),
        _marks(query, told["mark"], places),
        _sources(query, actor, room),
    ]
    if places:
        groups.append(_places(query, actor, room))
    return [*groups, *_dates(query)]


def _facet(name: str, label: str, query: PeopleQuery, told: Mapping[str, int]) -> dict[str, Any]:
    chosen = getattr(query, name)
    words = {**{str(code): word for code, word in _FACET_WORDS[name].items()}, NONE: _("not said")}
    return {
        "name": name,
        "label": label,
        "kind": "check",
        "options": [
            {"value": code, "label": word, "count": told.get(code, 0), "checked": code in chosen}
            for code, word in words.items()
            if told.get(code) or code in chosen
        ],
    }


def _marks(query: PeopleQuery, told: Mapping[str, int], places: bool) -> dict[str, Any]:
    return {
        "name": "mark",
        "label": _("Needs a look"),
        "kind": "check",
        "options": [
            {"value": mark, "label": _mark_words(mark), "count": told.get(mark, 0), "checked": mark in query.mark}
            for mark in filters.MARKS
            if places or mark != "conflict"
        ],
    }


def _mark_words(mark: str) -> str:
    return {
        "conflict": _("sources disagree"),
        "unlooked": _("joined by the program, not looked at"),
        "unlisted": _("no longer on any list"),
    }[mark]


def _sources(query: PeopleQuery, actor: Actor, room: str) -> dict[str, Any]:
    sources = visible_sources(actor).standing().filter(room=room).order_by("title")
    options: list[dict[str, Any]] = [
        {"value": "", "label": _("any source"), "count": None, "checked": not query.source}
    ]
    for public_id, title in sources.values_list("public_id", "title"):
        options.append({"value": public_id, "label": title, "count": None, "checked": str(public_id) == query.source})
    return {"name": "source", "label": _("Named by"), "kind": "select", "options": options}


def _places(query: PeopleQuery, actor: Actor, room: str) -> dict[str, Any]:
    told = listing.place_counts(actor, room)
    wanted = [place_id for place_id, _wording, _count in told if place_id]
    named = listing.kept_until_beat(
        f"place-names:{room}:{actor.clearance}:{get_language()}", lambda: place_names(wanted, actor)
    )
    options: list[dict[str, Any]] = [{"value": "", "label": _("any place"), "count": None, "checked": not query.place}]
    for place_id, wording, n in told:
        value, label = named.get(place_id, ("", "")) if place_id else (f"~{wording}", wording)
        if value:
            options.append({"value": value, "label": label, "count": n, "checked": value == query.place})
    if query.place and not any(option["checked"] for option in options):
        options.append(
            {"value": query.place, "label": _label_place(query.place, actor), "count": None, "checked": True}
        )
    return {"name": "place", "label": _("Last place reported"), "kind": "select", "options": options}


def _dates(query: PeopleQuery) -> list[dict[str, Any]]:
    labels = {
        "born_from": _("Born from"),
        "born_to": _("Born until"),
        "taken_from": _("Taken from"),
        "taken_to": _("Taken until"),
    }
    return [
        {"name": name, "label": label, "kind": "text", "value": query.unread.get(name) or getattr(query, name)}
        for name, label in labels.items()
    ]


def _label(name: str, value: str, actor: Actor) -> str:
    if name in _FACET_WORDS:
        return str(_FACET_WORDS[name].get(value, _not_said(name)))
    if name == "mark":
        return _mark_words(value)
    if name == "q":
        return _("named like “%(name)s”") % {"name": value}
    if name == "source":
        title = visible_sources(actor).filter(public_id=value).values_list("title", flat=True).first()
        return _("named by “%(source)s”") % {"source": title or "?"}
    if name == "place":
        return _("last reported at %(place)s") % {"place": _label_place(value, actor)}
    return {
        "born_from": _("born from %(date)s"),
        "born_to": _("born until %(date)s"),
        "taken_from": _("taken from %(date)s"),
        "taken_to": _("taken until %(date)s"),
    }[name] % {"date": value if len(value) == 4 else edtf_words(value)}


def _not_said(name: str) -> str:
    return {
        "category": _("known as: not said"),
        "status": _("present state: not said"),
        "sex": _("sex: not said"),
    }[name]


def _label_place(value: str, actor: Actor) -> str:
    return value[1:] if value.startswith("~") else place_named(value, actor)
