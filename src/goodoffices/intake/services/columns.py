# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mapping of a list's columns as it is stored: one entry a column.

An entry is ``{"column", "target", "confidence", "why", "guess", "sealed"}``, after the check also ``"order"``
(of dates), ``"m_is_female"`` and ``"running"`` (numbers that only count rows).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goodoffices.intake.models import ListImport, RememberedMapping
from goodoffices.intake.reading import IGNORE, OTHER, SEALED_TARGETS, ColumnGuess

Entry = dict[str, Any]


@dataclass(frozen=True)
class FirstMapping:
    """The mapping a list starts with."""

    entries: list[Entry]
    date_order: str = ""
    missing: tuple[str, ...] = ()
    repairs: tuple[dict[str, str], ...] = ()


def signature(header: Sequence[str]) -> str:
    """Hash a header, so that the next edition with the same columns is known again."""
    return hashlib.sha256("\x1f".join(name.strip().casefold() for name in header).encode()).hexdigest()


def entry_of(guess: ColumnGuess) -> Entry:
    """Turn a guess into an entry; a column nobody knows stays in the raw row only."""
    target = IGNORE if guess.target.startswith(OTHER) else guess.target
    return {
        "column": guess.column_index,
        "target": target,
        "confidence": round(guess.confidence, 2),
        "why": guess.why,
        "guess": guess.target,
        "sealed": target in SEALED_TARGETS,
    }


def chosen_entry(entry: Entry, target: str, *, why: str = "mapped") -> Entry:
    """Give an entry with another target; where it stays the same it stays a guess."""
    if target == entry["target"]:
        return {name: entry[name] for name in ("column", "target", "confidence", "why", "guess", "sealed")}
    return {
        "column": entry["column"],
        "target": target,
        "confidence": 1.0,
        "why": why,
        "guess": entry["guess"],
        "sealed": target in SEALED_TARGETS,
    }


def first_mapping(one: ListImport, guesses: Sequence[ColumnGuess]) -> FirstMapping:
    """Give what was chosen for these headers before, by this source or its publisher, else the guesses.

    Repairs come along: else a row that didn't change would lose what a repair had read in it.
    """
    entries = [entry_of(guess) for guess in guesses]
    known = _remembered(one)
    if known is None:
        return FirstMapping(entries)
    targets = {saved["column"]: saved["target"] for saved in known.mapping}
    # A column that holds telephone numbers today is cut whatever was said of it before.
    chosen = [
        entry if entry["sealed"] and entry["why"] == "content" else _as_before(entry, targets.get(entry["column"]))
        for entry in entries
    ]
    return FirstMapping(chosen, known.date_order, tuple(known.missing), tuple(known.repairs))


def _as_before(entry: Entry, target: str | None) -> Entry:
    return {**chosen_entry(entry, target or entry["target"]), "why": "remembered", "confidence": 1.0}


def remember(one: ListImport, *, at: Any) -> None:
    """Keep the mapping for the next list with these headers."""
    RememberedMapping.objects.update_or_create(
        source=one.source,
        signature=signature(one.header),
        defaults={
            "publisher": one.source.publisher,
            "mapping": [{"column": entry["column"], "target": entry["target"]} for entry in one.mapping],
            "date_order": one.date_order,
            "missing": list(one.missing),
            "repairs": list(one.repairs),
            "at": at,
        },
    )


def _remembered(one: ListImport) -> RememberedMapping | None:
    found = RememberedMapping.objects.filter(signature=signature(one.header))
    own = found.filter(source=one.source).order_by("-at").first()
    if own is not None or not one.source.publisher:
        return own
    return found.filter(publisher=one.source.publisher).order_by("-at").first()
