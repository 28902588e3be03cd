# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two Russian lists: defence lawyers' table of the accused and held, and relatives of Russian prisoners of war."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from demo_world.events import ACTORS
from demo_world.noise import Entry, entry_for, scatter
from demo_world.person import Parts, Person
from demo_world.places import BY_KEY, name_in
from demo_world.table import Cell, Hearing, Line, Table, birth, generator, in_columns, one_column, place_word
from demo_world.words import CHARGES, RANKS, SENTENCES, UNITS

LAWYERS_HEADER = (
    "№ п/п",
    "Фамилия",
    "Имя",
    "Отчество",
    "Дата рожд.",
    "Гражданство",
    "Статья",
    "Стадия",
    "Приговор",
    "Учреждение",
    "За кем числится",
    "Дата задержания",
    "Место задержания",
)
LAWYERS_QUOTAS = {
    "other_language": 5,
    "no_patronymic": 6,
    "typing_error": 5,
    "latin_look_alikes": 3,
    "swapped_order": 2,
    "no_birth": 5,
    "year_only": 9,
    "day_and_month_exchanged": 3,
    "birth_typing_error": 3,
}
RELATIVES_HEADER = (
    "Номер",
    "Фамилия, имя, отчество",
    "Д.р.",
    "Откуда",
    "Часть",
    "Звание",
    "Дата пленения",
    "Место пленения",
    "Где содержится",
    "Последняя весточка",
)
RELATIVES_QUOTAS = {
    "other_language": 3,
    "no_patronymic": 8,
    "short_name": 4,
    "swapped_order": 6,
    "typing_error": 4,
    "capitals": 5,
    "wrong_layout": 1,
    "no_birth": 4,
    "year_only": 4,
    "birth_typing_error": 2,
    "day_and_month_exchanged": 2,
}
CITIZENSHIP = {"UA": "Украина", "RU": "РФ", "US": "США"}
STAGE = {
    "none": "без дела",
    "charged": "следствие",
    "tried": "суд",
    "sentenced": "приговор",
    "appealed": "апелляция",
}


def lawyers(people: list[Person]) -> Table:
    """Give the accused and held in order of arrest, with a total below that is no person."""
    rng = generator("lawyers")
    entries = [_russian(entry_for(person, "ru"), 0.5, rng) for person in people]
    entries = [_as_lawyers_wrote(entry) for entry in scatter(entries, LAWYERS_QUOTAS, rng)]
    entries.sort(key=lambda entry: entry.person.taken_on)
    above: tuple[tuple[Cell, ...], ...] = (
        ("Адвокатская группа «Третья скамья»",),
        ("Сведения о лицах, лишённых свободы (по материалам дел и запросов), на 02.08.2026",),
        (),
    )
    lines = tuple(_lawyers_line(number, entry, rng) for number, entry in enumerate(entries, 1))
    below: tuple[tuple[Cell, ...], ...] = ((f"Итого: {len(lines)}",),)
    return Table("lawyers", "lawyers_2026-08.csv", (LAWYERS_HEADER,), lines, above, below)


def _russian(entry: Entry, without_yo: float, rng: Random) -> Entry:
    """Write е for ё as most Russian clerks do."""
    if rng.random() >= without_yo:
        return entry
    plain = (part.replace("ё", "е") for part in (entry.name.family, entry.name.given, entry.name.patronymic))
    return replace(entry, name=Parts(*plain))


def _as_lawyers_wrote(entry: Entry) -> Entry:
    """Андрій's patronymic misheard and his birthday turned round: the pair the demo asks about."""
    if entry.person.cast != "andriy":
        return entry
    name = replace(entry.name, patronymic="Осипович")
    kinds = ("misheard_patronymic", "day_and_month_exchanged")
    return replace(entry, name=name, born=date(1984, 6, 11), kinds=kinds)


def _lawyers_line(number: int, entry: Entry, rng: Random) -> Line:
    person = entry.person
    name = in_columns(entry)
    place = place_word(person, "ru", rng, Hearing(alias=0.25, stale=0.1, unknown=0.15))
    operator = BY_KEY[person.place].operator
    if person.cast == "andriy":
        place, operator = name_in("colony-stara-sosna", "ru"), "north-detention"
    authority = next(actor.names[1] for actor in ACTORS if actor.key == operator)
    form = "%d.%m.%Y" if person.cast or rng.random() < 0.85 else "%d.%m.%y"
    cells: tuple[Cell, ...] = (
        number,
        name.family,
        name.given,
        name.patronymic,
        birth(entry, form),
        CITIZENSHIP[person.citizenship],
        CHARGES[person.charge][0] if person.charge else "",
        STAGE[person.legal],
        SENTENCES[person.sentence][0] if person.sentence else "",
        place,
        authority if rng.random() < 0.8 else "",
        person.taken_on.strftime("%d.%m.%Y"),
        name_in(person.taken_at, "ru"),
    )
    return Line(cells, str(number), person.key, entry.kinds)


def relatives(people: list[Person]) -> Table:
    """Give Russian prisoners of war held in Ukraine as their mothers and wives list them."""
    rng = generator("relatives")
    entries = [_russian(entry_for(person, "ru", town=name_in(person.home, "ru")), 0.9, rng) for person in people]
    entries = scatter(entries, RELATIVES_QUOTAS, rng)
    rng.shuffle(entries)
    lines = tuple(_relatives_line(number, entry, rng) for number, entry in enumerate(entries, 1))
    return Table("relatives", "relatives_2026-03.csv", (RELATIVES_HEADER,), lines)


def _relatives_line(number: int, entry: Entry, rng: Random) -> Line:
    person = entry.person
    taken = person.taken_on.strftime("%d.%m.%y" if rng.random() < 0.5 else "%d.%m.%Y")
    word = rng.choice(("письмо 2026-01", "звонок в ноябре", "видео, весна 2025", "нет", "", "через обменянного"))
    cells: tuple[Cell, ...] = (
        f"Т-{number:03d}",
        one_column(entry),
        birth(entry, "%d.%m.%y" if rng.random() < 0.7 else "%d.%m.%Y"),
        entry.town,
        UNITS[person.unit][1],
        RANKS[person.rank][1],
        taken,
        name_in(person.taken_at, "ru"),
        place_word(person, "ru", rng, Hearing(alias=0.4, stale=0.05, unknown=0.25)),
        word,
    )
    return Line(cells, f"Т-{number:03d}", person.key, entry.kinds)
