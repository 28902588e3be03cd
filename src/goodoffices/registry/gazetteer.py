# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gazetteer that ships with the program: settlements of Ukraine, Russia and Belarus with old and new names.

Source: GeoNames, CC BY 4.0 (see data/gazetteer/NOTICE.md). Demo folders and live folders get it at ``init``.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from goodoffices.core.vocabulary import PlaceKind
from goodoffices.registry.services.places import NameFacts, PlaceFacts

GAZETTEER = Path(__file__).resolve().parent / "data" / "gazetteer" / "settlements.csv.gz"
ORIGIN = "GeoNames"
PRECISION_M = 2_000


def gazetteer_places() -> Iterator[PlaceFacts]:
    """Give every settlement with its names; ``key`` is ``geonames-ID``."""
    text = gzip.decompress(GAZETTEER.read_bytes()).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        others = [name for name in row["names"].split("|") if name and name != row["name"]]
        yield PlaceFacts(
            key=f"geonames-{row['geonameid']}",
            names=(NameFacts(row["name"], "", "main"), *(NameFacts(name) for name in others)),
            kind=PlaceKind.SETTLEMENT,
            country=row["country"],
            region=row["admin1"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            precision_m=PRECISION_M,
            origin=ORIGIN,
        )
