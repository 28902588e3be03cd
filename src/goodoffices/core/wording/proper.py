# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a word that is also a term is a person's name here: "Mr. Price", "Геннадій Москаль"."""

from __future__ import annotations

from goodoffices.core.names import fold, is_given
from goodoffices.core.wording.morphology import may_be
from goodoffices.core.wording.text import END, SOFT, Text
from goodoffices.core.wording.wordlist import wordlist

_TITLES = wordlist(
    "mr mrs ms miss dr prof professor sir judge justice captain colonel general major senator ambassador minister",
    " г гн госпожа господин доктор профессор судья капитан полковник генерал майор посол",
    " пан пані пана панові доктор професор суддя капітан полковник генерал майор посол",
)
_LITTLE = wordlist(
    "the this that these those they and our your his her its who why how may will was are not for all any"
)
_NAME = frozenset({"Name"})


def bears_a_name(text: Text, first: int, stop: int) -> bool:
    """Say whether the word at ``first`` is a surname: capitalised, beside a title, an initial or a given name."""
    token = text.tokens[first]
    if not token.capital or stop - first > 1:
        return False
    if first > 0 and token.before != END:
        before = text.tokens[first - 1]
        if before.forms[0] in _TITLES or (
            before.capital and (len(before.raw) == 1 or is_given_name(before.forms[0], text.language))
        ):
            return True
    if stop < len(text.tokens) and text.tokens[stop].before == SOFT:
        after = text.tokens[stop]
        return after.capital and (_initials(text, stop) or is_given_name(after.forms[0], text.language))
    return False


def is_given_name(word: str, language: str) -> bool:
    """The table of names is generous: not little words, nor, in Slavic texts, what no dictionary calls a name."""
    if len(word) < 3 or word in _LITTLE or not is_given(fold(word)):
        return False
    return language == "en" or may_be(word, language, _NAME)


def _initials(text: Text, at: int) -> bool:
    """ "Москаль Г. Г.": a capital with a point after it."""
    token = text.tokens[at]
    return len(token.raw) == 1 and text.nfc[token.end : token.end + 1] == "."
