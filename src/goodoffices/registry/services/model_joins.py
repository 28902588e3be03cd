# SPDX-License-Identifier: AGPL-3.0-or-later
"""Joins by the model, many at a time, and ending them.

Invariants: what a person judged or confirmed is never touched; no join bridges a live "different"; the outcome is
the same as if the pairs were recorded one after the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.core.vocabulary import Decider, Verdict
from goodoffices.registry.models import IdentityEvent, Judgement, Mention
from goodoffices.registry.services.projecting import regroup


@dataclass(frozen=True, slots=True)
class ModelPair:
    """One pair the model joins by itself."""

    left_id: int
    right_id: int
    weight_bits: float
    probability: float
    reasons: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ModelJoins:
    """What a run joined, and the pairs it left out because a live "different" stands between the two persons."""

    made: list[ModelPair]
    refused: list[ModelPair]


def judge_by_model(
    pairs: Sequence[ModelPair], *, model_version: str, operation: UUID, actor: Actor, now: datetime
) -> ModelJoins:
    """Record a run's joins in the order given; pairs somebody judged, and taken-back records, are left out.

    The persons are regrouped once for all pairs, so callers hand over some hundreds at a time.
    """
    with acting("registry.joined_by_model", actor=actor, now=now, facts={"model": model_version}) as line:
        joins = _sort_out([_in_order(pair) for pair in pairs])
        Judgement.objects.bulk_create(
            [
                Judgement(
                    left_id=pair.left_id,
                    right_id=pair.right_id,
                    verdict=Verdict.SAME,
                    decider=Decider.MODEL,
                    model_version=model_version,
                    operation=operation,
                    at=now,
                    weight_bits=pair.weight_bits,
                    probability=pair.probability,
                    reasons=pair.reasons,
                )
                for pair in joins.made
            ]
        )
        touched = sorted({pk for pair in joins.made for pk in (pair.left_id, pair.right_id)})
        if touched:
            before, after = regroup(touched, now=now)
            _note_model_joins(before, after, now)
        line.facts["pairs"] = len(joins.made)
        line.facts["refused"] = len(joins.refused)
        line.concerns("run", operation)
    return joins


def revoke_by_model(judgement_ids: Sequence[int], *, why: str, actor: Actor, now: datetime) -> int:
    """End a model's joins that nobody has confirmed, inside the caller's act; returns how many.

    A join a person has confirmed is a person's word by then, and stands.
    """
    open_joins = Judgement.objects.live().filter(
        pk__in=judgement_ids, decider=Decider.MODEL, verdict=Verdict.SAME, confirmed_at=None
    )
    ended = list(open_joins.values_list("pk", "left_id", "right_id"))
    Judgement.objects.filter(pk__in=[pk for pk, _, _ in ended], revoked_at=None, confirmed_at=None).update(
        revoked_by_id=actor.user_id, revoked_at=now, revoked_why=why
    )
    touched = sorted({one for _, left, right in ended for one in (left, right)})
    if touched:
        before, after = regroup(touched, now=now)
        _note_model_joins(before, after, now, kind="undo")
    return len(ended)


def _in_order(pair: ModelPair) -> ModelPair:
    left, right = sorted((pair.left_id, pair.right_id))
    return replace(pair, left_id=left, right_id=right)


def _sort_out(pairs: Sequence[ModelPair]) -> ModelJoins:
    """Tell which pairs can be joined, one after the other, as if each were recorded before the next is looked at."""
    ids = {pk for pair in pairs for pk in (pair.left_id, pair.right_id)}
    person_of = dict(Mention.objects.filter(pk__in=ids, live=True).values_list("pk", "person_id"))
    judged = {
        (left, right)
        for left, right in Judgement.objects.live().filter(left_id__in=ids).values_list("left_id", "right_id")
    }
    apart = _persons_apart(set(person_of.values()))
    group_of = {person: person for person in person_of.values()}
    joins = ModelJoins([], [])
    for pair in pairs:
        known = pair.left_id in person_of and pair.right_id in person_of
        if not known or (pair.left_id, pair.right_id) in judged:
            continue
        judged.add((pair.left_id, pair.right_id))
        one = _stands_for(group_of, person_of[pair.left_id])
        other = _stands_for(group_of, person_of[pair.right_id])
        if one != other:
            if other in apart[one]:
                joins.refused.append(pair)
                continue
            _unite(group_of, apart, one, other)
        joins.made.append(pair)
    return joins


def _persons_apart(persons: set[int]) -> dict[int, set[int]]:
    """Give, for each person, those a live "different" keeps it apart from."""
    apart: dict[int, set[int]] = defaultdict(set)
    different = Judgement.objects.live().filter(verdict=Verdict.DIFFERENT)
    for side, other in (("left", "right"), ("right", "left")):
        rows = different.filter(**{f"{side}__person_id__in": persons})
        for mine, theirs in rows.values_list(f"{side}__person_id", f"{other}__person_id"):
            apart[mine].add(theirs)
            apart[theirs].add(mine)
    return apart


def _stands_for(group_of: dict[int, int], person: int) -> int:
    while group_of.get(person, person) != person:
        person = group_of[person]
    return person


def _unite(group_of: dict[int, int], apart: dict[int, set[int]], one: int, other: int) -> None:
    group_of[other] = one
    for far in apart.pop(other, set()):
        apart[far].discard(other)
        apart[far].add(one)
        apart[one].add(far)


def _note_model_joins(before: list[UUID], after: list[UUID], now: datetime, kind: str = "join") -> None:
    if before != after:
        IdentityEvent.objects.create(
            kind=kind, before=[str(one) for one in before], after=[str(one) for one in after], at=now
        )
