# SPDX-License-Identifier: AGPL-3.0-or-later
"""The additive terms of a model: which levels they look at, and which field they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from goodoffices.core.linkage.datelevels import BORN, EVENT
from goodoffices.core.linkage.features import FAMILY_2, READING, SEX, SOURCE, Levels
from goodoffices.core.linkage.fields import CATEGORY, HELD, RESIDENCE, UNIT
from goodoffices.core.linkage.table import Floats, Ints
from goodoffices.core.names.levels import GIVEN, PATRONYMIC, SURNAME

SIZES = {
    "surname": len(SURNAME), "given": len(GIVEN), "patronymic": len(PATRONYMIC), "born": len(BORN),
    "event": len(EVENT), "residence": len(RESIDENCE), "place_held": len(HELD), "unit": len(UNIT),
    "category": len(CATEGORY), "sex": len(SEX), "family_2": len(FAMILY_2), "reading": len(READING),
    "source": len(SOURCE), "surname_rarity": 7, "given_rarity": 4, "patronymic_rarity": 2,
    "residence_rarity": 3, "surname_coarse": 4, "given_coarse": 4, "patronymic_coarse": 4, "born_coarse": 6,
    "residence_coarse": 3, "event_coarse": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One additive term: the weight of a pair is looked up by its levels, or times a value.

    Attributes:
        name: unique name, the key of its weights in a model.
        field: the field its share is shown under.
        levels: the features whose levels index the weights, most significant first; empty = one weight.
        value: a continuous feature the looked-up weight is multiplied by; empty = 1.
    """

    name: str
    field: str
    levels: tuple[str, ...] = ()
    value: str = ""

    @property
    def size(self) -> int:
        """How many weights the term has."""
        return prod(SIZES[name] for name in self.levels)

    def codes(self, levels: Levels) -> Ints:
        """Index of each pair into the term's weights."""
        out: Ints = np.zeros(len(levels.left_reading), dtype=np.int64)
        for name in self.levels:
            out = out * SIZES[name] + levels.codes[name]
        return out

    def factor(self, levels: Levels) -> Floats | None:
        """The continuous value the weight is multiplied by, None for 1."""
        return levels.values[self.value] if self.value else None


TERMS: tuple[Term, ...] = (
    Term("prior", "prior"),
    Term("size", "prior", (), "size"),
    Term("surname", "surname", ("surname", "surname_rarity")),
    Term("given", "given", ("given", "given_rarity")),
    Term("patronymic", "patronymic", ("patronymic", "patronymic_rarity")),
    Term("born", "born", ("born",)),
    Term("sex", "sex", ("sex",)),
    Term("residence", "residence", ("residence", "residence_rarity")),
    Term("place_held", "place_held", ("place_held",)),
    Term("unit", "unit", ("unit",)),
    Term("category", "category", ("category",)),
    Term("event", "event", ("event",)),
    Term("family_2", "family_2", ("family_2",)),
    Term("reading", "reading", ("reading",)),
    Term("source", "source", ("source",)),
    Term("together", "together", ("surname_coarse", "given_coarse", "patronymic_coarse", "born_coarse")),
    Term("context", "together", ("residence_coarse", "event_coarse", "born_coarse")),
    Term("namesakes", "namesakes", ("patronymic_coarse", "born_coarse"), "namesakes"),
)
