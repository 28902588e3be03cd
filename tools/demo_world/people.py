# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the other 409 persons of the demo world, their kin and namesakes, always the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from demo_world.cast import CAST
from demo_world.events import EVENTS
from demo_world.given_names import FEMALE, MALE, GivenName
from demo_world.person import Person
from demo_world.surnames import RUSSIAN, UKRAINIAN
from demo_world.words import CHARGES, CIVIL, RANKS, RUSSIAN_UNITS, SENTENCES, UKRAINIAN_UNITS

SEED = "good offices demo world 1"
FOREIGN_HERE = {"Остап", "Тарас", "Назар", "Богдан", "Оксана", "Зоряна", "Дарина"}
UA_HOMES = [
    "tykhorih",
    "vilkhorih",
    "syzovorit",
    "lelechyi-brid",
    "zhuravynka",
    "lastivchyn",
    "skelnorih",
    "buzkova-hat",
    "ozhynove",
    "kaliuzhane",
    "hlybochany",
    "perelazky",
    "vitrohony",
]
RU_HOMES = ["dalnozersk", "mokhogorsk", "brusnogorsk", "sivoyarsk", "kedrozersk", "ryabinodol"]
RU_SITES = ["centre-99", "colony-stara-sosna", "remand-dalnozersk", "colony-mokhogorsk", "elevator-syzovorit"]
ALONE = ""


@dataclass(frozen=True)
class Cohort:
    """How many of one category, who holds them, the years they were born and the events they come from."""

    category: str
    native: str
    holder: str
    count: int
    born: tuple[int, int]
    women: float
    events: tuple[tuple[str, int], ...] = ()


COHORTS = (
    Cohort(
        "civilian",
        "uk",
        "RU",
        151,
        (1948, 2003),
        0.32,
        (("tykhorih-sweep", 11), ("vilkhorih-checkpoint", 14), ("lelechyi-convoy", 12)),
    ),
    Cohort(
        "prisoner_of_war",
        "uk",
        "RU",
        109,
        (1970, 2002),
        0.06,
        (("syzovorit-battle", 38), ("skelnorih-battle", 24), ("buzkova-battle", 9)),
    ),
    Cohort(
        "prisoner_of_war",
        "ru",
        "UA",
        71,
        (1972, 2003),
        0.0,
        (("buzkova-battle", 30), ("lastivchyn-battle", 22)),
    ),
    Cohort("child", "uk", "RU", 17, (2008, 2019), 0.5, (("vilkhorih-children", 13),)),
    Cohort("convict", "uk", "RU", 13, (1968, 2000), 0.1, (("stara-sosna-convicts", 13),)),
    Cohort("patient", "uk", "RU", 14, (1944, 1986), 0.45, (("zhuravynka-patients", 14),)),
    Cohort("political_prisoner", "ru", "RU", 34, (1950, 2004), 0.35),
)
SITES = {
    "child": ["children-brusnogorsk"],
    "convict": ["migrant-centre-sivoyarsk", "colony-mokhogorsk", "colony-stara-sosna"],
    "patient": ["care-mokhogorsk", "hospital-brusnogorsk"],
    "political_prisoner": ["remand-dalnozersk", "colony-mokhogorsk", "hospital-brusnogorsk"],
}
# How many pairs of each kinship are made after the draw, by native language.
KIN = {
    "uk": {"brothers": 9, "father_son": 6, "twins": 3, "spouses": 6, "namesakes": 8},
    "ru": {"brothers": 3, "father_son": 1, "twins": 1, "spouses": 0, "namesakes": 3},
}
_EVENTS = {event.key: event for event in EVENTS}


def every_person() -> tuple[Person, ...]:
    """Give the cast and everyone else, in the order of their keys."""
    rng = Random(SEED)
    surnames = {"uk": _surnames(UKRAINIAN, rng), "ru": _surnames(RUSSIAN, rng)}
    people: list[Person] = list(CAST)
    for cohort in COHORTS:
        for number in range(cohort.count):
            people.append(_draw(f"p{len(people) + 1:04d}", cohort, number, surnames[cohort.native], rng))
    for native, wanted in KIN.items():
        _relate(people, native, wanted, rng)
    return tuple(people)


def _surnames(pool: list[str], rng: Random) -> Iterator[str]:
    """Yield surnames: every sixth draw is one of a dozen that many share, the rest come once, then again."""
    shuffled = rng.sample(pool, len(pool))
    common, rare = shuffled[:12], shuffled[12:]
    position = 0
    while True:
        position += 1
        yield rng.choice(common) if position % 6 == 0 else rare[position % len(rare)]


def _given(names: dict[str, GivenName], native: str, rng: Random) -> GivenName:
    """Draw a name; the first of the table are the most usual."""
    allowed = [name for key, name in names.items() if native == "uk" or key not in FOREIGN_HERE]
    return allowed[int(len(allowed) * rng.random() ** 1.7)]


def _day(first: date, last: date, rng: Random) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _draw(key: str, cohort: Cohort, number: int, surnames: Iterator[str], rng: Random) -> Person:
    female = rng.random() < cohort.women
    first, last = cohort.born
    event, taken_on, taken_at = _capture(cohort, number, rng)
    person = Person(
        key=key,
        female=female,
        native=cohort.native,
        surname=next(surnames),
        given=_given(FEMALE if female else MALE, cohort.native, rng),
        father=_given(MALE, cohort.native, rng),
        born=_day(date(first, 1, 1), date(last, 12, 31), rng),
        home=_home(cohort, event, rng),
        category=cohort.category,
        holder=cohort.holder,
        taken_on=taken_on,
        taken_at=taken_at,
        place=_site(cohort, rng),
        event=event,
        citizenship="UA" if cohort.native == "uk" else "RU",
    )
    return _occupied(person, rng)


