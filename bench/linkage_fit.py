# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fit the shipped weights on the invented lists with truth (``linkage_dev``), by penalised logistic regression.

python bench/linkage_fit.py [SHARED_DATA] [--sets 5k_1,5k_2,100k] [--out MODEL.json.gz]
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from goodoffices.core.linkage.blocking import candidate_pairs
from goodoffices.core.linkage.features import Comparer
from goodoffices.core.linkage.fit import Coded, coded, fit_labelled
from goodoffices.core.linkage.model import Model
from goodoffices.core.linkage.prepare import prepare
from goodoffices.core.linkage.rarity import count_names
from goodoffices.core.linkage.table import Floats, table_of
from linkage_data import LinkSet, argentina, linkage_dev, shared_folder

MOST_PAIRS = 500_000
OUT = Path(__file__).resolve().parents[1] / "src/goodoffices/core/linkage/data/model.json.gz"


def batch_of(data: LinkSet) -> tuple[Coded, Floats]:
    """Candidates of a set, coded, with their truth."""
    prepared = [prepare(record) for record in data.records]
    table = table_of(prepared)
    once = np.array([int(text in data.deduplicated) for text in table.words["source"].texts])
    left, right = candidate_pairs(prepared, sources=table.source, deduplicated=once)
    if len(left) > MOST_PAIRS:
        # An even sample leaves every share as it is.
        rows = np.sort(np.random.default_rng(0).choice(len(left), MOST_PAIRS, replace=False))
        left, right = left[rows], right[rows]
    person = np.unique(data.person, return_inverse=True)[1]
    match = (person[left] == person[right]).astype(np.float64)
    comparer = Comparer(table, count_names(prepared))
    parts = [comparer.levels(left[s : s + 200_000], right[s : s + 200_000]) for s in range(0, len(left), 200_000)]
    sys.stderr.write(f"{data.name}: {len(match)} pairs, {int(match.sum())} matches\n")
    return coded(parts), match


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


def save(model: Model, path: Path) -> None:
    text = json.dumps(model.to_dict(), sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def thinner(data: LinkSet, name: str, *without: str, year_only: bool = False) -> LinkSet:
    """The same set with fields left out, so that the weights hold where sources say less."""
    bare = dict.fromkeys(without)
    records = [replace(r, **bare) for r in data.records]
    if year_only:
        records = [replace(r, dob=r.dob[:4] if r.dob and i % 3 else None) for i, r in enumerate(records)]
    return LinkSet(f"{data.name}:{name}", records, data.person, data.deduplicated)


def argentine_set(folder: Path) -> LinkSet:
    """The two real registers; records without a known partner are left out, as their truth is unknown."""
    data = argentina(folder)
    partner = {right: left for left, right in data.tier}
    records = [record for record in data.records if record.key not in data.unlabelled]
    return LinkSet("argentina", records, [partner.get(r.key, r.key) for r in records], frozenset())


CONTEXT = ("residence", "unit", "category", "place_held", "event_date")


def variants(data: LinkSet) -> list[LinkSet]:
    """The set itself and thinner copies of it."""
    if data.name == "100k":
        fifth = part(data, 0.2, 1)
        return [data, fifth, thinner(part(data, 0.15, 2), "no-context", *CONTEXT)]
    if data.name == "5k_1":
        return [
            data,
            thinner(data, "no-context", *CONTEXT),
            thinner(data, "no-sex-place", "sex", "residence"),
        ]
    return [data, thinner(data, "years", "unit", "category", "place_held", "sex", year_only=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?")
    parser.add_argument("--sets", default="5k_1,5k_2,100k,argentina")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--version", default="fs-1")
    options = parser.parse_args()
    folder = shared_folder(options.shared)
    batches = []
    for name in options.sets.split(","):
        data = argentine_set(folder) if name == "argentina" else linkage_dev(folder, name)
        found = [data] if name == "argentina" else variants(data)
        batches.extend(batch_of(each) for each in found)
    save(fit_labelled(batches, options.version), options.out)


if __name__ == "__main__":
    main()
