# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small invented world for the registry's tests: sources and records made through the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from goodoffices.access.actors import SYSTEM, Actor
from goodoffices.core.vocabulary import Sensitivity, Verdict


class World:
    """Makes what a test mentions, and nothing else."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.sources = {}
        self.batches = {}

    def source(self, key: str = "list-a", **facts):
        from goodoffices.registry.services.sources import SourceFacts, add_source

        if key not in self.sources:
            facts = {"title": f"List {key}", "reliability": "B", **facts}
            self.sources[key] = add_source(SourceFacts(**facts), actor=SYSTEM, now=self.now, key=key)
        return self.sources[key]

    def batch(self, key: str = "list-a", kind: str = "import"):
        from goodoffices.registry.models import Batch

        return Batch.objects.create(kind=kind, source=self.source(key), at=self.now)

    def records(self, rows: Sequence[dict], key: str = "list-a", batch=None, hide: Sequence[str] = ()):
        """Record rows of property to value; a tuple value is (value, original, language); ``hide`` are restricted."""
        from django.db import transaction

        from goodoffices.registry.drafts import ClaimDraft, MentionDraft
        from goodoffices.registry.models import Mention
        from goodoffices.registry.services.recording import record_mentions

        source = self.source(key)
        batch = batch or self.batch(key)
        self.batches[key] = batch

        def draft(prop, value):
            value, original, language = value if isinstance(value, tuple) else (value, "", "")
            sensitivity = Sensitivity.RESTRICTED if prop in hide else None
            return ClaimDraft(prop, value, original=original, language=language, sensitivity=sensitivity)

        drafts = [
            MentionDraft(str(n), n, tuple(draft(prop, value) for prop, value in row.items()))
            for n, row in enumerate(rows, start=1)
        ]
        with transaction.atomic():
            made = record_mentions(batch, source, drafts, first_seen="2026-01-10", now=self.now)
        found = Mention.objects.in_bulk([one.mention_id for one in made])
        return [found[one.mention_id] for one in made]

    def record(self, key: str = "list-a", hide: Sequence[str] = (), **claims):
        return self.records([claims], key, hide=hide)[0]

    def join(self, first, second, actor: Actor = SYSTEM, verdict: Verdict = Verdict.SAME):
        from goodoffices.registry.services.judging import judge

        return judge(self.fresh(first), self.fresh(second), verdict, actor=actor, now=self.now)

    def join_by_model(self, first, second):
        from uuid import uuid4

        from goodoffices.registry.services.model_joins import ModelPair, judge_by_model

        pair = ModelPair(first.pk, second.pk, 12.0, 0.99, [{"code": "surname_same", "field": "surname", "bits": 9.0}])
        judge_by_model([pair], model_version="test", operation=uuid4(), actor=SYSTEM, now=self.now)

    @staticmethod
    def fresh(mention):
        from goodoffices.registry.models import Mention

        return Mention.objects.get(pk=mention.pk)

    def person(self, mention):
        return self.fresh(mention).person


@pytest.fixture
def world(db, now) -> World:
    from django.core.cache import cache

    cache.clear()
    return World(now)
