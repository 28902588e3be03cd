# SPDX-License-Identifier: AGPL-3.0-or-later
"""Defaults of the agenda, read once from package data: no country stands in the code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class AgendaDefaults:
    """What a Mission starts with until it sets its own.

    Attributes:
        line4_party: whose nationals line 4 is about.
        line4_holding: States and territories line 4 covers.
        territories: code of a territory -> the States that claim to govern it.
    """

    line4_party: str
    line4_holding: frozenset[str]
    territories: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def agenda_defaults() -> AgendaDefaults:
    """Load the defaults; the file says what its codes mean and claims nothing about borders."""
    raw = json.loads(resources.files(__package__).joinpath("data/agenda.json").read_text("utf-8"))
    return AgendaDefaults(
        line4_party=raw["line4_party"],
        line4_holding=frozenset(raw["line4_holding"]),
        territories={code: frozenset(claimants) for code, claimants in raw["territories"].items()},
    )
