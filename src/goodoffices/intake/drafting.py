# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the cells of a row to what it says: values, problems, claims. Free of Django.

Invariant: the same cells under the same plan give the same claims, in the same order, at the check, in the
preview and when they are recorded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from goodoffices.core.vocabulary import Property
from goodoffices.intake.reading import IGNORE, OTHER, CellValue, ColumnRules, Problem, normalise, row_key
from goodoffices.registry.drafts import ClaimDraft

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

_CYRILLIC = re.compile(r"[\u0400-\u04FF]")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэёъЫЭЁЪ]")
_SCRIPT_OF = {"uk": "Cyrl", "ru": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "en": "Latn", "es": "Latn", "pl": "Latn",
              "de": "Latn", "fr": "Latn"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column as it is read: where it stands, what it is called, by which rules."""

    index: int
    header: str
    rules: ColumnRules

    @property
    def target(self) -> str:
        return self.rules.target


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row says, in the order of the plan's columns; ``problems`` name the row's own number."""

    number: int
    cells: tuple[tuple[PlannedColumn, CellValue], ...]
    problems: tuple[Problem, ...]

    def first(self, target: str) -> str | None:
        """Give the first value of a target, None if the row doesn't say."""
        for column, cell in self.cells:
            if column.target == target and cell.value:
                return cell.value
        return None

    @property
    def has_name(self) -> bool:
        return any(cell.value for column, cell in self.cells if column.target in NAME_TARGETS)


@dataclass
class RowReader:
    """Reads the rows of one list under one plan; equal cells of a column are read once.

    Args:
        columns: the mapped columns.
        language: the source's language, "" if unknown.
        places: folded place name -> inner id of the one place it means.
        fold_place: the fold of ``places``.
        running_numbers: the list's numbers only count its rows, and tell nobody apart.
    """

    columns: Sequence[PlannedColumn]
    language: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    fold_place: object = None
    running_numbers: bool = False
    _cache: dict[tuple[int, str], CellValue] = field(default_factory=dict)
    _spoken: dict[str, tuple[str, str]] = field(default_factory=dict)

    def read(self, number: int, cells: Sequence[str], fixes: Mapping[str, str] | None = None) -> RowReading:
        """Read a row; ``fixes`` are a person's corrections by column index."""
        found: list[tuple[PlannedColumn, CellValue]] = []
        problems: list[Problem] = []
        for column in self.columns:
            text = cells[column.index] if column.index < len(cells) else ""
            fixed = fixes.get(str(column.index)) if fixes else None
            cell = self._cell(column, text if fixed is None else fixed)
            if cell.problem is not None:
                problems.append(replace(cell.problem, row=number))
            if fixed is not None:
                cell = replace(cell, original=text)
            found.append((column, cell))
        return RowReading(number, tuple(found), tuple(problems))

    def keys(self, reading: RowReading) -> tuple[str, str]:
        """Give the row's key in its list ("" if it has none) and the hash of who it speaks of ("" if unnamed)."""
        number = None if self.running_numbers else reading.first(RECORD_ID)
        key = row_key({RECORD_ID: number})[:200] if number else ""
        said = {target: reading.first(target) for target in _WHO}
        who = row_key(said, _WHO)
        return key, hashlib.sha256(who.encode()).hexdigest()[:32] if who else ""

    def claims(self, reading: RowReading) -> tuple[ClaimDraft, ...]:
        """Turn a row into claims; what it doesn't say makes none."""
        said_by = (reading.first(SAID_BY) or "")[:200]
        drafts: list[tuple[int, int, ClaimDraft]] = []
        given = {column.target for column, cell in reading.cells if cell.value}
        locator = f"row {reading.number}"
        for place, (column, cell) in enumerate(reading.cells):
            target = column.target
            if not cell.value or _INSTEAD.get(target) in given:
                continue
            if target.startswith(OTHER):
                draft = self._note(column, cell, locator, said_by)
                drafts.append((_RANK[NOTE], place, draft))
            elif target in PROPERTY_OF:
                drafts.append((_RANK[target], place, self._claim(target, cell, locator, said_by)))
        return tuple(draft for _, _, draft in sorted(drafts, key=lambda each: each[:2]))

    def _claim(self, target: str, cell: CellValue, locator: str, said_by: str) -> ClaimDraft:
        value = cell.value or ""
        language, script = ("", "") if target in _CODED else self._tongue(value)
        place_id = self._place(value) if target in PLACE_TARGETS else None
        return ClaimDraft(
            property=str(PROPERTY_OF[target]),
            value=value,
            original=cell.original,
            language=language,
            script=script,
            locator=locator,
            said_by=said_by,
            episode=1 if target in DETENTION_TARGETS else 0,
            place_id=place_id,
        )

    def _note(self, column: PlannedColumn, cell: CellValue, locator: str, said_by: str) -> ClaimDraft:
        language, script = self._tongue(cell.value or "")
        return ClaimDraft(
            property=str(Property.NOTE),
            value=f"{column.header}: {cell.value}",
            original=cell.original,
            language=language,
            script=script,
            locator=locator,
            said_by=said_by,
        )

    def _cell(self, column: PlannedColumn, text: str) -> CellValue:
        key = (column.index, text)
        known = self._cache.get(key)
        if known is None:
            known = normalise(text, column.rules)
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = known
        return known

    def _tongue(self, text: str) -> tuple[str, str]:
        known = self._spoken.get(text)
        if known is None:
            known = tongue_of(text, self.language)
            if len(self._spoken) >= CACHE_SIZE:
                self._spoken.clear()
            self._spoken[text] = known
        return known

    def _place(self, text: str) -> int | None:
        fold = self.fold_place
        return self.places.get(fold(text)) if callable(fold) else None


def tongue_of(text: str, language: str) -> tuple[str, str]:
    """Tell language and script of a wording: the source's language where the letters allow it, "" if unknown."""
    cyrillic, latin = bool(_CYRILLIC.search(text)), bool(_LATIN.search(text))
    script = "Cyrl" if cyrillic and not latin else "Latn" if latin and not cyrillic else ""
    ukrainian, russian = bool(_UKRAINIAN.search(text)), bool(_RUSSIAN.search(text))
    if script == "Cyrl" and ukrainian != russian:
        return ("uk" if ukrainian else "ru"), script
    if language and script and _SCRIPT_OF.get(language, script) == script:
        return language, script
    return "", script


def is_kept(target: str) -> bool:
    """Tell whether a column is read at all; the others stay in the raw row only."""
    return target != IGNORE
