# SPDX-License-Identifier: AGPL-3.0-or-later
"""Releases of declared tables and the ledger of all that ever went out; once out, a release is frozen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from goodoffices.core.disclosure.rounding import BASE, THRESHOLD
from goodoffices.core.disclosure.tables import (
    TOTAL,
    Declaration,
    Table,
    bad,
    entries,
    fields,
    text,
)
from goodoffices.core.sealing.canonical import canonical_bytes

DAYS_LATE = 90
MAX_RELEASES = 10_000
MAX_VALUE = 10**9
_PERIOD = re.compile(r"(\d{4})-Q([1-4])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """One table of one quarter as it goes out.

    Attributes:
        table: id of the declared table.
        period: the quarter, for example ``2026-Q1``.
        published_on: the day it goes out.
        signed_off_by: ids of the two who signed it off.
        values: cell -> published value, None = withheld; every cell of the table, totals included.
    """

    table: str
    period: str
    published_on: date
    signed_off_by: tuple[str, ...]
    values: Mapping[Cell, int | None]

    def content_hash(self) -> str:
        """Hash of what is told, in hex: the table, the quarter and the values."""
        cells = sorted([[list(cell), value] for cell, value in self.values.items()], key=lambda one: str(one[0]))
        return hashlib.sha256(canonical_bytes([self.table, self.period, cells])).hexdigest()

    def hidden(self) -> list[Cell]:
        """Give the withheld cells."""
        return [cell for cell, value in self.values.items() if value is None]


@dataclass(frozen=True, slots=True)
class TrueCounts:
    """The confidential counts behind one table of one quarter."""

    table: str
    period: str
    counts: Mapping[Cell, int]


def quarter_end(period: str) -> date:
    """Give the last day of a quarter such as ``2026-Q1``."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise bad("period", "isn't a quarter", "Write it as 2026-Q1.")
    year, quarter = int(found[1]), int(found[2])
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following - timedelta(days=1)


def earliest_day(period: str) -> date:
    """Give the first day on which a quarter may be published."""
    return quarter_end(period) + timedelta(days=DAYS_LATE)


