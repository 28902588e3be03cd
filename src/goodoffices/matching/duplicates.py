# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tell forms of entry who somebody may already be (``registry.lookalikes``)."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.access.actors import Actor
from goodoffices.matching.services.looking_up import possible_duplicates
from goodoffices.registry.drafts import ClaimDraft
from goodoffices.registry.lookalikes import Lookalike


def find(actor: Actor, claims: Sequence[ClaimDraft]) -> list[Lookalike]:
    """Find them by the engine's own comparison, at its threshold for asking a person."""
    return [
        Lookalike(hit.person, hit.names[0], hit.name_language, hit.born, hit.why[:2])
        for hit in possible_duplicates(actor, claims)
    ]
