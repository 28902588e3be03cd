# SPDX-License-Identifier: AGPL-3.0-or-later
"""The small language in which terms and their surroundings are written, and how it meets a text.

A pattern is a row of slots parted by spaces; hyphens part slots too.

==========  =====================================================================
``word``    any form of the word
``=word``   this form alone
``word*``   any word that begins so
``~ing``    any word that ends so
``!Word``   this spelling alone, capitals and all
``a|b``     one of several
``%a|b``    any word but these
``<set>``   one of a named set of the data file
``#``       a number
``Aa``      a word with a capital
``*3``      up to three words between, commas allowed
``slot?``   may be missing
``^``       in a surrounding: the term itself; ``^=word`` in this form
==========  =====================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.wording.folding import fold_plain
from goodoffices.core.wording.morphology import forms_of
from goodoffices.core.wording.text import END, SOFT, Text, Token

_REACH = 10  # a surrounding begins at most so many words before its term


class PatternError(GoodOfficesError):
    """A pattern of the data can't be read."""

    code = "bad_pattern"


@dataclass(frozen=True, slots=True)
class Slot:
    """What one word must be; ``gap`` is how many words may stand before it."""

    forms: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    exact: frozenset[str] = frozenset()
    number: bool = False
    capital: bool = False
    anchor: bool = False
    gap: int = 0
    optional: bool = False
    negated: bool = False

    def takes(self, token: Token) -> bool:
        return self._takes(token) != self.negated

    def _takes(self, token: Token) -> bool:
        if token.raw in self.exact or (self.number and token.is_number) or (self.capital and token.capital):
            return True
        if not self.forms.isdisjoint(token.forms):
            return True
        return bool(self.prefixes or self.suffixes) and any(
            form.startswith(self.prefixes) or form.endswith(self.suffixes) for form in token.forms
        )


Pattern = tuple[Slot, ...]
Sets = Mapping[str, str]


def parse_pattern(written: str, language: str, sets: Sets) -> Pattern:
    """Read one pattern.

    Raises:
        PatternError: an empty pattern, an unknown set, a gap at the end.
    """
    slots: list[Slot] = []
    gap = 0
    for word in written.replace("-", " ").split():
        if word.startswith("*") and word[1:].isdigit():
            gap = int(word[1:])
            continue
        slots.append(replace(_parse_slot(word, language, sets), gap=gap))
        gap = 0
    if not slots or gap:
        raise PatternError(f'The pattern "{written}" is empty or ends with a gap.', where={"pattern": written})
    return tuple(slots)


def _parse_slot(word: str, language: str, sets: Sets) -> Slot:
    if word == "^":
        return Slot(anchor=True, capital=True, number=True, suffixes=("",))
    if word.startswith("^"):
        return replace(_parse_slot(word[1:], language, sets), anchor=True)
    if word.startswith("%"):
        return replace(_parse_slot(word[1:], language, sets), negated=True)
    optional = word.endswith("?")
    forms: set[str] = set()
    prefixes: list[str] = []
    suffixes: list[str] = []
    exact: set[str] = set()
    number = capital = False
    for part in _open_sets(word.removesuffix("?"), sets):
        if part == "#":
            number = True
        elif part == "Aa":
            capital = True
        elif part.startswith("!"):
            exact.add(part[1:])
        elif part.startswith("="):
            forms.add(fold_plain(part[1:], language))
        elif part.startswith("~"):
            suffixes.append(part[1:])
        elif part.endswith("*"):
            prefixes.append(fold_plain(part[:-1], language))
        else:
            forms |= forms_of(fold_plain(part, language), language)
    return Slot(
        frozenset(forms), tuple(prefixes), tuple(suffixes), frozenset(exact), number, capital, optional=optional
    )


def _open_sets(word: str, sets: Sets) -> list[str]:
    parts: list[str] = []
    for part in word.split("|"):
        if part.startswith("<") and part.endswith(">"):
            if part[1:-1] not in sets:
                raise PatternError(f"There is no set {part}.", where={"pattern": word}, hint="Name it under [sets].")
            for inner in sets[part[1:-1]].split():
                parts += _open_sets(inner, sets)
        elif part:
            parts.append(part)
        else:
            raise PatternError(f'"{word}" has an empty choice.', where={"pattern": word})
    return parts


def match_from(pattern: Sequence[Slot], text: Text, at: int) -> int | None:
    """Match a pattern whose first word is the word ``at``; give the index after its last word."""
    if not pattern[0].takes(text.tokens[at]):
        return None
    return _go_on(pattern[1:], text, at + 1, text.sentences[text.tokens[at].sentence].stop, None)


def surrounds(pattern: Sequence[Slot], text: Text, start: int, stop: int) -> bool:
    """Say whether a surrounding (with its ``^``) fits the term at words [start, stop)."""
    inside = text.sentences[text.tokens[start].sentence]
    first = start if pattern[0].anchor else max(inside.start, start - _REACH)
    for at in range(start, first - 1, -1):
        if at == start and not pattern[0].anchor and not pattern[0].optional:
            continue
        head = pattern[0]
        if not head.anchor and not head.takes(text.tokens[at]) and not head.optional:
            continue
        found = _go_on(pattern, text, at, inside.stop, (start, stop), first=True)
        if found is not None:
            return True
    return False


def _go_on(
    slots: Sequence[Slot], text: Text, at: int, limit: int, term: tuple[int, int] | None, *, first: bool = False
) -> int | None:
    """Match the slots from the word ``at``; ``term`` is where ``^`` stands."""
    if not slots:
        return at
    head, rest = slots[0], slots[1:]
    for here in range(at, min(at + head.gap, limit) + 1):
        if here >= limit or (here > at and text.tokens[here].before == END):
            break
        if not first and head.gap == 0 and text.tokens[here].before != SOFT:
            break
        if head.anchor:
            if term and here == term[0] and head.takes(text.tokens[here]):
                return _go_on(rest, text, term[1], limit, term)
        elif not (term and term[0] <= here < term[1]) and head.takes(text.tokens[here]):
            found = _go_on(rest, text, here + 1, limit, term)
            if found is not None:
                return found
    return _go_on(rest, text, at, limit, term, first=first) if head.optional else None
