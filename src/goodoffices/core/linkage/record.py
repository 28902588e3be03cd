# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a source says of one person, and the same made ready for comparing."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.core.linkage.spans import DateSpan


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says of one person; None = not said.

    Attributes:
        key: unique within a run.
        source: the list it comes from.
        name: the whole name in one column; or the parts below.
        dob: EDTF (``1981-03-14``, ``1981``, ``1981-03``, ``1981~``, ``1980/1982``).
        sex: ``m`` or ``f``.
        event_date: EDTF date of capture or detention.
    """

    key: str
    source: str
    name: str | None = None
    family_name: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    family_name_2: str | None = None
    aliases: tuple[str, ...] = ()
    dob: str | None = None
    sex: str | None = None
    residence: str | None = None
    category: str | None = None
    place_held: str | None = None
    unit: str | None = None
    event_date: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a record's name: family, given, patronymic, as `core.names.NameReading` has them."""

    family: str
    given: str
    patronymic: str
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record made ready: readings of its name, dates as spans, other fields in a comparable form.

    Attributes:
        readings: one or more; never empty.
        certain: False if the order of the name's words was guessed.
        sex: as stated, else as the patronymic or given name implies.
        sex_stated: True if the source itself said so.
        residence, place_held, unit, category: comparable forms, empty if not said.
    """

    record: Record
    readings: tuple[Reading, ...]
    certain: bool
    family_2: str
    born: DateSpan | None
    event: DateSpan | None
    sex: str
    sex_stated: bool
    residence: str
    place_held: str
    unit: str
    category: str

    @property
    def key(self) -> str:
        """The record's key."""
        return self.record.key
