# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saying of a pair: same, different, unsure; taking it back; what stands in the way."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import actor_for
from goodoffices.access.policy import Refused
from goodoffices.core.vocabulary import Verdict
from goodoffices.ledger.models import Entry
from goodoffices.matching import review
from goodoffices.matching.models import Candidate
from goodoffices.matching.navigation import open_pairs
from goodoffices.matching.services.deciding import decide, judge_pair, set_apart
from goodoffices.registry.models import Judgement, Mention, Person
from goodoffices.registry.services.judging import JudgementConflict, undo
from goodoffices.registry.view import canonical_bytes

pytestmark = pytest.mark.store


def views(actor) -> dict[str, bytes]:
    return {str(one.public_id): canonical_bytes(one, actor) for one in Person.objects.order_by("public_id")}


def test_same_joins_two_records_and_keeps_the_evidence(lists, pair, olena, now):
    made = decide(pair, Verdict.SAME, actor=actor_for(olena), now=now)
    assert made.reasons == pair.reasons
    assert made.weight_bits == pair.weight_bits
    ids = set(Mention.objects.filter(pk__in=[pair.left_id, pair.right_id]).values_list("person_id", flat=True))
    assert len(ids) == 1


@pytest.mark.parametrize("verdict", list(Verdict))
def test_taking_back_brings_back_the_exact_views_and_the_pair(lists, pair, olena, now, verdict):
    actor = actor_for(olena)
    before = views(actor)
    made = decide(pair, verdict, actor=actor, now=now)
    assert not Candidate.objects.visible_to(actor).to_review().filter(pk=pair.pk).exists()
    assert not Candidate.objects.visible_to(actor).ready().filter(pk=pair.pk).exists()
    undo(made, actor=actor, now=now)
    assert views(actor) == before
    assert Candidate.objects.visible_to(actor).undecided().filter(pk=pair.pk).exists()


def test_a_reader_cannot_decide(lists, pair, bohdan, now):
    with pytest.raises(Refused):
        decide(pair, Verdict.SAME, actor=actor_for(bohdan), now=now)
    assert not Judgement.objects.exists()


def test_a_join_that_would_bridge_a_different_is_refused_and_changes_nothing(lists, pair, olena, now):
    actor = actor_for(olena)
    judge_pair(lists["andrii"], lists["anton"], Verdict.DIFFERENT, actor=actor, now=now)
    judge_pair(lists["anton"], lists["andrey"], Verdict.SAME, actor=actor, now=now)
    before = views(actor)
    with pytest.raises(JudgementConflict) as refusal:
        decide(Candidate.objects.get(pk=pair.pk), Verdict.SAME, actor=actor, now=now)
    assert refusal.value.pairs == [tuple(sorted((lists["andrii"].pk, lists["anton"].pk)))]
    assert views(actor) == before


def test_a_split_and_its_undo_bring_back_the_exact_view(lists, pair, olena, now):
    actor = actor_for(olena)
    decide(pair, Verdict.SAME, actor=actor, now=now)
    joined = views(actor)
    person = Mention.objects.get(pk=pair.left_id).person
    made = set_apart(person, [Mention.objects.get(pk=pair.right_id)], actor=actor, now=now)
    assert views(actor) != joined
    undo(made, actor=actor, now=now)
    assert views(actor) == joined


def test_the_ledger_says_what_was_done_and_names_nobody(lists, pair, olena, now):
    made = decide(pair, Verdict.SAME, actor=actor_for(olena), now=now)
    line = Entry.objects.filter(act="registry.judged_same").get()
    assert ["judgement", str(made.public_id)] in line.subjects
    assert "Ковилянко" not in str(line.facts)


def test_the_count_in_the_navigation_follows_each_answer(lists, olena, now):
    actor = actor_for(olena)
    Candidate.objects.update(band="ask")
    before = open_pairs(actor)
    first = review.first_open(actor)
    decide(first, Verdict.UNSURE, actor=actor, now=now)
    assert open_pairs(actor) == before - 1


def test_progress_counts_what_was_answered(lists, pair, olena, now):
    actor = actor_for(olena)
    Candidate.objects.update(band="ask")
    first = review.first_open(actor)
    at = review.standing(first, actor)
    assert (at.position, at.total) == (1, Candidate.objects.count())
    decide(first, Verdict.DIFFERENT, actor=actor, now=now)
    following = review.next_open(actor, first)
    if following is not None:
        assert review.standing(following, actor).position == 2


def test_a_brother_in_the_list_is_pointed_out(lists, pair, olena):
    assert [one.pk for one in review.kin_in_lists(pair, actor_for(olena))] == [lists["anton"].pk]
