# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented declarations, people and releases for the gate."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

from goodoffices.core.disclosure.protecting import Person
from goodoffices.core.disclosure.releases import Cell, Release, earliest_day
from goodoffices.core.disclosure.tables import Declaration, read_declaration

KEY = bytes(range(32))
REGIONS = ["east", "north", "south"]
DECLARED = {
    "schema": 1,
    "dimensions": {
        "region": {"kind": "region", "values": REGIONS, "fixed": True},
        "sex": {"kind": "sex", "values": ["f", "m"], "fixed": True},
        "status": {"kind": "status", "values": ["held", "home"], "fixed": False},
    },
    "populations": {"ever": "cumulative", "held": "stock", "came": "flow", "left": "flow"},
    "tables": {
        "ever_region_sex": {"population": "ever", "dimensions": ["region", "sex"]},
        "ever_region": {"population": "ever", "dimensions": ["region"]},
        "held_region": {"population": "held", "dimensions": ["region"]},
        "held_status": {"population": "held", "dimensions": ["status"]},
        "came_region": {"population": "came", "dimensions": ["region"]},
        "left_region": {"population": "left", "dimensions": ["region"]},
    },
    "balances": [{"stock": "held", "entered": "came", "left": "left"}],
}


def declaration() -> Declaration:
    return read_declaration(DECLARED)


def release(table: str, values: Mapping[Cell, int | None], period: str = "2026-Q1", **more: object) -> Release:
    fields: dict[str, object] = {"published_on": earliest_day(period), "signed_off_by": ("ana", "bela")} | more
    return Release(table=table, period=period, values=values, **fields)  # type: ignore[arg-type]


def by_region(east: int | None, north: int | None, south: int | None, total: int | None) -> dict[Cell, int | None]:
    return {("east",): east, ("north",): north, ("south",): south, ("*",): total}


def as_file(one: Release) -> dict[str, object]:
    """Write a release as its file."""
    names = {"region": ["region"], "region_sex": ["region", "sex"], "status": ["status"]}[one.table.partition("_")[2]]
    return {
        "table": one.table,
        "period": one.period,
        "published_on": one.published_on.isoformat(),
        "signed_off_by": list(one.signed_off_by),
        "cells": [{"at": dict(zip(names, cell, strict=True)), "value": value} for cell, value in one.values.items()],
    }


def people(count: int, seed: int) -> list[Person]:
    rng = random.Random(seed)
    return [
        Person(
            f"p{seed}-{number}",
            {
                "region": rng.choices(REGIONS, [60, 30, 10])[0],
                "sex": rng.choices(["f", "m"], [15, 85])[0],
                "status": rng.choice(["held", "home"]),
            },
        )
        for number in range(count)
    ]


DAY = date(2026, 7, 1)
