# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding pairs: what is asked, what never is, and going on after a kill."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM, actor_for
from goodoffices.core.vocabulary import Room, Verdict
from goodoffices.ledger import faults
from goodoffices.ledger.faults import InjectedFault
from goodoffices.matching.models import Candidate, Run
from goodoffices.matching.services import finding
from goodoffices.matching.services.finding import find, run_for, run_for_room
from goodoffices.registry.models import Judgement, Person
from goodoffices.registry.services.judging import judge
from goodoffices.registry.services.undoing import undo_batch
from tests.matching.lists import ANDREY, ANDRII, ANTON, a_list, run_jobs

pytestmark = pytest.mark.store


def pairs() -> set[tuple[int, int]]:
    return set(Candidate.objects.filter(state="open").values_list("left_id", "right_id"))


def test_a_person_in_two_lists_and_scripts_is_a_pair(lists, pair):
    assert pair.probability > 0.5
    assert {reason["field"] for reason in pair.reasons} >= {"surname", "given", "born"}


def test_a_brother_is_asked_about_at_most_and_never_joined_by_itself(lists):
    found = Candidate.objects.of_pair(lists["anton"].pk, lists["andrey"].pk).first()
    assert found is None or (found.band == "ask" and found.blocked)


def test_somebody_else_is_no_pair(lists):
    daniel = lists["daniel"].pk
    assert not any(daniel in pair for pair in pairs())


def test_a_first_import_asks_and_joins_nothing(lists):
    assert pairs()
    assert not Judgement.objects.exists()
    assert Person.objects.count() == 4


def test_the_history_room_never_meets_the_work(lists, now):
    old = a_list("old-register", [ANDRII], now=now, room=Room.HISTORY)
    run_jobs(now)
    assert not any(old[0].pk in pair for pair in pairs())


def test_two_records_of_a_list_that_names_nobody_twice_are_no_pair(db, now):
    a_list("once", [ANDRII, ANDREY], now=now, deduplicated=True)
    run_jobs(now)
    assert not pairs()


def test_records_taken_back_are_not_looked_at(lists, now):
    late = a_list("late", [ANDRII], now=now)
    undo_batch(late[0].batch, actor=SYSTEM, now=now)
    run_jobs(now)
    assert not any(late[0].pk in pair for pair in pairs())


def test_pairs_of_a_list_taken_back_later_are_not_shown(lists, pair, now, olena):
    actor = actor_for(olena)
    assert Candidate.objects.visible_to(actor).filter(pk=pair.pk).exists()
    undo_batch(lists["andrey"].batch, actor=SYSTEM, now=now)
    assert not Candidate.objects.visible_to(actor).filter(pk=pair.pk).exists()


def test_a_judged_pair_is_left_as_it_was_weighed_and_not_asked_again(lists, pair, olena, now):
    actor = actor_for(olena)
    judge(lists["andrii"], lists["andrey"], Verdict.DIFFERENT, actor=actor, now=now)
    find(run_for_room(Room.WORK, actor=SYSTEM, now=now), now=lambda: now)
    pair.refresh_from_db()
    assert pair.state == "open"
    assert not Candidate.objects.undecided().filter(pk=pair.pk).exists()


def test_running_twice_doubles_nothing(lists, now):
    before = list(Candidate.objects.order_by("pk").values_list("pk", "left_id", "right_id", "weight_bits"))
    find(run_for_room(Room.WORK, actor=SYSTEM, now=now), now=lambda: now)
    after = list(Candidate.objects.order_by("pk").values_list("pk", "left_id", "right_id", "weight_bits"))
    assert before == after


def test_a_batch_has_one_run_however_often_its_job_comes(lists, now):
    batch = lists["andrii"].batch
    assert run_for(batch, now=now).pk == run_for(batch, now=now).pk
    assert Run.objects.filter(batch=batch).count() == 1


def test_one_name_does_not_fill_the_queue(db, now):
    a_list("many", [ANDRII] * 30, now=now)
    run_jobs(now)
    most: dict[int, int] = {}
    for pair in pairs():
        for pk in pair:
            most[pk] = most.get(pk, 0) + 1
    assert most
    assert max(most.values()) <= finding.MOST_PER_MENTION


@pytest.mark.django_db(transaction=True)
def test_a_killed_run_loses_and_doubles_nothing(now, monkeypatch):
    monkeypatch.setattr(finding, "CHUNK", 2)
    mentions = a_list("families", [ANDRII, ANTON], now=now) + a_list("exchange", [ANDREY, ANTON, ANDRII], now=now)
    run = run_for(mentions[2].batch, now=now)
    monkeypatch.setenv("GOODOFFICES_FAULT", "matching.find.before_commit:2:error")
    faults.rearm()
    with pytest.raises(InjectedFault):
        find(run, now=lambda: now)
    monkeypatch.delenv("GOODOFFICES_FAULT")
    faults.rearm()
    run.refresh_from_db()
    assert run.done == 2
    find(Run.objects.get(pk=run.pk), now=lambda: now)
    run.refresh_from_db()
    assert (run.done, run.total, run.state) == (3, 3, "done")
    broken = pairs()
    find(run_for_room(Room.WORK, actor=SYSTEM, now=now), now=lambda: now)
    assert broken <= pairs()
