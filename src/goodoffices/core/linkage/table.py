# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prepared records as columns of numbers, every distinct word held once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from goodoffices.core.linkage.record import Prepared
from goodoffices.core.linkage.spans import DateSpan

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_NO_DATE = (0, 0, 0, 0, 0, 0)


@dataclass(slots=True)
class Words:
    """A column of texts: `ids` point into `texts`; id 0 is the empty text."""

    texts: list[str] = field(default_factory=lambda: [""])
    index: dict[str, int] = field(default_factory=lambda: {"": 0})

    def id_of(self, text: str) -> int:
        """Give the number of a text, a new one if it wasn't seen."""
        found = self.index.get(text)
        if found is None:
            found = self.index[text] = len(self.texts)
            self.texts.append(text)
        return found


@dataclass(frozen=True, slots=True)
class Dates:
    """Columns of `DateSpan`; year 0 = not said."""

    year: Ints
    month: Ints
    day: Ints
    vague: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Table:
    """Records as columns. Readings of record i are rows ``start[i]`` to ``start[i + 1]`` of the name columns."""

    size: int
    start: Ints
    family: Ints
    given: Ints
    patronymic: Ints
    family_2: Ints
    alias: Ints
    born: Dates
    event: Dates
    sex: Ints
    sex_stated: Ints
    residence: Ints
    place_held: Ints
    unit: Ints
    category: Ints
    source: Ints
    words: dict[str, Words]


def _dates(spans: Sequence[DateSpan | None]) -> Dates:
    rows = [(s.year, s.month, s.day, int(s.vague), s.first, s.last) if s is not None else _NO_DATE for s in spans]
    array = np.array(rows, dtype=np.int64).reshape(len(rows), 6)
    return Dates(*(np.ascontiguousarray(array[:, i]) for i in range(6)))


def table_of(prepared: Sequence[Prepared]) -> Table:
    """Lay prepared records out in columns."""
    names = ("family", "given", "patronymic", "residence", "place_held", "unit", "category", "source")
    books = {name: Words() for name in names}

    def column(name: str, text_of: Callable[[Prepared], str]) -> Ints:
        id_of = books[name].id_of
        return np.array([id_of(text_of(p)) for p in prepared], dtype=np.int64)

    family, given, patronymic = (books[name].id_of for name in names[:3])
    flat = [r for p in prepared for r in p.readings]
    counts = np.array([0, *(len(p.readings) for p in prepared)], dtype=np.int64)
    return Table(
        size=len(prepared),
        start=np.cumsum(counts),
        family=np.array([family(r.family) for r in flat], dtype=np.int64),
        given=np.array([given(r.given) for r in flat], dtype=np.int64),
        patronymic=np.array([patronymic(r.patronymic) for r in flat], dtype=np.int64),
        alias=np.array([r.alias for r in flat], dtype=np.int64),
        family_2=np.array([family(p.family_2) for p in prepared], dtype=np.int64),
        born=_dates([p.born for p in prepared]),
        event=_dates([p.event for p in prepared]),
        sex=np.array(["mf".find(p.sex) + 1 if p.sex else 0 for p in prepared], dtype=np.int64),
        sex_stated=np.array([p.sex_stated for p in prepared], dtype=np.int64),
        residence=column("residence", lambda p: p.residence),
        place_held=column("place_held", lambda p: p.place_held),
        unit=column("unit", lambda p: p.unit),
        category=column("category", lambda p: p.category),
        source=column("source", lambda p: p.record.source),
        words=books,
    )
