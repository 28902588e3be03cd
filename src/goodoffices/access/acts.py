# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger acts of this app, and the frame every service acts in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from goodoffices.access.actors import Actor
from goodoffices.ledger.acts import register_acts
from goodoffices.ledger.services import record

register_acts(
    {
        "access.refused": "An act was refused to somebody who may see the object.",
        "access.signed_in": "A member of staff signed in.",
        "access.sign_in_failed": "A sign-in failed.",
        "access.signed_out": "A member of staff signed out.",
        "access.account_created": "An account was created.",
        "access.role_given": "A role was given.",
        "access.role_taken": "A role was taken away.",
        "access.power_granted": "A power was granted to a user.",
        "access.power_revoked": "A granted power was taken back.",
        "access.factor_added": "A user added a second factor to her own account.",
        "access.factor_removed": "A user took a second factor off her own account.",
        "access.code_printed": "A user printed a code for the day her factors are lost.",
        "access.code_used": "A printed code was used to sign in.",
        "access.stepped_up": "A user proved herself again for a weighty act.",
        "access.invited": "Somebody was invited to the staff.",
        "access.invitation_withdrawn": "An invitation was withdrawn.",
        "access.invitation_used": "An invitation was used to open an account.",
        "access.account_closed": "An account was closed, its sessions and grants ended.",
        "access.set_up": "The set-up token was used to make the first administrator.",
        "access.token_issued": "A set-up token was issued.",
    }
)


@dataclass
class Acting:
    """What a service adds to its ledger line while it works."""

    subjects: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)

    def concerns(self, kind: str, public_id: object) -> None:
        self.subjects.append((kind, str(public_id)))


@contextmanager
def acting(act: str, *, actor: Actor, now: datetime, facts: Mapping[str, Any] | None = None) -> Iterator[Acting]:
    """Run an act in one transaction that ends with its ledger line: both are there, or neither.

    A service does all its writing inside this frame; forgetting the ledger isn't possible without leaving it.
    """
    with transaction.atomic():
        line = Acting(facts=dict(facts or {}))
        yield line
        record(
            act=act,
            actor=actor,
            now=now,
            subjects=line.subjects,
            facts=line.facts,
            private=line.private or None,
        )
