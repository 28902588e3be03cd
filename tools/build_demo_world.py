# SPDX-License-Identifier: AGPL-3.0-or-later
"""Build the invented demo world: seven lists, their truth, places, actors, events, reports, staff.

``python tools/build_demo_world.py`` writes into the package; ``--out FOLDER`` elsewhere. Same code, same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from demo_world.accounts import ACCOUNTS
from demo_world.events import ACTORS, EVENTS
from demo_world.families import Change, families
from demo_world.files import write_csv, write_json, write_list
from demo_world.lists_en import register, returned
from demo_world.lists_ru import lawyers, relatives
from demo_world.lists_uk import bureau, letters
from demo_world.members import members
from demo_world.people import every_person
from demo_world.person import Person
from demo_world.places import HELD_AT, LANGUAGES, TOWNS, Trio
from demo_world.reports import reports
from demo_world.sources import column_maps, descriptions
from demo_world.table import Table

TARGET = Path(__file__).resolve().parents[1] / "src" / "goodoffices" / "demo" / "data" / "world"
OTHERS = {
    "register": register,
    "lawyers": lawyers,
    "letters": letters,
    "bureau": bureau,
    "returned": returned,
    "relatives": relatives,
}


def build(folder: Path) -> None:
    """Write everything into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    people = every_person()
    listed = members(people)
    first, second, changes = families(listed["families"])
    tables = {table.file: table for table in (first, second, *(make(listed[key]) for key, make in OTHERS.items()))}
    for table in tables.values():
        write_list(table, folder)
    _write_truth(folder, people, tables, changes)
    sources = descriptions(tables)
    write_json(folder / "sources.json", sources)
    write_json(folder / "maps.json", column_maps(sources))
    write_json(folder / "places.json", _places())
    write_json(folder / "actors.json", _actors())
    write_json(folder / "events.json", _events(people))
    write_json(folder / "reports.json", reports(people, changes))
    write_json(folder / "accounts.json", ACCOUNTS)


def _write_truth(folder: Path, people: tuple[Person, ...], tables: dict[str, Table], changes: list[Change]) -> None:
    truth, mistakes = [], []
    for table in tables.values():
        for row, line in enumerate(table.lines, table.first_row):
            truth.append((table.key, table.file, row, line.record_id, line.person))
            mistakes += [(table.file, row, kind) for kind in line.kinds]
    write_csv(folder / "truth.csv", ("source", "file", "row", "record_id", "person_id"), truth)
    write_csv(folder / "mistakes.csv", ("file", "row", "kind"), mistakes)
    rows = [(item.record_id, item.person, item.change, item.fields) for item in changes]
    write_csv(folder / "edition_changes.csv", ("record_id", "person_id", "change", "fields"), rows)
    write_csv(folder / "persons.csv", PERSON_COLUMNS, [_person(person) for person in people])


PERSON_COLUMNS = (
    "person_id",
    "cast",
    "sex",
    "name_uk",
    "name_ru",
    "name_en",
    "birth_date",
    "home",
    "category",
    "citizenship",
    "holding_state",
    "requesting_state",
    "capture_date",
    "capture_place",
    "event",
    "place_held",
)


def _person(person: Person) -> tuple[str, ...]:
    names = []
    for language in LANGUAGES:
        name = person.parts(language)
        names.append(" ".join(part for part in (name.family, name.given, name.patronymic) if part))
    return (
        person.key,
        person.cast,
        "f" if person.female else "m",
        *names,
        person.born.isoformat(),
        person.home,
        person.category,
        person.citizenship,
        person.holder,
        person.requested_by,
        person.taken_on.isoformat(),
        person.taken_at,
        person.event,
        person.place,
    )


def _names(trio: Trio) -> dict[str, str]:
    return dict(zip(LANGUAGES, trio, strict=True))


def _places() -> list[dict[str, Any]]:
    return [
        {
            "key": place.key,
            "kind": place.kind,
            "state": place.state,
            "names": _names(place.names),
            "old_names": _names(place.old) if place.renamed else {},
            "renamed": place.renamed,
            "aliases": [{"language": alias[:2], "name": alias[3:]} for alias in place.aliases],
            "parent": place.parent,
            "operator": place.operator,
            "active": place.active,
        }
        for place in (*TOWNS, *HELD_AT)
    ]


def _actors() -> list[dict[str, Any]]:
    return [
        {"key": one.key, "kind": one.kind, "names": _names(one.names), "state": one.state, "email": one.email}
        for one in ACTORS
    ]


def _events(people: tuple[Person, ...]) -> list[dict[str, Any]]:
    return [
        {
            "key": event.key,
            "kind": event.kind,
            "names": _names(event.names),
            "place": event.place,
            "when": event.when,
            "persons": [person.key for person in people if person.event == event.key],
        }
        for event in EVENTS
    ]


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TARGET)
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
