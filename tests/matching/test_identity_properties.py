# SPDX-License-Identifier: AGPL-3.0-or-later
"""Any sequence of judgements, by people and by the machine, taken back or not, keeps what identity promises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.access.actors import SYSTEM
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Decider, Verdict
from goodoffices.ledger.ids import new_id
from goodoffices.registry.models import Judgement, Mention, Person
from goodoffices.registry.services.judging import judge, split, undo
from goodoffices.registry.services.model_joins import ModelPair, judge_by_model, revoke_by_model
from goodoffices.registry.view import canonical_bytes
from tests.matching.lists import ANDRII, a_list

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SIZE = 5

pytestmark = pytest.mark.store

numbers = st.integers(0, SIZE - 1)
pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1])
steps = st.one_of(
    st.tuples(st.just("judge"), pairs, st.sampled_from(list(Verdict))),
    st.tuples(st.just("undo"), st.integers(0, 20)),
    st.tuples(st.just("split"), st.sets(numbers, min_size=1, max_size=SIZE - 1)),
    st.tuples(st.just("model"), st.lists(pairs, min_size=1, max_size=4)),
    st.tuples(st.just("revoke"), st.just(None)),
)


def components(mentions: list[Mention]) -> list[list[int]]:
    """The oracle: live "same" edges closed by brute force."""
    groups = [{one.pk} for one in mentions]
    for left, right in Judgement.objects.live().filter(verdict=Verdict.SAME).values_list("left_id", "right_id"):
        joined = [group for group in groups if left in group or right in group]
        groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    return sorted(sorted(group) for group in groups)


def persons(mentions: list[Mention]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for pk, person in Mention.objects.filter(pk__in=[one.pk for one in mentions]).values_list("pk", "person_id"):
        groups.setdefault(person, []).append(pk)
    return sorted(sorted(group) for group in groups.values())


def take(step: tuple) -> None:
    """Do one step; a refusal is an answer too."""
    fresh = list(Mention.objects.select_related("source").order_by("pk"))
    if step[0] == "judge":
        judge(fresh[step[1][0]], fresh[step[1][1]], step[2], actor=SYSTEM, now=NOW)
    elif step[0] == "undo":
        live = list(Judgement.objects.live().order_by("pk"))
        if live:
            undo(live[step[1] % len(live)], actor=SYSTEM, now=NOW)
    elif step[0] == "split":
        split([fresh[at] for at in sorted(step[1])], actor=SYSTEM, now=NOW)
    elif step[0] == "model":
        found = [ModelPair(fresh[a].pk, fresh[b].pk, 10.0, 0.99, []) for a, b in step[1]]
        judge_by_model(found, model_version="test", operation=new_id(), actor=SYSTEM, now=NOW)
    else:
        ids = list(Judgement.objects.live().values_list("pk", flat=True))
        revoke_by_model(ids, why="undone", actor=SYSTEM, now=NOW)


@contextmanager
def world() -> Iterator[list[Mention]]:
    """Five records of one invented list, gone again with the example."""
    rows = [{**ANDRII, "birth_date": f"19{60 + number}"} for number in range(SIZE)]
    with transaction.atomic():
        yield a_list("list", rows, now=NOW)
        transaction.set_rollback(True)


def walk_through(walk: list[tuple]) -> None:
    for step in walk:
        with suppress(GoodOfficesError):
            take(step)


def everybody() -> dict[UUID, bytes]:
    return {one.public_id: canonical_bytes(one, SYSTEM) for one in Person.objects.all()}


def model_pairs(mentions: list[Mention], joins: list[tuple[int, int]]) -> list[ModelPair]:
    return [ModelPair(mentions[a].pk, mentions[b].pk, 10.0, 0.99, []) for a, b in joins]


def end_operation(operation: UUID) -> None:
    made = Judgement.objects.live().filter(operation=operation, decider=Decider.MODEL)
    revoke_by_model(list(made.values_list("pk", flat=True)), why="undone", actor=SYSTEM, now=NOW)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, max_size=8))
def test_persons_are_components_and_bear_the_earliest_seed(db, walk):
    with world() as mentions:
        walk_through(walk)
        groups = persons(mentions)
        assert groups == components(mentions)
        for group in groups:
            earliest = Mention.objects.select_related("person").get(pk=group[0])
            assert earliest.person.public_id == earliest.seed
        different = Judgement.objects.live().filter(verdict=Verdict.DIFFERENT)
        for left, right in different.values_list("left_id", "right_id"):
            assert not any(left in group and right in group for group in groups)
        assert Person.objects.count() == len(groups)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, max_size=5), st.lists(pairs, min_size=1, max_size=5))
def test_a_run_taken_back_restores_every_view_byte_for_byte(db, walk, joins):
    with world() as mentions:
        walk_through(walk)
        before = everybody()
        said = set(Judgement.objects.live().values_list("pk", flat=True))
        operation = new_id()
        judge_by_model(model_pairs(mentions, joins), model_version="test", operation=operation, actor=SYSTEM, now=NOW)
        end_operation(operation)
        assert everybody() == before
        assert set(Judgement.objects.live().values_list("pk", flat=True)) == said


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, max_size=5), st.lists(pairs, min_size=1, max_size=6))
def test_many_joins_at_once_come_to_the_same_as_one_by_one(db, walk, joins):
    with world() as mentions:
        walk_through(walk)
        found, operation = model_pairs(mentions, joins), new_id()
        judge_by_model(found, model_version="test", operation=operation, actor=SYSTEM, now=NOW)
        at_once = persons(mentions)
        end_operation(operation)
        for pair in found:
            judge_by_model([pair], model_version="test", operation=new_id(), actor=SYSTEM, now=NOW)
        assert persons(mentions) == at_once