def period_number(period: str) -> int:
    """Number quarters so that neighbours differ by one."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise bad("period", "isn't a quarter", "Write it as 2026-Q1.")
    return int(found[1]) * 4 + int(found[2])


def read_release(value: object, declaration: Declaration, at: str = "release") -> Release:
    """Read a release.

    Raises:
        BadDeclaration: the table isn't declared, a cell is missing, twice or none of the table's, or a value is
            neither null nor a count.
    """
    known = {"table", "period", "published_on", "signed_off_by", "cells"}
    raw = fields(value, at, known, needed=known)
    table = _table(raw["table"], declaration, at)
    cells = _cells(raw["cells"], declaration, table, f"{at}.cells", "value")
    return Release(
        table=table.id,
        period=_period(raw["period"], at),
        published_on=_day(raw["published_on"], f"{at}.published_on"),
        signed_off_by=tuple(
            text(one, f"{at}.signed_off_by[{index}]")
            for index, one in enumerate(entries(raw["signed_off_by"], f"{at}.signed_off_by", 10))
        ),
        values=cells,
    )


def read_ledger(value: object, declaration: Declaration) -> tuple[tuple[Release, ...], tuple[str, ...]]:
    """Read the ledger of releases.

    Returns:
        The releases in order, and for each the hash it was entered under.
    """
    raw = fields(value, "ledger", {"schema", "releases"}, needed={"schema", "releases"})
    if raw["schema"] != 1 or isinstance(raw["schema"], bool):
        raise bad("ledger.schema", "isn't 1", "Write 1.")
    releases, hashes = [], []
    for index, one in enumerate(entries(raw["releases"], "ledger.releases", MAX_RELEASES)):
        at = f"ledger.releases[{index}]"
        entry = fields(one, at, {"release", "sha256"}, needed={"release", "sha256"})
        releases.append(read_release(entry["release"], declaration, f"{at}.release"))
        hashes.append(text(entry["sha256"], f"{at}.sha256"))
    return tuple(releases), tuple(hashes)


def read_counts(value: object, declaration: Declaration) -> tuple[TrueCounts, ...]:
    """Read the confidential counts of one or more tables.

    Raises:
        BadDeclaration: as :func:`read_release`; or a total isn't the sum of its parts.
    """
    raw = fields(value, "counts", {"schema", "tables"}, needed={"schema", "tables"})
    if raw["schema"] != 1 or isinstance(raw["schema"], bool):
        raise bad("counts.schema", "isn't 1", "Write 1.")
    found = []
    for index, one in enumerate(entries(raw["tables"], "counts.tables", MAX_RELEASES)):
        at = f"counts.tables[{index}]"
        entry = fields(one, at, {"table", "period", "cells"}, needed={"table", "period", "cells"})
        table = _table(entry["table"], declaration, at)
        cells = _cells(entry["cells"], declaration, table, f"{at}.cells", "count")
        counts = {cell: _whole(count, f"{at}.cells") for cell, count in cells.items()}
        _check_sums(counts, declaration, table, at)
        found.append(TrueCounts(table.id, _period(entry["period"], at), counts))
    return tuple(found)


def _table(value: object, declaration: Declaration, at: str) -> Table:
    name = text(value, f"{at}.table")
    if name not in declaration.tables:
        known = ", ".join(declaration.tables)
        raise bad(f"{at}.table", f'"{name[:40]}" isn\'t declared', f"Only declared tables go out: {known}.")
    return declaration.tables[name]


def _cells(value: object, declaration: Declaration, table: Table, at: str, name: str) -> dict[Cell, int | None]:
    wanted = declaration.cells_of(table)
    places = set(wanted)
    found: dict[Cell, int | None] = {}
    for index, one in enumerate(entries(value, at)):
        here = f"{at}[{index}]"
        raw = fields(one, here, {"at", name}, needed={"at", name})
        place = fields(raw["at"], f"{here}.at", set(table.dimensions), needed=set(table.dimensions))
        cell = tuple(text(place[dimension], f"{here}.at.{dimension}") for dimension in table.dimensions)
        if cell not in places:
            raise bad(f"{here}.at", "is no cell of the table", f'Use the declared values, "{TOTAL}" for all.')
        if cell in found:
            raise bad(f"{here}.at", "stands twice", "Give each cell once.")
        given = raw[name]
        found[cell] = None if given is None else _whole(given, f"{here}.{name}")
    missing = next((cell for cell in wanted if cell not in found), None)
    if missing is not None:
        raise bad(at, f"lacks the cell {'/'.join(missing)}", "Give every cell, withheld ones as null.")
    return found


def _check_sums(counts: Mapping[Cell, int], declaration: Declaration, table: Table, at: str) -> None:
    for axis, name in enumerate(table.dimensions):
        for cell, count in counts.items():
            if cell[axis] != TOTAL:
                continue
            parts = (counts[(*cell[:axis], one, *cell[axis + 1 :])] for one in declaration.dimensions[name].values)
            if sum(parts) != count:
                raise bad(f"{at}.cells", f"{'/'.join(cell)} isn't the sum of its parts", "Correct the counts.")


def _whole(value: object, at: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_VALUE:
        raise bad(at, "isn't a whole number from 0", "Correct the number; null = withheld.")
    return value


def _period(value: object, at: str) -> str:
    period = text(value, f"{at}.period")
    if not _PERIOD.fullmatch(period):
        raise bad(f"{at}.period", "isn't a quarter", "Write it as 2026-Q1; nothing goes out by day, week or month.")
    return period


def _day(value: object, at: str) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise bad(at, "isn't a calendar date", "Write it as 2026-07-01.")


def is_rounded(value: int) -> bool:
    """Tell whether a published value keeps the threshold and the base."""
    return value >= THRESHOLD and value % BASE == 0
