# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see pairs and runs, and decide: ``visible_to`` and ``can_x`` side by side."""

from __future__ import annotations

from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.access.policy import register
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.matching.models import Candidate, Run


def can_decide(actor: Actor, row: Any) -> bool:
    """Judge a pair, or let the engine join."""
    return actor.has(DECIDE_MATCHES)


register(Candidate, visible_to=Candidate.objects.visible_to, can={"decide": can_decide})
register(Run, visible_to=Run.objects.visible_to, can={"decide": can_decide})
