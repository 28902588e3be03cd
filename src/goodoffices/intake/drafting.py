# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the cells of a row to what it says: values, problems, claims. Free of Django.

Invariant: the same cells under the same plan give the same claims, in the same order, at the check, in the
preview and when they are recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodoffices.core.vocabulary import Property
from goodoffices.intake.reading import IGNORE, OTHER, CellValue, ColumnRules, Problem, normalise, row_key
from goodoffices.registry.drafts import ClaimDraft
from goodoffices.registry.tongues import tongue_of

NOTE = "source_note"
SAID_BY = "source"
RECORD_ID = "record_id"
CACHE_SIZE = 20_000

# What a target becomes. The order is that of the claims of a mention.
PROPERTY_OF: dict[str, Property] = {
    "name": Property.NAME,
    "family_name": Property.FAMILY_NAME,
    "given_name": Property.GIVEN_NAME,
    "patronymic": Property.PATRONYMIC,
    "family_name_2": Property.FAMILY_NAME_2,
    "nickname": Property.ALIAS,
    "dob": Property.BIRTH_DATE,
    "birth_year": Property.BIRTH_DATE,
    "birth_place": Property.BIRTH_PLACE,
    "age": Property.AGE,
    "sex": Property.SEX,
    "citizenship": Property.CITIZENSHIP,
    "residence": Property.RESIDENCE,
    "occupation": Property.OCCUPATION,
    "unit": Property.UNIT,
    "category": Property.CATEGORY,
    "status": Property.STATUS,
    "capture_date": Property.CAPTURE_DATE,
    "event_date": Property.CAPTURE_DATE,
    "capture_place": Property.CAPTURE_PLACE,
    "holding_authority": Property.HOLDING_AUTHORITY,
    "place_held": Property.PLACE_HELD,
    "charge": Property.CHARGE,
    "sentence": Property.SENTENCE,
    "last_seen": Property.LAST_SEEN,
    "release_date": Property.RELEASE_DATE,
    "death_date": Property.DEATH_DATE,
    "death_place": Property.DEATH_PLACE,
    NOTE: Property.NOTE,
}
_RANK = {target: rank for rank, target in enumerate(PROPERTY_OF)}
# Either of these says it; the first column that says something counts.
_INSTEAD = {"birth_year": "dob", "event_date": "capture_date"}
NAME_TARGETS = frozenset({"name", "family_name", "given_name", "nickname"})
PLACE_TARGETS = frozenset({"birth_place", "residence", "capture_place", "place_held", "death_place"})
# What a row says of the one detention it is about.
DETENTION_TARGETS = frozenset(
    {
        "status", "capture_date", "event_date", "capture_place", "holding_authority", "place_held", "charge",
        "sentence", "last_seen", "release_date",
    }
)  # fmt: skip
_CODED = frozenset(
    {"dob", "birth_year", "age", "sex", "category", "status", "capture_date", "event_date", "release_date",
     "death_date"}
)  # fmt: skip
_WHO = ("name", "family_name", "given_name", "patronymic", "family_name_2", "dob", "birth_year", "birth_place")


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column as it is read: where it stands, what it is called, by which rules."""

    index: int
    header: str
    rules: ColumnRules
    target: str


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row says, in the order of its claims; ``problems`` name the row's own number."""

    number: int
    cells: tuple[tuple[PlannedColumn, CellValue], ...]
    problems: tuple[Problem, ...]

    def values(self) -> dict[str, str]:
        """Give the first value of each target that the row says."""
        found: dict[str, str] = {}
        for column, cell in self.cells:
            if cell.value and column.target not in found:
                found[column.target] = cell.value
        return found

    @property
    def has_name(self) -> bool:
        return any(cell.value and column.target in NAME_TARGETS for column, cell in self.cells)


