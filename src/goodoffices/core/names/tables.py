# SPDX-License-Identifier: AGPL-3.0-or-later
"""The packed name tables, read once: given names with everyday and case forms, patronymics, frequencies."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class NameTables:
    """What the engine knows of names. Keys are folded forms; see ``NOTICE`` beside the data for sources.

    Attributes:
        given: folded form -> canonical ids, the likeliest first (a full form before everyday and case forms).
        full: forms common enough to recognise a given name by, in a name of unknown order.
        sex: canonical id -> ``m``, ``f`` or ``u``.
        counts: canonical id -> how many bore it in the source's sample.
        patronymic: root of a patronymic -> canonical id of the father's name.
        surnames: surname stem -> how many bore it in the source's sample.
    """

    given: dict[str, tuple[str, ...]]
    full: frozenset[str]
    sex: dict[str, str]
    counts: dict[str, int]
    patronymic: dict[str, str]
    surnames: dict[str, int]


@lru_cache(maxsize=1)
def name_tables() -> NameTables:
    """Load the tables (about 20 ms, once)."""
    packed = resources.files(__package__).joinpath("data/names.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    return NameTables(
        given={form: tuple(names) for form, names in raw["given"].items()},
        full=frozenset(raw["full"]),
        sex=raw["sex"],
        counts=raw["counts"],
        patronymic=raw["patronymic"],
        surnames=raw["surnames"],
    )
