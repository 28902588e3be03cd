# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make bench`: the figures of CONTRACTS part 4 that are built, as a table and ``bench/results.json``.

Each measurement is a program of its own, run alone, one after the other: two measurements at once would measure
each other. A set that isn't on this machine is skipped and said.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
RESULTS = BENCH / "results.json"


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured, its value, the floor and the aim where there are such."""

    name: str
    value: float | str
    unit: str = ""
    floor: str = ""
    aim: str = ""


def run_json(*words: str) -> Any:
    """Run a measurement that prints JSON on stdout."""
    print(f"-- {' '.join(words)}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, *words], cwd=BENCH.parent, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout[done.stdout.index(b"{") :])


def importing() -> list[Figure]:
    """The full staged import of 100,000 rows, and the same list again."""
    said = run_json("bench/import_100k.py")
    return [
        Figure("import 100,000 x 12", said["full_seconds"], "s", "", "<= 150"),
        Figure("import 100,000 x 12, memory", said["peak_mb"], "MB", "", "<= 600"),
        Figure("re-import, nothing new", said["again_seconds"], "s", "", "<= 30"),
    ]


def people_list() -> list[Figure]:
    """The people list through the real server, one client, then four."""
    said = run_json("bench/people_list.py")
    found = []
    for clients in ("one_client", "four_clients"):
        label = f"people list 100,000, {clients.replace('_', ' ')}"
        found.append(Figure(label, said[clients]["p95_ms"], "ms p95", "", "<= 200"))
        found += [Figure(f"{label}: {page}", p95, "ms p95") for page, (_p50, p95) in said[clients]["pages"].items()]
    return found


def looking_up() -> list[Figure]:
    """The look-up over 100,000 records: the engine alone, and the page through the real server."""
    said = run_json("bench/lookup.py")
    return [
        Figure("look-up 100,000, engine", said["engine"]["p95_ms"], "ms p95", "<= 50", "<= 20"),
        Figure("look-up 100,000, one client", said["one_client"]["p95_ms"], "ms p95", "<= 150", "<= 100"),
        Figure("look-up 100,000, four clients", said["four_clients"]["p95_ms"], "ms p95", "<= 150", "<= 100"),
        Figure("look-up 100,000, right within ten", said["right_within_ten"], "", ">= 0.91", ">= 0.94"),
    ]


def linkage() -> list[Figure]:
    """Linkage on the invented lists, the real registers and the real names, each beside its baseline."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "linkage.json"
        command = [sys.executable, "bench/linkage.py", "--json", str(out)]
        subprocess.run(command, cwd=BENCH.parent, stdout=sys.stderr, check=True)
        said = json.loads(out.read_text("utf-8"))
    return [
        Figure(f"{name}: {what}", round(value, 4) if isinstance(value, float) else value)
        for name, row in said["figures"].items()
        for what, value in row.items()
    ]


def estimation() -> list[Figure]:
    """Estimation: published answers, speed beside a plain peer, coverage and the flag where the truth is known."""
    said = run_json("bench/estimation.py")
    asked = {"loglinear_N": "<= 0.01", "loglinear_criteria": "<= 0.001", "bma_integers": "0", "bma_mean": "<= 0.01"}
    limits = {"113": "<= 0.5", "1024": "<= 3", "32768": "<= 60", "bma_4": "<= 1", "bma_5": "<= 10"}
    found = [
        Figure(f"estimate: worst difference, {name}", round(value, 6), "", "", asked[name])
        for name, value in said["answers"]["worst_difference"].items()
    ]
    for name, value in said["speed"].items():
        aim = next((limit for key, limit in limits.items() if key in name and "seconds" in name), "")
        found.append(Figure(f"estimate: {name}", round(value, 3), "s" if aim else "", "", aim))
    for name, row in said["answers"]["latent"].items():
        settles = name != "uk_2013_five"
        aim = "<= 1.1" if settles else "> 1.1, flagged"
        found.append(Figure(f"estimate: latent classes, {name}, R-hat", row["rhat"], "", "", aim))
        found.append(Figure(f"estimate: latent classes, {name}", round(row["seconds"], 1), "s", "", "<= 60"))
    for name, row in said["coverage"].items():
        for method, one in row["methods"].items():
            share = f"{one['covered']}/{one['of']}"
            found.append(Figure(f"estimate: {name}, {method}: median {one['median']:.0f}, covered", share))
        flags = f"{row['flag_raised']}/{row['flag_of']}"
        found.append(Figure(f"estimate: {name}: flag of disagreement", flags))
    return found


