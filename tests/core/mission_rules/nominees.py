# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented nominees for the rules: one who passes in each category, and facts to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goodoffices.core.mission_rules.facts import (
    Category,
    Experience,
    MissionSettings,
    Nominee,
    OfficialRelation,
    RelationKind,
)
from goodoffices.core.mission_rules.verdict import Tri

AS_OF = date(2026, 11, 21)
MISSION = MissionSettings("RU", ("US", "RU"), "ru", line4_party="UA")
WORK = Experience("RU", "human_rights", date(2015, 2, 1), date(2018, 3, 31))
TIE = OfficialRelation("US", RelationKind.ADVISORY, current=True)

AMBASSADOR = Nominee(
    category=Category.AMBASSADOR,
    rank_ambassador=Tri.YES,
    retired=Tri.YES,
    citizenships=("US",),
    official_relations=(),
    experience=(Experience("RU", "diplomacy", date(2001, 1, 1), date(2004, 1, 1)),),
    delegating_party="US",
)
DEFENDER = Nominee(
    category=Category.DEFENDER,
    foreign=Tri.YES,
    citizenships=("NO",),
    official_relations=(),
    experience=(WORK,),
    languages=("ru", "en"),
    mentality_note=True,
    delegating_party="US",
)

# What makes one predicate take each value, for a nominee of a category; an empty dict leaves the passing one as it is.
VALUES: dict[str, dict[str, dict[str, object]]] = {
    "P2": {
        "pass": {"official_relations": ()},
        "fail": {"official_relations": (TIE,)},
        "not_shown": {"official_relations": None},
    },
    "P3": {
        "pass": {"official_relations": ()},
        "fail": {"official_relations": (replace(TIE, government="RU"),)},
        "not_shown": {"official_relations": None},
    },
    "P4": {"pass": {"experience": (WORK,)}, "fail": {"experience": ()}, "not_shown": {"experience": None}},
    "P5": {
        "pass": {"experience": (WORK,)},
        "fail": {"experience": (replace(WORK, field="business"),)},
        "not_shown": {"experience": (replace(WORK, field=None),)},
    },
    "P6": {"pass": {"languages": ("ru",)}, "fail": {"languages": ("en",)}, "not_shown": {"languages": None}},
    "P7": {"pass": {"mentality_note": True}, "fail": {"mentality_note": False}, "not_shown": {"mentality_note": None}},
    "P8": {
        "pass": {"citizenships": ()},
        "fail": {"citizenships": ("CA", "US")},
        "not_shown": {"citizenships": None},
    },
    "P9": {
        "pass": {"citizenships": ("NO",)},
        "fail": {"citizenships": ("CA", "RU")},
        "not_shown": {"citizenships": None},
    },
    "P10": {
        "pass": {"delegating_party": "RU"},
        "fail": {"delegating_party": "BR"},
        "not_shown": {"delegating_party": None},
    },
}
P1 = {
    Category.AMBASSADOR: {
        "pass": {},
        "fail": {"retired": Tri.NO},
        "not_shown": {"rank_ambassador": Tri.UNKNOWN},
    },
    Category.DEFENDER: {
        "pass": {},
        "fail": {"foreign": Tri.NO},
        "not_shown": {"foreign": Tri.UNKNOWN},
    },
}


def with_value(category: Category, name: str, value: str) -> Nominee:
    """Give a nominee whose predicate ``name`` takes the value; every other required one passes where it can."""
    base = AMBASSADOR if category is Category.AMBASSADOR else DEFENDER
    change = P1[category][value] if name == "P1" else VALUES[name][value]
    if name in ("P2", "P3"):
        change = {**change, "delegating_party": "US" if name == "P2" else "RU"}
    return replace(base, **change)  # type: ignore[arg-type]
