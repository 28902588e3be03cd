# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fold a word of any script into one small alphabet, so that spellings of one name meet.

The folded alphabet is ASCII lower case. Letters that Latin spelling uses in many ways stand for one sound
each: ``j`` = zh, ``q`` = ch, ``y`` = sh, ``w`` = shch, ``x`` = kh, ``c`` = ts. All i-like letters are ``i``.

Sources of the rules: Resolution 55/2010 of the Cabinet of Ministers of Ukraine, BGN/PCGN 1947 and 1965,
ICAO Doc 9303-3, GOST R 52535.1-2006, ISO 9:1995, and the press habits of English, French, German,
Polish, Swedish and Finnish. Folding loses detail on purpose and is for comparing only, never for display.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "j",
    "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "v", "ф": "f", "х": "x", "ц": "c", "ч": "q",
    "ш": "y", "щ": "w", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a", "ѣ": "e", "ђ": "d",
    "ј": "i", "љ": "l", "њ": "n", "ћ": "q", "џ": "dj", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o",
    "ү": "u", "ұ": "u", "һ": "g", "җ": "j", "ҡ": "k", "ҙ": "z", "ҫ": "s",
}  # fmt: skip

_LATIN_MARKED = {
    "š": "sh", "ș": "sh", "ş": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh", "ż": "zh", "ŝ": "shch",
    "â": "ia", "û": "iu", "ł": "l", "ß": "ss", "æ": "e", "œ": "e", "ø": "o", "đ": "d", "ı": "i", "ĵ": "j",
    "ğ": "g", "ə": "a",
}  # fmt: skip

# Longest first: the first alternative that fits wins.
_LATIN_GROUPS: tuple[tuple[str, str], ...] = (
    ("schtsch", "w"), ("shtsch", "w"), ("chtch", "w"), ("shtsh", "w"), ("shch", "w"), ("szcz", "w"),
    ("sjtj", "w"), ("stch", "w"), ("tsch", "q"), ("tch", "q"), ("tsh", "q"), ("sch", "y"), ("dzh", "dj"),
    ("zh", "j"), ("kh", "x"), ("ch", "q"), ("cz", "q"), ("sz", "y"), ("sh", "y"), ("ts", "c"), ("tz", "c"),
    ("tc", "c"), ("ph", "f"), ("th", "t"), ("ou", "u"), ("x", "ks"), ("w", "v"), ("q", "k"), ("h", "g"),
)  # fmt: skip
_GROUPS = dict(_LATIN_GROUPS)
_SWEDISH = re.compile(r"tj(?![au])|sj(?![au])|zj(?!a)")
_SWEDISH_SIGN = re.compile("itj\\b|[tsz]j[bcdfghklmnprtvzeo]")
_SWEDISH_TO = {"t": "ch", "s": "sh", "z": "zh"}
_CZECH_FEMALE = re.compile("ová$")
_GROUP_RE = re.compile("|".join(source for source, _ in _LATIN_GROUPS) + "|c[kt](?![iya])|y|j|c")
_SCHOLARLY = re.compile("[šžčŝâûʹʺě]")
_POLISH = re.compile("sz|cz|[łżźś]|w(?!h)")
_APOSTROPHES = "'’ʼ‘`´ʹ′ʺ\"“”«»ʻ＇"
_DROP = str.maketrans("", "", _APOSTROPHES)
_DOUBLES = re.compile(r"(.)\1+")
_SOFT_IO = re.compile("i+o")
_SOFT = re.compile("i+(?=[aeu])")

LOOK_ALIKE = {
    "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "і", "k": "к", "m": "м", "o": "о", "p": "р",
    "t": "т", "x": "х", "y": "у", "u": "и", "n": "п", "r": "г", "l": "і", "ë": "ё", "ï": "ї", "j": "ј",
    "0": "о", "3": "з", "s": "ѕ",
}  # fmt: skip
_TO_LATIN = {
    "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "і": "i", "к": "k", "м": "m", "о": "o", "р": "p",
    "т": "t", "х": "x", "у": "y", "ѕ": "s", "ј": "j", "ё": "ë", "ї": "ï",
}  # fmt: skip
_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_JCUKEN_RU = "йцукенгшщзхъфывапролджэячсмитьбюё"
_JCUKEN_UK = "йцукенгшщзхїфівапролджєячсмитьбюґ"


_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_LETTER = re.compile("[a-zA-Z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")


def script_of(word: str) -> str:
    """Name the script of a word: ``Cyrl``, ``Latn``, ``Mixd`` or ``Zzzz``."""
    cyrillic, latin = _CYRILLIC_LETTER.search(word), _LATIN_LETTER.search(word)
    if cyrillic and latin:
        return "Mixd"
    if cyrillic or latin:
        return "Cyrl" if cyrillic else "Latn"
    return "Zzzz"


def repair_scripts(word: str) -> str:
    """Give a word that mixes scripts one script, by replacing the smaller party with its look-alikes."""
    if script_of(word) != "Mixd":
        return word
    cyrillic = sum("\u0400" <= char <= "\u052f" for char in word)
    latin = sum(char.isalpha() and char < "\u0250" for char in word)
    table = LOOK_ALIKE if cyrillic >= latin else _TO_LATIN
    return "".join(_same_case(char, table.get(char.lower(), char)) for char in word)


