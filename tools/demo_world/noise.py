# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mistakes and habits as real lists have them: each takes an entry and gives it back changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from demo_world.person import Parts, Person
from demo_world.places import BY_KEY
from demo_world.scripts import dative, genitive, romanise

LOOK_ALIKES = str.maketrans("аеіосрхуАВЕІКМНОРСТХ", "aeiocpxyABEIKMHOPCTX")
_KEYS_UK = "йцукенгшщзхїфівапролджєячсмитьбю"
_KEYS_RU = "йцукенгшщзхъфывапролджэячсмитьбю"
_KEYS_EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."


@dataclass(frozen=True)
class Entry:
    """One row about to be written: the person, the name and birth as this source has them, and what went wrong."""

    person: Person
    language: str
    name: Parts
    born: date | None
    birth_form: str = "day"
    order: str = "family_first"
    town: str = ""
    kinds: tuple[str, ...] = ()


def entry_for(person: Person, language: str, *, town: str = "") -> Entry:
    """Start from what a careful office would write."""
    return Entry(person, language, person.parts(language), person.born, town=town)


Change = Callable[[Entry, Random], Entry]


def _named(entry: Entry, **parts: str) -> Entry:
    return replace(entry, name=replace(entry.name, **parts))


def other_language(entry: Entry, rng: Random) -> Entry:
    """Write the name as the neighbour's offices do: a Russian form in a Ukrainian list and the reverse."""
    other = {"uk": "ru", "ru": "uk"}[entry.language]
    return replace(entry, name=entry.person.parts(other))


def press_spelling(entry: Entry, rng: Random) -> Entry:
    """Romanise from the Russian form, as papers often do."""
    russian = entry.person.parts("ru")
    given = entry.person.given.press
    patronymic = romanise(russian.patronymic, "ru")
    return replace(entry, name=Parts(romanise(russian.family, "ru"), given, patronymic))


def press_name(entry: Entry, rng: Random) -> Entry:
    """Spell the given name as English papers do; leave the patronymic out."""
    return _named(entry, given=entry.person.given.press, patronymic="")


def older_romanisation(entry: Entry, rng: Random) -> Entry:
    """Romanise the Ukrainian form by the older British and American table."""
    uk = entry.person.parts("uk")
    return replace(entry, name=Parts(*(romanise(part, "bgn") for part in (uk.family, uk.given, uk.patronymic))))


def no_patronymic(entry: Entry, rng: Random) -> Entry:
    """Leave the patronymic out."""
    return _named(entry, patronymic="")


def short_name(entry: Entry, rng: Random) -> Entry:
    """Use the everyday short form of the given name, without patronymic."""
    given = entry.person.given
    short = given.short_ru if entry.language == "ru" else given.short_uk
    if entry.language == "en":
        short = romanise(given.short_uk, "kmu") if entry.person.native == "uk" else romanise(given.short_ru, "ru")
    return _named(entry, given=short, patronymic="")


def initials(entry: Entry, rng: Random) -> Entry:
    """Keep the surname and two letters: a brother's fit as well."""
    name = entry.name
    return _named(entry, given=f"{name.given[0]}.", patronymic=f"{name.patronymic[0]}." if name.patronymic else "")


def swapped_order(entry: Entry, rng: Random) -> Entry:
    """Put the given name where the surname belongs."""
    return replace(entry, order="given_first")


def typing_error(entry: Entry, rng: Random) -> Entry:
    """Drop, double or exchange letters inside the surname."""
    word = entry.name.family
    place = rng.randrange(1, len(word) - 2)
    kind = rng.choice(("drop", "double", "exchange"))
    if kind == "drop" or word[place] == word[place + 1]:
        wrong = word[:place] + word[place + 1 :]
    elif kind == "double":
        wrong = word[: place + 1] + word[place:]
    else:
        wrong = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return _named(entry, family=wrong)


def latin_look_alikes(entry: Entry, rng: Random) -> Entry:
    """Type letters of the surname in Latin that look the same in Cyrillic."""
    return _named(entry, family=entry.name.family.translate(LOOK_ALIKES))


def wrong_layout(entry: Entry, rng: Random) -> Entry:
    """Type surname and given name with the keyboard left in English."""
    keys = _KEYS_UK if entry.language == "uk" else _KEYS_RU
    table = str.maketrans(keys + keys.upper(), _KEYS_EN + _KEYS_EN.upper())
    return _named(entry, family=entry.name.family.translate(table), given=entry.name.given.translate(table))


def capitals(entry: Entry, rng: Random) -> Entry:
    """Shout the surname."""
    return _named(entry, family=entry.name.family.upper())


