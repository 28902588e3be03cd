# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's steps: read the lists, link them, compare, look up; measured where the truth is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from goodoffices.access.actors import Actor
from goodoffices.demo import store, world
from goodoffices.intake.reading.mapping import mapping_for, read_mapping
from goodoffices.intake.services.running import run_import
from goodoffices.intake.services.staging import Edition, read_rows, stage
from goodoffices.matching.services.looking_up import lookup_answer
from goodoffices.registry.models import Claim, Mention, Person

Clock = Callable[[], datetime]
HISTORY_FILE = "history.json"
WAITING = ("families", 2)


@dataclass
class Read:
    """What reading a room's lists came to."""

    lists: int = 0
    rows: int = 0
    refused: int = 0
    waiting: int = 0


def prepare(*, now: datetime) -> dict[str, Actor]:
    """Accounts, places, authorities."""
    actors = store.add_staff(now=now)
    store.add_world_places(actor=actors["coordinator"], now=now)
    return actors


def read_lists(room: str, *, actor: Actor, clock: Clock) -> Read:
    """Import every list of a room; the families' second edition is only staged and waits for the documenter."""
    told = Read()
    mappings = read_mapping(world.maps_path(room))
    for one, source in store.describe_sources(room, actor=actor, now=clock()):
        waits = (one.key, one.edition) == WAITING
        edition = Edition(label=str(one.edition), on=one.as_of.isoformat())
        if waits:
            read_rows(
                stage(source, one.path.read_bytes(), name=one.file, actor=actor, now=clock(), edition=edition),
                actor=actor,
                now=clock(),
            )
            told.waiting += 1
            continue
        result = run_import(
            one.path, source.key, actor=actor, clock=clock, told=mapping_for(mappings, one.path), edition=edition
        )
        told.lists += 1
        told.rows += result.rows
        told.refused += len(result.refused)
    return told


def add_single_reports(*, actor: Actor, now: datetime) -> int:
    """Reports, letters and events."""
    store.add_reports(actor=actor, now=now)
    store.add_world_events(store.mentions_by_truth(), actor=actor, now=now)
    return len(world.load_reports())


def count_everything() -> dict[str, int]:
    """Count what stands in the store now."""
    return {
        "rows": Mention.objects.filter(batch__kind="import").count(),
        "mentions": Mention.objects.filter(live=True).count(),
        "claims": Claim.objects.filter(retired_by=None).count(),
        "persons": Person.objects.filter(live=True).count(),
    }


def look_up_everywhere(names: Iterable[str], *, actor: Actor) -> int:
    """Look one person up under several spellings; returns how often the same person came first."""
    first = [found[0]["person"] for name in names if (found := lookup_answer(actor, name, limit=3))]
    return max((first.count(person) for person in set(first)), default=0)


def keep_history_figures(figures: dict[str, Any]) -> None:
    """Keep the history room's figures where its page reads them."""
    path = settings.DATA_DIR / HISTORY_FILE
    path.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
