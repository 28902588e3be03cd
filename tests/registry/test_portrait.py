# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's line: drawn per clearance, the better source shown, contradictions marked, nobody dead on one word."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.vocabulary import FIELD_CLASS, Property, Sensitivity
from goodoffices.registry.drafts import AssessmentFact, ClaimFact, MentionFacts, PersonFacts
from goodoffices.registry.portrait import differing, lines_of, spoken, spoken_order

_orders = iter(range(1, 10**9))


def claim(prop, value, *, sensitivity=Sensitivity.TEAM, episode=0, language="uk", place_id=None):
    return ClaimFact(
        next(_orders), uuid4(), str(prop), value, value, language, int(sensitivity), int(FIELD_CLASS[Property(prop)]),
        "2025", 6, episode, place_id,
    )  # fmt: skip


def mention(*claims, order=1, reliability="C", source=1, sensitivity=Sensitivity.TEAM, listed=True):
    return MentionFacts(order, source, reliability, int(sensitivity), "work", listed, claims)


def line(*mentions, clearance=Sensitivity.TEAM, **more):
    drawn = [one for one in lines_of(PersonFacts(mentions, **more)) if one.tier_from <= clearance <= one.tier_to]
    return drawn[0] if drawn else None


def test_a_name_in_parts_is_spoken_given_name_first():
    said = mention(claim("family_name", "КОВИЛЯНКО"), claim("given_name", "Андрій"), claim("patronymic", "Остапович"))
    assert line(said).name == "Андрій Остапович Ковилянко"
    assert line(said).sort_key.startswith("ковилянко")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ковилянко Андрій Остапович", "Андрій Остапович Ковилянко"),
        ("Ковилянко А. О.", "Ковилянко А. О."),
        ("ABACHIAN  JUAN CARLOS", "Abachian Juan Carlos"),
        ("Andriy Kovylianko", "Andriy Kovylianko"),
    ],
)
def test_a_name_in_one_column_is_reordered_only_where_its_parts_are_certain(written, said):
    assert spoken_order(written) == said


def test_initials_and_apostrophes_survive_the_lowering_of_capitals():
    assert spoken("О'НІЛ Марія-АННА К.") == "О'Ніл Марія-Анна К."


def test_the_own_script_wins_over_a_transliteration_and_the_common_form_over_a_declined_one():
    shown = line(
        mention(claim("name", "KOVYLIANKO Andrii Ostapovych", language="en"), order=1, reliability="A"),
        mention(claim("name", "Ковилянка Андрія Остаповича"), order=2, reliability="B", source=2),
        mention(claim("name", "Ковилянко Андрій Остапович"), order=3, reliability="C", source=3),
        mention(claim("name", "Ковилянко Андрій Остапович"), order=4, reliability="D", source=4),
    )
    assert shown.name == "Андрій Остапович Ковилянко"
    assert "Andrii Ostapovych" in shown.other_names


def test_without_a_patronymic_the_more_reliable_source_names_the_person():
    shown = line(
        mention(claim("name", "Дэниел Уитлоу", language="ru"), order=1, reliability="C"),
        mention(claim("name", "Daniel Whitlow", language="en"), order=2, reliability="A", source=2),
    )
    assert shown.name == "Daniel Whitlow"


@pytest.mark.req("SEC-LK")
def test_a_lower_clearance_gets_a_line_drawn_only_from_what_it_may_read():
    open_one = mention(claim("name", "Андрій"), claim("place_held", "Тихоріг"), order=2, reliability="D")
    closed = mention(
        claim("name", "Антон", sensitivity=Sensitivity.RESTRICTED),
        claim("place_held", "Centre 99", sensitivity=Sensitivity.RESTRICTED),
        order=1,
        reliability="A",
        source=2,
    )
    low, high = line(open_one, closed), line(open_one, closed, clearance=Sensitivity.RESTRICTED)
    assert (low.name, low.place_held, low.sources, low.conflict) == ("Андрій", "Тихоріг", 1, False)
    assert (high.place_held, high.sources, high.conflict) == ("Centre 99", 2, True)
    assert "Антон" not in str(low)


