# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a text may hold before a party signs it: nothing that looks other than it is.

A signer reads what a page shows, but signs bytes. So a text is refused that holds anything invisible, anything
that reorders, letters dressed up as others, markup, or a second way to write the same words.

Source: SECURITY CN4; Unicode Standard Annex 9 and 15, Technical Standard 39 sections 4 and 5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TEXT_BYTES = 2 * 2**20
MAX_FINDINGS = 20
MAX_MARKS = 2

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Drawn as nothing or as a blank, though Unicode calls them letters, marks or symbols.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_SPACES = frozenset(" \u00a0\u2009\u202f")
_COSTUMES = frozenset(("<wide", "<narrow", "<font", "<circle", "<square"))
_STRUCK = range(0x0334, 0x0339)
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’ʼ])*")
_SCRIPTS = (
    ("latin", re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")),
    ("cyrillic", re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")),
    ("greek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("armenian", re.compile("[\u0531-\u058f]")),
    ("georgian", re.compile("[\u10a0-\u10ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
)
# Letters of each script that a reader can't tell from one of the other's, small and capital.
_ALIKE = {"latin": frozenset("aceiopsxyjABCEHIJKMOPSTXY"), "cyrillic": frozenset("асеіорѕхујАВСЕНІЈКМОРЅТХУ")}
_MARKUP = (
    ("html", re.compile(r"<(?=[A-Za-z/!?])")),
    ("html", re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")),
    ("hidden_style", re.compile(r"(?i)\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))")),
    (
        "hidden_style",
        re.compile(r"(?i)\b(?:opacity|font-size)\s*:\s*0|\btext-indent\s*:\s*-|\bclip(?:-path)?\s*:\s*\w+\("),
    ),
    ("hidden_style", re.compile(r"(?i)\bcolor\s*:\s*(?:#[0-9a-f]{3}|rgb|hsl|white\b|transparent)")),
    ("hidden_style", re.compile(r"(?i)\bstyle\s*=\s*[\"']|@import\b|\burl\s*\(")),
    ("active_link", re.compile(r"(?i)\b(?:javascript|vbscript)\s*:|\bdata\s*:\s*[a-z]+/[a-z]")),
)


@dataclass(frozen=True, slots=True)
class TextFault:
    """One reason not to sign a text: its code and where, in code points of the text."""

    code: str
    at: int

    def __str__(self) -> str:
        return f"{self.code}@{self.at}"


def text_faults(data: bytes, lang: str) -> tuple[TextFault, ...]:
    """Say what in a text must be mended before anyone signs it; empty = nothing.

    Args:
        data: the exact bytes to be published.
        lang: language code of the text, which tells the script its words are expected in.

    Returns:
        At most 20 findings, in order of place.
    """
    if len(data) > MAX_TEXT_BYTES:
        return (TextFault("too_long", 0),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return (TextFault("not_utf8", error.start),)
    if not text.strip():
        return (TextFault("empty", 0),)
    found = [*_characters(text), *_words(text, lang), *_markup(text), *_composition(text)]
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: (fault.at, fault.code))[:MAX_FINDINGS])


def label_faults(label: str) -> tuple[TextFault, ...]:
    """Check a short label (audience, channel, a file's name) by the same rules; it is one line."""
    found = [*_characters(label), *_words(label, ""), *_markup(label), *_composition(label)]
    found += [TextFault("control", at) for at, char in enumerate(label) if char in "\n\r\t"]
    if not label or label != label.strip():
        found.append(TextFault("blank_ends", 0))
    return tuple(found)


def _characters(text: str) -> Iterator[TextFault]:
    marks = 0
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category.startswith("M") else 0
        code = _fault_of(char, category, text[at + 1 : at + 2])
        if code or marks == MAX_MARKS + 1:
            yield TextFault(code or "piled_marks", at)


def _fault_of(char: str, category: str, following: str) -> str:
    if char in _BIDI:
        return "bidi_control"
    if category == "Cf" or char in _BLANK or _is_selector(char):
        return "invisible"
    if category == "Cc" and char not in "\n\t" and not (char == "\r" and following == "\n"):
        return "control"
    if category in ("Co", "Cn", "Cs"):
        return "no_character"
    if category in ("Zl", "Zp") or (category == "Zs" and char not in _SPACES):
        return "odd_space"
    if category == "Me" or ord(char) in _STRUCK:
        return "overlay"
    if _is_dressed(char):
        return "dressed_letter"
    return ""


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_dressed(char: str) -> bool:
    """Tell whether a letter or digit is another one in a costume: full width, mathematical, circled, a ligature."""
    kind = unicodedata.decomposition(char).partition(">")[0]
    return kind in _COSTUMES or (kind == "<compat" and unicodedata.category(char)[0] in "LN")


def _composition(text: str) -> Iterator[TextFault]:
    """A text not in NFC has a second form of the same look."""
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        at = next((i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))
        yield TextFault("not_nfc", at)


def _markup(text: str) -> Iterator[TextFault]:
    for code, pattern in _MARKUP:
        yield from (TextFault(code, found.start()) for found in pattern.finditer(text))


def _words(text: str, lang: str) -> Iterator[TextFault]:
    found = [(word, _scripts(word[0])) for word in _WORD.finditer(text)]
    for index, (word, scripts) in enumerate(found):
        if len(scripts) > 1:
            yield TextFault("mixed_scripts", word.start())
        elif _is_disguised(word[0], scripts, lang):
            beside = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
            if not any(other == scripts and not _is_disguised(near[0], other, lang) for near, other in beside):
                yield TextFault("whole_word_disguised", word.start())


def _scripts(word: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _SCRIPTS if pattern.search(word))


def _is_disguised(word: str, scripts: frozenset[str], lang: str) -> bool:
    """Tell whether a word of the other script looks like a word of the text's own, letter by letter.

    Abbreviations in capitals are common across scripts and pass.
    """
    own = {"en": "latin", "ru": "cyrillic", "uk": "cyrillic", "be": "cyrillic"}.get(lang.partition("-")[0])
    if own is None or len(scripts) != 1 or own in scripts or len(word) < 2 or word.isupper():
        return False
    alike = _ALIKE.get(next(iter(scripts)))
    return alike is not None and all(char in alike or char in "'’ʼ" for char in word)
