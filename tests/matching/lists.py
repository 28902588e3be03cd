# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small invented lists, recorded as an import would record them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import Property, Room, Sensitivity
from goodoffices.ledger.services import enqueue
from goodoffices.ledger.worker import run_due
from goodoffices.registry.drafts import ClaimDraft, MentionDraft
from goodoffices.registry.models import Batch, Mention, Source
from goodoffices.registry.services.recording import record_mentions
from goodoffices.registry.services.sources import SourceFacts, add_source

Row = dict[str, str]

ANDRII: Row = {
    "family_name": "Ковилянко",
    "given_name": "Андрій",
    "patronymic": "Остапович",
    "birth_date": "1981-03-14",
    "residence": "Тихоріг",
}
ANDREY: Row = {
    "family_name": "Ковылянко",
    "given_name": "Андрей",
    "patronymic": "Остапович",
    "birth_date": "1981",
    "place_held": "Centre 99",
}
ANTON: Row = {
    "family_name": "Ковилянко",
    "given_name": "Антон",
    "patronymic": "Остапович",
    "birth_date": "1984-07-02",
    "residence": "Тихоріг",
}
ANDRIY: Row = {"name": "Andriy Kovylianko", "birth_date": "1981-03-14"}
DANIEL: Row = {"name": "Daniel Whitlow", "birth_date": "1990-05-06"}


def a_list(
    key: str,
    rows: list[Row],
    *,
    now: datetime,
    room: str = Room.WORK,
    deduplicated: bool = False,
    sensitivity: int = Sensitivity.TEAM,
    hidden: tuple[str, ...] = (),
) -> list[Mention]:
    """Record a list; claims of the properties in ``hidden`` are restricted."""
    source = Source.objects.filter(key=key).first() or add_source(
        SourceFacts(title=key.title(), reliability="B", room=room, deduplicated=deduplicated, sensitivity=sensitivity),
        actor=SYSTEM,
        now=now,
        key=key,
    )
    batch = Batch.objects.create(kind="import", source=source, at=now)
    drafts = [
        MentionDraft(f"{key}-{number}", number, tuple(_claim(prop, value, hidden) for prop, value in row.items()))
        for number, row in enumerate(rows, start=2)
    ]
    with transaction.atomic():
        recorded = record_mentions(batch, source, drafts, first_seen="2026-01-18", now=now)
        enqueue("matching.mentions_recorded", {"batch": batch.pk}, now=now)
    ids = [one.mention_id for one in recorded]
    found = Mention.objects.select_related("source", "person", "batch").in_bulk(ids)
    return [found[pk] for pk in ids]


def run_jobs(now: datetime) -> int:
    """Run every job that is due; returns how many were done."""
    done = 0
    while tally := run_due(clock=lambda: now, worker_id="test", limit=20).total:
        done += tally
    return done


def _claim(prop: str, value: str, hidden: tuple[str, ...]) -> ClaimDraft:
    level = int(Sensitivity.RESTRICTED) if prop in hidden else None
    return ClaimDraft(str(Property(prop)), value, value, sensitivity=level)