@pytest.mark.req("SEC-LK")
def test_who_may_read_nothing_has_no_line():
    assert line(mention(claim("name", "Андрій")), clearance=Sensitivity.PUBLIC) is None


def test_the_newest_word_does_not_win_by_being_new():
    shown = line(
        mention(claim("status", "held"), order=1, reliability="B"),
        mention(claim("status", "released"), order=2, reliability="D", source=2),
    )
    assert shown.status == "held"
    assert shown.conflict


def test_nobody_is_shown_as_dead_on_a_sources_word_alone():
    assert line(mention(claim("status", "died"), reliability="A")).status == ""
    told = AssessmentFact("status", "died", "confirmed", int(Sensitivity.TEAM))
    assert line(mention(claim("status", "died")), assessments=(told,)).status == "died"


def test_a_full_birth_date_is_shown_before_a_year_and_they_do_not_contradict():
    shown = line(
        mention(claim("birth_date", "1981"), order=1, reliability="A"),
        mention(claim("birth_date", "1981-03-14"), order=2, reliability="D", source=2),
    )
    assert (shown.born, shown.born_year, shown.conflict) == ("1981-03-14", 1981, False)


def test_places_of_different_detentions_do_not_contradict_each_other():
    first, second = claim("place_held", "А", episode=1), claim("place_held", "Б", episode=2)
    assert len(differing([mention(first), mention(second, order=2)], "place_held")) < 3
    assert not line(mention(first), mention(second, order=2)).conflict


def test_two_names_of_one_place_do_not_contradict_each_other():
    shown = line(
        mention(claim("place_held", "Центр 99", place_id=7), order=1),
        mention(claim("place_held", "Centre 99", place_id=7), order=2, source=2),
    )
    assert not shown.conflict


PROPERTIES = st.sampled_from(["name", "family_name", "birth_date", "sex", "place_held", "status", "category"])
VALUES = {
    "birth_date": st.sampled_from(["1981", "1981-03-14", "1982~", "1979/1983"]),
    "sex": st.sampled_from(["m", "f"]),
    "status": st.sampled_from(["held", "missing", "died"]),
}


@st.composite
def people(draw):
    mentions = []
    for order in range(1, draw(st.integers(1, 4)) + 1):
        said = []
        for prop in draw(st.lists(PROPERTIES, min_size=1, max_size=5, unique=True)):
            value = draw(VALUES.get(prop, st.sampled_from(["Андрій", "Andrii", "Центр 99", "civilian"])))
            said.append(claim(prop, value, sensitivity=draw(st.sampled_from(list(Sensitivity)))))
        reliability = draw(st.sampled_from("ABCDEF"))
        sensitivity = draw(st.sampled_from(list(Sensitivity)))
        mentions.append(mention(*said, order=order, reliability=reliability, source=order, sensitivity=sensitivity))
    return PersonFacts(tuple(mentions))


@given(people())
def test_lines_cover_each_clearance_at_most_once_and_never_say_more_than_it_may_read(person):
    lines = lines_of(person)
    tiers = [tier for one in lines for tier in range(one.tier_from, one.tier_to + 1)]
    assert len(tiers) == len(set(tiers))
    for one in lines:
        for tier in range(one.tier_from, one.tier_to + 1):
            readable = [
                c for m in person.mentions if m.source_sensitivity <= tier for c in m.claims if c.sensitivity <= tier
            ]
            assert one.mentions == len(
                [m for m in person.mentions if m.source_sensitivity <= tier and any(c in readable for c in m.claims)]
            )
            assert not one.place_held or one.place_held in {c.value for c in readable}


@given(people(), st.randoms())
def test_the_order_in_which_rows_come_does_not_matter(person, random):
    shuffled = list(person.mentions)
    random.shuffle(shuffled)
    assert lines_of(PersonFacts(tuple(shuffled))) == lines_of(person)
