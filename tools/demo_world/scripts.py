# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing one name in another script or case: Ukrainian to Russian and back, Latin schemes, Ukrainian cases.

Latin schemes: ``kmu`` is Ukraine's passport table (Cabinet resolution 55 of 2010); ``bgn`` the table of the British
and American boards for Ukrainian; ``ru`` the Russian table of the same boards without marks. Only what invented names
need is here: the engine has its own, fuller tables.
"""

from __future__ import annotations

import re

_KMU_LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia - - - -"
_KMU = dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшщюяь’'ъ", _KMU_LATIN.split(), strict=True))
_KMU_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_BGN = {**_KMU, **_KMU_FIRST, "ґ": "g"}
_RU_LATIN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"
_RU = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _RU_LATIN.split(), strict=True))
_VOWELS = "аеєиіїоуюяёыэ"
_HUSHERS = "жшчщцгкх"


def _spell(word: str, table: dict[str, str], first: dict[str, str]) -> str:
    out = []
    for position, letter in enumerate(word.lower()):
        latin = (first if position == 0 else {}).get(letter) or table.get(letter, letter)
        out.append("" if latin == "-" and letter != "-" else latin)
    return "".join(out)


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def romanise(word: str, scheme: str) -> str:
    """Write one Cyrillic name word in Latin letters by scheme ``kmu``, ``bgn`` or ``ru``."""
    parts = word.split("-")
    if scheme == "kmu":
        spelt = [_spell(part.lower().replace("зг", "зgh"), _KMU, _KMU_FIRST) for part in parts]
        return _title("-".join(spelt))
    if scheme == "bgn":
        spelt = [re.sub("yy$", "y", _spell(part, _BGN, {})) for part in parts]
        return _title("-".join(spelt))
    parts = [re.sub(f"(?<=[{_VOWELS}ьъ])е", "йе", part.lower()) for part in parts]
    spelt = [re.sub("(iy|yy)$", "y", _spell(part, _RU, {"е": "ye"})) for part in parts]
    return _title("-".join(spelt))


def to_russian(surname: str) -> str:
    """Write a Ukrainian surname the way a Russian office would."""
    out: list[str] = []
    word = re.sub("ець$", "ец", surname.lower())
    word = re.sub("([сц])ька$", r"\1кая", word)
    word = word.replace("ськ", "ск").replace("цьк", "цк").replace("ьо", "ё").replace("’", "ъ")
    for position, letter in enumerate(word):
        before = word[position - 1] if position else ""
        ending = word[position:] in ("ий", "ич")
        if letter == "и" and before not in _HUSHERS and not ending:
            letter = "ы"
        out.append({"і": "и", "ї": "и", "є": "е", "ґ": "г"}.get(letter, letter))
    return _title("".join(out))


def to_ukrainian(surname: str) -> str:
    """Write a Russian surname the way a Ukrainian office would."""
    out: list[str] = []
    word = surname.lower().replace("ский", "ський").replace("ская", "ська").replace("цкий", "цький")
    for position, letter in enumerate(word):
        before = word[position - 1] if position else ""
        if letter == "и" and word[position:] != "ий":
            letter = "и" if before in "жшчщц" else "і"
        elif letter == "е" and (not before or before in _VOWELS):
            letter = "є"
        elif letter == "ё":
            letter = "о" if before in "жшчщ" else "ьо"
        out.append({"ы": "и", "э": "е", "ъ": "’"}.get(letter, letter))
    return _title("".join(out))


def feminine(surname: str) -> str:
    """Give the woman's form of a surname in either language; most Ukrainian ones don't change."""
    if surname.endswith(("ський", "цький")):
        return surname[:-2] + "а"
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    if surname.endswith(("ов", "ев", "єв", "ёв", "ин", "ін")):
        return surname + "а"
    return surname


_MEN = (
    ("ський", "ського", "ському"),
    ("цький", "цького", "цькому"),
    ("ець", "ця", "цю"),
    ("ль", "ля", "лю"),
    ("ій", "ія", "ію"),
    ("ай", "ая", "аю"),
    ("Яків", "Якова", "Якову"),
    ("дір", "дора", "дору"),
    ("Ігор", "Ігоря", "Ігорю"),
    ("ля", "лі", "лі"),
    ("о", "а", "у"),
    ("а", "и", "і"),
    ("", "а", "у"),
)
_WOMEN = (("ія", "ії", "ії"), ("га", "ги", "зі"), ("а", "и", "і"), ("ов", "ові", "ові"))
_WOMEN_SURNAMES = (
    ("ська", "ської", "ській"),
    ("цька", "цької", "цькій"),
    ("ова", "ової", "овій"),
    ("ева", "евої", "евій"),
    ("єва", "євої", "євій"),
    ("іна", "іної", "іній"),
    ("ина", "иної", "иній"),
    ("ура", "ури", "урі"),
)


def genitive(word: str, *, female: bool, surname: bool = False) -> str:
    """Put a Ukrainian name word into the genitive ("a letter for ...")."""
    return _bend(word, _endings(female=female, surname=surname), 1)


def dative(word: str, *, female: bool, surname: bool = False) -> str:
    """Put a Ukrainian name word into the dative ("a letter to ...")."""
    return _bend(word, _endings(female=female, surname=surname), 2)


def _endings(*, female: bool, surname: bool) -> tuple[tuple[str, str, str], ...]:
    if not female:
        return _MEN
    return _WOMEN_SURNAMES if surname else _WOMEN


def _bend(word: str, endings: tuple[tuple[str, str, str], ...], case: int) -> str:
    for row in endings:
        if word.endswith(row[0]):
            return word[: len(word) - len(row[0])] + row[case]
    return word
