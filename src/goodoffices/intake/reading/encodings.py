# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find a text's encoding from a sample, and read each line so that one wrong line spoils no other.

Single-byte encodings are told apart by how Cyrillic words look when decoded: letters that are frequent in
Ukrainian and Russian, capitals only where they belong, one script in a word. Letter frequencies are rounded
from the national corpora of both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

_HIGH = bytes(range(128, 256))
SAMPLE_BYTES = 256 * 1024
_SEARCH_BYTES = 64 * 1024 * 1024

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_CANDIDATES = ("cp1251", "koi8-u", "cp866", "iso8859-5", "cp1252")
_FREQUENT = {
    sign: weight
    for weight, signs in (
        (5, "оаеинт"),
        (4, "рслвк"),
        (3, "мдпуя"),
        (2, "ьызбгйчіх"),
        (1, "жшюцщїєґфёэ"),
        (-2, "ъ"),
    )
    for sign in signs
}
_LATIN_LETTERS = frozenset("áéíóúñüàèìòùäöçãõâêîôûëïåæøßżšžőű’“”«»–—ºª")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line without its end; `code` names what was wrong with its bytes, "" if nothing."""

    text: str
    code: str = ""


def detect(stream: BinaryIO) -> str:
    """Name the encoding of a stream from its first bytes; leaves the position anywhere.

    A long plain-ASCII head decides nothing, so the search goes on to the first other byte, 64 MiB at most.
    """
    head = stream.read(SAMPLE_BYTES)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    wide = _wide_without_bom(head)
    if wide:
        return wide
    read = len(head)
    sample = head
    while sample.isascii() and read < _SEARCH_BYTES:
        chunk = stream.read(SAMPLE_BYTES)
        if not chunk:
            return "utf-8"
        read += len(chunk)
        sample = chunk
    return _narrow(sample)


def _wide_without_bom(head: bytes) -> str:
    """Find UTF-16 by its zero bytes: digits, commas and line ends have one in each pair."""
    sample = head[: 4096 - len(head) % 2]
    if len(sample) < 8 or 0 not in sample:
        return ""
    even, odd = sample[0::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        narrow_share = sum(byte in (0, 4) for byte in high) / len(high)
        if narrow_share > 0.95 and high.count(0) > 0 and low.count(0) < len(low) * 0.05:
            return name
    return ""


def _narrow(sample: bytes) -> str:
    """Choose UTF-8 if most lines with other than ASCII are valid in it, else the best single-byte guess."""
    lines = [line for line in sample.split(b"\n")[:-1] or [sample] if not line.isascii()]
    if not lines:
        lines = [sample]
    valid = sum(_is_utf8(line) for line in lines)
    return "utf-8" if valid * 2 >= len(lines) and valid else best_single_byte(b"\n".join(lines))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        # A sample ends anywhere: a sequence cut at its end is no fault.
        return error.end == len(line) and len(line) - error.start < 4 and error.reason == "unexpected end of data"
    return True


def best_single_byte(sample: bytes) -> str:
    """Choose among Cyrillic and Western single-byte encodings."""
    scores = {name: _score(sample.decode(name, errors="replace")) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if best == "koi8-u" and not re.search("[іїєґІЇЄҐ]", sample.decode("koi8-u", errors="replace")):
        return "koi8-r"
    if best == "cp1252" and "\ufffd" in sample.decode("cp1252", errors="replace"):
        return "latin-1"
    return best


def _score(text: str) -> float:
    total = 0.0
    for sign in text:
        if ord(sign) < 128:
            continue
        if sign.lower() in _FREQUENT:
            total += _FREQUENT[sign.lower()]
        elif sign.lower() in _LATIN_LETTERS:
            total += 2.5
        elif sign == "№":
            total += 1
        else:
            total -= 6
    return total + sum(_word_score(word) for word in _WORD.findall(text) if not word.isascii())


def _word_score(word: str) -> float:
    """Fine words that mix scripts or have a capital after a small letter."""
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in word)
    latin = sum(sign.isascii() or "\u00c0" <= sign <= "\u024f" for sign in word)
    mixed = -8.0 * min(cyrillic, latin)
    late_capitals = sum(before.islower() and after.isupper() for before, after in pairwise(word))
    foreign = -2.0 * latin if latin and not any(sign.isascii() for sign in word) and len(word) > 2 else 0.0
    return mixed - 6.0 * late_capitals + foreign


def decode_line(raw: bytes, encoding: str) -> Line:
    """Decode one line in the file's encoding; where it can't be, in the next likely one, and say so."""
    if raw.isascii():
        return Line(raw.decode("ascii"))
    if encoding == "utf-8":
        try:
            return Line(raw.decode("utf-8"))
        except UnicodeDecodeError:
            return Line(raw.decode(best_single_byte(raw), errors="replace"), "mixed_encoding")
    text = raw.decode(encoding, errors="replace")
    if _looks_like_utf8(raw):
        return Line(raw.decode("utf-8"), "mixed_encoding")
    return Line(text, "undecodable_byte" if "\ufffd" in text else "")


def _looks_like_utf8(raw: bytes) -> bool:
    """Valid UTF-8 with three or more letters of two bytes hardly ever happens by chance."""
    high = len(raw) - len(raw.translate(None, _HIGH))
    if high < 6 or high % 2:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode_lines(raw_lines: Iterator[bytes], encoding: str) -> Iterator[Line]:
    """Decode physical lines; a byte order mark goes."""
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    for number, raw in enumerate(raw_lines):
        if number == 0 and plain == "utf-8":
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        yield decode_line(raw, plain)
