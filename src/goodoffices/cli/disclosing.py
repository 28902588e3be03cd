# SPDX-License-Identifier: AGPL-3.0-or-later
"""`sdc-check`: may these numbers go out? Works on files alone: no store, no set-up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from goodoffices.core.disclosure.checking import Finding, Past, check_release
from goodoffices.core.disclosure.releases import read_counts, read_ledger, read_release
from goodoffices.core.disclosure.tables import BadDeclaration, Declaration, read_declaration
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.strict_json import read_json

Read = TypeVar("Read")

WHY = {
    "pinned": "The withheld count can be deduced exactly from all releases together.",
    "bounded_too_narrow": "The withheld count can be deduced to within less than five.",
    "bounded_for_who_knows_the_rest": "Who knows all but one of its persons can deduce it to within less than five.",
    "last_person_certain": "Who knows all but one of its persons learns of the last for certain.",
    "rounding_undone": "Other numbers take the uncertainty of rounding away.",
    "group_disclosure": "All persons of this row, or all but one, have the same value; the row must be withheld.",
    "below_threshold": "A number below ten is told.",
    "small_count_told": "A number is told though fewer than ten persons are in the cell.",
    "not_rounded": "The number is no multiple of five.",
    "not_this_count": "The number is not the count behind it, rounded.",
    "same_cell_differs": "The same persons have another number elsewhere.",
    "too_early": "It would go out less than 90 days after the quarter's end.",
    "not_yet": "It is not yet 90 days after the quarter's end, or the day of publishing lies ahead.",
    "quarter_not_over": "The quarter is not over.",
    "needs_two_signatures": "Two different persons must sign it off.",
    "frozen": "This table of this quarter is out already, with other numbers; what is out stays as it is.",
    "published_twice": "The ledger has this table of this quarter twice.",
    "ledger_changed": "The release isn't the one that was entered: its hash differs.",
    "releases_contradict": "No counts at all could have given these releases together.",
}


def check_files(
    declaration: Path, ledger: Path | None, release: Path | None, counts: Path | None, today: str
) -> dict[str, Any]:
    """Check a release against the declared tables and everything that went out before.

    Returns:
        ``ok``, ``findings`` (code, why, table, period, cell, low, high), and how many ``cells`` were checked and
        are ``withheld``.

    Raises:
        GoodOfficesError: a file can't be used, or the releases are too many to be bounded exactly.
    """
    if ledger is None and release is None:
        raise GoodOfficesError("There is nothing to check.", code="usage", hint="Give --ledger, --release or both.")
    declared = _load(declaration, read_declaration)
    past = Past() if ledger is None else Past(*_load(ledger, _with(read_ledger, declared)))
    candidate = None if release is None else _load(release, _with(read_release, declared))
    truth = () if counts is None else _load(counts, _with(read_counts, declared))
    found = check_release(declared, past, candidate, truth, _day(today) if today else None)
    checked = [*past.releases, *([] if candidate is None else [candidate])]
    return {
        "ok": not found,
        "findings": [_as_json(one) for one in found],
        "cells": sum(len(one.values) for one in checked),
        "withheld": sum(len(one.hidden()) for one in checked),
    }


def _with(read: Callable[[object, Declaration], Read], declared: Declaration) -> Callable[[object], Read]:
    return lambda value: read(value, declared)


def _load(path: Path, read: Callable[[object], Read]) -> Read:
    if not path.is_file():
        raise GoodOfficesError(f"There is no file {path}.", code="no_file", where={"file": str(path)})
    try:
        return read(read_json(path.read_bytes(), file=path.name))
    except BadDeclaration as error:
        raise BadDeclaration(error.message, where={"file": path.name} | error.where, hint=error.hint) from None


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise GoodOfficesError("--today isn't a calendar date.", code="usage", hint="Write it as 2026-07-01.")


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "why": WHY[finding.code],
        "table": finding.table,
        "period": finding.period,
        "cell": dict(finding.cell),
        "low": finding.low,
        "high": finding.high,
    }
