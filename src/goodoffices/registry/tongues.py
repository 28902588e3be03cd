# SPDX-License-Identifier: AGPL-3.0-or-later
"""In which language and script a wording is, as far as its letters show. Pure."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[\u0400-\u04FF]")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэёъЫЭЁЪ]")
_SCRIPT_OF = {"uk": "Cyrl", "ru": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "en": "Latn", "es": "Latn", "pl": "Latn",
              "de": "Latn", "fr": "Latn"}  # fmt: skip


def tongue_of(text: str, language: str) -> tuple[str, str]:
    """Tell language and script of a wording: the source's language where the letters allow it, "" if unknown."""
    cyrillic, latin = bool(_CYRILLIC.search(text)), bool(_LATIN.search(text))
    script = "Cyrl" if cyrillic and not latin else "Latn" if latin and not cyrillic else ""
    ukrainian, russian = bool(_UKRAINIAN.search(text)), bool(_RUSSIAN.search(text))
    if script == "Cyrl" and ukrainian != russian:
        return ("uk" if ukrainian else "ru"), script
    if language and script and _SCRIPT_OF.get(language, script) == script:
        return language, script
    return "", script
