# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say which mentions are one person, and take it back.

A "same" that would bridge a live "different" is refused and names the pairs that stand in the way. A person's
judgement is never replaced by a model's. Undoing brings back exactly what was overruled.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from goodoffices.access.actors import Actor
from goodoffices.access.acts import Acting, acting
from goodoffices.access.policy import require_power
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Decider, Room, Verdict
from goodoffices.ledger.ids import new_id
from goodoffices.registry.models import IdentityEvent, Judgement, Mention
from goodoffices.registry.services.projecting import redraw, regroup

REPLACED = "replaced"
UNDONE = "undone"
SPLIT = "split"


class JudgementConflict(GoodOfficesError):
    """The judgement contradicts live ones; ``pairs`` are the inner ids that stand in the way."""

    code = "judgement_conflict"

    def __init__(self, message: str, pairs: Sequence[tuple[int, int]], hint: str, why: str) -> None:
        super().__init__(message, where={"judgements": len(pairs), "why": why}, hint=hint)
        self.pairs = list(pairs)


@dataclass(frozen=True)
class Evidence:
    """Why: weight in bits, probability, reason codes with their values, a typed note."""

    weight_bits: float | None = None
    probability: float | None = None
    reasons: Sequence[dict[str, Any]] = field(default_factory=tuple)
    note: str = ""


def judge(
    first: Mention,
    second: Mention,
    verdict: Verdict,
    *,
    actor: Actor,
    now: datetime,
    evidence: Evidence = Evidence(),
    operation: UUID | None = None,
) -> Judgement:
    """Record a person's judgement on a pair, replacing what was said of the pair before.

    Raises:
        JudgementConflict: "same" would bridge a live "different", or "different" would stay joined by others.
    """
    require_power(actor, DECIDE_MATCHES)
    left, right = sorted((first, second), key=lambda mention: mention.pk)
    _refuse_impossible(left, right)
    with acting(f"registry.judged_{verdict}", actor=actor, now=now) as line:
        earlier = Judgement.objects.live().filter(left=left, right=right).first()
        if verdict == Verdict.SAME:
            _refuse_bridge(left, right)
        if earlier is not None:
            _revoke(earlier, actor, now, REPLACED)
        made = Judgement.objects.create(
            left=left,
            right=right,
            verdict=verdict,
            decider=Decider.PERSON,
            by_id=actor.user_id,
            at=now,
            weight_bits=evidence.weight_bits,
            probability=evidence.probability,
            reasons=list(evidence.reasons),
            note=evidence.note,
            replaces=earlier,
            operation=operation,
        )
        _follow(made, "join" if verdict == Verdict.SAME else "split", [left.pk, right.pk], actor, now, line)
        if verdict == Verdict.DIFFERENT:
            _refuse_still_joined(left, right)
        line.concerns("judgement", made.public_id)
    return made


def confirm(judgement: Judgement, *, actor: Actor, now: datetime) -> None:
    """Say that a person looked at a machine's join and agrees."""
    require_power(actor, DECIDE_MATCHES)
    with acting("registry.judgement_confirmed", actor=actor, now=now) as line:
        Judgement.objects.filter(pk=judgement.pk, confirmed_at=None).update(
            confirmed_by_id=actor.user_id, confirmed_at=now
        )
        redraw([judgement.left.person_id], now=now)
        line.concerns("judgement", judgement.public_id)


def undo(judgement: Judgement, *, actor: Actor, now: datetime) -> None:
    """Take a judgement back and bring back the one it replaced; a split comes back as a whole.

    Raises:
        JudgementConflict: what would come back contradicts what was judged since.
    """
    require_power(actor, DECIDE_MATCHES)
    group = [judgement]
    if judgement.operation and judgement.decider == Decider.PERSON:
        group = list(Judgement.objects.live().filter(operation=judgement.operation).order_by("-pk"))
    with acting("registry.judgement_undone", actor=actor, now=now) as line:
        touched: list[int] = []
        for one in group:
            if _revoke(one, actor, now, UNDONE) and one.replaces is not None:
                _reinstate(one.replaces)
            touched += [one.left_id, one.right_id]
            line.concerns("judgement", one.public_id)
        _follow(judgement, "undo", touched, actor, now, line)


