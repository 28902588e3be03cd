# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read a name written in one column into family, given and patronymic parts; keep both readings when unsure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from goodoffices.core.names.fold import LOOK_ALIKE, fold, relayout, repair_scripts, respell, script_of, stem
from goodoffices.core.names.given import is_given, is_patronymic, near_given
from goodoffices.core.names.patronymic import patronymic_root
from goodoffices.core.names.tables import name_tables

MAX_READINGS = 6
_ASIDE = re.compile(r"[(\[{«„“\"]([^)\]}»”“\"]*)[)\]}»”“\"]")
_CALL_SIGN = re.compile(r"(?i)[,;]?\s*(?:позивний|позывной|call ?sign|псевдо|он же|він же|aka|a\.k\.a\.)[\s:–—-]+(.+)$")
_LAYOUT_SIGNS = re.compile(r"[\[\];`]|[^\W\d_][;,.'][^\W\d_]", re.UNICODE)
_QUOTE_INSIDE = re.compile(r"(?<=\w)[\"”“](?=\w)")
_COMBINING = re.compile("[\u0300-\u036f]")
_NO_WORD = re.compile(r"[^\w'’ʼ‘`´ʹ\-‐‑–]+")
_DASH = re.compile("[‐‑–]")
_PARTICLES = frozenset(
    (
        "de", "la", "las", "los", "el", "del", "da", "do", "dos", "van", "von", "der", "den", "di", "du", "le",
        "y", "e", "bin", "ibn", "al", "oglu", "ogli", "ogly", "kizi",
    )
)  # fmt: skip
_TITLES = frozenset(
    (
        "mr", "mrs", "ms", "dr", "prof", "гр", "пан", "пани", "пані", "г-н", "г-жа", "госп", "капитан",
        "капітан", "солдат",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to read a name. Parts are lower case as written, an absent part is an empty string.

    Attributes:
        family: surname; several words or a double surname stay together, parted by one blank.
        given: given name or names.
        patronymic: patronymic, recognised by its ending.
        certain: False if the order of the words had to be guessed.
        script: ``Cyrl``, ``Latn``, ``Mixd`` or ``Zzzz``.
        language: ``uk``, ``ru``, ``be`` or empty, guessed from letters only one of them has.
        alias: True if this reading comes from another name the source gives for the person.
    """

    family: str
    given: str
    patronymic: str = ""
    certain: bool = True
    script: str = "Zzzz"
    language: str = ""
    alias: bool = False


def parse_name(text: str, sex: str | None = None) -> tuple[NameReading, ...]:
    """Read a name of any script and order.

    Args:
        text: the name as a source has it; ``Family, Given`` and a gap of two blanks are understood.
        sex: accepted for callers that know it; the order of words doesn't depend on it.

    Returns:
        The readings, the likeliest first; empty for a text without letters. More than one when unsure.
    """
    return _parse(text)


@lru_cache(maxsize=50_000)
def _parse(text: str) -> tuple[NameReading, ...]:
    text, asides = _without_asides(_QUOTE_INSIDE.sub("'", _bare(text)))
    text = _right_layout(text) if script_of(text) in ("Latn", "Cyrl") else _one_script(text)
    readings = list(_orders(text))
    for aside in asides:
        readings.extend(_aside_readings(aside, readings[:1]))
    return tuple(dict.fromkeys(readings))[:MAX_READINGS]


def _bare(text: str) -> str:
    """Compose letters, drop stress marks (Алекса\u0301ндр), respell Swedish."""
    composed = unicodedata.normalize("NFC", text.replace("\u00a0", " ")).strip()
    return respell(_COMBINING.sub("", composed))


def _without_asides(text: str) -> tuple[str, list[str]]:
    asides = [found.strip() for found in _ASIDE.findall(text) if not _CALL_SIGN.search(found.strip())]
    text = _ASIDE.sub(" ", text)
    found = _CALL_SIGN.search(text)
    return (text[: found.start()] if found else text), asides


def _aside_readings(aside: str, main: list[NameReading]) -> list[NameReading]:
    """A bracketed surname (maiden name) replaces the family name; two words and more are a name of their own."""
    found = words(aside)
    if len(found) == 1 and main and len(found[0]) > 3:
        first = main[0]
        return [NameReading(found[0], first.given, first.patronymic, False, first.script, first.language, True)]
    if len(found) >= 2:
        return [
            NameReading(r.family, r.given, r.patronymic, r.certain, r.script, r.language, True) for r in _orders(aside)
        ]
    return []


def words(text: str) -> list[str]:
    """Split a text into lower-case words; hyphens part words only in the family name later, so they stay."""
    cleaned = _NO_WORD.sub(" ", repair_text(text).lower().replace("_", " "))
    found = (word.strip("-'’ʼ‘`´–") for word in _DASH.sub("-", cleaned).split())
    return [word for word in found if word and word not in _TITLES and not word.isdigit()]


def repair_text(text: str) -> str:
    """Give every word one script."""
    if script_of(text) != "Mixd":
        return text
    return re.sub(r"[^\W_]+", lambda found: repair_scripts(found[0]), text)


def _one_script(text: str) -> str:
    """Put a Latin word among Cyrillic ones right: look-alikes if all its letters are, else the other layout."""
    parts = text.split(" ")
    if not any(script_of(part) == "Cyrl" for part in parts):
        return text
    return " ".join(_as_cyrillic(part) if script_of(part) == "Latn" else part for part in parts)


def _as_cyrillic(word: str) -> str:
    drawn = "".join(LOOK_ALIKE.get(char, char) for char in word.lower())
    typed = relayout(word)
    if script_of(drawn) == "Cyrl" and not any(is_given(fold(form)) for form in typed):
        return drawn
    known = [form for form in typed if is_given(fold(form)) or is_patronymic(fold(form))]
    vowels = sum(char in "aeiouy" for char in word.lower())
    return known[0] if known else typed[0] if 4 * vowels <= len(word) else word


def _known(text: str) -> int:
    folds = [fold(word) for word in words(text)]
    return sum(1 + (len(f) >= 5) for f in folds if is_given(f) or is_patronymic(f))


def _right_layout(text: str) -> str:
    """Retype a name that was typed in the wrong keyboard layout, if that turns gibberish into known names."""
    if _known(text):
        return text
    retyped = relayout(text)
    best = max(retyped, key=_known)
    if _known(best) >= 2 or (_known(best) and _LAYOUT_SIGNS.search(text)):
        return best
    return next((form for form in retyped if _gibberish(text) and _is_surname(form)), text)


def _gibberish(text: str) -> bool:
    """Latin letters with hardly a vowel among them."""
    letters = [char for char in text.lower() if char.isascii() and char.isalpha()]
    return len(letters) >= 5 and 5 * sum(char in "aeiouy" for char in letters) <= len(letters)


def _is_surname(text: str) -> bool:
    return any(stem(fold(word)) in name_tables().surnames for word in words(text))


def _orders(text: str) -> tuple[NameReading, ...]:
    script, language = script_of(text), language_of(text)

    def reading(family: list[str], given: list[str], patronymic: str, certain: bool) -> NameReading:
        return NameReading(_family(family), " ".join(given), patronymic, certain, script, language)

    if text.count(",") == 1:
        left, right = (words(half) for half in text.split(","))
        if left and right:
            given, patronymic = _cut_patronymic(right)
            return (reading(left, given, patronymic, True),)
    gap = re.split(r"(?<=\S)\s{2,}(?=\S)", text)
    if len(gap) == 2 and all(map(words, gap)):
        given, patronymic = _cut_patronymic(words(gap[1]))
        if given and not (len(words(gap[0])) == 1 and is_given(fold(words(gap[0])[0])) and not patronymic):
            return (reading(words(gap[0]), given, patronymic, True),)
    found = words(text)
    if not found:
        return ()
    shouted = _shouted_family(text, found)
    if shouted is not None:
        rest, patronymic = _cut_patronymic([word for word in found if word not in shouted])
        return (reading(shouted, rest, patronymic, True),)
    return tuple(reading(*parts) for parts in _guess(found))


def _shouted_family(text: str, found: list[str]) -> list[str] | None:
    """``Doku Khamatovich UMAROV``: a word in capitals among others is the family name."""
    raw = [word for word in re.split(r"\s+", text) if word.strip(".,-")]
    upper = [word for word in raw if len(word) > 3 and word.isupper()]
    if not upper or any(word.isupper() for word in raw if word not in upper) or len(upper) == len(raw):
        return None
    lowered = [word for word in words(" ".join(upper)) if word in found]
    return lowered if lowered and len(lowered) < len(found) else None


def _cut_patronymic(parts: list[str]) -> tuple[list[str], str]:
    if len(parts) >= 2 and len(parts[-1]) > 2 and patronymic_root(fold(parts[-1])):
        return parts[:-1], parts[-1]
    if len(parts) == 2 and len(parts[1]) <= 2 and len(parts[0]) <= 2:
        return parts[:1], parts[1]
    return parts, ""


Parts = tuple[list[str], list[str], str, bool]


def _guess(found: list[str]) -> list[Parts]:
    if len(found) == 1:
        word = found[0]
        return [([], [word], "", False)] if is_given(fold(word)) else [(found, [], "", False)]
    letters = [word for word in found if len(word) == 1]
    if len(letters) == 2 and len(found) >= 3:
        return [([word for word in found if len(word) > 1], letters[:1], letters[1], True)]
    at = _patronymic_at(found)
    if at is not None:
        return _around_patronymic(found, at)
    if len(found) == 2:
        return _two(found)
    return _many(found)


def _patronymic_at(found: list[str]) -> int | None:
    if len(found) < 3:
        return None
    known = [i for i in range(1, len(found)) if is_patronymic(fold(found[i]))]
    likely = known or [i for i in range(1, len(found)) if len(found[i]) > 5 and patronymic_root(fold(found[i]))]
    return likely[-1] if likely else None


def _around_patronymic(found: list[str], at: int) -> list[Parts]:
    """The given name stands right before the patronymic; what is left is the family name."""
    family = found[: at - 1] + found[at + 1 :]
    return [(family, [found[at - 1]], found[at], True)]


def _strength(word: str) -> int:
    folded = fold(word)
    return 2 if is_given(folded) else 1 if near_given(folded) else 0


def _two(found: list[str]) -> list[Parts]:
    first, second = found
    if is_patronymic(fold(second)) and len(second) > 5 and _strength(first) == 2:
        return [([], [first], second, False), ([second], [first], "", False)]
    left, right = _strength(first), _strength(second)
    as_written: Parts = ([first], [second], "", right == 2 and left == 0)
    swapped: Parts = ([second], [first], "", left == 2 and right == 0)
    if as_written[3] or swapped[3]:
        return [as_written if as_written[3] else swapped]
    return [swapped, as_written] if left > right else [as_written, swapped]


def _many(found: list[str]) -> list[Parts]:
    """Three words and more without a patronymic: family first or family last, particles kept with it."""
    head = 1
    while head < len(found) - 1 and found[head - 1] in _PARTICLES:
        head += 1
    tail = len(found) - 1
    while tail > 1 and found[tail - 1] in _PARTICLES:
        tail -= 1
    first: Parts = (found[:head], found[head:], "", False)
    last: Parts = (found[tail:], found[:tail], "", False)
    if len(found[-1]) <= 2 and len(found[-2]) <= 2:
        return [(found[:-2], [found[-2]], found[-1], True)]
    known = [_strength(word) == 2 for word in found]
    plain_orders = [last, first] if known[0] and not known[-1] else [first, last]
    return plain_orders + _two_surnames(found)


def _two_surnames(found: list[str]) -> list[Parts]:
    """``María López de García``, ``Juan Carlos Pérez Gómez``: two surnames at the end, or at the beginning."""
    inner = [i for i in range(2, len(found) - 1) if found[i] in _PARTICLES and found[i - 1] not in _PARTICLES]
    if inner:
        at = inner[0] - 1
        return [(found[at:], found[:at], "", False)]
    if len(found) == 4 and not any(word in _PARTICLES for word in found):
        return [(found[2:], found[:2], "", False), (found[:2], found[2:], "", False)]
    return []


def _family(parts: list[str]) -> str:
    return " ".join(word for part in parts for word in part.split("-") if word)


def language_of(text: str) -> str:
    """Guess the language of a Cyrillic text from letters only it has: ``uk``, ``ru``, ``be`` or empty."""
    lower = text.lower()
    for language, letters in (("be", "ў"), ("uk", "їєґ"), ("ru", "ыэёъ")):
        if any(letter in lower for letter in letters):
            return "be" if language == "ru" and "і" in lower else language
    return "uk" if "і" in lower else ""
