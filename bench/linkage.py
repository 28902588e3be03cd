# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure linkage: quality against known truth, calibration, speed; a plain baseline in the same run.

    python bench/linkage.py [SHARED_DATA] [--sets 5k_1,5k_2,100k] [--workers 2] [--json OUT.json]

SHARED_DATA is the folder of evaluation sets (default: GOODOFFICES_SHARED_DATA, else ../shared/data). A set that
isn't there is skipped with a message. The weights were fitted on these very invented sets and on the development
part of the two registers; figures on them flatter. ``--model`` measures another fit, for example one that never
saw the set.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from goodoffices.core.linkage import (
    LinkResult,
    Model,
    Record,
    default_model,
    link,
    load_model,
    prepare,
    query_keys,
)
from goodoffices.core.names import plain
from goodoffices.core.names.fold import CYRILLIC
from linkage_data import Argentina, LinkSet, argentina, cross_script, linkage_dev, shared_folder
from linkage_figures import b_cubed, best_recall, calibration_error, pairwise

Row = dict[str, float | int | str]
BASELINE_CUT = 85


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def full_name(record: Record) -> str:
    """A record's name as one text."""
    return record.name or " ".join(part for part in (record.family_name, record.given_name, record.patronymic) if part)


def plain_latin(text: str) -> str:
    """A plain letter-by-letter romanisation, as a general tool would do."""
    return default_process("".join(CYRILLIC.get(c, c) for c in plain(text)))


def exact_name_clusters(records: Sequence[Record]) -> list[str]:
    """Baseline: records are one person if the sorted romanised words and the year of birth are equal."""
    return [" ".join(sorted(plain_latin(full_name(r)).split())) + (r.dob or "")[:4] for r in records]


def invented(data: LinkSet, model: Model, workers: int, *, labels: bool = True) -> Row:
    """Link one invented set and score it."""
    began = time.perf_counter()
    result = link(data.records, deduplicated=data.deduplicated, model=model, labels=labels, workers=workers)
    seconds = time.perf_counter() - began
    person_of = dict(zip((r.key for r in data.records), data.person, strict=True))
    truth = [person_of[key] for key in result.keys]
    codes = np.unique(truth, return_inverse=True)[1]
    match = (codes[result.left] == codes[result.right]).astype(float)
    possible = sum(n * (n - 1) // 2 for n in np.bincount(codes).tolist())
    precision, recall, f1 = pairwise(truth, result.person.tolist())
    auto_precision, auto_recall, _ = pairwise(truth, result.auto_person.tolist())
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "b_cubed": b_cubed(truth, result.person.tolist()),
        "auto_precision": auto_precision,
        "auto_recall": auto_recall,
        "calibration_error": calibration_error(result.probability, match),
        "recall_of_kept_pairs": float(match.sum()) / possible,
        "pairs": len(result),
        "seconds": seconds,
    }


def invented_baseline(data: LinkSet) -> Row:
    """Score the baseline on an invented set."""
    found = exact_name_clusters(data.records)
    precision, recall, f1 = pairwise(data.person, found)
    return {"precision": precision, "recall": recall, "f1": f1, "b_cubed": b_cubed(data.person, found)}


def _cross_pairs(keys: Sequence[str], group: Sequence[int], left: str, right: str) -> set[tuple[str, str]]:
    members: dict[int, tuple[list[str], list[str]]] = {}
    for key, person in zip(keys, group, strict=True):
        members.setdefault(person, ([], []))[not key.startswith(left)].append(key)
    return {(a, b) for mine, theirs in members.values() for a in mine for b in theirs if b.startswith(right)}


def registers(data: Argentina, result: LinkResult, group: Sequence[int]) -> Row:
    """Score the links between the two real registers; pairs that touch unlabelled records don't count."""
    found = _cross_pairs(result.keys, group, "pdm:", "ruvte:")
    return _register_row(data, {pair for pair in found if not data.unlabelled & set(pair)})


def _register_row(data: Argentina, found: set[tuple[str, str]]) -> Row:
    tiers = {tier: {pair for pair, t in data.tier.items() if t == tier} for tier in "ABD"}
    both = tiers["A"] | tiers["B"]
    return {
        "precision": len(found & set(data.tier)) / max(1, len(found)),
        "recall": len(found & both) / len(both),
        "recall_tier_b": len(found & tiers["B"]) / len(tiers["B"]),
        "recall_tier_d": len(found & tiers["D"]) / len(tiers["D"]),
    }


def register_baseline(data: Argentina) -> Row:
    """Baseline: equal words of the name, accents and order apart."""
    by_name: dict[str, tuple[list[str], list[str]]] = {}
    for record in data.records:
        words = " ".join(sorted(plain_latin(full_name(record)).split()))
        by_name.setdefault(words, ([], []))[not record.key.startswith("pdm:")].append(record.key)
    found = {(a, b) for mine, theirs in by_name.values() for a in mine for b in theirs}
    return _register_row(data, {pair for pair in found if not data.unlabelled & set(pair)})


