# SPDX-License-Identifier: AGPL-3.0-or-later
"""The automatic band: joined only when somebody says so, undoable as a whole, never over a person's word."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM, actor_for
from goodoffices.access.policy import Refused
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Decider, Room, Verdict
from goodoffices.ledger import faults
from goodoffices.ledger.faults import InjectedFault
from goodoffices.matching.models import Candidate, Run
from goodoffices.matching.services import joining
from goodoffices.matching.services.deciding import judge_pair
from goodoffices.matching.services.joining import begin_join, end_outdated, join, start_join, start_undo, undo_join
from goodoffices.registry.models import Judgement, Listing, Mention, Person
from goodoffices.registry.services.judging import confirm
from goodoffices.registry.view import canonical_bytes
from tests.matching.lists import ANDRII, DANIEL, a_list, run_jobs

pytestmark = pytest.mark.store


@pytest.fixture
def sure(lists, now):
    """A third list whose records are surely those of the first."""
    third = a_list("third", [ANDRII, DANIEL], now=now)
    run_jobs(now)
    assert Candidate.objects.ready().exists()
    return [*lists.values(), *third]


def views(actor) -> dict[str, bytes]:
    return {str(one.public_id): canonical_bytes(one, actor) for one in Person.objects.order_by("public_id")}


def test_a_run_joins_marks_and_is_taken_back_to_the_exact_views(sure, olena, now):
    actor = actor_for(olena)
    before = views(actor)
    run = start_join(Room.WORK, actor=actor, now=now)
    assert views(actor) == before, "nothing happens before the job runs"
    run_jobs(now)
    run.refresh_from_db()
    assert (run.state, run.done) == ("done", run.total)
    assert run.kept == Judgement.objects.live().filter(decider=Decider.MODEL).count() > 0
    assert Listing.objects.filter(unlooked=True).exists()
    start_undo(run, actor=actor, now=now)
    run_jobs(now)
    run.refresh_from_db()
    assert run.state == "undone"
    assert views(actor) == before
    assert Candidate.objects.ready().exists(), "what was taken back waits again"


def test_a_reader_cannot_let_the_machine_join(sure, bohdan, now):
    with pytest.raises(Refused):
        start_join(Room.WORK, actor=actor_for(bohdan), now=now)


def test_two_runs_at_once_are_refused(sure, olena, now):
    start_join(Room.WORK, actor=actor_for(olena), now=now)
    with pytest.raises(GoodOfficesError, match="still joining"):
        start_join(Room.WORK, actor=actor_for(olena), now=now)


def test_what_a_person_called_different_is_never_bridged_and_is_kept_to_see(sure, olena, now):
    actor = actor_for(olena)
    first, third = sure[0], sure[4]
    judge_pair(first, third, Verdict.DIFFERENT, actor=actor, now=now)
    run = begin_join(Room.WORK, actor=actor, now=now)
    join(run, actor=actor, now=lambda: now)
    persons = {Mention.objects.get(pk=one.pk).person_id for one in (first, third)}
    assert len(persons) == 2
    assert Judgement.objects.live().filter(verdict=Verdict.DIFFERENT).count() == 1


def test_a_confirmed_join_survives_the_undo_of_its_run(sure, olena, now):
    actor = actor_for(olena)
    run = join(begin_join(Room.WORK, actor=actor, now=now), actor=actor, now=lambda: now)
    kept = Judgement.objects.live().filter(decider=Decider.MODEL).first()
    confirm(kept, actor=actor, now=now)
    start_undo(run, actor=actor, now=now)
    undo_join(Run.objects.get(pk=run.pk), actor=actor, now=lambda: now)
    assert list(Judgement.objects.live().values_list("pk", flat=True)) == [kept.pk]


def test_two_records_of_a_list_that_names_nobody_twice_never_end_in_one_person(db, olena, now):
    once = a_list("once", [ANDRII, {**ANDRII, "birth_date": "1981"}], now=now, deduplicated=True)
    a_list("other", [ANDRII], now=now)
    run_jobs(now)
    actor = actor_for(olena)
    run = join(begin_join(Room.WORK, actor=actor, now=now), actor=actor, now=lambda: now)
    assert len({Mention.objects.get(pk=one.pk).person_id for one in once}) == 2
    refused = Candidate.objects.exclude(refused="")
    assert run.refused == refused.count()
    for one in refused:
        assert one.refused == "same_deduplicated_list"


def test_a_rerun_ends_only_unconfirmed_joins_it_no_longer_makes(sure, olena, now):
    actor = actor_for(olena)
    join(begin_join(Room.WORK, actor=actor, now=now), actor=actor, now=lambda: now)
    assert end_outdated(Room.WORK, actor=SYSTEM, now=now) == 0
    mine = judge_pair(sure[0], sure[3], Verdict.SAME, actor=actor, now=now)
    Candidate.objects.update(state="stale")
    ended = end_outdated(Room.WORK, actor=SYSTEM, now=now)
    assert ended > 0
    assert list(Judgement.objects.live().values_list("pk", flat=True)) == [mine.pk]


@pytest.mark.django_db(transaction=True)
def test_a_killed_join_goes_on_and_doubles_nothing(now, make_user, monkeypatch):
    actor = actor_for(make_user("olena", "caseworker"))
    a_list("families", [ANDRII, DANIEL], now=now)
    a_list("third", [ANDRII, DANIEL], now=now)
    run_jobs(now)
    monkeypatch.setattr(joining, "CHUNK", 1)
    run = begin_join(Room.WORK, actor=actor, now=now)
    monkeypatch.setenv("GOODOFFICES_FAULT", "matching.join.before_commit:2:error")
    faults.rearm()
    with pytest.raises(InjectedFault):
        join(run, actor=actor, now=lambda: now)
    monkeypatch.delenv("GOODOFFICES_FAULT")
    faults.rearm()
    assert Judgement.objects.live().count() == 1
    join(Run.objects.get(pk=run.pk), actor=actor, now=lambda: now)
    run.refresh_from_db()
    assert run.kept == Judgement.objects.live().count() == 2
