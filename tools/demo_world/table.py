# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list as it will be handed over: rows above the header, header, records, rows below; and who each record is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from demo_world.noise import Entry
from demo_world.person import Parts, Person
from demo_world.places import BY_KEY

Cell = str | int | date | None


@dataclass(frozen=True)
class Line:
    """One record: its cells, the publisher's own number if any, the person meant and what went wrong."""

    cells: tuple[Cell, ...]
    record_id: str
    person: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One edition of one list. Row numbers count every row of the file from 1, whatever it holds."""

    key: str
    file: str
    header: tuple[tuple[Cell, ...], ...]
    lines: tuple[Line, ...]
    above: tuple[tuple[Cell, ...], ...] = ()
    below: tuple[tuple[Cell, ...], ...] = ()

    @property
    def first_row(self) -> int:
        """The row number of the first record."""
        return len(self.above) + len(self.header) + 1

    def rows(self) -> list[tuple[Cell, ...]]:
        """Every row from top to bottom, all as wide as the header."""
        width = len(self.header[-1])
        every = (*self.above, *self.header, *(line.cells for line in self.lines), *self.below)
        return [row + (None,) * (width - len(row)) for row in every]


@dataclass(frozen=True)
class Hearing:
    """How well a source knows places: shares of rows with an alias, an outdated place, none at all."""

    alias: float
    stale: float
    unknown: float


_PRISONS = ["centre-99", "colony-stara-sosna", "remand-dalnozersk", "colony-mokhogorsk", "elevator-syzovorit"]
# Where somebody may have been before, by category and holding State.
ELSEWHERE = {
    "civilian": {"RU": [*_PRISONS, "station-vilkhorih"]},
    "prisoner_of_war": {"RU": _PRISONS, "UA": ["camp-lypohat", "remand-lastivchyn"]},
    "political_prisoner": {"RU": ["remand-dalnozersk", "colony-mokhogorsk", "hospital-brusnogorsk"]},
    "convict": {"RU": ["colony-stara-sosna", "colony-mokhogorsk"]},
    "patient": {"RU": ["care-mokhogorsk", "hospital-brusnogorsk"]},
}


def generator(*words: str) -> Random:
    """A source of chance of its own for each purpose, so that one list's change doesn't disturb another."""
    return Random(" ".join(("demo", *words)))


_ALPHABET = {letter: place for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}


def alphabetical(text: str) -> list[int]:
    """Sort key by the Ukrainian alphabet, as a spreadsheet there sorts; other letters come last."""
    return [_ALPHABET.get(letter, ord(letter) + 100) for letter in text.strip().casefold()]


def one_column(entry: Entry) -> str:
    """Write the name in one cell."""
    name = entry.name
    if entry.order == "given_first":
        return " ".join(part for part in (name.given, name.patronymic, name.family) if part)
    return " ".join(part for part in (name.family, name.given, name.patronymic) if part)


def in_columns(entry: Entry) -> Parts:
    """Write the name in three cells; a swapped order puts each in the other's column."""
    name = entry.name
    if entry.order == "given_first":
        return Parts(name.given, name.family, name.patronymic)
    return name


def birth(entry: Entry, form: str) -> str:
    """Write the birth by a strftime form, or the year alone, or nothing."""
    if not entry.born:
        return ""
    return str(entry.born.year) if entry.birth_form == "year" else entry.born.strftime(form)


def known_at(people: Iterable[Person], day: date) -> list[Person]:
    """Keep those already taken when the list was closed."""
    return [person for person in people if person.taken_on < day]


def pick(people: Iterable[Person], shares: dict[str, float], rng: Random) -> list[Person]:
    """Draw persons by the share of each category a source hears of; keys are category or category:holder."""
    chosen = []
    for person in people:
        share = shares.get(f"{person.category}:{person.holder}", shares.get(person.category, 0.0))
        if rng.random() < share:
            chosen.append(person)
    return chosen


def place_word(person: Person, language: str, rng: Random, hearing: Hearing) -> str:
    """Name the place held by its name or an alias in the same script, or one that was true before, or nothing."""
    if rng.random() < hearing.unknown or not person.place:
        return ""
    key = person.place
    if rng.random() < hearing.stale:
        key = rng.choice(ELSEWHERE.get(person.category, {}).get(person.holder, [key]))
    place = BY_KEY[key]
    aliases = [word[3:] for word in place.aliases if word.startswith(f"{language}:")]
    if aliases and rng.random() < hearing.alias:
        return rng.choice(aliases)
    return place.names[("uk", "ru", "en").index(language)]


def varied(words: Sequence[str], rng: Random) -> str:
    """Choose a way to say it: the first is the rule, the rest are the clerks' own."""
    return words[0] if rng.random() < 0.8 or len(words) == 1 else rng.choice(words[1:])
