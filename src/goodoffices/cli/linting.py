# SPDX-License-Identifier: AGPL-3.0-or-later
"""`lint-text`: the tone and neutrality of a text file. Pure: no store, no set-up."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from goodoffices.core.errors import GoodOfficesError

MOST_BYTES = 5_000_000


def lint_file(
    file: Path, language: str, profile: str, subject: str | None = None, *, sourced: bool = False
) -> dict[str, Any]:
    """Check a text file (``-`` = stdin) and give ``{"findings": [...]}`` as CONTRACTS 3.6.

    Raises:
        GoodOfficesError: there is no such file, it is no UTF-8 text, it is empty or too large; the language,
            profile or subject doesn't exist.
    """
    from goodoffices.core.wording import Request, lint

    request = Request(language, profile, subject, sourced)
    return {"findings": [asdict(one) for one in lint(_read(file), request)]}


def blocks(result: dict[str, Any]) -> bool:
    """Say whether a finding blocks."""
    return any(one["level"] == "block" for one in result["findings"])


def _read(file: Path) -> str:
    where = {"file": str(file)}
    if str(file) == "-":
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    elif not file.is_file():
        raise GoodOfficesError(f"There is no file {file}.", code="no_file", where=where)
    else:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise GoodOfficesError(
            "The text is larger than 5 MB.", code="too_large", where=where, hint="Check it in parts."
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoodOfficesError(
            f"The file isn't UTF-8 text (byte {error.start}).",
            code="not_text",
            where={**where, "byte": error.start},
            hint="Save the letter as plain text in UTF-8.",
        ) from None
    if "\0" in text:
        raise GoodOfficesError(
            "The file isn't plain text.", code="not_text", where=where, hint="Save the letter as plain text in UTF-8."
        )
    if not text.strip():
        raise GoodOfficesError("The file is empty.", code="empty", where=where, hint="Give a file with a text in it.")
    return text
