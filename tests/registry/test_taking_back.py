# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is taken back leaves every view byte for byte as it was: batches, sources, judgements, splits."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.access.middleware import Conflict
from goodoffices.access.policy import Refused
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Verdict
from goodoffices.registry.models import Judgement, Listing, Person, Source
from goodoffices.registry.services import assessing, judging, undoing
from goodoffices.registry.services.projecting import rebuild_all
from goodoffices.registry.services.sources import SourceFacts, describe_source
from goodoffices.registry.view import canonical_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def views() -> dict[object, bytes]:
    return {one.public_id: canonical_bytes(one, SYSTEM) for one in Person.objects.filter(live=True)}


def lines() -> list[tuple[object, ...]]:
    names = [f.name for f in Listing._meta.concrete_fields if f.name not in {"id", "changed_at", "person"}]
    return sorted(map(repr, Listing.objects.values_list("person__public_id", *names)))


def grow(world, rng: random.Random, steps: int = 14) -> list:
    """Make records and judge some of them at random; what contradicts itself is refused and left."""
    records = [
        world.record(f"list-{n % 3}", family_name=f"Ім{rng.randint(0, 2)}", birth_date=str(1980 + n)) for n in range(7)
    ]
    for _ in range(steps):
        first, second = rng.sample(records, 2)
        try:
            world.join(first, second, verdict=rng.choice([Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT]))
        except GoodOfficesError:
            continue
    return records


@pytest.mark.parametrize("seed", range(6))
def test_undoing_judgements_in_turn_goes_back_through_every_view(world, seed):
    rng = random.Random(seed)
    records = grow(world, rng, steps=4)
    for _ in range(5):
        first, second = rng.sample(records, 2)
        before = views()
        try:
            made = world.join(first, second, verdict=rng.choice(list(Verdict)))
        except GoodOfficesError:
            assert views() == before
            continue
        if rng.random() < 0.6:
            judging.undo(Judgement.objects.get(pk=made.pk), actor=SYSTEM, now=world.now)
            assert views() == before


@pytest.mark.parametrize("seed", range(4))
def test_a_withdrawn_source_restored_brings_every_view_back(world, seed):
    rng = random.Random(seed)
    grow(world, rng)
    before, drawn = views(), lines()
    batch = undoing.withdraw_source(world.source("list-1"), actor=SYSTEM, now=world.now, note="forged")
    assert views() != before
    undoing.restore_source(batch, actor=SYSTEM, now=world.now)
    assert views() == before
    assert lines() == drawn


@pytest.mark.parametrize("seed", range(4))
def test_an_undone_batch_leaves_what_was_there_before_it(world, seed):
    rng = random.Random(seed)
    records = grow(world, rng)
    before, drawn = views(), lines()
    batch = world.batch("list-9", kind="report")
    added = world.records([{"family_name": "Ім0"}, {"family_name": "Ім1"}], "list-9", batch=batch)
    for one in added:
        try:
            world.join(rng.choice(records), one)
        except GoodOfficesError:
            continue
    undoing.undo_batch(batch, actor=SYSTEM, now=world.now)
    assert views() == before
    assert lines() == drawn
    batch.refresh_from_db()
    with pytest.raises(undoing.CannotUndo):
        undoing.undo_batch(batch, actor=SYSTEM, now=world.now)


@pytest.mark.parametrize("seed", range(4))
def test_a_split_is_undone_as_a_whole(world, seed):
    rng = random.Random(seed)
    records = [world.record(f"list-{n}", family_name="Ім") for n in range(5)]
    for first, second in pairwise(records):
        world.join(first, second)
    before = views()
    apart = [world.fresh(one) for one in rng.sample(records, rng.randint(1, 4))]
    operation = judging.split(apart, actor=SYSTEM, now=world.now)
    assert len(views()) > len(before)
    judging.undo(Judgement.objects.live().filter(operation=operation).first(), actor=SYSTEM, now=world.now)
    assert views() == before


def test_a_split_leaves_something_on_both_sides(world):
    one = world.record(family_name="Ім")
    with pytest.raises(GoodOfficesError):
        judging.split([world.fresh(one)], actor=SYSTEM, now=world.now)


@pytest.mark.parametrize("seed", range(3))
def test_lines_built_anew_equal_those_kept(world, seed):
    grow(world, random.Random(seed))
    drawn = lines()
    rebuild_all(now=world.now)
    assert lines() == drawn


def test_a_same_that_would_bridge_a_different_is_refused_and_changes_nothing(world):
    a, b, c = (world.record(f"list-{n}", family_name="Ім") for n in range(3))
    world.join(a, b)
    world.join(b, c, verdict=Verdict.DIFFERENT)
    before = views()
    with pytest.raises(judging.JudgementConflict) as refused:
        world.join(a, c)
    assert refused.value.pairs == [(b.pk, c.pk)]
    assert views() == before


def test_the_history_room_and_the_work_are_never_joined(world):
    world.source("old", room="history")
    with pytest.raises(GoodOfficesError, match="never joined"):
        world.join(world.record(family_name="Ім"), world.record("old", name="Ім"))


def test_a_person_keeps_her_id_when_her_first_record_is_withdrawn(world):
    first, second = world.record("list-0", family_name="Ім"), world.record("list-1", family_name="Ім")
    world.join(first, second)
    undoing.withdraw_source(world.source("list-0"), actor=SYSTEM, now=world.now)
    assert world.person(second).public_id == first.seed


def test_the_one_who_assessed_a_death_cannot_be_the_second(world, olena, actor_of, coordinator):
    record = world.record(family_name="Ім", status="held")
    facts = assessing.AssessmentFacts("status", "died", "confirmed", "The certificate was seen.")
    made = assessing.assess(world.person(record), facts, actor=actor_of(olena), now=world.now)
    assert Listing.objects.get().status == "held"
    with pytest.raises(Refused):
        assessing.second(made, actor=actor_of(olena), now=world.now)
    assessing.second(made, actor=actor_of(coordinator), now=world.now)
    assert Listing.objects.get().status == "died"
    made.refresh_from_db()
    assessing.end_assessment(made, actor=actor_of(olena), now=world.now)
    assert Listing.objects.get().status == "held"


@pytest.mark.req("CO1")
def test_the_slower_of_two_writers_is_told(world):
    source = world.source()
    describe_source(source, SourceFacts("First"), version=1, actor=SYSTEM, now=world.now)
    with pytest.raises(Conflict):
        describe_source(source, SourceFacts("Second"), version=1, actor=SYSTEM, now=world.now)
    assert Source.objects.get().title == "First"
