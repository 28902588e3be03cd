# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attack our own numbers and our own finder of protected facts; prints JSON.

``releases``: twenty simulated quarterly releases of two tables of everyone ever recorded and two of those held, made as
real ones would be. The attacker has every release, all rules but the key, and asks:
- over all releases together, what can each withheld cell be? (exact, by integer programmes)
- knowing all but one person of a small withheld cell, what of the last?
- does printing a table a thousand times say more than once?
- knowing every person but one of the whole population and every cell they are in, is the last one's absence or
  presence certain from any told number? (no rounding withstands this attacker always; the share is told)

``letters``: 500 letters laced with protected facts and 500 clean ones in three languages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from goodoffices.core.disclosure.bounds import System, Target
from goodoffices.core.disclosure.leaks import find_leaks
from goodoffices.core.disclosure.protecting import Order, Person, count_table, make_release
from goodoffices.core.disclosure.releases import Release, TrueCounts, earliest_day
from goodoffices.core.disclosure.rounding import BASE, THRESHOLD, published_value
from goodoffices.core.disclosure.tables import TOTAL, Declaration, read_declaration

# The letters are made with the words of the demo world, which lies beside bench.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from disclosure_letters import LANGUAGES, make_letter

QUARTERS, REPEATS = 20, 1000
KEY = hashlib.sha256(b"the key of this measurement").digest()
REGIONS, CATEGORIES, SEXES = ["r1", "r2", "r3", "r4", "r5"], ["pow", "civilian", "child"], ["f", "m"]
WEIGHTS = [40, 25, 18, 12, 5], [60, 32, 8], [18, 82]
DECLARED = {
    "schema": 1,
    "dimensions": {
        "region": {"kind": "region", "values": REGIONS, "fixed": True},
        "category": {"kind": "category", "values": CATEGORIES, "fixed": True},
        "sex": {"kind": "sex", "values": SEXES, "fixed": True},
    },
    "populations": {"recorded": "cumulative", "held": "stock"},
    "tables": {
        "recorded_region_category": {"population": "recorded", "dimensions": ["region", "category"]},
        "recorded_region": {"population": "recorded", "dimensions": ["region"]},
        "held_category_sex": {"population": "held", "dimensions": ["category", "sex"]},
        "held_category": {"population": "held", "dimensions": ["category"]},
    },
}


def simulate(declaration: Declaration, seed: int) -> tuple[list[Release], list[TrueCounts], dict[str, list[Person]]]:
    """Make all releases of twenty quarters: people are recorded, some come home."""
    rng = random.Random(seed)
    recorded: list[Person] = []
    held: list[Person] = []
    releases: list[Release] = []
    counts: list[TrueCounts] = []
    last: dict[str, list[Person]] = {}
    for quarter in range(QUARTERS):
        period = f"{2021 + quarter // 4}-Q{quarter % 4 + 1}"
        for _ in range(220 if not quarter else rng.randrange(4, 40)):
            who = [
                rng.choices(values, weights)[0]
                for values, weights in zip((REGIONS, CATEGORIES, SEXES), WEIGHTS, strict=True)
            ]
            person = Person(f"p{len(recorded)}", dict(zip(("region", "category", "sex"), who, strict=True)))
            recorded.append(person)
            held.append(person)
        held = [one for one in held if rng.random() > 0.04]
        for table in declaration.tables.values():
            people = recorded if table.population == "recorded" else held
            order = Order(table.id, period, earliest_day(period), ("first", "second"), KEY)
            release, true = make_release(declaration, releases, order, people, counts)
            releases.append(release)
            counts.append(true)
            last[f"{table.id} {period}"] = list(people)
        print(f"{period}: {len(recorded)} recorded, {len(held)} held", file=sys.stderr, flush=True)
    return releases, counts, last


def bound_everything(
    declaration: Declaration, releases: Sequence[Release], counts: Sequence[TrueCounts]
) -> dict[str, float]:
    """Bound every withheld cell of every quarter exactly, over all eighty releases."""
    system = System(declaration, releases)
    truth = {(one.table, one.period): one.counts for one in counts}
    told = {
        (declaration.tables[r.table].population, r.period, _named(declaration, r, cell))
        for r in releases
        for cell, value in r.values.items()
        if value is not None
    }
    widths: list[float] = []
    known: list[float] = []
    certain = wrong = 0
    for release in releases:
        table = declaration.tables[release.table]
        for cell in release.hidden():
            if (table.population, release.period, _named(declaration, release, cell)) in told:
                continue
            found = system.interval(Target(table.population, release.period, table.dimensions, cell))
            count = truth[release.table, release.period][cell]
            widths.append(found.width)
            wrong += not found.low <= count <= found.high
            if 0 < count < THRESHOLD:
                certain += found.low >= count
                known.append(found.high - (count - 1))
    return {
        "withheld_cells": len(widths),
        "pinned": sum(width == 0 for width in widths),
        "tighter_than_5": sum(width < 5 for width in widths),
        "narrowest": min(widths),
        "small_cells_with_n_minus_1_known": len(known),
        "last_person_certain": certain,
        "tighter_than_5_knowing_n_minus_1": sum(width < 5 for width in known),
        "narrowest_knowing_n_minus_1": min(known),
        "bounds_that_miss_the_truth": wrong,
    }


