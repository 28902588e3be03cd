# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actor: who does something, with what rights, at this moment.

Rights are read from the store for every request and every job, never from a session: a role taken away is
gone with the next request (ASVS 8.3.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from goodoffices.access.roles import ROLES, SEE_PEOPLE
from goodoffices.core.vocabulary import FieldClass

if TYPE_CHECKING:
    from goodoffices.access.models import User


@dataclass(frozen=True)
class Actor:
    """Rights of one person or program.

    ``clearance`` is a Sensitivity value, or -1 for nobody: it sees no claim at all.
    """

    kind: str
    public_id: UUID | None = None
    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    powers: frozenset[str] = frozenset()
    clearance: int = -1
    field_classes: frozenset[int] = field(default_factory=frozenset)

    def has(self, power: str) -> bool:
        return power in self.powers

    @property
    def sees_people(self) -> bool:
        return self.clearance >= 0 and SEE_PEOPLE in self.powers


ANONYMOUS = Actor(kind="anonymous")
SYSTEM = Actor(
    kind="system",
    clearance=3,
    field_classes=frozenset(int(c) for c in FieldClass),
    powers=frozenset(power for role in ROLES.values() for power in role.powers),
)


def actor_for(user: User | None) -> Actor:
    """Read a user's present rights; nobody and the deactivated get none."""
    if user is None or not user.is_active:
        return ANONYMOUS
    roles = [ROLES[key] for key in user.roles.values_list("role", flat=True) if key in ROLES]
    powers = {power for role in roles for power in role.powers}
    powers.update(user.grants.filter(revoked_at=None).values_list("power", flat=True))
    clearances = [int(role.clearance) for role in roles if role.clearance is not None]
    classes = {int(c) for role in roles for c in role.field_classes}
    return Actor(
        kind="user",
        public_id=user.public_id,
        user_id=user.pk,
        roles=frozenset(role.key for role in roles),
        powers=frozenset(powers),
        clearance=max(clearances, default=-1),
        field_classes=frozenset(classes),
    )
