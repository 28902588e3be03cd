# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure estimation: published answers, speed beside a plain peer, and coverage where the truth is known.

    python bench/estimation.py [--replicates 5] [--latent 2] [--only answers,speed,coverage]

Prints JSON. The peer of the log-linear search fits the same models one at a time by plain weighted least squares,
as general tools do. ``--replicates`` populations are drawn of each kind, and on the first ``--latent`` of each the
latent classes are run too, which is what takes the time.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from goodoffices.core.estimation import Estimate, Overlaps, Settings, average, estimate, latent_classes, search
from goodoffices.core.estimation.sensitivity import split_matrix
from goodoffices.core.estimation.table import contains, sizes_of_patterns, table_from_rows
from goodoffices.core.estimation.terms import all_models, columns

DATA = Path(__file__).resolve().parent.parent / "tests" / "core" / "estimation" / "data"
FOUR = (0.30, 0.25, 0.20, 0.15)


def say(text: str) -> None:
    """Tell what goes on, beside the result."""
    print(text, file=sys.stderr, flush=True)


def tables(name: str) -> list[Overlaps]:
    """Read a table, or its replicates."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lists = [column for column in rows[0] if column not in ("rep", "count")]
    replicates: dict[str, list[tuple[list[int], float]]] = {}
    for row in rows:
        replicates.setdefault(row.get("rep", ""), []).append(([int(row[one]) for one in lists], int(row["count"])))
    return [table_from_rows(lists, part) for part in replicates.values()]


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Give the best of some runs in seconds, and the last result."""
    best, result = float("inf"), None
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return best, result


