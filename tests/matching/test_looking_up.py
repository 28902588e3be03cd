# SPDX-License-Identifier: AGPL-3.0-or-later
"""Look-up: any script, any order, any spelling; why; never by what the reader may not see."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import ANONYMOUS, actor_for
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Property, Sensitivity, Verdict
from goodoffices.matching.services.looking_up import lookup, lookup_answer, possible_duplicates, suggestions
from goodoffices.registry.drafts import ClaimDraft
from goodoffices.registry.services.judging import judge
from tests.matching.lists import ANDRII, DANIEL, a_list

pytestmark = pytest.mark.store


@pytest.mark.parametrize(
    "text",
    [
        "Ковилянко Андрій Остапович",
        "Андрей Ковылянко",
        "kovylianko andriy",
        "ANDRII KOVYLYANKO",
        "Ковилянко",
        "Ковилянка Андрія",
        "Rjdbkzyrj Fylhsq",
    ],
)
def test_a_person_is_found_however_the_name_is_written(lists, olena, text):
    found = lookup(actor_for(olena), text).hits
    wanted = {str(lists["andrii"].person.public_id), str(lists["andrey"].person.public_id)}
    assert wanted & {str(hit.person) for hit in found[:2]}


def test_each_hit_says_why(lists, olena):
    found = lookup(actor_for(olena), "Andriy Kovylianko", born="1981").hits
    assert any("after transliteration" in why or "other form" in why for hit in found for why in hit.why)
    assert any("birth" in why or "Born" in why for hit in found for why in hit.why)


def test_the_year_of_birth_settles_the_order(lists, olena):
    found = lookup(actor_for(olena), "Ковилянко", born="1984").hits
    assert found[0].person == lists["anton"].person.public_id


def test_several_people_of_one_name_are_announced(db, olena, now):
    a_list("many", [{**DANIEL, "birth_date": f"19{year}-01-02"} for year in (50, 60, 70)], now=now)
    assert lookup(actor_for(olena), "Daniel Whitlow").namesakes == 3
    assert lookup(actor_for(olena), "Daniel Whitlow", born="1960-01-02").namesakes == 0


def test_one_person_of_two_records_is_one_hit(lists, olena, now):
    actor = actor_for(olena)
    judge(lists["andrii"], lists["andrey"], Verdict.SAME, actor=actor, now=now)
    hits = lookup(actor, "Ковилянко Андрій").hits
    assert len({hit.person for hit in hits}) == len(hits)
    assert len(hits[0].names) == 2


def test_a_restricted_name_brings_nobody_up(db, documenter, coordinator, now):
    a_list("secret", [{**DANIEL, "alias": "Ковилянко Остап"}], now=now, hidden=("alias",))
    assert not lookup(actor_for(documenter), "Ковилянко Остап").hits
    assert lookup(actor_for(coordinator), "Ковилянко Остап").hits


def test_nobody_without_a_role_finds_anybody(lists, stranger):
    assert not lookup(actor_for(stranger), "Ковилянко").hits
    assert not lookup(ANONYMOUS, "Ковилянко").hits


@pytest.mark.parametrize("text", ["", "   ", "???", "1234", "x" * 5000, "\x00"])
def test_nonsense_finds_nobody_and_breaks_nothing(lists, olena, text):
    assert not lookup(actor_for(olena), text).hits


def test_a_date_that_is_none_is_refused_in_words(lists, olena):
    with pytest.raises(GoodOfficesError):
        lookup(actor_for(olena), "Ковилянко", born="31.02.1990")


def test_the_answer_of_the_command_has_the_contracts_fields(lists, olena):
    found = lookup_answer(actor_for(olena), "Ковилянко", limit=1)
    assert len(found) == 1
    assert set(found[0]) == {"person", "names", "born", "probability", "reasons"}


def test_an_entry_that_may_be_somebody_known_is_pointed_out(lists, olena):
    claims = [ClaimDraft(str(Property(prop)), value) for prop, value in ANDRII.items()]
    found = possible_duplicates(actor_for(olena), claims)
    assert lists["andrii"].person.public_id in {hit.person for hit in found}
    assert not possible_duplicates(actor_for(olena), [ClaimDraft("residence", "Тихоріг")])


def test_a_name_half_typed_is_suggested(lists, olena):
    found = suggestions(actor_for(olena), "Андрій Кови")
    assert found[0].person == lists["andrii"].person.public_id
    assert not suggestions(actor_for(olena), "")


def test_a_name_half_typed_shows_nobody_hidden(db, documenter, now):
    a_list("closed", [ANDRII], now=now, sensitivity=Sensitivity.RESTRICTED)
    assert not suggestions(actor_for(documenter), "Кови")
