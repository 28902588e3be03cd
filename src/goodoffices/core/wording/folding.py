# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fold one written word so that spellings meant to look alike meet.

Folded: letter case, ё and е, the marks used as an apostrophe, stress marks, soft hyphens and characters without
width, and letters or digits borrowed from another script because they look like the wanted ones. The direction of
that last step is the language of the text, not the majority of the letters: in an English text "оrс" is "orc".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ‘`´ʹ′＇"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
STRESS = "\u0300\u0301\u0341\u0340"

_CLEAN = {ord(mark): "'" for mark in APOSTROPHES} | {ord(mark): None for mark in INVISIBLE + STRESS}
# Pairs of small letters that look alike, Latin first; the capitals follow from Python's own case pairs.
_PAIRS = "aаcсeеiіjјkкmмoоpрsѕtтxхyуhнbв"
_TO_CYRILLIC = {_PAIRS[at]: _PAIRS[at + 1] for at in range(0, len(_PAIRS), 2)}
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items()}
_GREEK = {"α": "a", "ε": "e", "ι": "i", "κ": "k", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ν": "v"}
_TO_LATIN |= _GREEK | {
    "ь": "b",
    "п": "n",
    "г": "r",
    "и": "u",
    "ԁ": "d",
    "ԛ": "q",
    "ԝ": "w",
    "ӏ": "l",
    "ё": "e",
    "ï": "i",
}
_TO_CYRILLIC |= {greek: _TO_CYRILLIC.get(latin, latin) for greek, latin in _GREEK.items()}
_TO_CYRILLIC |= {"n": "п", "u": "и", "r": "г", "ï": "ї", "ë": "е", "l": "і"}
_DIGITS_LATIN = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s"}
_DIGITS_CYRILLIC = {"0": "о", "3": "з", "4": "ч", "6": "б", "1": "і"}
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z\u00df-\u024f]")
_OTHER = re.compile("[\u0370-\u03ff]")
_DIGIT = re.compile("[0-9]")
_ENDING = re.compile("(?:'(?:s|d|m|re|ve|ll)|')$")


def fold_plain(word: str, language: str) -> str:
    """Fold a word that mixes no scripts: case, ё, apostrophes, marks."""
    plain = unicodedata.normalize("NFC", word).lower().translate(_CLEAN)
    if not plain.isascii() and _has_wide(plain):
        plain = unicodedata.normalize("NFKC", plain).translate(_CLEAN)
    if language == "en":
        return plain
    if language == "ru":
        plain = plain.replace("ё", "е")
    return plain if language == "uk" else plain.replace("'", "")


def _has_wide(word: str) -> bool:
    return any("\uff00" <= char <= "\uffef" or "\U0001d400" <= char <= "\U0001d7ff" for char in word)


@lru_cache(maxsize=65536)
def fold_word(raw: str, language: str) -> tuple[str, ...]:
    """Give the folded readings of one written word, the plain one first.

    English gives "regime" for "regime's", and "does" and "not" beside "doesn't".
    """
    plain = fold_plain(raw, language)
    if language == "en":
        return _english(plain)
    readings = [plain]
    if _LATIN.search(plain) or _OTHER.search(plain) or (_DIGIT.search(plain) and _CYRILLIC.search(plain)):
        readings += _as_cyrillic(plain, language)
    return tuple(dict.fromkeys(readings))


def _english(plain: str) -> tuple[str, ...]:
    if plain.endswith("n't"):
        base = {"ca": "can", "wo": "will"}.get(plain[:-3], plain[:-3])
        return (plain, base, "not")
    bare = _ENDING.sub("", plain)
    readings = [bare] if bare == plain else [bare, plain]
    if not bare.isascii() or (_DIGIT.search(bare) and _LATIN.search(bare)):
        readings += _as_latin(bare)
    return tuple(dict.fromkeys(readings))


def _as_latin(word: str) -> list[str]:
    table = _TO_LATIN | (_DIGITS_LATIN if _LATIN.search(word) or _CYRILLIC.search(word) else {})
    turned = "".join(table.get(char, char) for char in word)
    if not turned.isascii():
        turned = "".join(char for char in unicodedata.normalize("NFKD", turned) if not unicodedata.combining(char))
    return [turned] if turned.isascii() else []


def _as_cyrillic(word: str, language: str) -> list[str]:
    found = []
    for table in (_TO_CYRILLIC, _TO_CYRILLIC | _DIGITS_CYRILLIC):
        turned = "".join(table.get(char, char) for char in word)
        if language == "ru":
            turned = turned.replace("і", "и").replace("ё", "е")
        if not (_LATIN.search(turned) or _OTHER.search(turned)):
            found.append(turned)
    return found
