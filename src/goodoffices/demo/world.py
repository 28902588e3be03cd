# SPDX-License-Identifier: AGPL-3.0-or-later
"""Load the demo's package data as frozen dataclasses. Pure: no store, no clock, nothing outside the package."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from goodoffices.core.errors import GoodOfficesError

DATA = Path(__file__).resolve().parent / "data"
WORLD, HISTORY = DATA / "world", DATA / "argentina"
_FOLDERS = {"work": WORLD, "history": HISTORY}
_T = TypeVar("_T")


class UnknownDemoList(GoodOfficesError):
    """No demo list has this key and edition."""

    code = "unknown_demo_list"


@dataclass(frozen=True)
class DemoRepair:
    """A repair to choose for one group of problems, and how many cells it mends."""

    target: str
    kind: str
    repair: str
    value: str
    count: int


@dataclass(frozen=True)
class DemoSource:
    """One edition of one list: where it comes from and how it is rightly read.

    ``columns`` maps a target of the staged import to the header as written; ``refused`` names the targets it must
    refuse. ``values`` explains a target's words, ``constants`` gives what the whole list says of everybody,
    ``repairs`` what a documenter chooses where the file can't decide. Rows are counted from 1 over the whole file;
    ``header_row`` is the last header row, ``header_rows`` how many there are.
    """

    key: str
    edition: int
    title: Mapping[str, str]
    kind: str
    publisher: str
    publisher_key: str
    language: str
    reliability: str
    obtained_on: date
    as_of: date
    deduplicated: bool
    file: str
    room: str
    handling: str
    licence: str
    date_order: str
    name_order: str
    missing: tuple[str, ...]
    columns: Mapping[str, str]
    header_row: int
    header_rows: int
    records: int
    rows_that_are_no_records: tuple[int, ...]
    notes: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    ignored: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    repairs: tuple[DemoRepair, ...] = ()
    century_pivot: int | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The file in the package."""
        return _FOLDERS[self.room] / self.file


@dataclass(frozen=True)
class TruthRow:
    """Who a row of a demo list is."""

    source: str
    file: str
    row: int
    record_id: str
    person_id: str


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a row on purpose."""

    file: str
    row: int
    kind: str


@dataclass(frozen=True)
class EditionChange:
    """What the second edition of the families' list did to a row: ``new``, ``gone`` or ``changed``."""

    record_id: str
    person_id: str
    change: str
    fields: str


@dataclass(frozen=True)
class DemoPerson:
    """The truth about an invented person; never shown as input."""

    person_id: str
    cast: str
    sex: str
    name_uk: str
    name_ru: str
    name_en: str
    birth_date: str
    home: str
    category: str
    citizenship: str
    holding_state: str
    requesting_state: str
    capture_date: str
    capture_place: str
    event: str
    place_held: str


@dataclass(frozen=True)
class Alias:
    """Another name of a place, in one language."""

    language: str
    name: str


@dataclass(frozen=True)
class DemoPlace:
    """A settlement or place of detention; ``parent`` and ``operator`` are keys, ``active`` is EDTF."""

    key: str
    kind: str
    state: str
    names: Mapping[str, str]
    old_names: Mapping[str, str]
    renamed: int | None
    aliases: tuple[Alias, ...]
    parent: str
    operator: str
    active: str


@dataclass(frozen=True)
class DemoActor:
    """A State, authority, armed group or organisation."""

    key: str
    kind: str
    names: Mapping[str, str]
    state: str
    email: str


@dataclass(frozen=True)
class DemoEvent:
    """What happened to several persons; ``when`` is EDTF, ``persons`` are truth keys."""

    key: str
    kind: str
    names: Mapping[str, str]
    place: str
    when: str
    persons: tuple[str, ...]


@dataclass(frozen=True)
class DemoClaim:
    """One thing a report says; ``wording`` is verbatim, ``valid`` is EDTF."""

    property: str
    value: str
    wording: str
    valid: str
    credibility: int
    sensitivity: str


@dataclass(frozen=True)
class DemoReport:
    """A report about one person as staff would type it; ``said_by`` is a code of ``SaidBy``, never a name."""

    key: str
    person: str
    kind: str
    title: str
    publisher: str
    language: str
    reliability: str
    obtained_on: date
    said_by: str
    name: str
    claims: tuple[DemoClaim, ...]


@dataclass(frozen=True)
class DemoAccount:
    """A member of the demo's staff."""

    role: str
    name: str
    email: str
    language: str


