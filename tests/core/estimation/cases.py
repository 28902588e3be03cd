# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables with published or recomputed answers; sources in ``data/NOTICE.md``."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from goodoffices.core.estimation import Overlaps, table_from_rows
from goodoffices.core.estimation.table import sizes_of_patterns

DATA = Path(__file__).parent / "data"


@lru_cache
def tables(name: str) -> tuple[Overlaps, ...]:
    """Read a table, or one for each replicate."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lists = [column for column in rows[0] if column not in ("rep", "count")]
    parts: dict[str, list[tuple[list[int], float]]] = {}
    for row in rows:
        parts.setdefault(row.get("rep", ""), []).append(([int(row[one]) for one in lists], int(row["count"])))
    return tuple(table_from_rows(lists, part) for part in parts.values())


def expected(*methods: str) -> list[dict[str, Any]]:
    """Give the known answers of some methods."""
    return [case for case in json.loads((DATA / "expected.json").read_text("utf-8")) if case["method"] in methods]


def name_of(case: dict[str, Any]) -> str:
    """Name a case in a test's id."""
    return f"{case['data']}-{case['method']}-{case['settings'].get('criterion', '')}"


def table_of(counts: list[int]) -> Overlaps:
    """Make a table of counts in the order of bit patterns from 1."""
    width = (len(counts) + 1).bit_length() - 1
    return Overlaps(tuple("ABCDEFGHI"[:width]), np.array([0, *counts], dtype=float))


def drawn(width: int, seed: int, people: float = 400.0) -> Overlaps:
    """Draw a table of moderate counts."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(people * np.exp(-0.9 * sizes_of_patterns(width) + rng.normal(0, 0.4, 1 << width))).astype(
        float
    )
    counts[0] = 0
    return Overlaps(tuple("ABCDEFGHI"[:width]), counts)