def plain_search(table: Overlaps, order: int) -> float:
    """Fit the models one at a time; give the seconds a model, from at most 200 of them."""
    cols = np.array(columns(table.width, order))
    models = all_models(table.width, order)
    models = models[:: max(1, len(models) // 200)]
    design = contains(table.width)[cols][:, 1:].T.astype(float)
    counts = table.counts[1:]
    began = time.perf_counter()
    for model in models:
        part = design[:, model]
        fitted = counts + 0.1
        for _ in range(25):
            root = np.sqrt(fitted)
            target = np.log(fitted) + (counts - fitted) / fitted
            effects = np.linalg.lstsq(part * root[:, None], target * root, rcond=None)[0]
            new = np.exp(np.clip(part @ effects, -30, 30))
            if np.abs(new - fitted).max() < 1e-8:
                break
            fitted = new
    return (time.perf_counter() - began) / len(models)


def speed() -> dict[str, float]:
    """Time every engine at the sizes of CONTRACTS part 4."""
    four, five = tables("kosovo_1999")[0], tables("uk_2013_five")[0]
    rng = np.random.default_rng(6)
    drawn = rng.poisson(200 * np.exp(-0.8 * sizes_of_patterns(6))).astype(float)
    drawn[0] = 0
    six = Overlaps(tuple("ABCDEF"), drawn)
    found = {}
    for name, table, order, times in (("113", four, 3, 5), ("1024", five, 2, 3), ("32768", six, 2, 1)):
        say(f"log-linear, {name} models")
        seconds, result = timed(lambda table=table, order=order: search(table, order), times)
        found[f"loglinear_{name}_seconds"] = seconds
        found[f"loglinear_{name}_times_faster_than_peer"] = plain_search(table, order) * result.models / seconds
    found["bma_4_lists_seconds"] = timed(lambda: average(four, top=60_000))[0]
    found["bma_5_lists_seconds"] = timed(lambda: average(five, top=60_000))[0]
    return found


def answers() -> dict[str, Any]:
    """Compare with what is published or what other programs give; differences, and the latent classes' own."""
    expected = json.loads((DATA / "expected.json").read_text("utf-8"))
    worst = {"loglinear_N": 0.0, "loglinear_criteria": 0.0, "bma_integers": 0.0, "bma_mean": 0.0}
    latent = {}
    for case in expected:
        table, wanted = tables(case["data"])[0], case["expected"]
        if case["method"] == "loglinear":
            setting = case["settings"]
            best = search(table, setting["order"], setting["criterion"].lower()).best[0]
            worst["loglinear_N"] = max(worst["loglinear_N"], abs(best.N - wanted["N"]))
            for name, value in (("AIC", best.aic), ("BIC", best.bic)):
                worst["loglinear_criteria"] = max(worst["loglinear_criteria"], abs(value - wanted.get(name, value)))
        if case["method"] == "dga" and case["settings"]["delta"] == "2^-p":
            found = average(table, top=case["settings"]["missing"][1])
            for name, value in (("q025", found.low), ("median", found.median), ("q975", found.high)):
                worst["bma_integers"] = max(worst["bma_integers"], abs(value - wanted[name]))
            worst["bma_mean"] = max(worst["bma_mean"], abs(found.mean - wanted["mean"]))
        if case["method"] == "latent_class":
            say(f"latent classes, {case['data']}")
            seconds, chains = timed(lambda table=table: latent_classes(table, np.random.default_rng(1)), 1)
            latent[case["data"]] = {
                "median": chains.median, "low": chains.low, "high": chains.high, "rhat": round(chains.rhat, 3),
                "settled": chains.settled, "seconds": seconds,
            }  # fmt: skip
    return {"worst_difference": worst, "latent": latent}


def draw(rng: np.random.Generator, people: int, chances: np.ndarray) -> Overlaps:
    """Draw a table: chances of each pattern of lists, shape (2 ** lists,)."""
    counts = rng.multinomial(people, chances).astype(float)
    counts[0] = 0
    return Overlaps(tuple(f"L{i + 1}" for i in range(len(chances).bit_length() - 1)), counts)


def independent(chances: tuple[float, ...], odds_ratio: float = 1.0) -> np.ndarray:
    """Give the chance of every pattern; the first two lists keep their sizes but have this odds ratio."""
    patterns = np.arange(1 << len(chances))
    weight = np.ones(len(patterns))
    for i, chance in enumerate(chances[2:], start=2):
        weight *= np.where(patterns >> i & 1, chance, 1 - chance)
    first, second = chances[:2]
    both, top = 0.0, min(first, second)
    for _ in range(60):
        middle = (both + top) / 2
        ratio = middle * (1 - first - second + middle) / ((first - middle) * (second - middle))
        both, top = (middle, top) if ratio < odds_ratio else (both, middle)
    pair = np.array([1 - first - second + both, first - both, second - both, both])
    return weight * pair[patterns & 3]


def populations() -> dict[str, tuple[int, Callable[[np.random.Generator], Overlaps]]]:
    """The kinds of truth of ESTIMATION B3: size, and how a table of it is drawn."""
    easy, hard = (0.45, 0.40, 0.50, 0.35, 0.35), (0.08, 0.09, 0.04, 0.08, 0.035)
    mixed = 0.3 * independent(easy) + 0.7 * independent(hard)
    sparse = (0.06, 0.05, 0.04, 0.03)
    hidden = 0.7 * independent(FOUR)
    hidden[0] += 0.3
    missed = split_matrix(4, 0.10) @ independent(FOUR)
    return {
        "independent": (5000, lambda rng: draw(rng, 5000, independent(FOUR))),
        "one_dependent_pair": (5000, lambda rng: draw(rng, 5000, independent(FOUR, 3.0))),
        "sparse": (2000, lambda rng: draw(rng, 2000, independent(sparse))),
        "two_groups": (16000, lambda rng: draw(rng, 16000, mixed)),
        "a_third_on_no_possible_list": (5000, lambda rng: draw(rng, 5000, hidden)),
        "a_tenth_of_overlaps_not_linked": (
            5000,
            lambda rng: draw(rng, round(5000 * missed.sum()), missed / missed.sum()),
        ),
    }


def judged(found: Estimate, truth: int) -> dict[str, tuple[float, bool, bool]]:
    """Give for each method the point, whether its interval covers the truth, and whether it lies below the truth."""
    ends: dict[str, tuple[float, float, float]] = {}
    if found.chao:
        ends["lower_bound"] = (found.chao.N, found.chao.low, found.chao.high)
    if found.loglinear:
        best, profile = found.loglinear.found.best[0], found.loglinear.profile
        infinite = float("inf")
        ends["loglinear"] = (best.N, found.loglinear.low, found.loglinear.high or infinite)
        ends["loglinear_profile"] = (best.N, profile.low, profile.high or infinite)
    if found.bma:
        ends["bma"] = (found.bma.median, found.bma.low, found.bma.high)
    if found.lcmcr:
        ends["latent"] = (found.lcmcr.median, found.lcmcr.low, found.lcmcr.high)
    return {name: (point, low <= truth <= high, point < truth) for name, (point, low, high) in ends.items()}


def coverage(replicates: int, latent: int) -> dict[str, Any]:
    """Estimate tables of known truth: median point, coverage of 95 % intervals, how often the flag is raised."""
    sets = {name: (truth, [make(np.random.default_rng([7, index])) for index in range(replicates)])
            for name, (truth, make) in populations().items()}  # fmt: skip
    sets["file_independent"] = (5000, tables("sim_independent")[:replicates])
    sets["file_two_groups"] = (16000, tables("sim_two_groups_16000")[:replicates])
    return {name: _covered(name, truth, drawn, latent) for name, (truth, drawn) in sets.items()}


def _covered(name: str, truth: int, drawn: list[Overlaps], latent: int) -> dict[str, Any]:
    rows: dict[str, list[tuple[float, bool, bool]]] = {}
    flags, rhats = [], []
    for index, table in enumerate(drawn):
        say(f"coverage, {name}, {index + 1} of {len(drawn)}")
        whole = index < latent
        for method in ("all",) if whole else ("chao", "loglinear", "bma"):
            found = estimate(table, Settings(method=method, seed=index))  # type: ignore[arg-type]
            for one, row in judged(found, truth).items():
                rows.setdefault(one, []).append(row)
            if whole:
                flags.append(found.disagreement)
                rhats.append(found.lcmcr.rhat if found.lcmcr else float("nan"))
    methods = {
        one: {
            "median": float(np.median([point for point, _, _ in parts])),
            "covered": sum(inside for _, inside, _ in parts),
            "below": sum(below for _, _, below in parts),
            "of": len(parts),
        }
        for one, parts in rows.items()
    }
    return {
        "truth": truth,
        "documented": float(np.median([table.documented for table in drawn])),
        "methods": methods,
        "flag_raised": sum(flags),
        "flag_of": len(flags),
        "greatest_rhat": max(rhats, default=None),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--replicates", type=int, default=5)
    parser.add_argument("--latent", type=int, default=2)
    parser.add_argument("--only", default="answers,speed,coverage")
    options = parser.parse_args()
    wanted = options.only.split(",")
    said: dict[str, Any] = {}
    if "speed" in wanted:
        said["speed"] = speed()
    if "answers" in wanted:
        said["answers"] = answers()
    if "coverage" in wanted:
        said["coverage"] = coverage(options.replicates, options.latent)
    print(json.dumps(said, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
