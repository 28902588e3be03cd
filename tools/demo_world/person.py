# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented person, and how the name is written in each language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demo_world.given_names import GivenName
from demo_world.scripts import feminine, romanise, to_russian, to_ukrainian


@dataclass(frozen=True)
class Parts:
    """A name in parts as one source writes it."""

    family: str
    given: str
    patronymic: str


@dataclass(frozen=True)
class Person:
    """Everything true about somebody in the demo world. ``surname`` is the man's form in the native language."""

    key: str
    female: bool
    native: str
    surname: str
    given: GivenName
    father: GivenName | None
    born: date
    home: str
    category: str
    holder: str
    taken_on: date
    taken_at: str
    place: str
    event: str = ""
    earlier_place: str = ""
    requested_by: str = ""
    citizenship: str = "UA"
    occupation: str = ""
    unit: str = ""
    rank: str = ""
    legal: str = "none"
    charge: str = ""
    sentence: str = ""
    cast: str = ""
    foreign: tuple[str, str, str] = ("", "", "")

    def family(self, language: str) -> str:
        """Give the surname in uk, ru or en, in the form of the person's sex."""
        if self.native == "en":
            return self.foreign[("uk", "ru", "en").index(language)]
        native = feminine(self.surname) if self.female else self.surname
        if language == "en":
            return romanise(native, "kmu" if self.native == "uk" else "ru")
        if language == self.native:
            return native
        return to_russian(native) if language == "ru" else to_ukrainian(native)

    def parts(self, language: str) -> Parts:
        """Give the full name in uk, ru or en the way a careful office of that language writes it."""
        sex = 1 if self.female else 0
        if language == "en":
            cyrillic = self.parts(self.native) if self.native != "en" else Parts("", "", "")
            scheme = "kmu" if self.native == "uk" else "ru"
            patronymic = romanise(cyrillic.patronymic, scheme)
            given = self.given.press if self.native == "en" else romanise(cyrillic.given, scheme)
            return Parts(self.family("en"), given, patronymic)
        given = self.given.uk if language == "uk" else self.given.ru
        pair = ("", "")
        if self.father:
            pair = self.father.patronymic_uk if language == "uk" else self.father.patronymic_ru
        return Parts(self.family(language), given, pair[sex])
