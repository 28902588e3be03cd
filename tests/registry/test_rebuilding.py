# SPDX-License-Identifier: AGPL-3.0-or-later
"""List lines are a projection: drawn anew from the truth they come out the same."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import Verdict
from goodoffices.registry.drafts import ClaimDraft, MentionDraft
from goodoffices.registry.models import Batch, Listing, Mention
from goodoffices.registry.services.judging import judge
from goodoffices.registry.services.projecting import LINE_FIELDS, rebuild_all
from goodoffices.registry.services.recording import record_mentions
from goodoffices.registry.services.sources import SourceFacts, add_source


@pytest.mark.django_db
def test_rebuilding_every_person_gives_the_same_lines(now):
    source = add_source(SourceFacts("Families"), actor=SYSTEM, now=now)
    batch = Batch.objects.create(kind="report", source=source, at=now)
    drafts = [
        MentionDraft(str(n), n, (ClaimDraft("name", f"Ковилянко {n}"), ClaimDraft("birth_date", f"198{n}")))
        for n in range(4)
    ]
    record_mentions(batch, source, drafts, first_seen="2025", now=now)
    first, second = Mention.objects.order_by("pk")[:2]
    judge(first, second, Verdict.SAME, actor=SYSTEM, now=now)
    before = sorted(map(repr, Listing.objects.values_list(*LINE_FIELDS)))
    assert rebuild_all(now=now) == 3
    assert sorted(map(repr, Listing.objects.values_list(*LINE_FIELDS))) == before