def _same_case(model: str, char: str) -> str:
    return char.upper() if model.isupper() else char


@lru_cache(maxsize=8)
def _layout(kind: str) -> dict[int, str]:
    cyrillic = _JCUKEN_UK if kind.endswith("uk") else _JCUKEN_RU
    pairs = zip(_QWERTY, cyrillic, strict=True)
    if kind.startswith("to_latin"):
        return {ord(right): left for left, right in pairs}
    return {ord(left): right for left, right in pairs}


def respell(text: str) -> str:
    """Turn the Swedish spelling of a whole name (``Pavlitjenko``, ``Zacharov``) into the English one.

    Only the name as a whole shows it: ``tja`` in one word may be ч or т + я.
    """
    if not _SWEDISH_SIGN.search(text.lower()):
        return text
    text = re.sub("(?i)(?<![tsc])ch", "kh", text)
    return re.sub("(?i)([tsz])j", lambda found: _SWEDISH_TO[found[1].lower()], text)


def relayout(text: str) -> tuple[str, ...]:
    """Retype a text as if the keyboard had been in the other alphabet (Ukrainian and Russian layouts)."""
    lower = text.lower()
    to = "to_latin" if script_of(text) == "Cyrl" else "to_cyrillic"
    return tuple(dict.fromkeys(lower.translate(_layout(f"{to}_{kind}")) for kind in ("uk", "ru")))


@lru_cache(maxsize=400_000)
def plain(word: str) -> str:
    """Lower-case a word and take off accents and apostrophes, keeping its script."""
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("й", "\ue000").replace("ї", "\ue001"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("\ue000", "й").replace("\ue001", "ї").translate(_DROP)


def _fold_cyrillic(word: str) -> str:
    return "".join(CYRILLIC.get(char, "") for char in word.replace("ьо", "йо").replace("дзь", "дь"))


def _fold_latin(word: str) -> str:
    if _SCHOLARLY.search(word):
        word = re.sub("(?<![kscztp])h", "kh", word)
    elif _POLISH.search(word):
        word = re.sub("(?<![ts])ch", "kh", word)
    word = _CZECH_FEMALE.sub("", word) if len(word) > 6 else word
    word = "".join(_LATIN_MARKED.get(char, char) for char in word)
    word = plain(word)
    word = _SWEDISH.sub(lambda found: _SWEDISH_TO[found[0][0]], word)
    word = re.sub("ff$", "v", word)
    return _GROUP_RE.sub(_latin_group, word)


def _latin_group(found: re.Match[str]) -> str:
    text = found[0]
    if text in _GROUPS:
        return _GROUPS[text]
    if text in ("y", "j"):
        return "i"
    return text if text == "c" else "k" + text[1:].replace("k", "")


@lru_cache(maxsize=400_000)
def fold(word: str) -> str:
    """Fold one word of any script into the common alphabet; letters of unknown scripts stay as they are.

    >>> fold("Володимир"), fold("Volodymyr"), fold("Wolodymyr")
    ('volodimir', 'volodimir', 'volodimir')
    """
    word = unicodedata.normalize("NFC", repair_scripts(word)).lower().translate(_DROP)
    letters = _fold_cyrillic(word) if script_of(word) == "Cyrl" else _fold_latin(word)
    letters = "".join(char for char in letters if char.isalnum())
    letters = _SOFT.sub("", _SOFT_IO.sub("e", letters))
    return _DOUBLES.sub(r"\1", letters.replace("ei", "i"))


_ADJECTIVE = re.compile("(?<=[scz]k)(?:i|a|oi|ogo|omu|im|om|ou|u|e)$")
_POSSESSIVE = re.compile("(?:([oe]v)|(in))(?:a|u|oi|im|om|ou|i|e|oiu)?$")
_CASE_END = re.compile("(?:ogo|omu|oi|ovi|evi|om|em|[aeiou]{1,2})$")


@lru_cache(maxsize=400_000)
def stem(folded: str) -> str:
    """Take the gender and case endings off a folded surname: Зеленська, Зеленской, Zelensky -> ``zelensk``."""
    bare = _ADJECTIVE.sub("", folded)
    if bare != folded:
        return bare
    found = _POSSESSIVE.search(folded)
    if found and found.start() >= 2:
        return folded[: found.start()] + ("ov" if found[1] else "in")
    found = _CASE_END.search(folded)
    bare = folded[: found.start()] if found and found.start() >= 3 else folded
    return bare[:-2] + "c" if bare.endswith("ec") and len(bare) > 3 else bare


_SKELETON = str.maketrans({"a": None, "e": None, "i": None, "o": None, "u": None, "x": "g", "w": "y", "f": "v"})


@lru_cache(maxsize=400_000)
def skeleton(folded: str) -> str:
    """Keep the consonants of a folded word, near sounds levelled; a leading vowel stays as ``a``."""
    bones = folded.translate(_SKELETON)
    lead = "a" if folded[:1] in "aeiou" else ""
    return lead + _DOUBLES.sub(r"\1", bones)
