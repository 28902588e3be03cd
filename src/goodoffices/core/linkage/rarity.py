# SPDX-License-Identifier: AGPL-3.0-or-later
"""How rare a name is: agreement on a rare surname says more than agreement on a common one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goodoffices.core.linkage.record import Prepared
from goodoffices.core.names.fold import fold
from goodoffices.core.names.given import given_ids, patronymic_id
from goodoffices.core.names.levels import surname_stems
from goodoffices.core.names.tables import name_tables

SHIPPED_WEIGHT = 2_000.0
ENOUGH_PLACES = 200
USUAL_PLACE_SHARE = 0.01


@lru_cache(maxsize=400_000)
def surname_token(family: str) -> str:
    """Give the form a surname is counted under."""
    return "".join(surname_stems(family))


@lru_cache(maxsize=200_000)
def given_token(given: str) -> str:
    """Give the form a given name is counted under: the canonical id of its first word."""
    first = given.split()[:1]
    return given_ids(fold(first[0]))[0] if first else ""


@lru_cache(maxsize=200_000)
def patronymic_token(patronymic: str) -> str:
    """Give the form a patronymic is counted under: the father's name."""
    return patronymic_id(fold(patronymic)) if len(patronymic) > 2 else ""


@dataclass(frozen=True, slots=True)
class Rarity:
    """Counts of names among `total` records. ``Rarity()`` stands for the shipped counts alone.

    Attributes:
        total: records counted; also the size the prior is set for (at least 1,000).
        surname, given, patronymic: token -> records that bear it.
        place: comparable form of a residence -> records that name it; `places_told` is their sum.
    """

    total: int = 1_000
    surname: Mapping[str, int] | None = None
    given: Mapping[str, int] | None = None
    patronymic: Mapping[str, int] | None = None
    place: Mapping[str, int] | None = None
    places_told: int = 0

    def surname_bits(self, family: str) -> float:
        """Bits a surname carries: -log2 of its smoothed share."""
        tables = name_tables()
        return self._bits(surname_token(family), self.surname, tables.surnames, _sum("surnames"))

    def given_bits(self, given: str) -> float:
        """Bits a given name carries."""
        return self._bits(given_token(given), self.given, name_tables().counts, _sum("counts"))

    def patronymic_bits(self, patronymic: str) -> float:
        """Bits a patronymic carries; fathers bore the given names of their time."""
        return self._bits(patronymic_token(patronymic), self.patronymic, name_tables().counts, _sum("counts"))

    def place_share(self, residence: str) -> float:
        """Share of records with a residence that name this one; 0.01 where too few were counted."""
        if self.place is None or self.places_told < ENOUGH_PLACES:
            return USUAL_PLACE_SHARE
        return self.place.get(residence, 0) / self.places_told

    def _bits(self, token: str, own: Mapping[str, int] | None, shipped: Mapping[str, int], total: int) -> float:
        counted = own.get(token, 0) if own is not None else 0
        size = self.total if own is not None else 0
        share = (counted + SHIPPED_WEIGHT * shipped.get(token, 0) / total + 0.3) / (size + SHIPPED_WEIGHT + 1)
        return -math.log2(min(share, 1.0))


@lru_cache(maxsize=4)
def _sum(table: str) -> int:
    return sum(getattr(name_tables(), table).values())


def count_names(prepared: Sequence[Prepared]) -> Rarity:
    """Count the names of a run; a record with two readings counts in both."""
    counts: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    for each in prepared:
        main = [reading for reading in each.readings if not reading.alias]
        counts[0].update({surname_token(r.family) for r in main if r.family})
        counts[1].update({given_token(r.given) for r in main if r.given})
        counts[2].update({patronymic_token(r.patronymic) for r in main if r.patronymic})
    places = Counter(p.residence for p in prepared if p.residence)
    surname, given, patronymic = (dict(sorted(c.items())) for c in counts)
    return Rarity(max(len(prepared), 1_000), surname, given, patronymic, dict(sorted(places.items())), places.total())