class RowReader:
    """Reads the rows of one list under one plan; equal cells of a column are read once.

    Args:
        columns: the mapped columns.
        language: the source's language, "" if unknown.
        places: folded place name -> inner id of the one place it means.
        fold_place: the fold of ``places``.
        running_numbers: the list's numbers only count its rows, and tell nobody apart.
    """

    def __init__(
        self,
        columns: Sequence[PlannedColumn],
        *,
        language: str = "",
        places: Mapping[str, int] | None = None,
        fold_place: Callable[[str], str] = str.casefold,
        running_numbers: bool = False,
    ) -> None:
        self._columns = sorted(columns, key=lambda column: (_rank(column.target), column.index))
        self._language = language
        self._places = places or {}
        self._fold_place = fold_place
        self._running_numbers = running_numbers
        self._cells: list[dict[str, CellValue]] = [{} for _ in self._columns]
        self._spoken: dict[str, tuple[str, str]] = {}
        self._placed: dict[str, int | None] = {}

    def read(self, number: int, cells: Sequence[str], fixes: Mapping[str, str] | None = None) -> RowReading:
        """Read a row; ``fixes`` are a person's corrections by column index."""
        found: list[tuple[PlannedColumn, CellValue]] = []
        problems: list[Problem] = []
        width = len(cells)
        for column, known in zip(self._columns, self._cells, strict=True):
            text = cells[column.index] if column.index < width else ""
            fixed = fixes.get(str(column.index)) if fixes else None
            wanted = text if fixed is None else fixed
            cell = known.get(wanted) or _read_cell(column, wanted, known)
            if cell.problem is not None:
                problems.append(replace(cell.problem, row=number))
            if fixed is not None:
                cell = replace(cell, original=text)
            found.append((column, cell))
        return RowReading(number, tuple(found), tuple(problems))

    def keys(self, reading: RowReading) -> tuple[str, str]:
        """Give the row's key in its list ("" if it has none) and the hash of who it speaks of ("" if unnamed)."""
        said = reading.values()
        number = None if self._running_numbers else said.get(RECORD_ID)
        key = row_key({RECORD_ID: number})[:200] if number else ""
        who = row_key({target: said.get(target) for target in _WHO}, _WHO)
        return key, hashlib.sha256(who.encode()).hexdigest()[:32] if who else ""

    def claims(self, reading: RowReading) -> tuple[ClaimDraft, ...]:
        """Turn a row into claims; what it doesn't say makes none."""
        said = reading.values()
        said_by = said.get(SAID_BY, "")[:200]
        locator = f"row {reading.number}"
        return tuple(
            self._claim(column, cell, locator, said_by)
            for column, cell in reading.cells
            if cell.value and _INSTEAD.get(column.target) not in said and _claimed(column.target)
        )

    def _claim(self, column: PlannedColumn, cell: CellValue, locator: str, said_by: str) -> ClaimDraft:
        value, target = cell.value or "", column.target
        language, script = ("", "") if target in _CODED else self._tongue(value)
        noted = target.startswith(OTHER)
        return ClaimDraft(
            property=_NOTED if noted else _PROPERTY[target],
            value=f"{column.header}: {value}" if noted else value,
            original=cell.original,
            language=language,
            script=script,
            locator=locator,
            said_by=said_by,
            episode=1 if target in DETENTION_TARGETS else 0,
            place_id=self._place(value) if target in PLACE_TARGETS else None,
        )

    def _tongue(self, text: str) -> tuple[str, str]:
        known = self._spoken.get(text)
        if known is None:
            known = tongue_of(text, self._language)
            _remember(self._spoken, text, known)
        return known

    def _place(self, text: str) -> int | None:
        if text not in self._placed:
            _remember(self._placed, text, self._places.get(self._fold_place(text)))
        return self._placed[text]


_PROPERTY = {target: str(prop) for target, prop in PROPERTY_OF.items()}
_NOTED = str(Property.NOTE)


def _rank(target: str) -> int:
    return _RANK[NOTE] if target.startswith(OTHER) else _RANK.get(target, -1)


def _claimed(target: str) -> bool:
    return target in _PROPERTY or target.startswith(OTHER)


def _read_cell(column: PlannedColumn, text: str, known: dict[str, CellValue]) -> CellValue:
    cell = normalise(text, column.rules)
    if column.target != RECORD_ID:  # its cells are all different
        _remember(known, text, cell)
    return cell


def _remember(known: dict[str, Any], text: str, value: Any) -> None:
    if len(known) >= CACHE_SIZE:
        known.clear()
    known[text] = value


def is_kept(target: str) -> bool:
    """Tell whether a column is read at all; the others stay in the raw row only."""
    return target != IGNORE
