# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list of people is asked for: read from the address, written back to it, said in a sentence.

Everything is in the address: a copied link shows the same list to whoever may see it. Asking by a field class one
lacks is refused plainly (DESIGN part 3): an empty answer would already tell something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from goodoffices.access.actors import Actor
from goodoffices.core.dates import DateUnreadable, read_date
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Category, FieldClass, Sex, Status

MARKS = ("conflict", "unlooked", "unlisted")
SORTS = ("name", "-name", "born", "-born", "taken", "-taken", "changed", "-changed")
LONGEST_TEXT = 200
NONE = "none"
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


class NotYours(GoodOfficesError):
    """The list was asked for by a field class the actor lacks, or by something that isn't there for her."""

    code = "filter_refused"


@dataclass(frozen=True)
class PeopleQuery:
    """What to show. Dates are EDTF down to the day, month or year; ``place`` is a place's id or "~" and a wording."""

    q: str = ""
    category: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    mark: tuple[str, ...] = ()
    source: str = ""
    place: str = ""
    born_from: str = ""
    born_to: str = ""
    taken_from: str = ""
    taken_to: str = ""
    sort: str = "name"
    unread: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def narrow(self) -> bool:
        """Say whether anything is asked for at all."""
        return replace(self, sort="name") != PeopleQuery()

    @property
    def codes(self) -> list[str]:
        """Give the names of the filters in use, for the ledger: never their values."""
        return [one.name for one in fields(self) if one.name not in {"sort", "unread"} and getattr(self, one.name)]


_CLASSES: dict[str, FieldClass] = {
    **dict.fromkeys((one.name for one in fields(PeopleQuery)), FieldClass.IDENTITY),
    "place": FieldClass.WHEREABOUTS,
}
_MARK_CLASS = {"conflict": FieldClass.WHEREABOUTS}
_SORT_CLASS = FieldClass.IDENTITY
_WORDS = {"category": Category, "status": Status, "sex": Sex}


def read(data: QueryDict, actor: Actor) -> PeopleQuery:
    """Read the query of an address or a form.

    Raises:
        NotYours: a filter or a sort by a field class the actor lacks, or an unknown word.
    """
    said: dict[str, Any] = {}
    for name, known in _WORDS.items():
        said[name] = _chosen(data, name, {*(str(one) for one in known), NONE})
    said["mark"] = _chosen(data, "mark", set(MARKS))
    said["sort"] = _one_of(data, "sort", SORTS)
    said["q"] = " ".join(data.get("q", "").split())[:LONGEST_TEXT]
    said["source"] = _id(data, "source")
    said["place"] = data.get("place", "").strip()[:LONGEST_TEXT]
    if said["place"] and not said["place"].startswith("~"):
        said["place"] = _id(data, "place")
    unread: dict[str, str] = {}
    for name in ("born_from", "born_to", "taken_from", "taken_to"):
        typed = data.get(name, "").strip()[:40]
        said[name] = _day(typed)
        if typed and not said[name]:
            unread[name] = typed
    query = PeopleQuery(**said, unread=unread)
    _refuse_foreign_classes(query, actor)
    return query


def pairs(query: PeopleQuery) -> list[tuple[str, str]]:
    """Give the query as the pairs of an address, in a settled order."""
    found: list[tuple[str, str]] = []
    for one in fields(query):
        value = getattr(query, one.name)
        if one.name == "unread" or not value or (one.name == "sort" and value == "name"):
            continue
        found.extend((one.name, item) for item in (value if isinstance(value, tuple) else (value,)))
    return found


def address(query: PeopleQuery, **extra: str) -> str:
    """Give the query as the end of an address, with its question mark; empty when nothing is asked for."""
    values = QueryDict(mutable=True)
    for name, value in [*pairs(query), *extra.items()]:
        values.appendlist(name, value)
    return f"?{values.urlencode()}" if values else ""


def without(query: PeopleQuery, name: str, value: str = "") -> PeopleQuery:
    """Give the query with one filter taken off."""
    now = getattr(query, name)
    if isinstance(now, tuple):
        return replace(query, **{name: tuple(item for item in now if item != value)})  # type: ignore[arg-type]
    return replace(query, **{name: ""})  # type: ignore[arg-type]


def day_after(edtf: str) -> str:
    """Give the first text that sorts after every date within a day, month or year."""
    year, *rest = (int(part) for part in edtf.split("-"))
    if not rest:
        return f"{year + 1:04d}"
    if len(rest) == 1:
        return f"{year + 1:04d}-01" if rest[0] == 12 else f"{year:04d}-{rest[0] + 1:02d}"
    return f"{edtf}~~"


def _chosen(data: QueryDict, name: str, known: set[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in data.getlist(name) if value))
    if not set(values) <= known:
        raise NotYours("The list can't be filtered so.", where={"field": name}, hint="Choose from the filters.")
    return values


def _one_of(data: QueryDict, name: str, known: tuple[str, ...]) -> str:
    value = data.get(name) or known[0]
    if value not in known:
        raise NotYours(
            "The list can't be sorted so.", where={"field": name, "why": "sort"}, hint="Choose from the headings."
        )
    return value


def _id(data: QueryDict, name: str) -> str:
    value = data.get(name, "").strip()
    try:
        return str(UUID(value)) if value else ""
    except ValueError as error:
        raise NotYours(
            "The list can't be filtered so.", where={"field": name}, hint="Choose from the filters."
        ) from error


def _day(typed: str) -> str:
    """Read a date of any usual writing down to a plain day, month or year; what can't be read is no filter."""
    if not typed:
        return ""
    try:
        found = read_date(typed, order="DMY").edtf
    except DateUnreadable:
        return ""
    plain = _DAY.match(found)
    return plain.group() if plain else ""


def _refuse_foreign_classes(query: PeopleQuery, actor: Actor) -> None:
    asked = {name: _CLASSES[name] for name, _ in pairs(query)}
    asked.update({name: _CLASSES[name] for name in query.unread})
    asked.update({mark: _MARK_CLASS.get(mark, FieldClass.IDENTITY) for mark in query.mark})
    for name, wanted in asked.items():
        if int(wanted) not in actor.field_classes:
            raise NotYours(
                "You can't filter or sort by this: your role doesn't see it.",
                where={"field": name, "why": "not_seen"},
                hint="Take the filter off.",
            )
