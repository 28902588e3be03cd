# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read lists as records to link: any usual file, columns guessed or mapped (CONTRACTS 3.1). Free of Django."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage import Record
from goodoffices.intake.reading import (
    ColumnRules,
    ListMapping,
    ReadOptions,
    Row,
    Table,
    apply_mapping,
    guess_columns,
    infer_rules,
    mapping_for,
    normalise,
    open_table,
    read_mapping,
)

# Targets of a list -> fields of a record; of several for one field the first that says something counts.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "family_name": ("family_name",),
    "given_name": ("given_name",),
    "patronymic": ("patronymic",),
    "family_name_2": ("family_name_2",),
    "dob": ("dob", "birth_year"),
    "sex": ("sex",),
    "residence": ("residence",),
    "category": ("category",),
    "place_held": ("place_held",),
    "unit": ("unit",),
    "event_date": ("event_date", "capture_date"),
}
READ = frozenset({"record_id", "source", "nickname", *(target for found in FIELDS.values() for target in found)})
SEPARATOR = "\x1f"
SAMPLE_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class InputRow:
    """One record with its key in the lists."""

    source: str
    record_id: str
    record: Record


def read_lists(files: Sequence[Path], mapping: Path | None) -> list[InputRow]:
    """Read all lists.

    Raises:
        GoodOfficesError: a file can't be read, has no column of record ids, or a key stands twice.
    """
    mappings = read_mapping(mapping) if mapping is not None else {}
    seen: dict[tuple[str, str], str] = {}
    rows: list[InputRow] = []
    for path in files:
        settled = mapping_for(mappings, path) or ListMapping()
        for number, row in _rows_of(path, settled):
            key = (row.source, row.record_id)
            if key in seen:
                raise GoodOfficesError(
                    "A record id stands twice in one source.",
                    code="repeated_record",
                    where={"file": path.name, "row": number, "field": "record_id"},
                    hint=f"It stands first at {seen[key]}. Give each record of a source its own record_id.",
                )
            seen[key] = f"{path.name}, row {number}"
            rows.append(row)
    return rows


def list_name(path: Path) -> str:
    """Give the source of a list that doesn't name one: the file's name without its endings."""
    name = path.name
    for ending in (".gz", ".csv", ".tsv", ".txt", ".xlsx"):
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
    return name or path.name


def _rows_of(path: Path, settled: ListMapping) -> Iterator[tuple[int, InputRow]]:
    table = open_table(path, options=settled.options or ReadOptions())
    readers = _readers(table, settled)
    if "record_id" not in readers:
        raise GoodOfficesError(
            "The list has no column of record ids.",
            code="no_record_id",
            where={"file": path.name},
            hint=f'Name it with --map, for example {{"{path.name}": {{"columns": {{"record_id": "no"}}}}}}. '
            f"Columns are: {', '.join(table.header[:40])}.",
        )
    default = list_name(path)
    for row in table.rows():
        if row.kind == "data":
            yield row.number, _input_row(path, row, readers, default)


def _readers(table: Table, settled: ListMapping) -> dict[str, list[Callable[[Row], str | None]]]:
    """Give, for each target, how its columns are read; equal cells are read once."""
    sample = table.sample(SAMPLE_ROWS)
    guesses = guess_columns(table.header, [row.cells for row in sample[:200]])
    readers: dict[str, list[Callable[[Row], str | None]]] = {}
    for guess in apply_mapping(table.header, guesses, settled, table.name):
        if guess.target not in READ:
            continue
        rules = ColumnRules(
            guess.target,
            guess.column_index,
            order=settled.date_order,
            pivot=settled.century_pivot,
            missing=settled.missing,
        )
        at = guess.column_index
        readers.setdefault(guess.target, []).append(_reader(at, infer_rules(rules, [row.cells[at] for row in sample])))
    return readers


def _reader(at: int, rules: ColumnRules) -> Callable[[Row], str | None]:
    known: dict[str, str | None] = {}
    exact = rules.target in {"record_id", "source"}

    def read(row: Row) -> str | None:
        text = row.cells[at]
        if exact:
            return text.strip() or None
        if text not in known:
            known[text] = normalise(text, rules, row.number).value
        return known[text]

    return read


def _input_row(path: Path, row: Row, readers: dict[str, list[Callable[[Row], str | None]]], default: str) -> InputRow:
    record_id = _first(row, readers, ("record_id",))
    if record_id is None:
        raise GoodOfficesError(
            "A record has no id.",
            code="no_record_id",
            where={"file": path.name, "row": row.number, "field": "record_id"},
            hint="Give each record of a source its own record_id.",
        )
    source = _first(row, readers, ("source",)) or default
    said = {name: _first(row, readers, targets) for name, targets in FIELDS.items()}
    aliases = tuple(alias for read in readers.get("nickname", ()) if (alias := read(row)))
    return InputRow(
        source, record_id, Record(key=f"{source}{SEPARATOR}{record_id}", source=source, aliases=aliases, **said)
    )


def _first(row: Row, readers: dict[str, list[Callable[[Row], str | None]]], targets: Sequence[str]) -> str | None:
    for target in targets:
        for read in readers.get(target, ()):
            if (value := read(row)) is not None:
                return value
    return None