@dataclass(frozen=True)
class HistoryLink:
    """One labelled link between the two Argentine registers; tier A, B or D as its NOTICE explains."""

    pdm_id: str
    ruvte_id: str
    tier: str
    name_same: str
    detention_date: str
    birth_year: str


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _build(kind: type[_T], raw: Mapping[str, Any]) -> _T:
    """Make a dataclass from a JSON object: lists become tuples, days become dates; an unknown key is an error."""
    dates = {one.name for one in fields(kind) if one.type == "date"}  # type: ignore[arg-type]
    made = {key: date.fromisoformat(value) if key in dates else _frozen(value) for key, value in raw.items()}
    return kind(**made)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _rows(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def load_sources(room: str = "work") -> tuple[DemoSource, ...]:
    """Give the lists in the order they came in; both editions of the families' list, the later one last.

    Args:
        room: ``work`` for the invented lists, ``history`` for the two Argentine registers.
    """
    raws = _json(_FOLDERS[room] / "sources.json")
    repairs = [[DemoRepair(**one) for one in raw.get("repairs", [])] for raw in raws]
    sources = [_build(DemoSource, {**raw, "repairs": mends}) for raw, mends in zip(raws, repairs, strict=True)]
    return tuple(sorted(sources, key=lambda source: (source.obtained_on, source.key)))


def list_path(key: str, edition: int = 1) -> Path:
    """Give the file of a list by its key.

    Raises:
        UnknownDemoList: no list of either room has this key and edition.
    """
    for source in (*load_sources("work"), *load_sources("history")):
        if (source.key, source.edition) == (key, edition):
            return source.path
    raise UnknownDemoList(
        "No demo list has this key and edition.",
        where={"key": key, "edition": edition},
        hint="Keys stand in data/world/sources.json and data/argentina/sources.json.",
    )


@cache
def load_truth() -> tuple[TruthRow, ...]:
    """Give who every row of every invented list is."""
    return tuple(TruthRow(**{**row, "row": int(row["row"])}) for row in _rows(WORLD / "truth.csv"))  # type: ignore[arg-type]


@cache
def load_mistakes() -> tuple[Mistake, ...]:
    """Give the mistakes planted in the invented lists."""
    return tuple(Mistake(row["file"], int(row["row"]), row["kind"]) for row in _rows(WORLD / "mistakes.csv"))


@cache
def load_edition_changes() -> tuple[EditionChange, ...]:
    """Give what the second edition of the families' list changed."""
    return tuple(EditionChange(**row) for row in _rows(WORLD / "edition_changes.csv"))


@cache
def load_persons() -> tuple[DemoPerson, ...]:
    """Give the invented persons themselves, to measure on and to understand mistakes by."""
    return tuple(DemoPerson(**row) for row in _rows(WORLD / "persons.csv"))


@cache
def load_places() -> tuple[DemoPlace, ...]:
    """Give settlements first, then places of detention, so that a parent comes before its children."""
    raws = _json(WORLD / "places.json")
    return tuple(_build(DemoPlace, {**raw, "aliases": [Alias(**one) for one in raw["aliases"]]}) for raw in raws)


@cache
def load_actors() -> tuple[DemoActor, ...]:
    """Give States, authorities, armed groups and organisations."""
    return tuple(_build(DemoActor, raw) for raw in _json(WORLD / "actors.json"))


@cache
def load_events() -> tuple[DemoEvent, ...]:
    """Give the events with the persons taken or moved in each."""
    return tuple(_build(DemoEvent, raw) for raw in _json(WORLD / "events.json"))


@cache
def load_reports() -> tuple[DemoReport, ...]:
    """Give the single reports with their claims."""
    raws = _json(WORLD / "reports.json")
    return tuple(_build(DemoReport, {**raw, "claims": [DemoClaim(**one) for one in raw["claims"]]}) for raw in raws)


@cache
def load_accounts() -> tuple[DemoAccount, ...]:
    """Give the demo's staff, one for each role."""
    return tuple(_build(DemoAccount, raw) for raw in _json(WORLD / "accounts.json"))


@cache
def load_history_truth() -> tuple[HistoryLink, ...]:
    """Give the labelled links between the Argentine registers."""
    return tuple(HistoryLink(**row) for row in _rows(HISTORY / "truth.csv.gz"))


@cache
def load_unlabelled() -> frozenset[tuple[str, str]]:
    """Give (list, id) of the historical records whose partner isn't known: pairs touching them are not scored."""
    return frozenset((row["list"], row["id"]) for row in _rows(HISTORY / "unlabelled.csv.gz"))


def maps_path(room: str = "work") -> Path:
    """Give the column maps of a room's lists in the form ``--map`` takes."""
    return _FOLDERS[room] / "maps.json"
