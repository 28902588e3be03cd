# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts, as far as the ledger needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

ACTOR_KINDS = frozenset({"user", "system", "command", "anonymous"})


class Actor(Protocol):
    """Anybody with a kind (one of ACTOR_KINDS) and, if it is a person, a public id."""

    @property
    def kind(self) -> str: ...

    @property
    def public_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class ProgramActor:
    """The program itself, when nobody asked for the act."""

    kind: str = "system"
    public_id: UUID | None = None


PROGRAM = ProgramActor()
