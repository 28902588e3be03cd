# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two English lists: an observatory's consolidated register, and names heard from people who came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from demo_world.members import REACH
from demo_world.noise import Entry, disturb, entry_for, scatter
from demo_world.person import Person
from demo_world.places import name_in
from demo_world.table import Cell, Hearing, Line, Table, generator, in_columns, place_word, varied
from demo_world.words import LEGAL, OCCUPATIONS

REGISTER_GROUPS = (
    "",
    "Person",
    "",
    "",
    "",
    "",
    "",
    "Detention",
    "",
    "",
    "",
    "",
    "",
    "",
)
REGISTER_HEADER = (
    "ID",
    "Family name",
    "Given name(s)",
    "Patronymic",
    "Date of birth",
    "Sex",
    "Citizenship",
    "Category",
    "Held by",
    "Requested by",
    "Place of detention",
    "Date taken",
    "Where captured",
    "Proceedings",
)
CATEGORY = {
    "civilian": ("civilian", "civ."),
    "prisoner_of_war": ("POW", "prisoner of war"),
    "child": ("child",),
    "patient": ("patient", "care home resident"),
    "convict": ("convict", "deported convict"),
    "political_prisoner": ("political prisoner",),
    "foreign_national": ("foreign national",),
}
REGISTER_QUOTAS = {
    "press_spelling": 14,
    "older_romanisation": 16,
    "no_patronymic": 22,
    "typing_error": 8,
    "swapped_order": 4,
    "no_birth": 12,
    "year_only": 14,
    "day_and_month_exchanged": 6,
    "birth_typing_error": 6,
}
RETURNED_HEADER = (
    "Name heard",
    "Age",
    "Born (year)",
    "Civilian or military",
    "Seen at",
    "Last seen",
    "From",
    "Work before",
    "Health",
    "Who told us",
    "Phone of family",
    "Remarks",
)
TWICE = 6
RETURNED_QUOTAS = {"short_name": 16, "press_spelling": 24, "older_romanisation": 10, "typing_error": 9}
HEALTH = (
    "",
    "",
    "lost a lot of weight",
    "bad cough",
    "scar on left hand",
    "needs insulin",
    "walks with a stick",
    "front teeth missing",
    "ok when seen",
    "high blood pressure",
)
TELLERS = (
    "cellmate, back in May",
    "man from cell 4, exchanged 2026",
    "woman released at the border",
    "cook of the colony",
    "soldier exchanged in March",
    "heard through the wall",
)
REMARKS = (
    "",
    "",
    "",
    "sings in the evening",
    "asked to tell his family",
    "moved at night",
    "tall, quiet",
    "call sign only?",
)


def register(people: list[Person]) -> Table:
    """Give the consolidated register: two header lines, capitals, one row a person, true dates and text mixed."""
    rng = generator("register")
    entries = scatter([entry_for(person, "en") for person in people], REGISTER_QUOTAS, rng)
    entries.sort(key=lambda entry: entry.person.family("en"))
    above: tuple[tuple[Cell, ...], ...] = (
        ("Harrow Lane Observatory: consolidated register of persons deprived of liberty, 15 June 2026",),
        (),
    )
    lines = tuple(_register_line(f"HLO-{number:04d}", entry, rng) for number, entry in enumerate(entries, 1001))
    return Table("register", "register_2026-06.xlsx", (REGISTER_GROUPS, REGISTER_HEADER), lines, above)


def _register_line(ref: str, entry: Entry, rng: Random) -> Line:
    person = entry.person
    name = in_columns(entry)
    born: Cell = entry.born
    if entry.born and entry.birth_form == "year":
        born = entry.born.year
    elif entry.born and rng.random() < 0.25:
        born = entry.born.isoformat()
    taken: Cell = person.taken_on if rng.random() < 0.8 else person.taken_on.strftime("%Y-%m")
    place = place_word(person, "en", rng, Hearing(alias=0.2, stale=0.12, unknown=0.35))
    cells: tuple[Cell, ...] = (
        ref,
        name.family.upper(),
        name.given,
        name.patronymic,
        born,
        "F" if person.female else "M",
        person.citizenship,
        varied(CATEGORY[person.category], rng),
        person.holder,
        person.requested_by,
        "not confirmed" if person.cast == "andriy" else place,
        taken,
        name_in(person.taken_at, "en"),
        LEGAL[person.legal][2],
    )
    return Line(cells, ref, person.key, entry.kinds)


def returned(people: list[Person]) -> Table:
    """Give names as heard in cells: given name first, ages guessed, and three columns we must not take in."""
    rng = generator("returned")
    entries = scatter([_spoken(person, rng) for person in people], RETURNED_QUOTAS, rng)
    for person in rng.sample([one for one in people if not one.cast], TWICE):
        again = disturb(entry_for(person, "en"), "short_name", rng)
        entries.append(replace(again, kinds=(*again.kinds, "listed_twice")))
    rng.shuffle(entries)
    lines = tuple(_returned_line(number, entry, rng) for number, entry in enumerate(entries, 1))
    return Table("returned", "returned_2026-09.csv", (RETURNED_HEADER,), lines)


def _spoken(person: Person, rng: Random) -> Entry:
    """Start without patronymic and, for the named cast, in the spelling English papers use."""
    entry = entry_for(person, "en")
    return disturb(entry, "press_name", rng) if person.cast else entry


def _returned_line(number: int, entry: Entry, rng: Random) -> Line:
    person = entry.person
    closed = REACH["returned"].closed
    age = (closed - person.born).days * 4 // 1461
    exact = person.cast == "andriy" or rng.random() < 0.4
    told = str(age) if exact else rng.choice(("", f"c. {round(age, -1)}", f"about {age + rng.choice((-2, -1, 1, 2))}"))
    seen = max(person.taken_on, closed - timedelta(days=rng.randrange(40, 500)))
    work = OCCUPATIONS[person.occupation][4] if person.occupation and rng.random() < 0.6 else ""
    place = place_word(person, "en", rng, Hearing(alias=0.35, stale=0.1, unknown=0.05))
    if person.cast == "andriy":
        place, work = name_in("centre-99", "en"), "driver"
    spoken = " ".join(part for part in (entry.name.given, entry.name.family) if part)
    cells: tuple[Cell, ...] = (
        spoken,
        told,
        str(person.born.year) if rng.random() < 0.25 else "",
        rng.choice(("military", "mil.")) if person.category == "prisoner_of_war" else "civilian",
        place,
        seen.strftime("%m/%d/%Y"),
        name_in(person.home, "en") if rng.random() < 0.7 else "",
        work,
        rng.choice(HEALTH),
        rng.choice(TELLERS),
        f"+380 00 000 00 {number % 100:02d}" if rng.random() < 0.4 else "",
        rng.choice(REMARKS),
    )
    return Line(cells, "", person.key, entry.kinds)
