# SPDX-License-Identifier: AGPL-3.0-or-later
"""`goodoffices demo`: eight timed steps on real and invented input, through the same services as everybody."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goodoffices.cli import door
from goodoffices.config.folder import create_folder, data_dir, read_folder
from goodoffices.core.errors import GoodOfficesError

STAFF_URL = "http://localhost:{}/"
NAMES_TO_LOOK_UP = ("Ковилянко Андрій", "Ковылянко Андрей", "Andriy Kovylianko")


@dataclass
class Telling:
    """What the demo has to tell: times by step and the figures of the summary."""

    seconds: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def step(self, key: str, title: str) -> Iterator[list[str]]:
        """Time one step and print it with what came of it."""
        number = len(self.seconds) + 1
        print(f"  {number}  {title:<46}", end="", file=sys.stderr, flush=True)
        results: list[str] = []
        started = time.perf_counter()
        yield results
        self.seconds[key] = round(time.perf_counter() - started, 2)
        print(f"{self.seconds[key]:6.1f} s  {', '.join(results)}", file=sys.stderr, flush=True)


def build_demo(*, reset: bool) -> dict[str, Any]:
    """Build the demo world in the data folder; with ``reset`` an earlier demo is thrown away first.

    Raises:
        GoodOfficesError: the folder holds something that is no demo, or a finished demo and no ``reset``.
    """
    path = data_dir()
    _clear(path, reset)
    print("Good Offices: the demo world", file=sys.stderr)
    telling = Telling()
    with telling.step("stores", "Make the encrypted stores") as said:
        create_folder(path, "demo")
        door.start_django()
        from goodoffices.cli.folders import migrate_stores

        migrate_stores()
        said.append("SQLCipher, one file a store")
    _tell(telling)
    summary = _summary(telling)
    (path / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _say_result(summary)
    return summary


def _tell(telling: Telling) -> None:
    from goodoffices.access import clock
    from goodoffices.demo import building

    now = clock.now
    with telling.step("staff", "Invite the staff, name the places") as said:
        actors = building.prepare(now=now())
        said.append(f"{len(actors)} accounts")
    lead = actors["coordinator"]
    with telling.step("registers", "Read two real registers (Argentina)") as said:
        real = building.read_lists("history", actor=lead, clock=now)
        said += [f"{real.lists} lists", f"{real.rows} rows"]
    with telling.step("linking", "Link them, measure against the truth") as said:
        quality = building.link_history(actor=lead, clock=now)
        said += [f"precision {quality['precision']:.3f}", f"recall {quality['recall']:.3f}"]
    with telling.step("lists", "Read lists in three languages, compare") as said:
        ours = building.read_lists("work", actor=actors["documenter"], clock=now, wanted=building.came_early)
        building.add_single_reports(actor=actors["documenter"], now=now())
        building.compare_early(actor=lead, clock=now)
        said += [f"{ours.lists} lists", f"{ours.rows} rows"]
    with telling.step("late", "Read what came later; it waits") as said:
        late = building.read_lists(
            "work", actor=actors["documenter"], clock=now, wanted=lambda one: not building.came_early(one)
        )
        said += [f"{late.lists} lists", f"{late.rows} rows", f"{late.refused} cells refused", f"{late.waiting} waits"]
    with telling.step("comparing", "Compare every record with the others") as said:
        found = building.compare_late(clock=now)
        said += [f"{found['joined']} joined", f"{found['asked']} to ask", f"{found['apart']} apart"]
    with telling.step("lookup", "Look one name up in three scripts") as said:
        hits = building.look_up_everywhere(NAMES_TO_LOOK_UP, actor=lead)
        said.append(f"the same person found {hits} of {len(NAMES_TO_LOOK_UP)} times")
    telling.facts = {
        **building.count_everything(),
        **found,
        **quality,
        "lists": real.lists + ours.lists + late.lists + late.waiting,
        "rows": real.rows + ours.rows + late.rows,
    }


def _summary(telling: Telling) -> dict[str, Any]:
    """Give the demo summary of CONTRACTS 3.8."""
    facts = telling.facts
    port = os.environ.get("GOODOFFICES_STAFF_PORT", "8000")
    staff = STAFF_URL.format(port)
    return {
        "lists": facts["lists"],
        "rows": facts["rows"],
        "mentions": facts["mentions"],
        "claims": facts["claims"],
        "persons": facts["persons"],
        "joined": facts["joined"],
        "asked": facts["asked"],
        "apart": facts["apart"],
        "precision": facts["precision"],
        "recall": facts["recall"],
        "seconds": telling.seconds,
        "urls": {
            "staff": staff,
            "people": f"{staff}people/",
            "to_compare": f"{staff}compare/",
            "lists": f"{staff}lists/",
            "history": f"{staff}history/",
        },
    }


def _say_result(summary: dict[str, Any]) -> None:
    print(
        f"\n{summary['mentions']} mentions and {summary['claims']} claims of {summary['persons']} persons, "
        f"in {sum(summary['seconds'].values()):.0f} seconds.\n"
        f"The key of this demo lies in its own folder: never put real people into it.\n"
        f"Open {summary['urls']['staff']} and choose who you are.",
        file=sys.stderr,
    )


def _clear(path: Path, reset: bool) -> None:
    if not path.exists() or not any(path.iterdir()):
        return
    folder = read_folder(path)
    if not folder.is_demo:
        raise GoodOfficesError(
            f"{path} is not a demo folder.",
            code="not_a_demo",
            where={"folder": str(path)},
            hint="Name an empty folder with --data.",
        )
    if not reset:
        raise GoodOfficesError(
            "There is a demo in this folder already.", code="demo_exists", hint="Start it over with: demo --reset"
        )
    shutil.rmtree(path)
