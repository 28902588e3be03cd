# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text as words, sentences and paragraphs, each word with its place in the NFC text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from goodoffices.core.wording.folding import APOSTROPHES, INVISIBLE, fold_word
from goodoffices.core.wording.wordlist import wordlist

SOFT, HARD, END = 0, 1, 2
"""What stands before a word: a space, hyphen or quotation mark; a comma or the like; the end of a sentence."""

_INSIDE = re.escape(APOSTROPHES + INVISIBLE) + "\u0300-\u036f"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W_](?:[\w{_INSIDE}]*[^\W_](?:[\u0300-\u036f]|[{re.escape(INVISIBLE)}])*)?[\u0300-\u036f]*"
)
_SKIPPED = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|@\w+")
_STOP = re.compile(r"[.!?…]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029|\f")
_ITEM = re.compile(r"\n\s*(?:[-–—•*·▪◦]|\(?\d{1,3}[.)]|\(?[a-zа-яіїєґ][.)]|#)", re.IGNORECASE)
_BREAK = re.compile(r"[,;:()\[\]{}/|]|\s[-–—]+\s")
_ABBREVIATIONS = wordlist(
    "mr mrs ms dr prof st no art arts para vol gen col lt sgt capt rep sen gov hon vs etc eg ie cf inc ltd",
    " г гг ст п пп ч ул д кв обл р рр см им ім вул буд тов проф акад рис стр тыс млн млрд тис с м т",
)
_LONG_LINE = 120


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Attributes:
        raw: as written.
        start, end: code points in the NFC text.
        forms: folded readings.
        sentence, paragraph: running numbers.
        before: SOFT, HARD or END.
        capital: begins with a capital letter.
    """

    raw: str
    start: int
    end: int
    forms: tuple[str, ...]
    sentence: int
    paragraph: int
    before: int
    capital: bool

    @property
    def is_number(self) -> bool:
        return self.raw[0].isdigit()


@dataclass(frozen=True, slots=True)
class Text:
    """A text in NFC with its words; ``sentences[i]`` is the range of words of sentence i."""

    nfc: str
    language: str
    tokens: tuple[Token, ...]
    sentences: tuple[range, ...]

    def starts_sentence(self, at: int) -> bool:
        return self.tokens[at].before == END


def read_text(text: str, language: str) -> Text:
    """Part a text into words. Addresses of pages and of mail are no words."""
    nfc = unicodedata.normalize("NFC", text)
    skipped = [found.span() for found in _SKIPPED.finditer(nfc)]
    tokens: list[Token] = []
    sentence = paragraph = 0
    firsts = [0]
    last = 0
    for found in _WORD.finditer(nfc):
        start, end = found.span()
        if skipped and any(a <= start < b for a, b in skipped):
            continue
        kind, new_paragraph = _what_parts(nfc, last, start, tokens[-1] if tokens else None)
        if tokens and kind == END:
            sentence += 1
            firsts.append(len(tokens))
        paragraph += new_paragraph
        raw = found[0]
        tokens.append(
            Token(raw, start, end, _forms(raw, language), sentence, paragraph, kind, raw[0] != raw[0].lower())
        )
        last = end
    bounds = [*firsts, len(tokens)]
    sentences = tuple(range(a, b) for a, b in pairwise(bounds))
    return Text(nfc, language, tuple(tokens), sentences)


def _forms(raw: str, language: str) -> tuple[str, ...]:
    if "." in raw:  # U.S., с.-г. and the like
        return fold_word(raw.replace(".", ""), language)
    return fold_word(raw, language)


def _what_parts(nfc: str, last: int, start: int, before: Token | None) -> tuple[int, bool]:
    """Say what parts two words, and whether a paragraph begins."""
    between = nfc[last:start]
    if before is None:
        return END, False
    if between in (" ", "-"):
        return SOFT, False
    if "\n" in between or "\u2029" in between or "\f" in between:
        if _BLANK_LINE.search(between) or _ITEM.search(nfc[last : start + 4]):
            return END, True
        if _STOP.search(between) or _line_length(nfc, last) > _LONG_LINE:
            return END, True
    if _STOP.search(between):
        return _at_stop(nfc, between, start, before), False
    return (HARD if _BREAK.search(between) else SOFT), False


def _at_stop(nfc: str, between: str, start: int, before: Token) -> int:
    abbreviation = between.startswith(".") and (len(before.raw) == 1 or before.forms[0] in _ABBREVIATIONS)
    initialism = before.raw.endswith(".")
    if between[0] == "." and len(between) == 1:  # a point inside a word: "file.txt", "12.05"
        return HARD
    begins = not nfc[start].islower()
    if abbreviation and not initialism:
        return SOFT
    return END if begins or "!" in between or "?" in between else HARD


def _line_length(nfc: str, at: int) -> int:
    return at - (nfc.rfind("\n", 0, at) + 1)
