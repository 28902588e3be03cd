# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a prison censor stops and no list of words can hold: names of others, ciphers, places on a map.

Only the letter's own addressee and its writer may be named: the words of the greeting and of the signature are
taken as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.core.names import fold, given_ids, is_given, stem
from goodoffices.core.wording.folding import INVISIBLE
from goodoffices.core.wording.morphology import may_be
from goodoffices.core.wording.patterns import Slot
from goodoffices.core.wording.proper import is_given_name
from goodoffices.core.wording.text import Text
from goodoffices.core.wording.wordlist import wordlist

_CIPHER = re.compile(
    r"(?<!\w)(?:"
    r"\d{2,}(?:[\s.\-/:]+\d{2,}){3,}"  # rows of number groups
    r"|(?=[A-Za-zА-Яа-яІЇЄҐіїєґ]*\d)(?:[A-Za-zА-Яа-яІЇЄҐіїєґ]+\d+|\d+[A-Za-zА-Яа-яІЇЄҐіїєґ]+\d)[A-Za-zА-Яа-яІЇЄҐіїєґ\d]{2,}"
    r"|[A-Z]{2,}-\d{2,}-\w+"
    r"|[01]{12,}|[.\-–·]{2,}(?:\s+[.\-–·]{1,5}){4,}|[A-Za-z0-9+/]{24,}={0,2}"
    r")(?!\w)"
)
_DATE = re.compile(r"^(?:\d{1,2}[\s./-]\d{1,2}[\s./-]\d{2,4}|\d{4}-\d{2}-\d{2})$")
_COORDINATES = re.compile(r"\b\d{1,2}[.,]\d{3,}\s*[°]?\s*[NSСПЮсш.]*[\s,;]+\d{1,3}[.,]\d{3,}|\d{1,3}°\s*\d{1,2}['′]")
_HIDDEN = re.compile("[" + re.escape(INVISIBLE.replace("\u00ad", "")) + "]{2,}")
_INITIAL = re.compile(r"^[A-ZА-ЯІЇЄҐ]$")
_NAME_TAGS = (frozenset({"Name"}), frozenset({"Surn"}), frozenset({"Patr"}))
_ENDS = 2  # the writer signs within the last two lines
_LINE = re.compile(r"[^\n]+")
_GREETING = re.compile(r"^\s*(?:[^\s,!.?:;]+\s+){0,5}[^\s,!.?:;]+\s*(?:[,!:]|$)")
_SIGNATURE = re.compile(r"^\s*(?:\S+\s+){0,4}\S*[^\s.!?…]\s*$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A place in a letter: code points, and ``names``, ``cipher`` or ``map``."""

    start: int
    end: int
    kind: str


def marked_places(text: Text, countries: Slot | None) -> tuple[Marked, ...]:
    """Find names of others (not of countries and capitals), ciphers and coordinates in a letter to a prisoner."""
    found = [Marked(one.start(), one.end(), "map") for one in _COORDINATES.finditer(text.nfc)]
    for one in _CIPHER.finditer(text.nfc):
        inside_map = any(place.start <= one.start() < place.end for place in found)
        if not _DATE.match(one[0]) and not inside_map:
            found.append(Marked(one.start(), one.end(), "cipher"))
    found += [Marked(one.start(), one.end(), "cipher") for one in _HIDDEN.finditer(text.nfc)]
    found += _names(text, countries)
    return tuple(sorted(found, key=lambda place: (place.start, place.end)))


def _names(text: Text, countries: Slot | None) -> Iterator[Marked]:
    own = _own_names(text)
    at, count = 0, len(text.tokens)
    while at < count:
        stop = at
        while stop < count and _is_name(text, stop, countries) and (stop == at or text.tokens[stop].before == 0):
            stop += 1
        if stop == at:
            at += 1
            continue
        run = range(at, stop)
        strangers = [one for one in run if own.isdisjoint(_identities(text.tokens[one].raw))]
        if strangers and any(_surely_name(text, one) for one in run):
            yield Marked(text.tokens[run.start].start, text.tokens[run.stop - 1].end, "names")
        at = stop


def _is_name(text: Text, at: int, countries: Slot | None) -> bool:
    token = text.tokens[at]
    if countries is not None and countries.takes(token):
        return False
    return token.capital and (_surely_name(text, at) or (at > 0 and _surely_name(text, at - 1)) or _initial(token.raw))


def _initial(raw: str) -> bool:
    return bool(_INITIAL.match(raw)) and raw not in ("I", "Я", "А", "В", "У", "И", "О", "К", "С", "І", "З")


def _surely_name(text: Text, at: int) -> bool:
    """A given name, or for Russian and Ukrainian any name the dictionary knows."""
    token = text.tokens[at]
    if not token.capital or len(token.raw) < 3:
        return False
    if text.language == "en":
        return is_given_name(token.forms[0], "en") and token.forms[0] not in _NOT_NAMES
    known = any(may_be(token.forms[0], text.language, tag) for tag in _NAME_TAGS)
    return known and (not text.starts_sentence(at) or is_given(fold(token.forms[0])))


_NOT_NAMES = wordlist(
    "may april june august hope faith grace rose will mark bill sunny summer autumn dawn joy art lord god",
    "mother father",
    " dear love christmas easter sunday monday tuesday wednesday thursday friday saturday",
)


def _own_names(text: Text) -> set[str]:
    """What the names in the greeting and in the signature may stand for, in any case."""
    lines = [found for found in _LINE.finditer(text.nfc) if found[0].strip()]
    own: list[tuple[int, int]] = []
    if lines and (greeting := _GREETING.match(lines[0][0])):
        own.append((lines[0].start(), lines[0].start() + greeting.end()))
    own += [one.span() for one in lines[1:][-_ENDS:] if _SIGNATURE.match(one[0])]
    return {
        identity
        for token in text.tokens
        for identity in _identities(token.raw)
        if token.capital and any(start <= token.start < end for start, end in own)
    }


def _identities(raw: str) -> set[str]:
    folded = fold(raw)
    return {stem(folded), *given_ids(folded)}
