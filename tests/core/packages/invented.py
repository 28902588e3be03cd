# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented cases from a seed, odd ones among them: families that overlap, prisoners held at home, lone parties."""

from __future__ import annotations

import random


def invent(seed, most_people=9, most_parties=4):
    """Make one raw case."""
    rng = random.Random(seed)
    parties = [f"P{k}" for k in range(rng.randint(1, most_parties))]
    ids = [f"q{k:02d}" for k in range(rng.randint(0, most_people))]
    rng.shuffle(ids)
    people = [_person(rng, one, parties) for one in ids]
    free = [one["id"] for one in people if one["unconditional"] is False]
    raw = {"name": f"invented-{seed}", "parties": parties, "people": people}
    if free:
        raw |= _limits(rng, parties, free)
    if rng.random() < 0.6:
        raw["cap"] = rng.randint(0, len(free) + 1)
    if rng.random() < 0.7:
        raw["staging"] = {"max_exposure": rng.randint(0, 3), "max_per_stage": rng.randint(1, 5)}
    return raw


def _person(rng, one, parties):
    person = {"id": one, "holder": rng.choice(parties), "home": rng.choice(parties), "urgent": rng.choice((0, 0, 1))}
    person["unconditional"] = rng.choice((False,) * 8 + (True, "unknown"))
    if rng.random() < 0.2:
        person["need"] = {
            "medical": rng.randint(0, 1), "separated": rng.randint(0, 1), "held_years": rng.randint(0, 3),
        }  # fmt: skip
    if rng.random() < 0.1:
        person["consent"] = rng.choice(("given", "refused", "not_asked"))
        person["consent_required"] = rng.random() < 0.5
    return person


def _limits(rng, parties, free):
    def some(least, most):
        return rng.sample(free, min(len(free), rng.randint(least, most)))

    def times(chance, most):
        return range(rng.randint(1, most) if rng.random() < chance else 0)

    pairs = list({(rng.choice(parties), rng.choice(free)) for _ in times(0.3, 2)})
    asked = list({(rng.choice(parties), rng.choice(free)) for _ in times(0.4, 2)})
    groups = [group for group in (some(2, 3) for _ in times(0.4, 2)) if len(group) > 1]
    return {
        "red_lines": [{"party": party, "person": person} for party, person in sorted(pairs)],
        "demands": [{"party": party, "person": person} for party, person in sorted(asked)],
        "together": groups,
        "requires": [{"if": rng.choice(free), "then": rng.choice(free)} for _ in times(0.3, 2)],
        "at_most": [{"ids": some(1, 4), "k": rng.randint(0, 2)} for _ in times(0.3, 2)],
        "if_then": [{"if": rng.choice(free), "at_least": rng.randint(0, 2), "ids": some(1, 3)} for _ in times(0.3, 2)],
        "balance": [_balance(rng, party, free) for party in parties if rng.random() < 0.5],
        "ratio": [
            {"party": party, "num": rng.randint(0, 3), "den": rng.randint(1, 3)}
            for party in parties
            if rng.random() < 0.4
        ],
        "routes": [
            {"from": rng.choice(parties), "to": rng.choice(parties), "via": ["T"], "seats": rng.choice((None, 0, 1, 2))}
            for _ in times(0.2, 2)
        ],
    }


def _balance(rng, party, free):
    scale = rng.choice((1, 1, 0.5, 100))
    return {
        "party": party,
        "get": {one: rng.randint(0, 9) * scale for one in free if rng.random() < 0.6},
        "give": {one: rng.randint(0, 9) * scale for one in free if rng.random() < 0.6},
        "slack": rng.randint(0, 3) * scale,
    }
