# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cells that no spreadsheet takes for a formula, and back again without loss. Pure.

A cell is guarded at its start and after every sign at which a spreadsheet with other settings might split it
(comma, semicolon, tab, line break, quote): an apostrophe goes before what would begin a formula, blanks, byte order
marks and earlier apostrophes skipped. ``restore`` takes exactly those away: ``restore(guard(x)) == x``.

Source: OWASP, CSV Injection; full-width signs are read as formulas by East Asian spreadsheets.
"""

from __future__ import annotations

import re

# How the first line of our own export begins, in every language: only such a file has guarded cells.
EXPORT_MARK = "Good Offices · "
_BEGIN = r"(^|[;,\"\t\r\n])"
_BLANK = r"([ \u00a0\u3000\ufeff\u200b']*)"
_FORMULA = r"([=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\u2212])"
_RISK = re.compile(f"{_BEGIN}{_BLANK}(?={_FORMULA[1:-1]})")
_GUARDED = re.compile(f"{_BEGIN}'{_BLANK}(?={_FORMULA[1:-1]})")


def guard(text: str) -> str:
    """Put an apostrophe wherever a formula could begin."""
    return _RISK.sub(r"\1'\2", text)


def restore(text: str) -> str:
    """Take the apostrophes of ``guard`` away."""
    return _GUARDED.sub(r"\1\2", text)
