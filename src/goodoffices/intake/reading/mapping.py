# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mapping file of CONTRACTS 3.1: per file its columns, date order, missing signs and how to open it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from goodoffices.core.dates import Order
from goodoffices.intake.reading.columns import OTHER, SEALED_TARGETS, TARGETS, ColumnGuess, is_target
from goodoffices.intake.reading.errors import ListUnreadable
from goodoffices.intake.reading.limits import MIB, ReadOptions
from goodoffices.intake.reading.synonyms import fold

ORDERS: dict[str, Order] = {"DMY": "DMY", "MDY": "MDY", "YMD": "YMD"}
_KEYS = frozenset({"columns", "date_order", "missing", "encoding", "delimiter", "sheet", "header_row", "century_pivot"})
_LARGEST = MIB


@dataclass(frozen=True, slots=True)
class ListMapping:
    """What a person settled for one file.

    Attributes:
        columns: target -> headers that hold it.
        date_order: order for all date columns; None = find out.
        missing: the list's signs for "unknown", casefolded.
        options: how to open the file.
        century_pivot: see read_date.
    """

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_order: Order | None = None
    missing: frozenset[str] = frozenset()
    options: ReadOptions = field(default_factory=ReadOptions)
    century_pivot: int | None = None


def read_mapping(path: Path) -> dict[str, ListMapping]:
    """Read a mapping file; raises ListUnreadable with code bad_mapping."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        raise _bad("The mapping file can't be opened.", str(error.strerror), file=path.name) from error
    if len(raw) > _LARGEST:
        raise _bad("The mapping file is too large.", "A mapping is a short JSON file.", file=path.name)
    try:
        return parse_mapping(json.loads(raw.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise _bad(
            "The mapping file is not JSON in UTF-8.", "Check quotes, commas and braces.", file=path.name
        ) from error


def parse_mapping(data: object) -> dict[str, ListMapping]:
    """Check a mapping: file name -> settings.

    Raises:
        ListUnreadable: bad_mapping, with the file, key and what is allowed.
    """
    if not isinstance(data, dict):
        raise _bad("A mapping is an object with one entry per file.", 'Write {"FILE": {"columns": {...}}}.')
    return {str(name): _one(str(name), settings) for name, settings in data.items()}


def mapping_for(mappings: dict[str, ListMapping], path: Path) -> ListMapping | None:
    """Find the mapping of a file by its path as given, its name, or its name without endings."""
    for name in (str(path), path.name, path.name.split(".")[0]):
        if name in mappings:
            return mappings[name]
    return None


def _one(name: str, settings: object) -> ListMapping:
    if not isinstance(settings, dict):
        raise _bad("The entry of a file must be an object.", 'Write {"columns": {...}}.', file=name)
    unknown = sorted(set(map(str, settings)) - _KEYS)
    if unknown:
        raise _bad("A key is not known.", f"Keys are: {', '.join(sorted(_KEYS))}.", file=name, key=unknown[0])
    order = settings.get("date_order")
    if order is not None and (not isinstance(order, str) or order not in ORDERS):
        raise _bad("The date order is not known.", "Use DMY, MDY or YMD.", file=name, key="date_order")
    missing = settings.get("missing", [])
    if not isinstance(missing, list) or not all(isinstance(sign, str) for sign in missing):
        raise _bad("The missing signs must be a list of texts.", 'Write ["-", "n/a"].', file=name, key="missing")
    return ListMapping(
        columns=_columns(name, settings.get("columns", {})),
        date_order=ORDERS[order] if order is not None else None,
        missing=frozenset(sign.strip().casefold() for sign in missing),
        options=ReadOptions(
            encoding=_text(name, settings, "encoding"),
            delimiter=_text(name, settings, "delimiter"),
            sheet=_text(name, settings, "sheet"),
            header_row=_number(name, settings, "header_row", 1000),
        ),
        century_pivot=_number(name, settings, "century_pivot", 99),
    )


def _columns(name: str, columns: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(columns, dict):
        raise _bad("The columns must be an object.", 'Write {"name": "nombre"}.', file=name, key="columns")
    mapped: dict[str, tuple[str, ...]] = {}
    used: dict[str, str] = {}
    for target, header in columns.items():
        headers = header if isinstance(header, list) else [header]
        if not is_target(str(target)):
            raise _bad(
                "A target column is not known.",
                f"Targets are: {', '.join(TARGETS)}.",
                file=name,
                key=str(target)[:60],
            )
        if not headers or not all(isinstance(entry, str) and entry.strip() for entry in headers):
            raise _bad("A header must be a text.", 'Write {"name": "nombre"}.', file=name, key=str(target))
        for entry in headers:
            if fold(entry) in used:
                raise _bad("One header is mapped twice.", "Map each header once.", file=name, key=entry[:60])
            used[fold(entry)] = str(target)
        mapped[str(target)] = tuple(headers)
    return mapped


def _text(name: str, settings: dict[Any, Any], key: str) -> str | None:
    value = settings.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise _bad("A setting must be a text.", f"Write {key} as a text.", file=name, key=key)
    return value


def _number(name: str, settings: dict[Any, Any], key: str, most: int) -> int | None:
    value = settings.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most):
        raise _bad("A setting must be a whole number.", f"Write {key} from 0 to {most}.", file=name, key=key)
    return value


def _bad(message: str, hint: str, **where: object) -> ListUnreadable:
    return ListUnreadable(message, code="bad_mapping", where=where, hint=hint)


def apply_mapping(
    header: Sequence[str], guesses: Sequence[ColumnGuess], mapping: ListMapping, file: str = ""
) -> list[ColumnGuess]:
    """Put what was mapped over what was guessed; a guess that takes a mapped target becomes a note.

    Raises:
        ListUnreadable: unknown_column, when the file has no such header.
    """
    places = {fold(name): index for index, name in enumerate(header)}
    chosen: dict[int, str] = {}
    for target, names in mapping.columns.items():
        for name in names:
            if fold(name) not in places:
                raise ListUnreadable(
                    "The list has no column of that name.",
                    code="unknown_column",
                    where={"file": file, "field": name[:60]} if file else {"field": name[:60]},
                    hint=f"Its columns are: {', '.join(header[:40])}.",
                )
            chosen[places[fold(name)]] = target
    settled: list[ColumnGuess] = []
    for index, guess in enumerate(guesses):
        if index in chosen:
            target = chosen[index]
            settled.append(ColumnGuess(index, target, 1.0, "mapped", target in SEALED_TARGETS))
        elif guess.target in mapping.columns and not guess.sealed:
            settled.append(replace(guess, target=OTHER + header[index], confidence=0.4, why="taken"))
        else:
            settled.append(guess)
    return settled
