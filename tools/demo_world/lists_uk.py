# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two more Ukrainian lists: a bureau's workbook of prisoners of war, and the log of letters sent across the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from demo_world.members import REACH
from demo_world.noise import Entry, disturb, entry_for, scatter
from demo_world.person import Person
from demo_world.places import name_in
from demo_world.table import (
    Cell,
    Hearing,
    Line,
    Table,
    alphabetical,
    birth,
    generator,
    in_columns,
    one_column,
    place_word,
)
from demo_world.words import CALL_SIGNS, RANKS, UNITS

BUREAU_HEADER = (
    "№ з/п",
    "Прізвище",
    "Ім’я",
    "По батькові",
    "Позивний",
    "Дата народження",
    "Військове звання",
    "Підрозділ",
    "Дата полонення",
    "Місце полонення",
    "Ймовірне місце утримання",
    "Статус",
    "Звідки родом",
)
BUREAU_QUOTAS = {
    "other_language": 6,
    "no_patronymic": 4,
    "typing_error": 6,
    "latin_look_alikes": 4,
    "capitals": 5,
    "stray_blanks": 3,
    "swapped_order": 2,
    "no_birth": 4,
    "day_and_month_exchanged": 3,
    "birth_typing_error": 4,
    "old_town_name": 4,
}
LETTERS_HEADER = ("Лист для", "Р. н.", "Куди писали", "Відправлено", "Звідки", "Відповідь", "Скільки листів")
LETTERS_QUOTAS = {
    "short_name": 4,
    "no_patronymic": 20,
    "typing_error": 4,
    "wrong_layout": 1,
    "initials": 4,
    "no_birth": 14,
}


def bureau(people: list[Person]) -> Table:
    """Give the prisoners of war in alphabetical order, births as true dates, as text and as years."""
    rng = generator("bureau")
    entries = scatter(
        [entry_for(person, "uk", town=name_in(person.home, "uk")) for person in people], BUREAU_QUOTAS, rng
    )
    entries.sort(key=lambda entry: alphabetical(entry.person.parts("uk").family))
    above: tuple[tuple[Cell, ...], ...] = (
        ("Бюро обліку «Криничка-9»",),
        ("ЗВЕДЕНИЙ ПЕРЕЛІК військовослужбовців, які можуть перебувати в полоні",),
        ("станом на 11.04.2026. Для службового користування організацій-партнерів",),
        (),
    )
    lines = tuple(_bureau_line(number, entry, rng) for number, entry in enumerate(entries, 1))
    return Table("bureau", "bureau_2026-04.xlsx", (BUREAU_HEADER,), lines, above)


def _bureau_line(number: int, entry: Entry, rng: Random) -> Line:
    person = entry.person
    name = in_columns(entry)
    born: Cell = entry.born
    chance = rng.random()
    if entry.born and chance > 0.88 and not person.cast:
        born = entry.born.year
    elif entry.born and chance > 0.68:
        born = entry.born.strftime("%d.%m.%Y")
    # Comrades know Антон as the man who came back does: by "Клен".
    sign = "Клен" if person.cast == "anton" else rng.choice(CALL_SIGNS) if rng.random() < 0.3 else ""
    status = rng.choice(("підтверджено", "підтверджено", "не підтверджено", "зниклий безвісти"))
    cells: tuple[Cell, ...] = (
        number,
        name.family,
        name.given,
        name.patronymic,
        sign,
        born,
        RANKS[person.rank][0],
        UNITS[person.unit][0],
        person.taken_on.strftime("%d.%m.%Y"),
        name_in(person.taken_at, "uk"),
        place_word(person, "uk", rng, Hearing(alias=0.3, stale=0.12, unknown=0.35)),
        status,
        entry.town,
    )
    return Line(cells, str(number), person.key, entry.kinds)


def letters(people: list[Person]) -> Table:
    """Give the log of letters in order of posting; names declined, some persons written to twice."""
    rng = generator("letters")
    entries = scatter(
        [entry_for(person, "uk", town=name_in(person.home, "uk")) for person in people], LETTERS_QUOTAS, rng
    )
    entries = [_addressed(entry, rng) for entry in entries]
    again = rng.sample([entry for entry in entries if not entry.person.cast], 5)
    entries += [replace(entry, kinds=(*entry.kinds, "listed_twice")) for entry in again]
    lines = [_letter_line(entry, rng) for entry in entries]
    lines.sort(key=lambda line: str(line.cells[3]))
    return Table("letters", "letters_2026-05.csv", (LETTERS_HEADER,), tuple(lines))


def _addressed(entry: Entry, rng: Random) -> Entry:
    """Decline the name: most "for" somebody, some "to" somebody, a few left as they are."""
    if "wrong_layout" in entry.kinds:
        return entry
    if entry.person.cast == "anton":
        # "Ковилянка А. О.": nobody can tell the brothers apart by this, so a person is asked.
        return _initialled(disturb(entry, "no_birth", rng), rng)
    if "initials" in entry.kinds:
        return _initialled(entry, rng)
    chance = 0.0 if entry.person.cast else rng.random()
    if chance < 0.6:
        return disturb(entry, "in_genitive", rng)
    return disturb(entry, "in_dative", rng) if chance < 0.85 else entry


def _initialled(entry: Entry, rng: Random) -> Entry:
    """Decline the surname, then cut the rest to initials."""
    declined = disturb(replace(entry, name=entry.person.parts("uk")), "in_genitive", rng)
    shortened = disturb(declined, "initials", rng)
    return replace(shortened, kinds=tuple(dict.fromkeys(shortened.kinds)))


def _letter_line(entry: Entry, rng: Random) -> Line:
    person = entry.person
    closed = REACH["letters"].closed
    weeks = (closed - person.taken_on).days // 7
    sent = closed - timedelta(days=7 * rng.randrange(1, max(2, min(weeks, 90))))
    place = place_word(person, "uk", rng, Hearing(alias=0.2, stale=0.15, unknown=0.1))
    if person.cast == "andriy":
        place = name_in("centre-99", "uk")
    elif person.cast == "anton":
        place = name_in("colony-stara-sosna", "uk")
    form = "%Y-%m-%d" if rng.random() < 0.45 else "%Y"
    cells: tuple[Cell, ...] = (
        one_column(entry),
        birth(entry, form),
        place,
        sent.isoformat(),
        entry.town,
        rng.choice(("", "", "", "повернувся", "відповів", "«вибув»")),
        str(rng.randrange(1, 6)),
    )
    kinds = entry.kinds if form == "%Y-%m-%d" or not entry.born else (*entry.kinds, "year_only")
    return Line(cells, "", person.key, kinds)