def scripts(folder: Path, model: Model, other: str) -> tuple[Row, Row]:
    """Latin list against the Cyrillic (b) or another Latin (c) one: ours and unidecode-like token ratio."""
    left, right, truth, ignored = cross_script(folder, other)
    result = link([*left, *right], model=model)
    scored = {
        tuple(sorted((result.keys[a], result.keys[b]))): float(w)
        for a, b, w in zip(result.left.tolist(), result.right.tolist(), result.weight_bits.tolist(), strict=True)
    }
    ours = {pair: w for pair, w in scored.items() if pair[0][:2] != pair[1][:2] and pair not in ignored}
    joined = _cross_pairs(result.keys, result.person.tolist(), "CA-", "EU-") - ignored
    names_a = [plain_latin(full_name(r)) for r in left]
    names_b = [plain_latin(full_name(r)) for r in right]
    ratio = process.cdist(names_a, names_b, scorer=fuzz.token_sort_ratio, score_cutoff=60)
    plain_pairs = {
        (left[i].key, right[j].key): float(ratio[i, j])
        for i, j in zip(*np.nonzero(ratio), strict=True)
        if (left[i].key, right[j].key) not in ignored
    }
    return (
        {
            "recall_at_precision_0.97": best_recall(ours, truth, 0.97),
            "recall_at_precision_0.98": best_recall(ours, truth, 0.98),
            "precision": len(joined & truth) / max(1, len(joined)),
            "recall": len(joined & truth) / len(truth),
        },
        {
            "recall_at_precision_0.97": best_recall(plain_pairs, truth, 0.97),
            "recall_at_precision_0.98": best_recall(plain_pairs, truth, 0.98),
        },
    )


def speed(records: Sequence[Record]) -> Row:
    """Time of one preparation and of the keys of one look-up, words not yet seen and seen."""
    some = records[:5000]
    began = time.perf_counter()
    for record in some:
        prepare(record)
    cold = time.perf_counter() - began
    began = time.perf_counter()
    for record in some[:1000]:
        query_keys(full_name(record), record.dob)
    keys = time.perf_counter() - began
    return {"prepare_us": 1e6 * cold / len(some), "query_keys_us": 1e6 * keys / min(1000, len(some))}


def table(title: str, rows: Iterable[tuple[str, Row]]) -> None:
    """Print rows under one title."""
    say(f"\n{title}")
    for name, row in rows:
        cells = "  ".join(
            f"{key} {value:.4f}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items()
        )
        say(f"  {name:<28} {cells}")


def run_invented(folder: Path, names: Sequence[str], model: Model, workers: int) -> dict[str, Row]:
    """All invented sets that are there."""
    out: dict[str, Row] = {}
    for name in names:
        if not (folder / "linkage_dev" / name).is_dir():
            say(f"skipped: linkage_dev/{name} is not in {folder}")
            continue
        data = linkage_dev(folder, name)
        out[f"{name} baseline"] = invented_baseline(data)
        out[name] = invented(data, model, workers)
        out[f"{name} without labels"] = invented(data, model, workers, labels=False)
        out[f"{name} speed"] = speed(data.records)
        table(f"invented lists {name}", [(key, row) for key, row in out.items() if key.startswith(name)])
    return out


def run_registers(folder: Path, model: Model, workers: int) -> dict[str, Row]:
    """The two real registers, if they are there."""
    if not (folder / "argentina_two_lists").is_dir():
        say(f"skipped: argentina_two_lists is not in {folder}")
        return {}
    data = argentina(folder)
    out = {"registers baseline": register_baseline(data)}
    both = frozenset(("parque_memoria", "ruvte"))
    for name, once in (("registers", frozenset[str]()), ("registers, no one twice", both)):
        result = link(data.records, deduplicated=once, model=model, workers=workers)
        out[name] = registers(data, result, result.person.tolist())
        out[f"{name}, automatic"] = registers(data, result, result.auto_person.tolist())
    table("two real registers (tiers A and B; D apart)", out.items())
    return out


def run_scripts(folder: Path, model: Model) -> dict[str, Row]:
    """Real names across scripts, if they are there."""
    if not (folder / "names_cross_script").is_dir():
        say(f"skipped: names_cross_script is not in {folder}")
        return {}
    out: dict[str, Row] = {}
    for other, name in (("b_cyrillic", "latin x cyrillic"), ("c_latin_other", "latin x other latin")):
        out[name], out[f"{name} baseline"] = scripts(folder, model, other)
    table("real names across scripts", out.items())
    return out


def main() -> None:
    """Run what is asked and what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?")
    parser.add_argument("--sets", default="5k_1,5k_2,100k")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    folder = shared_folder(options.shared)
    model = default_model()
    if options.model:
        model = load_model(json.loads(gzip.decompress(options.model.read_bytes())))
    figures = {
        **run_registers(folder, model, options.workers),
        **run_scripts(folder, model),
        **run_invented(folder, options.sets.split(","), model, options.workers),
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"\nmodel {model.version}; peak memory of this process {peak} MiB")
    if options.json:
        options.json.write_text(json.dumps({"model": model.version, "figures": figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
