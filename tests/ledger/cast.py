# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who and when, in the ledger's tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from goodoffices.ledger.actors import ProgramActor

NOW = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
OLENA = ProgramActor(kind="user", public_id=UUID("01890000-0000-7000-8000-000000000001"))
PERSON = UUID("01890000-0000-7000-8000-0000000000aa")
OTHER = UUID("01890000-0000-7000-8000-0000000000bb")


@dataclass
class Clock:
    """A clock that tests move by hand."""

    time: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)
