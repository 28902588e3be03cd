# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clean the text of a cell: composed form, plain blanks, nothing invisible, no tower of marks.

Order matters: runs of combining marks are bounded before normalising, which takes quadratic time on them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

LONGEST_VALUE = 10_000
_MOST_MARKS = 4  # no living script stacks more on one letter
# Zero-width signs, bidirectional controls, byte order mark, soft hyphen, interlinear and tag signs.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Printable ASCII and precomposed Cyrillic letters: most cells; nothing to clean, composed already.
_PLAIN = re.compile("[ -~\u0400-\u0482\u048a-\u04ff’№–—]*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u2400\ufffd]")


@lru_cache(maxsize=1)
def _towers() -> re.Pattern[str]:
    """Match the marks beyond the fourth on one letter."""
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Mn", "Me")]
    ranges: list[list[int]] = []
    for code in map(ord, marks):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    body = "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)
    return re.compile(f"([{body}]{{{_MOST_MARKS}}})[{body}]+")


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Clean a cell.

    Returns:
        The text and codes of what was taken away: invisible_signs, control_signs, too_many_marks, cell_cut.
    """
    if (text.isascii() and text.isprintable()) or (len(text) <= LONGEST_VALUE and _PLAIN.fullmatch(text)):
        return (text.strip(), ()) if "  " not in text else (" ".join(text.split()), ())
    codes: list[str] = []
    for code, pattern, instead in (
        ("too_many_marks", _towers(), r"\1"),
        ("invisible_signs", _INVISIBLE, ""),
        ("control_signs", _CONTROL, ""),
    ):
        text, count = pattern.subn(instead, text)
        if count:
            codes.append(code)
    if len(text) > LONGEST_VALUE:
        text = text[:LONGEST_VALUE]
        codes.append("cell_cut")
    return " ".join(unicodedata.normalize("NFC", text).split()), tuple(codes)
