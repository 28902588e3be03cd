# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure the look-up over the invented lists in a real store: the engine, the server, and whether it finds.

Usage: python bench/lookup.py [--queries 500] [--data DIR] [--sets DIR] [--profile]

Imports the 100,000-record lists through the staged import into a testing folder (kept and reused with --data), as
they would stand after a first import: nobody has joined anything yet. Then asks for persons of the truth by surname,
given name and year of birth, as written in Ukrainian and in Latin letters, as a signed-in caseworker. Prints JSON:
milliseconds at the 95th of a hundred, and how often a record of the right person is among the first ten.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from linkage_data import read_csv, shared_folder
from server import ask, at, serve, session, settle

SET = "linkage_dev/100k"
LIMIT = 10
# The Cabinet of Ministers' table of 2010, letters in the middle of a word; enough to write a name as a passport does.
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "’": "", "'": "",
}  # fmt: skip


def main() -> None:
    said = _arguments()
    sets = shared_folder(said.sets) / SET
    folder = Path(said.data) if said.data else Path(tempfile.mkdtemp(prefix="goodoffices-bench-")) / "data"
    settle(folder)
    _fill(sets)
    asked = _questions(sets, said.queries)
    cookie = session()
    if said.profile:
        _profile(asked)
        return
    result: dict[str, Any] = {"records": _records(), **_engine(asked)}
    server = serve()
    try:
        for clients, name in ((1, "one_client"), (4, "four_clients")):
            result[name] = _through_server(asked, cookie, clients)
    finally:
        server.terminate()
        server.wait(20)
    result["load_average"] = round(os.getloadavg()[0], 1)
    print(json.dumps(result, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--data", default="")
    parser.add_argument("--sets", default=None)
    parser.add_argument("--profile", action="store_true")
    return parser.parse_args()


def _fill(sets: Path) -> None:
    """Import each list that isn't there yet."""
    from goodoffices.access import clock
    from goodoffices.access.actors import SYSTEM
    from goodoffices.intake.services.running import run_import
    from goodoffices.registry.models import Source
    from goodoffices.registry.services.sources import SourceFacts, add_source

    for path in sorted(sets.glob("*_??.csv.gz")):
        key = path.name.split(".")[0]
        if Source.objects.filter(key=key).exists():
            continue
        add_source(SourceFacts(title=key, language=key[-2:], publisher=key), actor=SYSTEM, now=clock.now(), key=key)
        report = run_import(path, key, actor=SYSTEM, clock=clock.now)
        print(f"{key}: {report.created} records", file=sys.stderr, flush=True)


def _records() -> int:
    from goodoffices.registry.models import Mention

    return Mention.objects.filter(live=True).count()


def _questions(sets: Path, count: int) -> list[tuple[str, str, frozenset[str]]]:
    """Give (name, year, the public ids that are right), half in Ukrainian letters and half in Latin ones."""
    from goodoffices.registry.models import Mention

    chance = random.Random(20261122)
    people = {row["person_id"]: row for row in read_csv(sets / "persons.csv.gz")}
    of_person: dict[str, list[str]] = {}
    for row in read_csv(sets / "truth.csv.gz"):
        of_person.setdefault(row["person_id"], []).append(row["record_id"])
    chosen = chance.sample(sorted(of_person), count)
    # The import keys a row by its record_id.
    wanted = [f"id:{record}" for person in chosen for record in of_person[person]]
    found = Mention.objects.filter(record_key__in=wanted).values_list("record_key", "person__public_id")
    shown = {record.removeprefix("id:"): str(public_id) for record, public_id in found}
    questions = []
    for number, person in enumerate(chosen):
        row = people[person]
        name = f"{row['family_uk']} {row['given_uk']}"
        right = frozenset(shown[record] for record in of_person[person] if record in shown)
        questions.append((_latin(name) if number % 2 else name, row["dob"][:4], right))
    return questions


def _latin(name: str) -> str:
    return "".join(LATIN.get(letter, letter) for letter in name.lower()).title()


def _caseworker():  # type: ignore[no-untyped-def]
    from goodoffices.access.actors import actor_for
    from goodoffices.access.models import User

    return actor_for(User.objects.get(email="bench@goodoffices.invalid"))


def _engine(asked: list[tuple[str, str, frozenset[str]]]) -> dict[str, Any]:
    from goodoffices.matching.services.looking_up import lookup

    actor = _caseworker()
    for name, year, _ in asked[:20]:
        lookup(actor, name, year, LIMIT)
    times: list[float] = []
    right = 0
    cpu = time.process_time()
    for name, year, wanted in asked:
        started = time.perf_counter()
        hits = lookup(actor, name, year, LIMIT).hits
        times.append((time.perf_counter() - started) * 1000)
        right += any(str(hit.person) in wanted for hit in hits)
    times.sort()
    return {
        "engine": {"p50_ms": round(at(times, 0.5), 1), "p95_ms": round(at(times, 0.95), 1)},
        "engine_cpu_ms": round((time.process_time() - cpu) * 1000 / len(asked), 1),
        "right_within_ten": round(right / len(asked), 4),
    }


def _through_server(asked: list[tuple[str, str, frozenset[str]]], cookie: str, clients: int) -> dict[str, float]:
    paths = [f"/lookup/?{urlencode({'q': name, 'born': year})}" for name, year, _ in asked]
    for path in paths[:20]:
        ask(path, cookie)
    times: list[float] = []

    def client(share: list[str]) -> None:
        times.extend([ask(path, cookie) for path in share])

    threads = [threading.Thread(target=client, args=(paths[n::clients],)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {"p50_ms": round(at(times, 0.5), 1), "p95_ms": round(at(times, 0.95), 1)}


def _profile(asked: list[tuple[str, str, frozenset[str]]]) -> None:
    import cProfile
    import pstats

    from goodoffices.matching.services.looking_up import lookup

    actor = _caseworker()
    for name, year, _ in asked[:20]:
        lookup(actor, name, year, LIMIT)
    profile = cProfile.Profile()
    profile.enable()
    for name, year, _ in asked[:100]:
        lookup(actor, name, year, LIMIT)
    profile.disable()
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
