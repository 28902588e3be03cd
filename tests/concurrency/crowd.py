# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a writer and a reader process do; each is a program of its own on the folder GOODOFFICES_DATA names."""

from __future__ import annotations

import json
import time
from pathlib import Path

from goodoffices.cli.door import start_django

ACTS = 25
SHARED_PAIRS = 5
PAUSE_SECONDS = 0.02


def write(number: int, go: str) -> None:
    """Judge 50 pairs, every fifth one that all writers judge; print the slowest act in seconds."""
    start_django()
    from goodoffices.access import clock
    from goodoffices.access.actors import SYSTEM
    from goodoffices.core.vocabulary import Verdict
    from goodoffices.registry.models import Mention
    from goodoffices.registry.services.judging import judge

    mentions = list(Mention.objects.select_related("source").order_by("pk"))
    shared, own = mentions[: 2 * SHARED_PAIRS], mentions[2 * SHARED_PAIRS :]
    own = own[number * 2 * ACTS : (number + 1) * 2 * ACTS]
    _wait(go)
    slowest = 0.0
    for act in range(ACTS):
        pairs, at = (shared, act // 5 % SHARED_PAIRS) if act % 5 == 0 else (own, act)
        began = time.monotonic()
        judge(pairs[2 * at], pairs[2 * at + 1], Verdict.SAME, actor=SYSTEM, now=clock.now())
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"slowest": slowest}))  # noqa: T201 - its answer


def read(go: str, stop: str) -> None:
    """Look at the list and at persons until told to stop; print how often."""
    start_django()
    from django.http import QueryDict

    from goodoffices.access.actors import SYSTEM
    from goodoffices.core.vocabulary import Room
    from goodoffices.registry import filters, listing
    from goodoffices.registry.models import Person
    from goodoffices.registry.view import person_view

    query = filters.read(QueryDict(""), SYSTEM)
    _wait(go)
    looks = 0
    while not Path(stop).exists():
        assert listing.people_page(SYSTEM, Room.WORK, query, 1).lines
        person = Person.objects.filter(live=True).order_by("-pk")[looks % 20 : looks % 20 + 1].first()
        assert person is not None
        assert person_view(person, SYSTEM)["mentions"] is not None
        looks += 1
        time.sleep(PAUSE_SECONDS)
    print(json.dumps({"looks": looks}))  # noqa: T201 - its answer


def _wait(go: str) -> None:
    until = time.monotonic() + 60
    while not Path(go).exists() and time.monotonic() < until:
        time.sleep(0.01)
