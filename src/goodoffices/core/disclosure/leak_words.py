# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of a text with their place, and the keys by which a declined or transliterated form meets its name.

A key is a folded stem. A word of a text may have several, since an ending can be read in more than one way; a
name's own keys add the vowels that change inside a stem (Швець - Шевця, Заєць - Зайця, Орел - Орла, Кисіль - Киселя).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from goodoffices.core.names.fold import LOOK_ALIKE, fold, repair_scripts, script_of, stem

# Invisible characters inside a word neither part nor hide it.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301\u0300"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{INVISIBLE}]|['’ʼ`´](?=[^\W\d_]))*")
_DROP = str.maketrans("", "", INVISIBLE)
_LETTERS_APART = re.compile(r"(?<![^\W\d_])(?:[^\W\d_][ .·*_-]){3,}[^\W\d_](?![^\W\d_])")
_PLURAL = re.compile("(?:ix|imi|ami|am|ax|iv|iam|iami|iax)$")
_DATIVE = re.compile("(?:ovi|evi)$")
_FEMALE = re.compile("(?:oiu|eiu|iu|oi)$")
_ADJECTIVE = re.compile("(?:ogo|omu|oi|oiu|ou|im|imi|ix|om|aia|uiu|a|u|i|e|ii)$")
_SOFTENED = (
    ("qe", "k"),
    ("qe", "c"),
    ("je", "g"),
    ("ye", "x"),
    ("ci", "k"),
    ("zi", "g"),
    ("si", "x"),
    ("ce", "k"),
    ("ze", "g"),
)
# Туманівський is written Тумановский in Russian, and back.
_SUFFIXES = (("ivsk", ("ovsk", "evsk")), ("ovsk", ("ivsk",)), ("evsk", ("ivsk",)))
_ONE_SYLLABLE = re.compile("[^aeiou]{2}ec")
_FLEETING = re.compile("^(.*[bcdfghjklmnpqrstvwxyz])[eo]([bcdfghjklmnpqrstvwxyz])$")
_CLOSED = re.compile("^(.*[bcdfghjklmnpqrstvwxyz])i([bcdfghjklmnpqrstvwxyz]{1,2})$")
_CLOSED_I = re.compile("і(?=[бвгґджзйклмнпрстфхцчшщ]{1,2}ь?$)")
_HUSHED = re.compile("([жчшщ])[оё]")
SHORTEST_KEY = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        start, end: its place in code points of the NFC text.
        folded: the word in the common alphabet.
        keys: the stems it may have.
        capital: whether it begins with a capital.
        opens: whether it stands first in a sentence or line, where any word has a capital.
    """

    start: int
    end: int
    folded: str
    keys: frozenset[str]
    capital: bool
    opens: bool


def words_of(text: str) -> tuple[Word, ...]:
    """Give the words of an NFC text; letters written apart (К о в а л ь) are one word."""
    found: list[Word] = []
    apart = {one.start(): one.end() for one in _LETTERS_APART.finditer(text)}
    at = 0
    while (match := _WORD.search(text, at)) is not None:
        end = apart.get(match.start(), match.end())
        found.append(_word(text, match.start(), end))
        at = end
    return tuple(found)


def _word(text: str, start: int, end: int) -> Word:
    raw = "".join(char for char in text[start:end].translate(_DROP) if char.isalpha() or char in "'’ʼ`´")
    folds = [fold(one) for one in _readings(raw)]
    cyrillic = script_of(raw) != "Latn"
    keys = frozenset(key for folded in folds for key in form_keys(folded, cyrillic))
    return Word(start, end, folds[0], keys, raw[:1].isupper(), _opens(text, start))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip(" \t«»\"'“„(–—-")
    return not before or before[-1] in ".!?\n:;…"


def _readings(word: str) -> tuple[str, ...]:
    """Give a word that mixes scripts in both: which letters are the intruders, their number doesn't tell."""
    if script_of(word) != "Mixd":
        return (word,)
    lower = word.lower()
    cyrillic = "".join(LOOK_ALIKE.get(char, char) for char in lower)
    return tuple(one for one in (cyrillic, repair_scripts(lower)) if script_of(one) != "Mixd") or (word,)


def spellings(word: str) -> frozenset[str]:
    """Give the ways a protected word is written in its own alphabet.

    That is: ё, ьо, йо and о after a hushing letter; and the о or е that і becomes in an open syllable (Кіт - Кота).
    """
    lower = word.lower()
    told = {lower, _HUSHED.sub(r"\1е", lower), *(lower.replace(sound, "о") for sound in ("ё", "ьо", "йо"))}
    return frozenset(told | {_CLOSED_I.sub(vowel, lower) for vowel in "ое"})


@lru_cache(maxsize=200_000)
def form_keys(folded: str, cyrillic: bool = True) -> frozenset[str]:
    """Give the stems a folded word of a text may have; consonants soften before an ending in Cyrillic alone."""
    keys = {folded, stem(folded)}
    for pattern in (_DATIVE, _PLURAL, _FEMALE, _ADJECTIVE):
        bare = pattern.sub("", folded)
        if len(bare) >= SHORTEST_KEY:
            keys |= {bare, stem(bare)}
    if (fleeting := _FLEETING.match(folded)) and len(folded) > SHORTEST_KEY + 1:
        keys.add(fleeting[1] + fleeting[2])
    if cyrillic:
        keys |= {folded[: -len(end)] + hard for end, hard in _SOFTENED if folded.endswith(end)}
    return frozenset(key for key in keys if len(key) >= 2)


@lru_cache(maxsize=10_000)
def name_keys(folded: str) -> frozenset[str]:
    """Give the stems by which a protected word is known, with the vowels that change inside it."""
    keys = {stem(folded)}
    bare = _ADJECTIVE.sub("", folded)
    if folded.endswith(("ii", "i", "oi")) and len(bare) >= SHORTEST_KEY:
        keys.add(bare)
    if folded.endswith("aec"):
        keys.add(folded[:-2] + "ic")
    if _ONE_SYLLABLE.fullmatch(folded):
        keys.add(folded[0] + "e" + folded[1] + "c")
    for one, others in _SUFFIXES:
        keys |= {key.replace(one, other) for key in keys if one in key for other in others}
    for key in tuple(keys | {folded}):
        if (fleeting := _FLEETING.match(key)) and len(key) >= 4:
            keys.add(fleeting[1] + fleeting[2])
        if (closed := _CLOSED.match(key)) and len(key) >= 4:
            keys |= {closed[1] + vowel + closed[2] for vowel in "eo"}
    return frozenset(key for key in keys if len(key) >= SHORTEST_KEY) or frozenset({folded})


def normal(text: str) -> str:
    """Give the NFC text that offsets count in."""
    return unicodedata.normalize("NFC", text)
