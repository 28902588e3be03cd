# SPDX-License-Identifier: AGPL-3.0-or-later
"""A model: a table of weights in bits for every term, thresholds, and how to weigh pairs with it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, Protocol

import numpy as np

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage.features import Levels
from goodoffices.core.linkage.table import Floats
from goodoffices.core.linkage.terms import TERMS


class BadModel(GoodOfficesError):
    """A model file that can't be used."""

    code = "bad_model"


class PairModel(Protocol):
    """What the doors need of a model; a second kind can stand behind it."""

    @property
    def version(self) -> str: ...
    @property
    def auto(self) -> float: ...
    @property
    def ask(self) -> float: ...

    def shares(self, levels: Levels) -> dict[str, Floats]:
        """Share of each term in bits; their sum is the weight."""
        ...


@dataclass(frozen=True, slots=True)
class Model:
    """Fellegi-Sunter weights with a few joint terms; every share is readable.

    Attributes:
        version: name of the fit; recorded with every judgement.
        weights: term -> weights in bits, in the order of the term's codes.
        auto: probability from which a pair joins by itself.
        ask: probability from which a person is asked; below it stays apart.
        join: probability from which the best clustering joins.
        shift_bits: added to every weight; fitted on the input of a run.
    """

    version: str
    weights: Mapping[str, Floats]
    auto: float = 0.97
    ask: float = 0.10
    join: float = 0.50
    shift_bits: float = 0.0

    def shares(self, levels: Levels) -> dict[str, Floats]:
        """Share of each term in bits; their sum is the weight."""
        out: dict[str, Floats] = {}
        for term in TERMS:
            weights = self.weights.get(term.name)
            if weights is None:
                continue
            share = weights[term.codes(levels)]
            factor = term.factor(levels)
            out[term.name] = share if factor is None else share * factor
        if "prior" in out:
            out["prior"] = out["prior"] + self.shift_bits
        return out

    def shifted(self, bits: float) -> Model:
        """The same model with another prior."""
        return replace(self, shift_bits=self.shift_bits + bits)

    def to_dict(self) -> dict[str, Any]:
        """Give the model as plain JSON values."""
        weights = {name: [round(float(w), 4) for w in table] for name, table in self.weights.items()}
        return {
            "version": self.version, "auto": self.auto, "ask": self.ask, "join": self.join,
            "shift_bits": self.shift_bits, "weights": weights,
        }  # fmt: skip


def load_model(content: Mapping[str, Any]) -> Model:
    """Read a model from what `Model.to_dict` gave.

    Raises:
        BadModel: a term is unknown or has the wrong number of weights.
    """
    sizes = {term.name: term.size for term in TERMS}
    weights: dict[str, Floats] = {}
    for name, table in content["weights"].items():
        if sizes.get(name) != len(table):
            raise BadModel(
                f'The model\'s term "{name}" does not fit this version of the engine.',
                where={"term": name},
                hint="Fit the model again, or use the one that is shipped.",
            )
        weights[name] = np.array(table, dtype=np.float64)
    numbers = {name: float(content[name]) for name in ("auto", "ask", "join", "shift_bits") if name in content}
    return Model(version=str(content["version"]), weights=weights, **numbers)


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The shipped model, fitted on invented lists (see docs/explanation/linkage.md)."""
    packed = resources.files(__package__).joinpath("data/model.json.gz").read_bytes()
    return load_model(json.loads(gzip.decompress(packed)))