def _capture(cohort: Cohort, number: int, rng: Random) -> tuple[str, date, str]:
    """Give event, day and place of being taken; the first of a cohort share its events, the rest stand alone."""
    passed = 0
    for key, count in cohort.events:
        passed += count
        if number < passed:
            event = _EVENTS[key]
            first, _, last = event.when.partition("/")
            return key, _day(date.fromisoformat(first), date.fromisoformat(last or first), rng), event.place
    homes = RU_HOMES if cohort.category == "political_prisoner" else UA_HOMES
    late = rng.random() < 0.16
    # Lists about Russian citizens close earlier; nobody is listed before being taken.
    newest = date(2026, 8, 20) if cohort.native == "uk" else date(2026, 2, 20)
    day = _day(date(2025, 11, 15), newest, rng) if late else _day(date(2022, 3, 5), date(2025, 9, 20), rng)
    return ALONE, day, rng.choice(homes)


def _home(cohort: Cohort, event: str, rng: Random) -> str:
    if event in ("tykhorih-sweep", "vilkhorih-children"):
        return _EVENTS[event].place
    return rng.choice(UA_HOMES if cohort.native == "uk" else RU_HOMES)


def _site(cohort: Cohort, rng: Random) -> str:
    if cohort.holder == "UA":
        return "camp-lypohat" if rng.random() < 0.85 else "remand-lastivchyn"
    return rng.choice(SITES.get(cohort.category, RU_SITES))


def _occupied(person: Person, rng: Random) -> Person:
    """Add work, unit and rank, charge and sentence where the category has them."""
    if person.category == "prisoner_of_war":
        units = UKRAINIAN_UNITS if person.native == "uk" else RUSSIAN_UNITS
        rank = list(RANKS)[min(int(rng.expovariate(0.7)), len(RANKS) - 1)]
        return replace(person, unit=rng.choice(units), rank=rank)
    if person.category == "child":
        return person
    work = "pensioner" if person.born.year < 1962 else rng.choice(CIVIL)
    if work == "priest" and person.female:
        work = "teacher"
    legal = "none"
    if person.category == "political_prisoner" or (person.category == "civilian" and rng.random() < 0.3):
        legal = rng.choice(["charged", "tried", "sentenced", "sentenced", "appealed"])
    elif person.category == "convict":
        return replace(person, occupation=work, legal="sentenced")
    if legal == "none":
        return replace(person, occupation=work)
    charge = rng.choice([key for key in CHARGES if key != "228"])
    sentence = rng.choice(list(SENTENCES)) if legal in ("sentenced", "appealed") else ""
    return replace(person, occupation=work, legal=legal, charge=charge, sentence=sentence)


def _relate(people: list[Person], native: str, wanted: dict[str, int], rng: Random) -> None:
    """Turn drawn strangers into kin and namesakes, each person at most once."""
    grown = [
        index
        for index, person in enumerate(people)
        if person.native == native and not person.cast and person.category in ("civilian", "prisoner_of_war")
    ]
    # Those taken in the sweep first: who was taken with whom is a family matter.
    rng.shuffle(grown)
    grown.sort(key=lambda index: people[index].event != "tykhorih-sweep")
    for number in range(max(wanted.values())):
        for kind, count in wanted.items():
            if number < count:
                _pair(people, grown, kind, rng)


def _pair(people: list[Person], free: list[int], kind: str, rng: Random) -> None:
    for one in free:
        first = people[one]
        if kind != "spouses" and first.female:
            continue
        for other in free:
            second = people[other]
            if other == one or not _may_be(kind, first, second):
                continue
            people[other] = _bind(kind, first, second, rng)
            free.remove(one)
            free.remove(other)
            return
    raise RuntimeError(f"no pair left for {kind}")


def _may_be(kind: str, first: Person, second: Person) -> bool:
    if kind == "spouses":
        civilians = first.category == second.category == "civilian"
        # Nobody leaves the sweep by marriage: twelve were taken in it.
        stays = second.event != "tykhorih-sweep" or first.event == second.event
        return civilians and stays and not first.female and second.female
    if second.female:
        return False
    if kind == "father_son":
        return first.born.year < 1976 and (second.born.year - first.born.year) in range(21, 36)
    if kind == "namesakes":
        return first.home != second.home and abs(first.born.year - second.born.year) > 2
    return abs(first.born.year - second.born.year) < 14


def _bind(kind: str, first: Person, second: Person, rng: Random) -> Person:
    """Give the second person what makes it kin (or a namesake) of the first."""
    second = replace(second, surname=first.surname)
    if kind == "namesakes":
        # Every third pair shares the patronymic as well: only birth and home tell them apart.
        father = first.father if rng.random() < 0.34 else second.father
        return replace(second, given=first.given, father=father)
    second = replace(second, home=first.home)
    if kind == "spouses":
        return replace(second, event=first.event, taken_on=first.taken_on, taken_at=first.taken_at)
    if kind == "father_son":
        # Half the sons bear their father's own name.
        given = first.given if rng.random() < 0.5 else second.given
        return replace(second, given=given, father=first.given)
    second = replace(second, father=first.father)
    if second.given == first.given:
        second = replace(second, given=MALE["Степан" if first.given.uk != "Степан" else "Роман"])
    return replace(second, born=first.born) if kind == "twins" else second
