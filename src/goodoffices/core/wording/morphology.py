# SPDX-License-Identifier: AGPL-3.0-or-later
"""All written forms of a word: of a lexeme in Russian and Ukrainian, by tables in English.

Terms are opened into their forms once, when a language is first used, so that reading a text is a look-up and not
a parse. A form that belongs to several lexemes belongs to each: this is "any parse". The dictionaries of pymorphy3
(about 20 MB a language) are opened on first need only.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from goodoffices.core.wording.folding import fold_plain

VOWELS = "aeiou"

IRREGULAR: dict[str, tuple[str, ...]] = {
    "be": ("is", "are", "was", "were", "been", "being", "am"),
    "beat": ("beats", "beaten", "beating"),
    "do": ("does", "did", "done", "doing"),
    "go": ("goes", "went", "gone", "going"),
    "have": ("has", "had", "having"),
    "hide": ("hides", "hid", "hidden", "hiding"),
    "hold": ("holds", "held", "holding"),
    "lie": ("lies", "lied", "lying"),
    "man": ("men",),
    "pay": ("pays", "paid", "paying"),
    "person": ("people", "persons"),
    "say": ("says", "said", "saying"),
    "sell": ("sells", "sold", "selling"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "take": ("takes", "took", "taken", "taking"),
    "tell": ("tells", "told", "telling"),
    "understand": ("understands", "understood", "understanding"),
    "woman": ("women",),
}
# Two-syllable verbs that don't double their last consonant, and one-syllable ones that can't.
_SINGLE = ("l", "n", "r", "t", "p", "m", "g", "d", "b")


def english_forms(word: str) -> frozenset[str]:
    """Give the forms of an English word: plural, verb endings, the adverb in -ly.

    Too many forms are made on purpose ("heroed"): what nobody writes harms nobody.
    """
    if word in IRREGULAR:
        return frozenset((word, *IRREGULAR[word]))
    if len(word) < 3 or not word.isalpha():
        return frozenset((word,))
    stems = _plural(word) | _verb(word) | _adverb(word)
    return frozenset(stems | {word})


def _plural(word: str) -> set[str]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {word + "es"}
    if word.endswith("y") and word[-2] not in VOWELS:
        return {word[:-1] + "ies"}
    return {word + "s", word + "es"} if word.endswith("o") else {word + "s"}


def _verb(word: str) -> set[str]:
    if word.endswith("e"):
        return {word + "d", word[:-1] + "ing"}
    if word.endswith("y") and word[-2] not in VOWELS:
        return {word[:-1] + "ied", word + "ing"}
    forms = {word + "ed", word + "ing"}
    if word[-1] in _SINGLE and word[-2] in VOWELS and word[-3] not in VOWELS:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return forms


def _adverb(word: str) -> set[str]:
    if word.endswith("ic"):
        return {word + "ally"}
    if word.endswith("le") and word[-3] not in VOWELS:
        return {word[:-1] + "y"}
    if word.endswith("y"):
        return {word[:-1] + "ily"}
    return {word + "ly"}


@lru_cache(maxsize=2)
def analyzer(language: str) -> Any:
    """Open the dictionary of a language (`ru` or `uk`); about 0.4 s, once a process."""
    import pymorphy3  # type: ignore[import-untyped]

    return pymorphy3.MorphAnalyzer(lang=language)


def slavic_forms(word: str, language: str) -> frozenset[str]:
    """Give all forms of every lexeme whose dictionary form is this word; of a participle, those of its verb.

    A word written in another form than the dictionary's ("требуем") opens the lexeme of its likeliest parse.
    """
    parses = analyzer(language).parse(word)
    own = [one for one in parses if fold_plain(one.normal_form, language) == word]
    found = {word}
    for parse in own or parses[:1]:
        if "Surn" in parse.tag or "Name" in parse.tag or "Patr" in parse.tag:
            continue
        found.update(form.word for form in parse.lexeme)
    # The dictionary's own forms are lower case NFC already; only ё is left to fold.
    return frozenset(form.replace("ё", "е") for form in found) if language == "ru" else frozenset(found)


@lru_cache(maxsize=8192)
def forms_of(word: str, language: str) -> frozenset[str]:
    """Give all forms of a folded word of a language, itself among them."""
    return english_forms(word) if language == "en" else slavic_forms(word, language)


@lru_cache(maxsize=8192)
def may_be(word: str, language: str, grammemes: frozenset[str]) -> bool:
    """Say whether some parse of a Russian or Ukrainian word carries all these grammemes."""
    return any(grammemes <= one.tag.grammemes for one in analyzer(language).parse(word))