def stray_blanks(entry: Entry, rng: Random) -> Entry:
    """Leave a no-break space and a double blank, as copied tables do."""
    return _named(entry, family=f" {entry.name.family}\u00a0", given=f"{entry.name.given} ")


def in_genitive(entry: Entry, rng: Random) -> Entry:
    """Decline the whole Ukrainian name: a letter for whom."""
    return _decline(entry, genitive)


def in_dative(entry: Entry, rng: Random) -> Entry:
    """Decline the whole Ukrainian name: a letter to whom."""
    return _decline(entry, dative)


def _decline(entry: Entry, case: Callable[..., str]) -> Entry:
    female = entry.person.female
    name = entry.name
    # English surnames are not declined.
    surname = name.family if entry.person.native == "en" else case(name.family, female=female, surname=True)
    patronymic = case(name.patronymic, female=female) if name.patronymic else ""
    return _named(
        entry,
        family=surname,
        given=case(name.given, female=female),
        patronymic=patronymic,
    )


def no_birth(entry: Entry, rng: Random) -> Entry:
    """Know nothing of the birth."""
    return replace(entry, born=None)


def year_only(entry: Entry, rng: Random) -> Entry:
    """Know the year of birth alone."""
    return replace(entry, birth_form="year")


def day_and_month_exchanged(entry: Entry, rng: Random) -> Entry:
    """Exchange day and month of birth; the caller picks births where that gives another real day."""
    born = entry.born
    return replace(entry, born=born and date(born.year, born.day, born.month))


def birth_typing_error(entry: Entry, rng: Random) -> Entry:
    """Miss the year of birth by one or by ten."""
    born = entry.born
    if not born:
        return entry
    return replace(entry, born=date(born.year + rng.choice((-10, -1, 1)), born.month, min(born.day, 28)))


def old_town_name(entry: Entry, rng: Random) -> Entry:
    """Name the home town as it was called before it was renamed."""
    place = BY_KEY[entry.person.home]
    return replace(entry, town=place.old[("uk", "ru", "en").index(entry.language)])


CHANGES: dict[str, Change] = {
    "other_language": other_language,
    "press_spelling": press_spelling,
    "press_name": press_name,
    "older_romanisation": older_romanisation,
    "no_patronymic": no_patronymic,
    "short_name": short_name,
    "initials": initials,
    "swapped_order": swapped_order,
    "typing_error": typing_error,
    "latin_look_alikes": latin_look_alikes,
    "wrong_layout": wrong_layout,
    "capitals": capitals,
    "stray_blanks": stray_blanks,
    "in_genitive": in_genitive,
    "in_dative": in_dative,
    "no_birth": no_birth,
    "year_only": year_only,
    "day_and_month_exchanged": day_and_month_exchanged,
    "birth_typing_error": birth_typing_error,
    "old_town_name": old_town_name,
}
BIRTH = frozenset({"no_birth", "year_only", "day_and_month_exchanged", "birth_typing_error"})


def exchangeable(born: date | None) -> bool:
    """Tell whether day and month can be read either way and give different days."""
    return born is not None and born.day <= 12 and born.day != born.month


def fits(kind: str, entry: Entry) -> bool:
    """Tell whether a change makes sense for an entry and is of another group than those it has already."""
    group = kind in BIRTH, kind == "old_town_name"
    taken = {(done in BIRTH, done == "old_town_name") for done in entry.kinds}
    if group in taken:
        return False
    if kind == "day_and_month_exchanged":
        return exchangeable(entry.born)
    if kind == "old_town_name":
        return bool(entry.town) and bool(entry.person.home) and bool(BY_KEY[entry.person.home].renamed)
    if kind in ("other_language", "wrong_layout", "older_romanisation", "press_spelling", "short_name"):
        return entry.person.native != "en"
    return kind != "latin_look_alikes" or any(letter in "аеоср" for letter in entry.name.family)


def disturb(entry: Entry, kind: str, rng: Random) -> Entry:
    """Apply one change and note its kind."""
    changed = CHANGES[kind](entry, rng)
    return replace(changed, kinds=(*entry.kinds, kind))


def scatter(entries: list[Entry], quotas: dict[str, int], rng: Random) -> list[Entry]:
    """Spread so many changes of each kind over the entries; the named cast is left to its own script."""
    result = list(entries)
    for kind, count in quotas.items():
        able = [index for index, entry in enumerate(result) if not entry.person.cast and fits(kind, entry)]
        for index in rng.sample(able, min(count, len(able))):
            result[index] = disturb(result[index], kind, rng)
    return result
