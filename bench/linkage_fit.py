# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fit the shipped weights on the invented lists with truth (``linkage_dev``), by penalised logistic regression.

python bench/linkage_fit.py [SHARED_DATA] [--sets 5k_1,5k_2,100k] [--out MODEL.json.gz]
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from linkage_data import LinkSet, linkage_dev, shared_folder
from scipy.optimize import minimize

from goodoffices.core.linkage.blocking import candidate_pairs
from goodoffices.core.linkage.features import Comparer, Levels
from goodoffices.core.linkage.model import Model
from goodoffices.core.linkage.prepare import prepare
from goodoffices.core.linkage.rarity import count_names
from goodoffices.core.linkage.table import Floats, Ints, table_of
from goodoffices.core.linkage.terms import SIZES, TERMS, Term

OUT = Path(__file__).resolve().parents[1] / "src/goodoffices/core/linkage/data/model.json.gz"
PENALTY = {"prior": 0.0, "size": 0.01, "together": 0.6, "context": 0.6, "namesakes": 0.2}


@dataclass
class Batch:
    codes: list[Ints]
    factors: list[Floats | None]
    match: Floats
    weight: float


def batch_of(data: LinkSet, weight: float) -> Batch:
    prepared = [prepare(record) for record in data.records]
    table = table_of(prepared)
    once = np.array([int(text in data.deduplicated) for text in table.words["source"].texts])
    left, right = candidate_pairs(prepared, sources=table.source, deduplicated=once)
    person = np.unique(data.person, return_inverse=True)[1]
    match = (person[left] == person[right]).astype(np.float64)
    comparer = Comparer(table, count_names(prepared))
    parts = [
        comparer.levels(left[s : s + 200_000], right[s : s + 200_000]) for s in range(0, len(left), 200_000)
    ]
    return Batch(*columns(parts), match, weight)


def columns(parts: list[Levels]) -> tuple[list[Ints], list[Floats | None]]:
    codes = [np.concatenate([t.codes(p) for p in parts]).astype(np.int32) for t in TERMS]
    factors = [np.concatenate([p.values[t.value] for p in parts]) if t.value else None for t in TERMS]
    return codes, factors


def part(data: LinkSet, share: float, seed: int) -> LinkSet:
    """A share of the persons with all their records: the same world at another size."""
    people = sorted(set(data.person))
    chosen = set(np.random.default_rng(seed).choice(people, int(len(people) * share), replace=False).tolist())
    rows = [i for i, person in enumerate(data.person) if person in chosen]
    return LinkSet(
        f"{data.name}:{share}",
        [data.records[i] for i in rows],
        [data.person[i] for i in rows],
        data.deduplicated,
    )


def silent(term: Term) -> np.ndarray:
    """True for the weights that stay 0: a field nobody speaks of says nothing."""
    if term.field in ("prior", "together", "namesakes", "reading", "source"):
        return np.zeros(term.size, dtype=bool)
    return np.arange(term.size) < term.size // SIZES[term.levels[0]]


def fit(batches: list[Batch], version: str) -> Model:
    sizes = [term.size for term in TERMS]
    starts = np.cumsum([0, *sizes])
    penalty = np.concatenate([np.full(t.size, PENALTY.get(t.name, 0.3)) for t in TERMS])

    def loss(beta: Floats) -> tuple[float, Floats]:
        total, gradient = 0.0, np.zeros_like(beta)
        for batch in batches:
            eta = np.zeros(len(batch.match))
            for code, factor, start in zip(batch.codes, batch.factors, starts, strict=False):
                share = beta[start + code]
                eta += share if factor is None else share * factor
            p = 1 / (1 + np.exp(-eta))
            total += batch.weight * float(np.sum(np.logaddexp(0, eta) - batch.match * eta))
            residual = batch.weight * (p - batch.match)
            for code, factor, start, size in zip(batch.codes, batch.factors, starts, sizes, strict=False):
                weights = residual if factor is None else residual * factor
                gradient[start : start + size] += np.bincount(code, weights=weights, minlength=size)
        return total + float(np.sum(penalty * beta**2)), np.where(free, gradient + 2 * penalty * beta, 0.0)

    free = np.concatenate([~silent(term) for term in TERMS])
    beta = np.zeros(int(starts[-1]))
    beta[0] = -3.0
    found = minimize(loss, beta, jac=True, method="L-BFGS-B", options={"maxiter": 150, "maxcor": 20})
    sys.stderr.write(f"loss {found.fun:.1f} after {found.nit} steps\n")
    weights = {
        term.name: found.x[start : start + term.size] / np.log(2)
        for term, start in zip(TERMS, starts, strict=False)
    }
    return Model(version=version, weights=weights)


def save(model: Model, path: Path) -> None:
    text = json.dumps(model.to_dict(), sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?")
    parser.add_argument("--sets", default="5k_1,5k_2,100k")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--version", default="fs-1")
    options = parser.parse_args()
    folder = shared_folder(options.shared)
    batches = []
    for name in options.sets.split(","):
        data = linkage_dev(folder, name)
        batches.append(batch_of(data, 1.0))
        sys.stderr.write(f"{name}: {len(batches[-1].match)} pairs, {int(batches[-1].match.sum())} matches\n")
        if len(data.records) > 50_000:
            batches.append(batch_of(part(data, 0.2, 1), 1.0))
    save(fit(batches, options.version), options.out)


if __name__ == "__main__":
    main()
