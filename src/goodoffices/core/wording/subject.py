# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose duty a "must" is: it presses only where its subject is an addressee.

"Persons must have work experience" states who is eligible; "the Government must release him" commands. Two named
addressees together ("the United States and Russia must") are spoken of even-handedly, as a pair of metonyms is, and
pass.
"""

from __future__ import annotations

from goodoffices.core.wording.morphology import may_be
from goodoffices.core.wording.rules import Rules
from goodoffices.core.wording.text import HARD, Text
from goodoffices.core.wording.wordlist import wordlist

_PREPOSITIONS = {
    "en": wordlist("of in from to by with for on at under against about within"),
    "ru": wordlist("в во из от с со на по для о об у при"),
    "uk": wordlist("в у із з зі від на по для о об при до"),
}
_JOINS = {"en": frozenset({"and", "or"}), "ru": frozenset({"и", "или"}), "uk": frozenset({"і", "й", "та", "або"})}
_CUTS = {
    "en": wordlist("that which who whom when if because while although but"),
    "ru": wordlist("что который которая которые когда если потому хотя но а"),
    "uk": wordlist("що який яка які коли якщо бо хоча але а"),
}
_GENITIVE = frozenset({"gent"})
_NOUN = frozenset({"NOUN"})


def addressee_is_subject(text: Text, at: int, rules: Rules) -> bool:
    """Say whether the subject of the verb at word ``at`` is an addressee, and not both sides together."""
    head = _head_before(text, at)
    if head is None:
        return _addressee_after(text, at, rules)
    if not _is(text, head, rules, "addressee"):
        return False
    return not _one_of_a_pair(text, head, rules)


def somebody_else_is_subject(text: Text, at: int, rules: Rules) -> bool:
    """Say whether the subject is plainly no addressee: we, a delegate, a candidate, a family."""
    head = _head_before(text, at)
    return head is not None and _is(text, head, rules, "not_addressee")


def _is(text: Text, at: int, rules: Rules, name: str) -> bool:
    slot = rules.sets.get(name)
    return slot is not None and slot.takes(text.tokens[at])


def _head_before(text: Text, at: int) -> int | None:
    """Walk left from a verb to the head of its subject: over adverbs, "of ..." and a clause between commas."""
    first = text.sentences[text.tokens[at].sentence].start
    here: int | None = at - 1
    if at > first and text.tokens[at].before == HARD:
        here = _before_clause(text, at - 1, first)
    while here is not None and here >= first:
        if _adverb(text, here):
            here -= 1
            continue
        phrase = _phrase_start(text, here, first)
        if phrase - 1 >= first and text.tokens[phrase - 1].forms[0] in _PREPOSITIONS[text.language]:
            here = phrase - 2
            continue
        if text.language != "en" and _genitive_of(text, here, first):
            here -= 1
            continue
        return here
    return None


def _adverb(text: Text, at: int) -> bool:
    form = text.tokens[at].forms[0]
    if text.language == "en":
        return form in ("also", "now", "therefore", "both", "all", "still", "thus") or form.endswith("ly")
    return form in ("также", "теперь", "тоже", "не", "просто", "також", "тепер", "теж", "немедленно", "негайно")


def _phrase_start(text: Text, at: int, first: int) -> int:
    """Give where the noun phrase that ends at a word begins: its article and capitalised neighbours belong to it."""
    while at > first and text.tokens[at].before != HARD:
        before = text.tokens[at - 1]
        if before.forms[0] in ("the", "a", "an", "this", "these", "that", "our", "your", "their") or (
            text.language == "en" and before.capital and text.tokens[at].capital
        ):
            at -= 1
            continue
        break
    return at


def _before_clause(text: Text, at: int, first: int) -> int | None:
    """From the word before a closing comma, leap over "..., which ..., " to the word before it."""
    for here in range(at, first - 1, -1):
        if text.tokens[here].before == HARD and here > first:
            return here - 1 if text.tokens[here].forms[0] in _CUTS[text.language] else None
    return None


def _genitive_of(text: Text, at: int, first: int) -> bool:
    """Say whether the word depends on the noun before it: "правительство России"."""
    if at - 1 < first or text.tokens[at].before == HARD:
        return False
    before, word = text.tokens[at - 1].forms[0], text.tokens[at].forms[0]
    return may_be(word, text.language, _GENITIVE) and may_be(before, text.language, _NOUN)


def _addressee_after(text: Text, at: int, rules: Rules) -> bool:
    """ "Обязаны ли вы", "must Russia ...": the subject follows."""
    after = at + 1
    return (
        after < len(text.tokens)
        and text.tokens[after].sentence == text.tokens[at].sentence
        and _is(text, after, rules, "addressee")
    )


def _one_of_a_pair(text: Text, head: int, rules: Rules) -> bool:
    """Two named addressees joined by "and"."""
    start = _phrase_start(text, head, 0)
    if start < 2 or text.tokens[start].sentence != text.tokens[start - 2].sentence:
        return False
    joined = text.tokens[start - 1].forms[0] in _JOINS[text.language]
    other = start - 2
    return joined and _is(text, head, rules, "party") and _is(text, other, rules, "party")
