# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's line drawn from what sources say: by clearance, by reliability, never by newness."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.vocabulary import Sensitivity
from goodoffices.registry.drafts import AssessmentFact, ClaimFact, MentionFacts, PersonFacts
from goodoffices.registry.portrait import differing, full_name, lines_of, sort_key


def claim(order: int, prop: str, value: str, *, sensitivity: int = 2, episode: int = 0, place: int | None = None):
    return ClaimFact(order, UUID(int=order), prop, value, "", "", sensitivity, 1, "2026", 6, episode, place)


def mention(order: int, *claims: ClaimFact, reliability: str = "B", sensitivity: int = 2, listed: bool = True):
    return MentionFacts(order, order, reliability, sensitivity, "work", listed, claims)


def top(*mentions: MentionFacts, **more):
    return lines_of(PersonFacts(tuple(mentions), **more))[-1]


def test_a_name_told_in_parts_is_spoken_given_name_first_and_sorted_by_family_name():
    told = mention(1, claim(1, "family_name", "Ковилянко"), claim(2, "given_name", "Андрій"))
    assert full_name(told)[0] == "Андрій Ковилянко"
    assert top(told).sort_key == "ковилянко андріи ковилянко" or top(told).sort_key.startswith("ковилянко")


def test_the_more_reliable_source_is_shown_and_the_contradiction_marked():
    shown = top(
        mention(1, claim(1, "place_held", "Stara Sosna"), reliability="C"),
        mention(2, claim(2, "place_held", "Centre 99"), reliability="B"),
    )
    assert shown.place_held == "Centre 99"
    assert shown.conflict


def test_a_partial_date_does_not_contradict_a_full_one_and_the_sharper_is_shown():
    shown = top(mention(1, claim(1, "birth_date", "1981")), mention(2, claim(2, "birth_date", "1981-03-14")))
    assert (shown.born, shown.born_year, shown.conflict) == ("1981-03-14", 1981, False)


def test_two_wordings_of_one_known_place_do_not_contradict_each_other():
    one, other = claim(1, "place_held", "Центр 99", place=7), claim(2, "place_held", "Centre 99", place=7)
    assert not top(mention(1, one), mention(2, other)).conflict


def test_claims_of_different_detentions_never_contradict_each_other():
    first = claim(1, "place_held", "Centre 99", episode=0)
    second = claim(2, "place_held", "Stara Sosna", episode=1)
    assert len(differing([mention(1, first, second)], "place_held")) == 1


def test_nobody_is_shown_dead_on_a_sources_word():
    assert top(mention(1, claim(1, "name", "A"), claim(2, "status", "died"))).status == ""
    held = mention(2, claim(3, "status", "held"), reliability="E")
    assert top(mention(1, claim(2, "status", "died"), reliability="A"), held).status == "held"


def test_an_assessment_wins_and_settles_only_when_we_are_sure():
    told = (mention(1, claim(1, "place_held", "Centre 99")), mention(2, claim(2, "place_held", "Stara Sosna")))
    for confidence, conflict in (("confirmed", False), ("likely", False), ("unsettled", True), ("doubtful", True)):
        fact = AssessmentFact("place_held", "Stara Sosna", confidence, 2)
        shown = top(*told, assessments=(fact,))
        assert (shown.place_held, shown.conflict) == ("Stara Sosna", conflict)


def test_somebody_dropped_by_every_list_is_unlisted_by_one_only_is_not():
    gone, there = mention(1, claim(1, "name", "A"), listed=False), mention(2, claim(2, "name", "A"))
    assert top(gone).unlisted
    assert not top(gone, there).unlisted


def test_a_person_of_restricted_sources_alone_has_no_line_below():
    lines = lines_of(PersonFacts((mention(1, claim(1, "name", "A"), sensitivity=3),)))
    assert [(line.tier_from, line.tier_to) for line in lines] == [(3, 3)]


claims = st.builds(
    lambda prop, value, sensitivity: (prop, value, sensitivity),
    st.sampled_from(["name", "birth_date", "place_held", "status", "category"]),
    st.sampled_from(["a", "b", "1981", "1981-03-14", "held", "died"]),
    st.sampled_from([int(one) for one in Sensitivity]),
)
people = st.lists(st.tuples(st.lists(claims, max_size=4), st.sampled_from([0, 1, 2, 3])), min_size=1, max_size=4)


@given(people)
def test_a_line_is_drawn_only_from_what_its_clearance_may_read(told):
    """Drawing a tier from everything equals drawing it from what that tier may read alone."""
    mentions, order = [], 0
    for number, (rows, sensitivity) in enumerate(told, start=1):
        own = []
        for prop, value, level in rows:
            order += 1
            own.append(claim(order, prop, value, sensitivity=max(level, sensitivity)))
        mentions.append(mention(number, *own, sensitivity=sensitivity))
    whole = lines_of(PersonFacts(tuple(mentions)))
    for tier in Sensitivity:
        readable = tuple(
            mention(one.order, *(c for c in one.claims if c.sensitivity <= tier), sensitivity=one.source_sensitivity)
            for one in mentions
            if one.source_sensitivity <= tier
        )
        alone = lines_of(PersonFacts(readable))
        assert _at(whole, tier) == _at(alone, tier)


def _at(lines, tier):
    for line in lines:
        if line.tier_from <= tier <= line.tier_to:
            return [getattr(line, name) for name in line.__slots__ if not name.startswith("tier")]
    return None


@given(people)
def test_each_clearance_has_at_most_one_line_and_lines_stand_in_order(told):
    mentions = [
        mention(n, *(claim(n * 10 + i, p, v, sensitivity=s) for i, (p, v, s) in enumerate(rows)), sensitivity=level)
        for n, (rows, level) in enumerate(told, start=1)
    ]
    spans = [(line.tier_from, line.tier_to) for line in lines_of(PersonFacts(tuple(mentions)))]
    assert all(low <= high for low, high in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(st.text(max_size=20))
def test_the_sort_key_is_settled(text):
    assert sort_key(sort_key(text)) == sort_key(text)