def split(group: Collection[Mention], *, actor: Actor, now: datetime, note: str = "") -> UUID:
    """Set some of a person's mentions apart from the rest; every joining edge becomes a "different".

    Returns:
        The operation's id, by which the split can be undone as a whole.
    """
    require_power(actor, DECIDE_MATCHES)
    persons = {mention.person_id for mention in group}
    if len(persons) != 1:
        raise GoodOfficesError("A split takes mentions of one person.", code="bad_split")
    inside = {mention.pk for mention in group}
    everyone = set(Mention.objects.filter(person_id__in=persons, live=True).values_list("pk", flat=True))
    if not inside < everyone:
        raise GoodOfficesError(
            "A split leaves something on both sides.", code="bad_split", hint="Choose some of the mentions, not all."
        )
    operation = new_id()
    with acting("registry.split", actor=actor, now=now, facts={"mentions": len(inside)}) as line:
        edges = Judgement.objects.live().filter(verdict=Verdict.SAME, left_id__in=everyone, right_id__in=everyone)
        cut = [edge for edge in edges if (edge.left_id in inside) != (edge.right_id in inside)]
        for edge in cut:
            _revoke(edge, actor, now, SPLIT)
            Judgement.objects.create(
                left_id=edge.left_id,
                right_id=edge.right_id,
                verdict=Verdict.DIFFERENT,
                decider=Decider.PERSON,
                by_id=actor.user_id,
                at=now,
                note=note,
                replaces=edge,
                operation=operation,
            )
        _follow(None, "split", sorted(everyone), actor, now, line)
    return operation


def _follow(
    judgement: Judgement | None, kind: str, mention_ids: Sequence[int], actor: Actor, now: datetime, line: Acting
) -> None:
    """Let the persons follow, and keep what became of their ids."""
    before, after = regroup(mention_ids, now=now)
    for person in dict.fromkeys([*before, *after]):
        line.concerns("person", person)
    if before != after:
        IdentityEvent.objects.create(
            kind=kind,
            judgement=judgement,
            before=[str(one) for one in before],
            after=[str(one) for one in after],
            at=now,
            by_id=actor.user_id,
        )


def _revoke(judgement: Judgement, actor: Actor, now: datetime, why: str) -> bool:
    """Revoke by compare-and-set: only one of two racing acts succeeds."""
    changed = Judgement.objects.filter(pk=judgement.pk, revoked_at=None).update(
        revoked_by_id=actor.user_id, revoked_at=now, revoked_why=why
    )
    return changed == 1


def _reinstate(judgement: Judgement) -> None:
    taken = Judgement.objects.live().filter(left_id=judgement.left_id, right_id=judgement.right_id)
    if not taken.exists():
        if judgement.verdict == Verdict.SAME:
            _refuse_bridge(judgement.left, judgement.right)
        Judgement.objects.filter(pk=judgement.pk).update(revoked_by=None, revoked_at=None, revoked_why="")


def _refuse_impossible(left: Mention, right: Mention) -> None:
    if left.pk == right.pk:
        raise GoodOfficesError("A mention can't be compared with itself.", code="same_mention")
    if not (left.live and right.live):
        raise GoodOfficesError(
            "One of the two records was taken back.", code="retired_mention", hint="Open the list again."
        )
    rooms = {left.source.room, right.source.room}
    if len(rooms) > 1 and Room.HISTORY in rooms:
        raise GoodOfficesError(
            "The history room and the work are never joined.", code="other_room", hint="Leave them apart."
        )


def _refuse_bridge(left: Mention, right: Mention) -> None:
    ids = Mention.objects.in_bulk([left.pk, right.pk])
    barred = _bars(ids[left.pk].person_id, ids[right.pk].person_id)
    barred = [pair for pair in barred if pair != (left.pk, right.pk)]
    if barred:
        raise JudgementConflict(
            "Somebody judged two of these records to be different people.",
            barred,
            "Look at those judgements first; take one back if it was wrong.",
            "barred",
        )


def _refuse_still_joined(left: Mention, right: Mention) -> None:
    ids = Mention.objects.in_bulk([left.pk, right.pk])
    if ids[left.pk].person_id == ids[right.pk].person_id:
        raise JudgementConflict(
            "Other judgements still join these two records.",
            [(left.pk, right.pk)],
            "On the person's page press “These are not all one person”: it shows all records and cuts all joins.",
            "still_joined",
        )


def _bars(first_person: int, second_person: int) -> list[tuple[int, int]]:
    """Find live "different" judgements between two persons' mentions."""
    if first_person == second_person:
        return []
    different = Judgement.objects.live().filter(verdict=Verdict.DIFFERENT)
    one = different.filter(left__person_id=first_person, right__person_id=second_person)
    other = different.filter(left__person_id=second_person, right__person_id=first_person)
    return [*one.values_list("left_id", "right_id"), *other.values_list("left_id", "right_id")]
