# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places with their names, and the authorities; one fold decides whether two names are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from django.utils.text import slugify

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require, require_power
from goodoffices.access.roles import RECORD_FACTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import PlaceKind
from goodoffices.ledger.ids import new_id
from goodoffices.registry.models import Authority, Place, PlaceCondition, PlaceName, Source
from goodoffices.registry.services.bulk import insert_rows, reserve_ids
from goodoffices.registry.services.projecting import beat
from goodoffices.registry.services.versions import save_version

LONGEST_CONDITION = 8000
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class NameFacts:
    """One name of a place; kind is main, alias or old; ``until`` EDTF."""

    name: str
    language: str = ""
    kind: str = "alias"
    until: str = ""


@dataclass(frozen=True)
class PlaceFacts:
    """A place and all its names."""

    key: str
    names: tuple[NameFacts, ...]
    kind: str = PlaceKind.SETTLEMENT
    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision_m: int | None = None
    active_from: str = ""
    active_to: str = ""
    origin: str = ""


def fold_place(name: str) -> str:
    """Fold a place name for comparing: case, accents, quotes, hyphens and spacing off."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char) or char == "\u0306")
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", kept)).strip()[:200]


def add_places(
    facts: Sequence[PlaceFacts],
    *,
    actor: Actor,
    now: datetime,
    operators: dict[str, Authority] | None = None,
    parents: dict[str, str] | None = None,
) -> int:
    """Add many places at once; those whose key is known are left as they are. Returns how many are new."""
    require_power(actor, RECORD_FACTS)
    known = set(Place.objects.values_list("key", flat=True))
    new = [one for one in facts if one.key not in known]
    with acting("registry.places_added", actor=actor, now=now, facts={"places": len(new)}):
        _insert(new, operators or {})
        for key, parent in (parents or {}).items():
            Place.objects.filter(key=key).update(parent=Place.objects.filter(key=parent).first())
    return len(new)


def _insert(new: Sequence[PlaceFacts], operators: dict[str, Authority]) -> None:
    if not new:
        return
    ids = reserve_ids(Place, len(new))
    plain = [field.name for field in fields(PlaceFacts) if field.name != "names"]
    insert_rows(
        Place,
        ("id", "public_id", "version", "operator_id", *plain),
        [
            (pk, new_id(), 1, getattr(operators.get(one.key), "pk", None), *(getattr(one, name) for name in plain))
            for pk, one in zip(ids, new, strict=True)
        ],
    )
    insert_rows(
        PlaceName,
        ("place_id", "name", "language", "kind", "until", "folded"),
        [
            (pk, name.name, name.language, name.kind, name.until, fold_place(name.name))
            for pk, one in zip(ids, new, strict=True)
            for name in _once(one.names)
        ],
    )


def place_index(kinds: Iterable[str] | None = None) -> dict[str, int]:
    """Map every folded name that means one place to that place; names shared by several places are left out."""
    names = PlaceName.objects.all()
    if kinds is not None:
        names = names.filter(place__kind__in=list(kinds))
    index: dict[str, int | None] = {}
    for folded, place_id in names.values_list("folded", "place_id"):
        index[folded] = place_id if index.get(folded, place_id) == place_id else None
    return {folded: place_id for folded, place_id in index.items() if place_id is not None}


def _once(names: Sequence[NameFacts]) -> list[NameFacts]:
    return list({(one.name, one.language): one for one in names if one.name.strip()}.values())


def describe_place(place: Place, facts: PlaceFacts, *, version: int, actor: Actor, now: datetime) -> None:
    """Change a place's description and its names; claims keep their own wording of it.

    Raises:
        Conflict: somebody changed it since ``version`` was read.
    """
    require(actor, "record", place)
    described = {name: value for name, value in asdict(facts).items() if name not in {"names", "key", "origin"}}
    with acting("registry.place_described", actor=actor, now=now) as line:
        save_version(place, version, described)
        PlaceName.objects.filter(place=place).delete()
        PlaceName.objects.bulk_create(
            [
                PlaceName(
                    place=place, name=n.name, language=n.language, kind=n.kind, until=n.until, folded=fold_place(n.name)
                )
                for n in _once(facts.names)
            ]
        )
        beat()
        line.concerns("place", place.public_id)


def add_condition(
    place: Place, source: Source, *, text: str, period: str = "", actor: Actor, now: datetime
) -> PlaceCondition:
    """Record what a source says of the conditions in a place; ``period`` is EDTF.

    Raises:
        GoodOfficesError: no text, or too long a text.
    """
    require(actor, "record", place)
    require(actor, "record", source)
    said = text.strip()
    if not said or len(said) > LONGEST_CONDITION:
        raise GoodOfficesError(
            f"A description has between 1 and {LONGEST_CONDITION} signs.",
            code="bad_condition",
            where={"field": "text", "limit": LONGEST_CONDITION},
        )
    with acting("registry.condition_added", actor=actor, now=now) as line:
        made: PlaceCondition = PlaceCondition.objects.create(
            place=place, source=source, period=period, text=said, by_id=actor.user_id, at=now
        )
        line.concerns("condition", made.public_id)
        line.concerns("place", place.public_id)
        line.concerns("source", source.public_id)
    return made


def end_condition(condition: PlaceCondition, *, actor: Actor, now: datetime) -> None:
    """Take back what was recorded of a place's conditions; it stays in the store and is shown no more."""
    require(actor, "end", condition)
    with acting("registry.condition_ended", actor=actor, now=now) as line:
        PlaceCondition.objects.filter(pk=condition.pk, ended_at=None).update(ended_at=now)
        line.concerns("condition", condition.public_id)
        line.concerns("place", condition.place.public_id)


def add_place(facts: PlaceFacts, *, actor: Actor, now: datetime) -> Place:
    """Add one place; its key is made from its first name."""
    key = _free_key(facts.names[0].name)
    add_places([replace(facts, key=key)], actor=actor, now=now)
    made: Place = Place.objects.get(key=key)
    return made


def _free_key(name: str) -> str:
    base = slugify(name, allow_unicode=True)[:50] or "place"
    return base if not Place.objects.filter(key=base).exists() else f"{base}-{new_id().hex[-8:]}"
