# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compile every translation catalogue; needs no gettext binary."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "goodoffices"


def compile_all() -> int:
    """Write a .mo beside each .po that is newer; returns how many were written."""
    written = 0
    for source in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))
            written += 1
    return written


if __name__ == "__main__":
    print(f"{compile_all()} catalogues compiled", file=sys.stderr)
