# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which source has heard of whom: drawn by category, with the cast's own appearances set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demo_world.person import Person
from demo_world.table import generator, known_at, pick


@dataclass(frozen=True)
class Reach:
    """A source's closing day and the share of each category it lists."""

    closed: date
    shares: dict[str, float]


REACH = {
    "families": Reach(
        date(2026, 10, 12),
        {"civilian": 0.56, "prisoner_of_war:RU": 0.42, "child": 0.75, "patient": 0.6, "convict": 0.4},
    ),
    "register": Reach(
        date(2026, 6, 15),
        {
            "civilian": 0.48,
            "prisoner_of_war:RU": 0.34,
            "prisoner_of_war:UA": 0.5,
            "child": 0.5,
            "patient": 0.45,
            "convict": 0.55,
            "political_prisoner": 0.6,
            "foreign_national": 1.0,
        },
    ),
    "lawyers": Reach(
        date(2026, 8, 2),
        {
            "civilian": 0.32,
            "political_prisoner": 0.85,
            "convict": 0.4,
            "prisoner_of_war:RU": 0.08,
            "foreign_national": 1.0,
        },
    ),
    "letters": Reach(
        date(2026, 5, 20),
        {"civilian": 0.28, "prisoner_of_war:RU": 0.2, "political_prisoner": 0.5, "foreign_national": 0.5},
    ),
    "bureau": Reach(date(2026, 4, 11), {"prisoner_of_war:RU": 0.86}),
    "returned": Reach(
        date(2026, 9, 3),
        {"civilian": 0.3, "prisoner_of_war:RU": 0.26, "convict": 0.5, "patient": 0.35},
    ),
    "relatives": Reach(date(2026, 3, 19), {"prisoner_of_war:UA": 0.88}),
}

# Where the cast must and must not appear.
CAST_IN = {
    "andriy": {"families", "register", "lawyers", "letters", "returned"},
    "anton": {"families", "register", "bureau", "letters"},
    "sofiika": {"families", "register"},
    "hryhorii": {"families", "register", "returned"},
    "roman": {"families", "lawyers", "returned"},
    "egor": {"relatives", "register"},
    "vera": {"lawyers", "register", "letters"},
    "daniel": {"register", "lawyers", "letters"},
    "ilya": {"register", "lawyers"},
}
# Who takes those that no source drew.
FALLBACK = {
    "civilian": "families",
    "prisoner_of_war:RU": "bureau",
    "prisoner_of_war:UA": "relatives",
    "child": "families",
    "patient": "families",
    "convict": "families",
    "political_prisoner": "lawyers",
    "foreign_national": "register",
}


def members(people: tuple[Person, ...]) -> dict[str, list[Person]]:
    """Give each source's persons in the order of their keys; everybody is in at least one."""
    listed: dict[str, set[str]] = {}
    for key, reach in REACH.items():
        drawn = pick(known_at(people, reach.closed), reach.shares, generator("members", key))
        listed[key] = {person.key for person in drawn if not person.cast}
        listed[key] |= {person.key for person in people if key in CAST_IN.get(person.cast, ())}
    heard = set().union(*listed.values())
    for person in people:
        if person.key not in heard:
            listed[_fallback(person)].add(person.key)
    return {key: [person for person in people if person.key in keys] for key, keys in listed.items()}


def _fallback(person: Person) -> str:
    key = FALLBACK.get(person.category) or FALLBACK[f"{person.category}:{person.holder}"]
    # Taken after that list was closed: the family has come forward since.
    return key if person.taken_on < REACH[key].closed else "families"