def _named(declaration: Declaration, release: Release, cell: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    names = declaration.tables[release.table].dimensions
    return frozenset((name, value) for name, value in zip(names, cell, strict=True) if value != TOTAL)


def repeat(declaration: Declaration, people: dict[str, list[Person]]) -> dict[str, int]:
    """Print the last tables a thousand times and count the different numbers each cell ever had."""
    most = cells = 0
    for name in list(people)[-len(declaration.tables) :]:
        table = declaration.tables[name.split()[0]]
        crowd = people[name]
        for ids in count_table(declaration, table, crowd).values():
            cells += 1
            most = max(most, len({published_value(random.sample(ids, len(ids)), KEY) for _ in range(REPEATS)}))
    return {"cells": cells, "repeats": REPEATS, "different_numbers_a_cell_ever_had": most}


def know_everyone_else(releases: Sequence[Release], counts: Sequence[TrueCounts]) -> dict[str, float]:
    """Share of told cells in which k known others and the told number leave one answer on the last person.

    The attacker knows that the cell holds k or k + 1 persons. It is settled only at the two ends: a value that k + 1
    can't have, or k can't.
    """
    settled = told = 0
    for release, true in zip(releases, counts, strict=True):
        for cell, value in release.values.items():
            if value is None:
                continue
            for inside in (0, 1):
                k = true.counts[cell] - inside
                told += 1
                settled += abs(value - k) >= BASE or abs(value - (k + 1)) >= BASE or k < THRESHOLD
    return {"told_cells_asked": told, "settled_share": round(settled / told, 4)}


def cost(releases: Sequence[Release], counts: Sequence[TrueCounts]) -> dict[str, float]:
    """Say what the rounding and the withholding cost."""
    errors, withheld, beside, people, lost = [], 0, 0, 0, 0
    for release, true in zip(releases, counts, strict=True):
        for cell, value in release.values.items():
            count = true.counts[cell]
            if value is None:
                withheld += 1
                beside += count >= THRESHOLD
            else:
                errors.append(value - count)
            if TOTAL not in cell:
                people += count
                lost += count if value is None else 0
    return {
        "told_cells": len(errors),
        "withheld_cells": withheld,
        "withheld_only_to_protect_another": beside,
        "mean_absolute_error_persons": round(statistics.mean(map(abs, errors)), 3),
        "mean_error_persons": round(statistics.mean(errors), 3),
        "largest_error_persons": max(map(abs, errors)),
        "share_of_persons_in_withheld_inner_cells": round(lost / people, 4),
    }


def attack_releases(seed: int) -> dict[str, object]:
    declaration = read_declaration(DECLARED)
    began = time.perf_counter()
    releases, counts, people = simulate(declaration, seed)
    made = time.perf_counter()
    bounds = bound_everything(declaration, releases, counts)
    return {
        "quarters": QUARTERS,
        "releases": len(releases),
        "bounds": bounds,
        "repeats": repeat(declaration, people),
        "all_but_one_of_everybody": know_everyone_else(releases, counts),
        "cost": cost(releases, counts),
        "seconds": {"make": round(made - began, 1), "bound_all": round(time.perf_counter() - made, 1)},
    }


def read_letters(each: int, seed: int) -> dict[str, object]:
    """Look for planted facts; a fact counts as found if a finding of it overlaps the place it was planted."""
    planted: dict[str, int] = {}
    found: dict[str, int] = {}
    missed: list[str] = []
    blocked: list[str] = []
    began = time.perf_counter()
    spent = 0.0
    for number, laced in product(range(each), (True, False)):
        language = LANGUAGES[number % len(LANGUAGES)]
        letter = make_letter(seed + number + (0 if laced else 1_000_000), language, laced=laced)
        at = time.perf_counter()
        leaks = find_leaks(letter.text, letter.facts)
        spent += time.perf_counter() - at
        if not laced:
            blocked += [f"{language}: {letter.text[one.start : one.end]}" for one in leaks[:1]]
            continue
        for fact, start, end in letter.planted:
            key = f"{language} {fact}"
            hit = any(one.fact == fact and one.start < end and one.end > start for one in leaks)
            planted[key] = planted.get(key, 0) + 1
            found[key] = found.get(key, 0) + hit
            if not hit:
                missed.append(
                    f"{key}: {letter.text[start:end]} | {next(f.value for f in letter.facts if f.id == fact)}"
                )
    return {
        "laced": each,
        "clean": each,
        "planted": sum(planted.values()),
        "recall": round(sum(found.values()) / sum(planted.values()), 4),
        "recall_by": {key: round(found[key] / planted[key], 4) for key in sorted(planted)},
        "false_blocks": round(len(blocked) / each, 4),
        "ms_a_letter": round(1000 * spent / (2 * each), 2),
        "seconds": round(time.perf_counter() - began, 1),
        "missed": missed[:30],
        "blocked": blocked[:30],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("releases", "letters"))
    parser.add_argument("--letters", type=int, default=500)
    # The engine was mended on letters of seed 0; the figures are those of a seed nobody looked at before.
    parser.add_argument("--seed", type=int, default=30_000_000)
    options = parser.parse_args()
    said: dict[str, object] = {}
    if options.only != "releases":
        said["letters"] = read_letters(options.letters, options.seed)
    if options.only != "letters":
        said["releases"] = attack_releases(options.seed)
    print(json.dumps(said, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
