# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's word on a pair. What is said is the registry's; the evidence is ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goodoffices.access.actors import Actor
from goodoffices.access.policy import require
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Verdict
from goodoffices.matching import engine
from goodoffices.matching.models import Candidate
from goodoffices.registry.models import Judgement, Mention, Person
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
    first: Mention, second: Mention, verdict: Verdict, *, actor: Actor, now: datetime, note: str = ""
) -> Judgement:
    """Say of any two mentions, queued or not, whether they are one person; what the engine says is kept with it.

    Raises:
        JudgementConflict: live judgements stand against it.
    """
    require(actor, "decide", first)
    require(actor, "decide", second)
    known = engine.known_mentions([first.pk, second.pk])
    evidence = Evidence(note=note)
    if len(known) == 2:
        left, right = (known[pk] for pk in sorted(known))
        score = engine.score_two(left, right, engine.rarity_of(left.room))
        evidence = Evidence(score.weight_bits, score.probability, engine.as_json(score), note)
    return judging.judge(first, second, verdict, actor=actor, now=now, evidence=evidence)


def set_apart(person: Person, leaving: Sequence[Mention], *, actor: Actor, now: datetime, note: str = "") -> Judgement:
    """Set some of a person's records apart from the rest.

    Returns:
        One of the split's judgements; taking it back undoes the split as a whole.

    Raises:
        GoodOfficesError: nothing, everything, or records of another person were chosen.
    """
    require(actor, "decide", person)
    if not leaving or any(one.person_id != person.pk for one in leaving):
        raise GoodOfficesError(
            "Choose the records that leave this person.", code="bad_split", hint="Tick some of them, not all."
        )
    operation = judging.split(leaving, actor=actor, now=now, note=note.strip())
    made: Judgement = Judgement.objects.filter(operation=operation).order_by("pk")[0]
    return made


def confirm_all(joins: Sequence[Judgement], *, actor: Actor, now: datetime) -> None:
    """Confirm machine joins one has looked at."""
    with transaction.atomic():
        for one in joins:
            require(actor, "decide", one)
            judging.confirm(one, actor=actor, now=now)
