# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the rows of one import are read: its mapping, the orders found, the repairs chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from goodoffices.intake.drafting import RECORD_ID, PlannedColumn, RowReader, is_kept
from goodoffices.intake.models import ListImport, ListRow
from goodoffices.intake.reading import (
    DATE_TARGETS,
    ChosenRepair,
    ColumnRules,
    Repair,
    apply_repairs,
    infer_rules,
)
from goodoffices.intake.reading.mapping import ORDERS
from goodoffices.registry.services.places import fold_place, place_index

RUNNING_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row as it was kept."""

    pk: int
    number: int
    cells: list[str]
    fixes: dict[str, str]
    file_problems: list[dict[str, Any]]
    hash: str


def kept_rows(one: ListImport, after: int = 0) -> Iterator[list[KeptRow]]:
    """Give the rows of the file in chunks, in order; each chunk is read when it is asked for."""
    fields = ("pk", "number", "cells", "fixes", "file_problems", "hash")
    while True:
        found = ListRow.objects.filter(list_import=one).in_file().filter(number__gt=after)
        chunk = [KeptRow(*values) for values in found.values_list(*fields)[: settings.GOODOFFICES_CHUNK_ROWS]]
        if not chunk:
            return
        after = chunk[-1].number
        yield chunk


def chosen_repairs(one: ListImport) -> list[ChosenRepair]:
    """Give the repairs a person chose."""
    return [
        ChosenRepair(each["target"], each["kind"], each["pattern"], Repair(each["code"], each["value"]))
        for each in one.repairs
    ]


def columns_of(one: ListImport) -> list[PlannedColumn]:
    """Give the columns that are read, with their rules as settled by mapping, check and repairs."""
    repairs = chosen_repairs(one)
    planned = []
    for entry in one.mapping:
        if is_kept(entry["target"]) and not entry["sealed"]:
            rules = apply_repairs(_rules(one, entry), repairs)
            planned.append(PlannedColumn(entry["column"], one.header[entry["column"]], rules, rules.target))
    return planned


def reader_of(one: ListImport, *, with_places: bool = True) -> RowReader:
    """Give the reader of an import's rows."""
    return RowReader(
        columns_of(one),
        language=one.source.language,
        places=place_index() if with_places else {},
        fold_place=fold_place,
        running_numbers=any(entry.get("running") for entry in one.mapping),
    )


def infer(one: ListImport, rows: Iterable[list[KeptRow]]) -> list[dict[str, Any]]:
    """Find what the columns themselves show - order of dates, Spanish h/m, running numbers - and note it down."""
    asked: dict[int, tuple[dict[str, Any], dict[str, None]]] = {
        entry["column"]: (entry, {})
        for entry in one.mapping
        if entry["target"] in DATE_TARGETS or entry["target"] in {"sex", RECORD_ID}
    }
    counts: dict[int, _Run] = {column: _Run() for column in asked}
    for chunk in rows:
        for row in chunk:
            for column, (entry, seen) in asked.items():
                text = row.fixes.get(str(column), row.cells[column] if column < len(row.cells) else "")
                if entry["target"] == RECORD_ID:
                    counts[column].add(text)
                else:
                    seen[text] = None
    noted = []
    for entry in one.mapping:
        if entry["column"] not in asked:
            noted.append(entry)
        elif entry["target"] == RECORD_ID:
            noted.append({**entry, "running": counts[entry["column"]].is_running})
        else:
            rules = infer_rules(_rules(one, {**entry, "order": ""}), asked[entry["column"]][1])
            noted.append({**entry, "order": rules.order or "", "m_is_female": rules.m_is_female})
    return noted


class _Run:
    """Counts whether numbers merely count the rows."""

    def __init__(self) -> None:
        self.rows, self.steps, self.last = 0, 0, None

    def add(self, text: str) -> None:
        plain = text.strip().rstrip(".)")
        number = int(plain) if plain.isdecimal() and len(plain) < 10 else None
        self.rows += 1
        self.steps += number is not None and (number == 1 if self.last is None else number == self.last + 1)
        self.last = number if number is not None else self.last  # type: ignore[assignment]

    @property
    def is_running(self) -> bool:
        return self.rows > 0 and self.steps >= RUNNING_SHARE * self.rows


def _rules(one: ListImport, entry: dict[str, Any]) -> ColumnRules:
    order = ORDERS.get(entry.get("order") or one.date_order)
    return ColumnRules(
        target=entry["target"],
        column=entry["column"],
        order=order,
        missing=frozenset(one.missing),
        not_after=one.created_at.date(),
        m_is_female=bool(entry.get("m_is_female")),
    )
