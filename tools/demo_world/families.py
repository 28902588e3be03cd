# SPDX-License-Identifier: AGPL-3.0-or-later
"""The families' list (Ukrainian) in two editions a year apart: 30 new, 12 gone, 25 changed, 17 dates with slashes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from demo_world.noise import Entry, disturb, entry_for, exchangeable, scatter
from demo_world.person import Person
from demo_world.places import BY_KEY, name_in
from demo_world.table import (
    Cell,
    Hearing,
    Line,
    Table,
    alphabetical,
    birth,
    generator,
    one_column,
    place_word,
    varied,
)
from demo_world.words import OCCUPATIONS, UNITS

FIRST_CLOSED = date(2025, 10, 30)
NEW, GONE = 30, 12
CHANGED = {"place": 12, "status": 7, "spelling": 6}
SLASHES_NEW, SLASHES_CHANGED = 10, 7
TWICE = 3
HEADER = (
    "Код",
    "ПІБ",
    "Дата народження",
    "Стать",
    "Звідки (місто, село)",
    "Хто (цив., військ., дитина)",
    "Дата затримання або зникнення",
    "Місце затримання",
    "Де утримується (якщо відомо)",
    "Стан",
    "Робота, служба",
)
CATEGORY = {
    "civilian": ("цивільний", "цив.", "цивільна особа"),
    "prisoner_of_war": ("військовополонений", "вп", "військ."),
    "child": ("дитина", "дит."),
    "patient": ("пацієнт", "підопічний"),
    "convict": ("засуджений",),
}
QUOTAS = {
    "other_language": 12,
    "no_patronymic": 11,
    "short_name": 5,
    "swapped_order": 8,
    "typing_error": 8,
    "latin_look_alikes": 5,
    "wrong_layout": 1,
    "capitals": 7,
    "stray_blanks": 4,
    "no_birth": 9,
    "year_only": 13,
    "day_and_month_exchanged": 4,
    "birth_typing_error": 5,
    "old_town_name": 6,
}


@dataclass(frozen=True)
class Kept:
    """A family's row and what the desk writes in it."""

    code: str
    entry: Entry
    taken: str
    place: str
    status: str
    category: str
    slash: bool = False


@dataclass(frozen=True)
class Change:
    """What became of a row between the editions."""

    record_id: str
    person: str
    change: str
    fields: str


def families(people: list[Person]) -> tuple[Table, Table, list[Change]]:
    """Give both editions and the list of changes between them."""
    rng = generator("families")
    newcomers = _newcomers(people, rng)
    old = [person for person in people if person.key not in newcomers]
    fresh = [person for person in people if person.key in newcomers]
    rows = _rows(old, rng, first_code=103)
    gone = {row.code for row in rng.sample([row for row in rows if not row.entry.person.cast], GONE)}
    changed, changes = _changed([row for row in rows if row.code not in gone], rng)
    added = _slashed(_rows(fresh, rng, first_code=900, twice=0), SLASHES_NEW, rng)
    kept = [changed.get(row.code, row) for row in rows if row.code not in gone]
    changes += [Change(row.code, row.entry.person.key, "gone", "") for row in rows if row.code in gone]
    changes += [Change(row.code, row.entry.person.key, "new", "") for row in added]
    second = sorted([*kept, *added], key=lambda row: alphabetical(one_column(row.entry)))
    first_table = _table("families_2025-10.csv", rows)
    return (
        first_table,
        _table("families_2026-10.csv", second),
        sorted(changes, key=lambda item: item.record_id),
    )


def _newcomers(people: list[Person], rng: Random) -> set[str]:
    """Choose 30 for the second edition: all taken since the first, then families who came forward late."""
    since = [person.key for person in people if person.taken_on >= FIRST_CLOSED]
    if len(since) > NEW:
        raise ValueError("more persons were taken between the editions than the second may add")
    before = [
        person.key
        for person in people
        if person.taken_on < FIRST_CLOSED and not person.cast and exchangeable(person.born)
    ]
    return {*since, *rng.sample(before, NEW - len(since))}


def _rows(people: list[Person], rng: Random, *, first_code: int, twice: int = TWICE) -> list[Kept]:
    entries = [entry_for(person, "uk", town=name_in(person.home, "uk")) for person in people]
    if people[0].key < "p0003":
        entries = scatter(entries, QUOTAS, rng)
    else:
        entries = scatter(entries, {"no_patronymic": 3, "other_language": 2, "typing_error": 2, "year_only": 2}, rng)
    rng.shuffle(entries)
    plain = [entry for entry in entries if not entry.kinds and not entry.person.cast]
    for again in rng.sample(plain, twice):
        # A wife and a mother wrote to the desk, each in her own words.
        again = disturb(disturb(again, rng.choice(("other_language", "no_patronymic")), rng), "year_only", rng)
        entries.append(replace(again, kinds=(*again.kinds, "listed_twice")))
    rows = []
    code = first_code
    for entry in entries:
        rows.append(_row(f"LD-{code:04d}", entry, rng))
        code += rng.randrange(1, 5)
    return rows


