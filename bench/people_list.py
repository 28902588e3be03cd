# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure the people list over many persons through the real server: 500 warm requests, one client, then four.

Usage: python bench/people_list.py [--people 100000] [--requests 500] [--data DIR] [--explain]

Builds invented persons through the registry's own services into a testing folder (kept if --data is given and
reused when it is already full), starts gunicorn as ``serve`` does, and asks for the pages staff ask for. Prints a
table and, as the last line, JSON.
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

from server import ask, at, cpu_seconds, serve, session, settle

WARM_UP = 3  # each worker keeps its own counts
PATHS = {
    "all, by name": "/people/",
    "page 20": "/people/?page=20",
    "last page": "/people/?page=2000",
    "one category": "/people/?category=medic",
    "three filters": "/people/?category=civilian&status=held&sex=f",
    "sources disagree": "/people/?mark=conflict",
    "by day taken": "/people/?sort=-taken",
    "oldest first": "/people/?sort=born",
    "changed last": "/people/?sort=-changed",
    "born between": "/people/?born_from=1980&born_to=1985",
    "taken in a month": "/people/?taken_from=2022-03&taken_to=2022-03",
    "one place": "/people/?place={place}",
    "one list": "/people/?source={source}",
    "a small list": "/people/?source={small}",
    "a name": "/people/?q=Kovalenko+Andriy",
}
SYLLABLES = ("ба бо ви га го ди до жи за зо ка ко ли ло ма мо на но па по ра ро са со та то фа хо ча ше").split()  # noqa: SIM905 - a list is easier to read as words
GIVEN_F = ["Марта", "Леся", "Ганна", "Ніна", "Віра", "Софія", "Олена", "Ірина", "Дарина", "Оксана"]
GIVEN_M = ["Андрій", "Остап", "Юрій", "Данило", "Петро", "Роман", "Степан", "Тарас", "Іван", "Олекса"]


def main() -> None:
    said = _arguments()
    folder = Path(said.data) if said.data else Path(tempfile.mkdtemp(prefix="goodoffices-bench-")) / "data"
    settle(folder)
    started = time.perf_counter()
    built, keys = _fill(said.people)
    build_seconds = time.perf_counter() - started
    print(f"{built} persons, built or found in {build_seconds:.0f} s", file=sys.stderr)
    paths = {name: path.format(**keys) for name, path in PATHS.items()}
    cookie = session()
    if said.explain:
        _explain()
    server = serve()
    try:
        result: dict[str, Any] = {"people": built, "build_seconds": round(build_seconds, 1)}
        for clients, name in ((1, "one_client"), (4, "four_clients")):
            before = cpu_seconds(server.pid)
            result[name] = _measure(paths, cookie, said.requests, clients)
            spent = (cpu_seconds(server.pid) - before) / (said.requests + WARM_UP * len(paths))
            result[name]["server_cpu_ms_per_request"] = round(spent * 1000, 1)
            result[name]["load_average"] = round(os.getloadavg()[0], 1)
    finally:
        server.terminate()
        server.wait(20)
    print(json.dumps(result, ensure_ascii=False))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--data", default="")
    parser.add_argument("--explain", action="store_true")
    return parser.parse_args()


def _fill(people: int) -> tuple[int, dict[str, str]]:
    """Record invented people in four lists, through the services, unless they are there."""
    from datetime import UTC, datetime

    from goodoffices.access.actors import SYSTEM
    from goodoffices.registry.models import Person, Place, Source
    from goodoffices.registry.services import places, sources

    now = datetime(2026, 1, 10, tzinfo=UTC)
    if not Person.objects.exists():
        names = [
            places.PlaceFacts(f"place-{n}", (places.NameFacts(f"Centre {n}", "en", "main"),), "prison", "XX")
            for n in range(300)
        ]
        places.add_places(names, actor=SYSTEM, now=now)
        place_ids = list(Place.objects.values_list("pk", flat=True))
        for number, share in enumerate((0.6, 0.25, 0.149, 0.001), start=1):
            facts = sources.SourceFacts(f"Invented list {number}", reliability="BCDF"[number - 1])
            _record(
                sources.add_source(facts, actor=SYSTEM, now=now, key=f"list-{number}"),
                int(people * share),
                place_ids,
                random.Random(number),
                now,
            )
    return Person.objects.count(), {
        "place": str(Place.objects.order_by("pk")[1].public_id),
        "source": str(Source.objects.get(key="list-2").public_id),
        "small": str(Source.objects.get(key="list-4").public_id),
    }


