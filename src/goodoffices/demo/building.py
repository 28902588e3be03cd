# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's steps: read the lists, link them, compare, look up; measured where the truth is known.

The invented lists come in by their dates. Those of before August 2026 were compared and joined by the coordinator's
word; the two that came later wait for a person, and the families' second edition waits to be read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import Room
from goodoffices.demo import store, world
from goodoffices.demo.world import DemoSource
from goodoffices.intake.reading.mapping import mapping_for, read_mapping
from goodoffices.intake.services.running import run_import
from goodoffices.intake.services.staging import Edition, read_rows, stage
from goodoffices.ledger import worker
from goodoffices.matching.services import joining
from goodoffices.matching.services.looking_up import lookup_answer
from goodoffices.matching.services.measuring import TruthPair, measure_against
from goodoffices.registry.models import Claim, Mention, Person, Source

Clock = Callable[[], datetime]
HISTORY_FILE = "history.json"
WAITING = ("families", 2)
JOINED_BEFORE = date(2026, 8, 1)
SOURCE_OF_REGISTER = {"pdm": "parque_memoria", "ruvte": "ruvte"}
SCORED_TIERS = ("A", "B")


@dataclass
class Read:
    """What reading some lists came to."""

    lists: int = 0
    rows: int = 0
    refused: int = 0
    waiting: int = 0


def prepare(*, now: datetime) -> dict[str, Actor]:
    """Accounts, places, authorities."""
    actors = store.add_staff(now=now)
    store.add_world_places(actor=actors["coordinator"], now=now)
    return actors


def read_lists(
    room: str, *, actor: Actor, clock: Clock, wanted: Callable[[DemoSource], bool] = lambda one: True
) -> Read:
    """Import the wanted lists of a room; the families' second edition is only staged and waits."""
    told = Read()
    mappings = read_mapping(world.maps_path(room))
    for one in world.load_sources(room):
        if not wanted(one):
            continue
        source = store.describe_source(one, actor=actor, now=clock())
        edition = Edition(label=str(one.edition), on=one.as_of.isoformat())
        if (one.key, one.edition) == WAITING:
            _stage_only(one, source, edition, actor=actor, clock=clock)
            told.waiting += 1
            continue
        result = run_import(
            one.path, source.key, actor=actor, clock=clock, told=mapping_for(mappings, one.path), edition=edition
        )
        told.lists += 1
        told.rows += result.rows
        told.refused += len(result.refused)
    return told


def came_early(one: DemoSource) -> bool:
    """Say whether a list had been compared before the demo begins."""
    return one.obtained_on < JOINED_BEFORE


def link_history(*, actor: Actor, clock: Clock) -> dict[str, float]:
    """Join the two real registers and measure them against the known links; the figures go to the history room."""
    _drain(clock)
    counts = _join_what_is_plain(Room.HISTORY, actor=actor, clock=clock)
    links = world.load_history_truth()
    truth = [TruthPair(_record("pdm", one.pdm_id), _record("ruvte", one.ruvte_id), one.tier) for one in links]
    measured = measure_against(truth, [_record(register, number) for register, number in world.load_unlabelled()])
    sizes = Counter(one.tier for one in links)
    figures = {
        "precision": round(measured.precision or 0.0, 4),
        "recall": round(measured.recall_of(*SCORED_TIERS, sizes=sizes) or 0.0, 4),
    }
    _keep_figures(
        {
            **figures,
            "pairs": sum(sizes[tier] for tier in SCORED_TIERS),
            "found": measured.right,
            "wrong": measured.joined - measured.right,
            "by_tier": dict(measured.recall),
            "joined": counts["joined"],
            "measured_on": clock().date().isoformat(),
            "source": "presentes 0.1.0 (RUVTE, Parque de la Memoria)",
        }
    )
    return figures


def add_single_reports(*, actor: Actor, now: datetime) -> int:
    """Reports, letters, press, court decisions, captures."""
    return store.add_reports(actor=actor, now=now)


def compare_early(*, actor: Actor, clock: Clock) -> None:
    """Compare what came early and join what is plain, as the coordinator had asked; then say who was in which event."""
    _drain(clock)
    _join_what_is_plain(Room.WORK, actor=actor, clock=clock)
    store.add_world_events(store.mentions_by_truth(), actor=actor, now=clock())


def compare_late(*, clock: Clock) -> dict[str, int]:
    """Compare what came late; nothing of it is joined. Gives what stands joined, asked and apart."""
    _drain(clock)
    counts = joining.room_summary(Room.WORK)
    persons = Person.objects.filter(live=True, room=Room.WORK).count()
    return {"joined": counts["joined"], "asked": counts["asked"] + counts["ready"], "apart": persons}


def count_everything() -> dict[str, int]:
    """Count what stands in the store now."""
    return {
        "mentions": Mention.objects.filter(live=True).count(),
        "claims": Claim.objects.standing().count(),
        "persons": Person.objects.filter(live=True).count(),
    }


def look_up_everywhere(names: Iterable[str], *, actor: Actor) -> int:
    """Look one person up under several spellings; returns how often the same person came first."""
    first = Counter(found[0]["person"] for name in names if (found := lookup_answer(actor, name, limit=3)))
    return max(first.values(), default=0)


def _stage_only(one: DemoSource, source: Source, edition: Edition, *, actor: Actor, clock: Clock) -> None:
    begun = stage(source, one.path.read_bytes(), name=one.file, actor=actor, now=clock(), edition=edition)
    read_rows(begun, actor=actor, now=clock())


def _join_what_is_plain(room: str, *, actor: Actor, clock: Clock) -> dict[str, int]:
    """Let the machine join its automatic band, as somebody with the right to decide asked for."""
    joining.join(joining.begin_join(room, actor=actor, now=clock()), actor=actor, now=clock)
    return joining.room_summary(room)


def _drain(clock: Clock) -> None:
    """Run the jobs that are due, as the worker does beside the site."""
    while worker.run_due(clock=clock, worker_id="demo").total:
        pass


def _record(register: str, number: str) -> tuple[str, str]:
    """Name a register's record as the registry does: the source's key and the row key made of its own id."""
    return SOURCE_OF_REGISTER[register], f"id:{number}"


def _keep_figures(figures: dict[str, Any]) -> None:
    """Keep the history room's figures where its page reads them."""
    (settings.DATA_DIR / HISTORY_FILE).write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
