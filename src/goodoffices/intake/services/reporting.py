# SPDX-License-Identifier: AGPL-3.0-or-later
"""Record one report: a family's word, a letter, press, a court decision, a captured page, a note of our own.

Each report is a source of its own, said once, with one mention and its claims, and can be taken back as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require, require_power
from goodoffices.access.roles import RECORD_FACTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import NAME_PROPERTIES
from goodoffices.intake.services.committing import tell_matching
from goodoffices.registry.drafts import ClaimDraft, MentionDraft
from goodoffices.registry.models import Batch, Mention
from goodoffices.registry.services.recording import record_mentions
from goodoffices.registry.services.sources import SourceFacts, add_source
from goodoffices.registry.services.undoing import undo_batch

BATCH_KIND = "report"


class NobodyNamed(GoodOfficesError):
    """A report that names nobody can't be found again."""

    code = "nobody_named"


@dataclass(frozen=True)
class Report:
    """A report about one person: its source, and what it says; claims come without a locator."""

    source: SourceFacts
    claims: Sequence[ClaimDraft]


def record_report(report: Report, *, actor: Actor, now: datetime) -> Batch:
    """Record a report: its source, the person it speaks of, and each thing it says.

    Raises:
        NobodyNamed: no name at all is given.
    """
    require_power(actor, RECORD_FACTS)
    if not any(claim.property in NAME_PROPERTIES for claim in report.claims):
        raise NobodyNamed("The report names nobody.", where={"field": "name"}, hint="Give at least one name.")
    with acting("intake.report_recorded", actor=actor, now=now, facts={"kind": str(report.source.kind)}) as line:
        source = add_source(report.source, actor=actor, now=now)
        batch = Batch.objects.create(kind=BATCH_KIND, source=source, at=now, by_id=actor.user_id)
        draft = MentionDraft(record_key="", position=0, claims=tuple(report.claims))
        record_mentions(batch, source, [draft], first_seen=source.obtained_on or now.date().isoformat(), now=now)
        tell_matching(batch.public_id, now=now)
        line.facts["claims"] = len(report.claims)
        line.concerns("batch", batch.public_id)
        line.concerns("source", source.public_id)
    return batch


def undo_report(batch: Batch, *, actor: Actor, now: datetime) -> int:
    """Take a report back; every view is as it was before."""
    require(actor, "undo", batch)
    return undo_batch(batch, actor=actor, now=now)


def mention_of(batch: Batch) -> Mention | None:
    """Give the one mention a report made."""
    found: Mention | None = batch.mentions.select_related("person").first()
    return found
