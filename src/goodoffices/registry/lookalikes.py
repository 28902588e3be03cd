# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who somebody being entered may already be. Whoever can tell adds itself here; forms ask without knowing whom.

The apps that take words in stand beside the app that compares, not above it: this is the seam between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from goodoffices.access.actors import Actor
from goodoffices.registry.drafts import ClaimDraft


@dataclass(frozen=True)
class Lookalike:
    """A person the actor may see, and in words why she or he may be the one meant; ``born`` is EDTF."""

    person: UUID
    name: str
    language: str = ""
    born: str = ""
    why: Sequence[str] = ()


Finder = Callable[[Actor, Sequence[ClaimDraft]], Sequence[Lookalike]]
_finders: dict[str, Finder] = {}


def add_finder(finder: Finder) -> None:
    """Add who can tell, from an app's ready()."""
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder


def lookalikes(actor: Actor, claims: Sequence[ClaimDraft]) -> list[Lookalike]:
    """Give the persons that the claims may be about, the nearest first, each once."""
    found = [one for finder in _finders.values() for one in finder(actor, claims)]
    return list({one.person: one for one in found}.values())