def _row(code: str, entry: Entry, rng: Random) -> Kept:
    person = entry.person
    taken = person.taken_on.isoformat()
    if not person.cast and rng.random() < 0.12:
        taken = person.taken_on.strftime(rng.choice(("%Y-%m", "%Y")))
    place = place_word(person, "uk", rng, Hearing(alias=0.25, stale=0.07, unknown=0.45))
    status = "утримується" if place else rng.choice(("зниклий безвісти", "зниклий безвісти", "утримується"))
    if status == "зниклий безвісти" and person.female:
        status = "зникла безвісти"
    if person.category == "child":
        status = "вивезена" if person.female else "вивезений"
    if person.cast in ("andriy", "anton"):
        place, status = "", "зниклий безвісти"
    return Kept(code, entry, taken, place, status, varied(CATEGORY[person.category], rng))


def _changed(rows: list[Kept], rng: Random) -> tuple[dict[str, Kept], list[Change]]:
    """Change 25 rows, one thing in each; seven of them also get their birth date with slashes."""
    result: dict[str, Kept] = {}
    changes: list[Change] = []
    cast = {row.entry.person.cast: row for row in rows if row.entry.person.cast}
    result[cast["andriy"].code] = replace(cast["andriy"], place=BY_KEY["centre-99"].names[0], status="утримується")
    result[cast["anton"].code] = replace(cast["anton"], status="підтверджено")
    changes.append(Change(cast["andriy"].code, "p0001", "changed", "place_held status"))
    changes.append(Change(cast["anton"].code, "p0002", "changed", "status"))
    able = [row for row in rows if not row.entry.person.cast and row.entry.person.place]
    slashes = SLASHES_CHANGED
    for field, count in CHANGED.items():
        for _ in range(count - (field in ("place", "status"))):
            open_to = [row for row in able if row.code not in result and _can(field, row)]
            row = rng.choice([row for row in open_to if slashes == 0 or _slashable(row)])
            result[row.code] = replace(_change(field, row, rng), slash=slashes > 0)
            slashes = max(0, slashes - 1)
            changes.append(Change(row.code, row.entry.person.key, "changed", _differing(row, result[row.code])))
    return result, changes


def _differing(old: Kept, new: Kept) -> str:
    """Name the targets that differ; a birth date written another way is no change of the birth."""
    pairs = {
        "name": (one_column(old.entry), one_column(new.entry)),
        "place_held": (old.place, new.place),
        "status": (old.status, new.status),
    }
    return " ".join(target for target, (before, after) in pairs.items() if before != after)


def _can(field: str, row: Kept) -> bool:
    if field == "spelling":
        return any(kind in ("typing_error", "other_language", "capitals") for kind in row.entry.kinds)
    if field == "place":
        return not row.place
    return row.status in ("зниклий безвісти", "зникла безвісти", "утримується")


def _change(field: str, row: Kept, rng: Random) -> Kept:
    person = row.entry.person
    if field == "spelling":
        # The family mended it: the careful Ukrainian form now stands in the row.
        return replace(row, entry=replace(row.entry, name=person.parts("uk"), order="family_first"))
    if field == "place":
        place = place_word(person, "uk", rng, Hearing(alias=0.2, stale=0.1, unknown=0))
        return replace(row, place=place, status=row.status if person.category == "child" else "утримується")
    return replace(row, status="є листи" if row.status == "утримується" else "підтверджено")


def _slashed(rows: list[Kept], count: int, rng: Random) -> list[Kept]:
    """Write so many birth dates dd/mm/yyyy, only such as could be read either way."""
    able = [row.code for row in rows if _slashable(row)]
    chosen = set(rng.sample(able, count))
    return [replace(row, slash=row.code in chosen) for row in rows]


def _slashable(row: Kept) -> bool:
    born_known = row.entry.birth_form == "day" and "day_and_month_exchanged" not in row.entry.kinds
    return born_known and exchangeable(row.entry.born)


def _work(person: Person) -> str:
    if person.unit:
        return UNITS[person.unit][0]
    return OCCUPATIONS[person.occupation][1 if person.female else 0] if person.occupation else ""


def _line(row: Kept) -> Line:
    person = row.entry.person
    cells: tuple[Cell, ...] = (
        row.code,
        one_column(row.entry),
        birth(row.entry, "%d/%m/%Y" if row.slash else "%Y-%m-%d"),
        "ж" if person.female else "ч",
        row.entry.town,
        row.category,
        row.taken,
        name_in(person.taken_at, "uk"),
        row.place,
        row.status,
        _work(person),
    )
    kinds = (*row.entry.kinds, "slash_date") if row.slash else row.entry.kinds
    return Line(cells, row.code, person.key, kinds)


def _table(file: str, rows: list[Kept]) -> Table:
    return Table("families", file, (HEADER,), tuple(_line(row) for row in rows))
