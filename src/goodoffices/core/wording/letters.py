# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a prison censor stops and no list of words can hold: names of others, ciphers, places on a map.

Only the letter's own addressee and its writer may be named: the words of the greeting and of the signature are
taken as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.core.names import fold, is_given
from goodoffices.core.wording.folding import INVISIBLE
from goodoffices.core.wording.morphology import may_be
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
_DATE = re.compile(r"^(?:\d{1,2}[\s./-]\d{1,2}[\s./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\+?\d[\d\s()-]{8,14})$")
_COORDINATES = re.compile(r"\b\d{1,2}[.,]\d{3,}\s*[°]?\s*[NSСПЮсш.]*[\s,;]+\d{1,3}[.,]\d{3,}|\d{1,3}°\s*\d{1,2}['′]")
_HIDDEN = re.compile("[" + re.escape(INVISIBLE.replace("\u00ad", "")) + "]{2,}")
_INITIAL = re.compile(r"^[A-ZА-ЯІЇЄҐ]$")
_NAME_TAGS = (frozenset({"Name"}), frozenset({"Surn"}), frozenset({"Patr"}))
_ENDS = 2  # the writer signs within the last two lines


@dataclass(frozen=True, slots=True)
class Marked:
    """A place in a letter: code points, and ``names``, ``cipher`` or ``map``."""

    start: int
    end: int
    kind: str


def marked_places(text: Text) -> tuple[Marked, ...]:
    """Find names of others, ciphers and coordinates in a letter to a prisoner."""
    found = [Marked(one.start(), one.end(), "map") for one in _COORDINATES.finditer(text.nfc)]
    for one in _CIPHER.finditer(text.nfc):
        inside_map = any(place.start <= one.start() < place.end for place in found)
        if not _DATE.match(one[0]) and not inside_map:
            found.append(Marked(one.start(), one.end(), "cipher"))
    found += [Marked(one.start(), one.end(), "cipher") for one in _HIDDEN.finditer(text.nfc)]
    found += _names(text)
    return tuple(sorted(found, key=lambda place: (place.start, place.end)))


def _names(text: Text) -> Iterator[Marked]:
    own = _own_names(text)
    at, count = 0, len(text.tokens)
    while at < count:
        stop = at
        while stop < count and _is_name(text, stop) and (stop == at or text.tokens[stop].before == 0):
            stop += 1
        if stop == at:
            at += 1
            continue
        run = range(at, stop)
        strangers = [one for one in run if fold(text.tokens[one].raw)[:4] not in own]
        if strangers and any(_surely_name(text, one) for one in run):
            yield Marked(text.tokens[run.start].start, text.tokens[run.stop - 1].end, "names")
        at = stop


def _is_name(text: Text, at: int) -> bool:
    token = text.tokens[at]
    return token.capital and (_surely_name(text, at) or (at > 0 and _surely_name(text, at - 1)) or _initial(token.raw))


def _initial(raw: str) -> bool:
    return bool(_INITIAL.match(raw)) and raw not in ("I", "Я", "А", "В", "У", "И", "О", "К", "С", "І", "З")


def _surely_name(text: Text, at: int) -> bool:
    """A given name, or for Russian and Ukrainian any name the dictionary knows."""
    token = text.tokens[at]
    if not token.capital or len(token.raw) < 3:
        return False
    if text.language == "en":
        return is_given(fold(token.forms[0])) and token.forms[0] not in _NOT_NAMES
    known = any(may_be(token.forms[0], text.language, tag) for tag in _NAME_TAGS)
    return known and (not text.starts_sentence(at) or is_given(fold(token.forms[0])))


_NOT_NAMES = wordlist(
    "may april june august hope faith grace rose will mark bill sunny summer autumn dawn joy art lord god",
    "mother father",
    " dear love christmas easter sunday monday tuesday wednesday thursday friday saturday",
)


def _own_names(text: Text) -> set[str]:
    """The beginnings (any case ending) of the names in the greeting and in the last lines."""
    lines = [line for line in text.nfc.split("\n") if line.strip()]
    if not lines:
        return set()
    greeting_end = text.nfc.find(lines[0]) + min(len(lines[0]), _greeting_length(lines[0]))
    signed_from = text.nfc.rfind(lines[-min(_ENDS, len(lines))]) if len(lines) > 1 else len(text.nfc)
    return {
        fold(token.raw)[:4]
        for token in text.tokens
        if token.capital and (token.start < greeting_end or token.start >= signed_from)
    }


def _greeting_length(line: str) -> int:
    """The greeting ends at its comma or exclamation mark."""
    found = re.search(r"[,!:.\n]", line)
    return found.end() if found else (len(line) if len(line) < 60 else 0)
