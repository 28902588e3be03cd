# SPDX-License-Identifier: AGPL-3.0-or-later
"""`estimate`: a table of overlapping lists -> how many people are on none. Pure: no store, no set-up."""

from __future__ import annotations

import csv
import hashlib
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.estimation import (
    MOST_LISTS,
    Averaged,
    BadTable,
    Estimate,
    LatentClasses,
    LogLinear,
    Model,
    Overlaps,
    Settings,
    estimate,
    limit_text,
    table_from_rows,
    wording,
)
from goodoffices.core.sealing.canonical import canonical_bytes

COUNT, REPLICATE = "count", "rep"
MOST_BYTES = 5_000_000
MOST_PEOPLE = 100_000_000
MOST_REPLICATES = 1_000
MOST_NAMED = 500  # models named under "existence"; six lists can fail in tens of thousands of ways


@dataclass(frozen=True)
class Columns:
    """Where a file keeps its columns: positions of the lists, of the count and, if any, of the replicate."""

    lists: dict[str, int]
    count: int
    replicate: int | None
    width: int


def settings_from(**asked: Any) -> Settings:
    """Give the settings of the command's options; ``estimate`` checks their values."""
    return Settings(**asked)


def estimate_file(
    path: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> dict[str, Any]:
    """Read a table and answer in the form of CONTRACTS 3.5; one answer a replicate where the file has them.

    Replicate ``i`` (from 0) takes the seed + i, so that each can be done again alone.

    Raises:
        GoodOfficesError: the file or a setting can't be used; names file, row and field.
    """
    tables = read_overlaps(path)
    if set(tables) == {""}:
        return answer(_estimate(tables[""], settings, path))
    answers = []
    for index, (name, table) in enumerate(tables.items()):
        if progress:
            progress("replicates", index, len(tables))
        done = _estimate(table, replace(settings, seed=settings.seed + index), path)
        answers.append({REPLICATE: name, **answer(done)})
    if progress:
        progress("replicates", len(tables), len(tables))
    return {"lists": list(next(iter(tables.values())).lists), "replicates": answers}


def _estimate(table: Overlaps, settings: Settings, path: Path) -> Estimate:
    try:
        return estimate(table, settings)
    except GoodOfficesError as error:
        error.where = {"file": str(path), **error.where}
        raise


def read_overlaps(path: Path) -> dict[str, Overlaps]:
    """Read a file of overlaps into one table a replicate; the key is "" where there are none.

    Raises:
        BadTable: says the row and field, and how to mend it.
    """
    rows = _rows(path)
    columns = _columns(path, rows[0][1] if rows else [])
    found: dict[str, dict[tuple[int, ...], tuple[int, int]]] = {}
    for line, cells in rows[1:]:
        flags, count, replicate = _row(path, line, cells, columns)
        seen = found.setdefault(replicate, {})
        if flags in seen:
            raise _bad(
                path, f"This row repeats the pattern of row {seen[flags][0]}.", "repeated_pattern", line,
                hint="Put both counts into one row.",
            )  # fmt: skip
        seen[flags] = (line, count)
    if not found:
        raise _bad(path, "The table has no rows.", "empty_table", hint="Give one row for each pattern of lists.")
    if len(found) > MOST_REPLICATES:
        raise _bad(path, f"There are more than {MOST_REPLICATES} replicates.", "too_many", hint="Split the file.")
    return {name: _table(path, name, columns, patterns) for name, patterns in found.items()}


def _table(path: Path, replicate: str, columns: Columns, patterns: dict[tuple[int, ...], tuple[int, int]]) -> Overlaps:
    where = {"file": str(path), **({REPLICATE: replicate} if replicate else {})}
    people = sum(count for _, count in patterns.values())
    if people > MOST_PEOPLE:
        raise BadTable(f"The counts add up to more than {MOST_PEOPLE:,}.", where=where, hint="Check the counts.")
    try:
        return table_from_rows(tuple(columns.lists), [(flags, count) for flags, (_, count) in patterns.items()])
    except BadTable as error:
        error.where = {**where, **error.where}
        raise


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Give the rows that aren't blank, each with its line number."""
    if path.stat().st_size > MOST_BYTES:
        raise _bad(path, "The file is too large for a table of overlaps.", "too_large", hint="Give counts, not people.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(path, "The file is not UTF-8 text.", "not_text", hint="Save it as CSV in UTF-8.") from None
    if "\0" in text:
        raise _bad(path, "The file is not text.", "not_text", hint="Save it as CSV in UTF-8.")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        reader = csv.reader(text.splitlines(), delimiter=separator, strict=True)
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    except csv.Error:
        raise _bad(path, "The file is not CSV.", "not_csv", hint="Save it as CSV in UTF-8.") from None


def _columns(path: Path, header: list[str]) -> Columns:
    names = [name.lower() for name in header]
    if COUNT not in names:
        raise _bad(
            path, 'There is no column "count".', "no_count", 1,
            hint="Give one 0/1 column for each list, then count.",
        )  # fmt: skip
    for place, name in enumerate(names):
        if not name:
            raise _bad(path, f"Column {place + 1} has no name.", "bad_header", 1, hint="Name the list in the header.")
        if name in names[:place]:
            raise _bad(path, "Two columns have one name.", "bad_header", 1, header[place], "Rename one of them.")
    lists = {
        header[place]: place for place, name in enumerate(names) if name not in (COUNT, REPLICATE)
    }  # fmt: skip
    if not 1 <= len(lists) <= MOST_LISTS:
        raise _bad(
            path, f"There are {len(lists)} lists; between 1 and {MOST_LISTS} can be used.", "too_many_lists", 1,
            hint="Merge lists that draw on the same source into one column.",
        )  # fmt: skip
    replicate = names.index(REPLICATE) if REPLICATE in names else None
    return Columns(lists, names.index(COUNT), replicate, len(header))


def _row(path: Path, line: int, cells: list[str], columns: Columns) -> tuple[tuple[int, ...], int, str]:
    if len(cells) != columns.width:
        raise _bad(
            path, f"This row has {len(cells)} cells, the header {columns.width}.", "bad_row", line,
            hint="Give one cell for each column.",
        )  # fmt: skip
    for name, place in columns.lists.items():
        if cells[place] not in ("0", "1"):
            raise _bad(path, f'"{cells[place][:40]}" is neither 0 nor 1.', "bad_flag", line, name, "Write 1 or 0.")
    flags = tuple(int(cells[place]) for place in columns.lists.values())
    text = cells[columns.count]
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise _bad(
            path, f'"{text[:40]}" is no count.', "bad_count", line, COUNT, "Write a whole number, 0 or more."
        )  # fmt: skip
    if not any(flags) and int(text):
        raise _bad(
            path, "This row counts people who are on no list; their number is what is asked.", "unlisted_counted",
            line, hint="Leave the row out.",
        )  # fmt: skip
    replicate = "" if columns.replicate is None else cells[columns.replicate]
    if columns.replicate is not None and not replicate:
        raise _bad(path, "This row doesn't say its replicate.", "bad_row", line, REPLICATE, "Fill the cell.")
    return flags, int(text), replicate


def _bad(path: Path, message: str, code: str, row: int | None = None, field: str = "", hint: str = "") -> BadTable:
    where: dict[str, Any] = {"file": str(path)}
    if row is not None:
        where["row"] = row
    if field:
        where["field"] = field
    return BadTable(message, code=code, where=where, hint=hint)


def answer(found: Estimate) -> dict[str, Any]:
    """Give an estimate in the form of CONTRACTS 3.5."""
    said: dict[str, Any] = {
        "lists": list(found.table.lists),
        "documented": int(found.table.documented),
        "existence": _existence(found),
        "methods": _methods(found),
        "disagreement": found.disagreement,
        "headline": _rounded(asdict(found.headline)) if found.headline else None,
        "wording": wording(found),
        "limits": [
            {"code": one.code, **({"lists": list(one.lists)} if one.lists else {}), "text": limit_text(one)}
            for one in found.limits
        ],
        "sensitivity": {
            "odds_ratio": [_rounded(asdict(one)) for one in found.odds_ratios],
            "linkage": [_rounded(asdict(one)) for one in found.linkage_errors],
            "without_list": [_rounded(asdict(one)) for one in found.without_list],
            "most": [_rounded(asdict(one)) for one in found.changes],
        },
        "provenance": _provenance(found),
    }
    return said


def _existence(found: Estimate) -> dict[str, Any]:
    models = found.search
    if models is None:
        return {"failing": [], "not_identifiable": [], "models": 0}
    said: dict[str, Any] = {"models": models.models}
    for name, terms in (("failing", models.failing), ("not_identifiable", models.not_identifiable)):
        said[name] = list(terms[:MOST_NAMED])
        if len(terms) > MOST_NAMED:
            said[f"{name}_count"] = len(terms)
    return said


def _methods(found: Estimate) -> dict[str, Any]:
    """Give what was asked for; null where the table can't carry it (limits say why)."""
    if found.table.width == 1:
        return {}
    wants = found.settings.wants
    said: dict[str, Any] = {}
    if wants("chao"):
        said["chao"] = _rounded(asdict(found.chao)) if found.chao else None
    if wants("loglinear"):
        said["loglinear"] = _loglinear(found.loglinear) if found.loglinear else None
    if wants("bma"):
        said["bma"] = _bma(found.bma) if found.bma else None
    if wants("lcmcr"):
        said["lcmcr"] = _lcmcr(found.lcmcr) if found.lcmcr else None
    return said


def _loglinear(found: LogLinear) -> dict[str, Any]:
    models, best = found.found, found.found.best[0]
    chosen = found.reselected
    return {
        **_model(best),
        "models": models.models,
        "order": models.order,
        "criterion": models.criterion,
        "low": _round(found.low),
        "high": _round(found.high),
        "interval": "reselection" if chosen else "profile",
        "profile": _rounded(asdict(found.profile)),
        "reselection": _rounded(asdict(chosen)) if chosen else None,
        "other_criterion": _model(models.other) if models.other else None,
        "stepwise": models.stepwise,
        "best": [_model(one) for one in models.best],
    }


def _model(one: Model) -> dict[str, Any]:
    return _rounded(asdict(one))


def _bma(found: Averaged) -> dict[str, Any]:
    said = {name: value for name, value in vars(found).items() if name != "posterior"}
    return {**said, "modes": list(found.modes)}


def _lcmcr(found: LatentClasses) -> dict[str, Any]:
    return _rounded({name: value for name, value in vars(found).items() if name != "draws"})


def _provenance(found: Estimate) -> dict[str, Any]:
    """Say what was estimated and with what, so that anybody can do it again."""
    table = found.table
    data = {"lists": list(table.lists), "counts": [int(count) for count in table.counts]}
    return {
        "data_sha256": hashlib.sha256(canonical_bytes(data)).hexdigest(),
        "settings": asdict(found.settings),
        "versions": {name: version(name) for name in ("goodoffices", "numpy", "scipy")}
        | {"python": platform.python_version()},
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _round(value) for name, value in values.items()}


def _round(value: Any) -> Any:
    """Shorten a float to a ten-thousandth; the rest stays."""
    return round(value, 4) if isinstance(value, float) else value