def disclosure() -> list[Figure]:
    """Attack eighty simulated releases, and look for protected facts in a thousand letters."""
    said = run_json("bench/disclosure.py")
    letters, bounds, cost = said["letters"], said["releases"]["bounds"], said["releases"]["cost"]
    return [
        Figure("protected facts found in 500 laced letters", letters["recall"], "recall", "", ">= 0.98"),
        Figure("500 clean letters blocked", letters["false_blocks"], "share", "", "<= 0.02"),
        Figure("a letter read for protected facts", letters["ms_a_letter"], "ms"),
        Figure("withheld cells bounded over 80 releases", bounds["withheld_cells"]),
        Figure("... pinned", bounds["pinned"], "", "", "0"),
        Figure("... tighter than 5", bounds["tighter_than_5"], "", "", "0"),
        Figure("... tighter than 5 for who knows n-1", bounds["tighter_than_5_knowing_n_minus_1"], "", "", "0"),
        Figure("numbers a cell has in 1,000 repeats", said["releases"]["repeats"]["different_numbers_a_cell_ever_had"]),
        Figure("cost of rounding, mean absolute error", cost["mean_absolute_error_persons"], "persons"),
        Figure("share of persons in withheld cells", cost["share_of_persons_in_withheld_inner_cells"]),
        Figure(
            "told cells settled for who knows all but one",
            said["releases"]["all_but_one_of_everybody"]["settled_share"],
        ),
    ]


def wording() -> list[Figure]:
    """The wording check of letters of ten pages, warm, in three languages."""
    said = run_json("bench/wording.py")
    found = []
    for language, row in said.items():
        found.append(Figure(f"wording, ten pages, {language}", row["p95_ms"], "ms p95", "", "<= 200"))
        found.append(Figure(f"wording, ten pages, {language}, CPU", row["p95_cpu_ms"], "ms p95"))
        found.append(Figure(f"wording, ten pages, {language}: plain search", row["plain_search_p50_ms"], "ms p50"))
    return found


def packages() -> list[Figure]:
    """Release packages: every level proved, questions afterwards, and people who are alike."""
    said = run_json("bench/packages.py")
    limits = {"500": "<= 5", "2000": "<= 15", "10000": "<= 180"}
    found = []
    for name, row in said["whole"].items():
        aim = limits[name.split(" ")[0]] if row["proved"] else "every level proved"
        found.append(Figure(f"packages: {name}, {said['solver']}", row["seconds"], "s", "", aim))
    for name, row in said["questions"].items():
        small = name.startswith("500")
        for question, took in row.items():
            aim = ("<= 0.2" if small else "<= 0.5") if question == "drop-out" else ("<= 1" if small else "<= 3")
            found.append(Figure(f"packages: {question}, {name}, median", took["seconds"]["median"], "s", "", aim))
    for name, row in said["alike"].items():
        label = f"packages: {row['classes']} kinds, {name}: urgent, shares, total"
        found.append(Figure(label, row["seconds"], "s", "", "<= 1"))
    return found


MEASUREMENTS: dict[str, Callable[[], list[Figure]]] = {
    "linkage": linkage,
    "importing": importing,
    "people_list": people_list,
    "looking_up": looking_up,
    "estimation": estimation,
    "disclosure": disclosure,
    "wording": wording,
    "packages": packages,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(MEASUREMENTS), action="append")
    options = parser.parse_args()
    figures: list[Figure] = []
    for name in options.only or MEASUREMENTS:
        figures += MEASUREMENTS[name]()
    kept = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "on": time.strftime("%Y-%m-%d"),
        "figures": [asdict(one) for one in figures],
    }
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    for one in figures:
        wanted = " ".join(part for part in (one.floor and f"floor {one.floor}", one.aim and f"aim {one.aim}") if part)
        print(f"{one.name:<58} {one.value!s:>10} {one.unit:<8} {wanted}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