def _record(source, count, place_ids, rng, now) -> None:  # type: ignore[no-untyped-def]
    from django.db import transaction

    from goodoffices.registry.drafts import MentionDraft
    from goodoffices.registry.models import Batch
    from goodoffices.registry.services.recording import record_mentions

    batch = Batch.objects.create(kind="import", source=source, at=now)
    for start in range(0, count, 2000):
        rows = range(start, min(start + 2000, count))
        drafts = [MentionDraft(str(row), row + 1, tuple(_claims(rng, place_ids))) for row in rows]
        with transaction.atomic():
            record_mentions(batch, source, drafts, first_seen="2026-01-10", now=now)


def _claims(rng, place_ids):  # type: ignore[no-untyped-def]
    from goodoffices.registry.drafts import ClaimDraft

    sex = rng.choice("mmmf")
    given = rng.choice(GIVEN_F if sex == "f" else GIVEN_M)
    family = "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize() + rng.choice(("енко", "ук", "ич", "ський"))
    if rng.random() < 0.002:
        family, given = "Коваленко", "Андрій"
    category = rng.choices(("civilian", "prisoner_of_war", "medic", "child", "patient"), (50, 40, 1, 5, 4))[0]
    claims = [
        ClaimDraft("family_name", family, language="uk"),
        ClaimDraft("given_name", given, language="uk"),
        ClaimDraft("birth_date", f"{rng.randint(1940, 2010)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"),
        ClaimDraft("sex", sex),
        ClaimDraft("category", category),
        ClaimDraft("status", rng.choice(("held", "held", "missing", "released"))),
    ]
    if rng.random() < 0.7:
        claims.append(
            ClaimDraft("capture_date", f"202{rng.randint(2, 5)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}")
        )
    if rng.random() < 0.6:
        place = rng.choice(place_ids)
        claims.append(ClaimDraft("place_held", f"Centre {place}", place_id=place))
        if rng.random() < 0.02:
            claims.append(ClaimDraft("place_held", "another place"))
    return claims


def _explain() -> None:
    """Print the plan of each list query."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from goodoffices.access.actors import SYSTEM
    from goodoffices.registry import listing
    from goodoffices.registry.filters import PeopleQuery

    for query in (
        PeopleQuery(),
        PeopleQuery(category=("medic",)),
        PeopleQuery(sort="-taken"),
        PeopleQuery(born_from="1980", born_to="1985"),
    ):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            listing.people_page(SYSTEM, "work", query, 1)
        for one in seen.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + one["sql"])
                print(
                    one["time"], one["sql"][:160], *(row[-1] for row in cursor.fetchall()), sep="\n   ", file=sys.stderr
                )


def _measure(paths: dict[str, str], cookie: str, requests: int, clients: int) -> dict[str, Any]:
    """Ask every path in turn, warm, from so many clients; milliseconds at the 50th and 95th of a hundred."""
    names = list(paths)
    for name in names * WARM_UP:
        ask(paths[name], cookie)
    times: list[tuple[str, float]] = []
    work = [names[n % len(names)] for n in range(requests)]

    def client(share: list[str]) -> None:
        for name in share:
            times.append((name, ask(paths[name], cookie)))

    threads = [threading.Thread(target=client, args=(work[n::clients],)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"\n{clients} client(s), {len(times)} requests\n{'page':22}{'p50 ms':>9}{'p95 ms':>9}", file=sys.stderr)
    rows = {}
    for name in names:
        own = sorted(ms for one, ms in times if one == name)
        rows[name] = [round(at(own, 0.5), 1), round(at(own, 0.95), 1)]
        print(f"{name:22}{rows[name][0]:9.1f}{rows[name][1]:9.1f}", file=sys.stderr)
    every = sorted(ms for _name, ms in times)
    print(f"{'all':22}{at(every, 0.5):9.1f}{at(every, 0.95):9.1f}", file=sys.stderr)
    return {"p50_ms": round(at(every, 0.5), 1), "p95_ms": round(at(every, 0.95), 1), "pages": rows}


if __name__ == "__main__":
    main()
