# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's word on a pair, and taking it back. What is said is the registry's; the evidence is ours."""

from __future__ import annotations

from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.policy import require
from goodoffices.core.linkage import PairScore
from goodoffices.core.vocabulary import Verdict
from goodoffices.matching import engine
from goodoffices.matching.models import Candidate
from goodoffices.registry.models import Judgement, Mention
from goodoffices.registry.services import judging
from goodoffices.registry.services.judging import Evidence


def decide(candidate: Candidate, verdict: Verdict, *, actor: Actor, now: datetime, note: str = "") -> Judgement:
    """Say of a pair of the queue: same, different, or unsure.

    Raises:
        JudgementConflict: live judgements stand against it.
    """
    require(actor, "decide", candidate)
    evidence = Evidence(candidate.weight_bits, candidate.probability, candidate.reasons, note)
    return judging.judge(candidate.left, candidate.right, verdict, actor=actor, now=now, evidence=evidence)


def judge_pair(
    first: Mention, second: Mention, verdict: Verdict, *, actor: Actor, now: datetime, score: PairScore | None = None
) -> Judgement:
    """Say of any two mentions, queued or not, whether they are one person.

    Raises:
        JudgementConflict: live judgements stand against it.
    """
    require(actor, "decide", first)
    require(actor, "decide", second)
    evidence = Evidence()
    if score is not None:
        evidence = Evidence(score.weight_bits, score.probability, engine.as_json(score))
    return judging.judge(first, second, verdict, actor=actor, now=now, evidence=evidence)


def take_back(judgement: Judgement, *, actor: Actor, now: datetime) -> None:
    """Take a judgement back; a split comes back as a whole, and the pair into the queue.

    Raises:
        JudgementConflict: what would come back contradicts what was judged since.
    """
    require(actor, "decide", judgement)
    judging.undo(judgement, actor=actor, now=now)
