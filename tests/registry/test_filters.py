# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people list's address: read, written back, refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import FieldClass
from goodoffices.registry import filters
from goodoffices.registry.filters import NotYours, PeopleQuery

NO_PLACES = replace(SYSTEM, field_classes=frozenset({int(FieldClass.IDENTITY)}))
NO_IDENTITY = replace(SYSTEM, field_classes=frozenset({int(FieldClass.WHEREABOUTS)}))


def read(text: str, actor=SYSTEM) -> PeopleQuery:
    return filters.read(QueryDict(text), actor)


def test_an_empty_address_asks_for_everybody_by_name():
    assert read("") == PeopleQuery()
    assert not read("").narrow
    assert read("sort=-taken").narrow is False


def test_dates_are_read_in_any_usual_writing():
    assert read("born_from=14.03.1981").born_from == "1981-03-14"
    assert read("born_to=1990").born_to == "1990"
    assert read("taken_from=2022-03").taken_from == "2022-03"


def test_a_date_that_cannot_be_read_is_no_filter_but_is_kept_to_be_shown():
    query = read("born_from=yesterday")
    assert query.born_from == ""
    assert query.unread == {"born_from": "yesterday"}


@pytest.mark.parametrize("text", ["category=spy", "sex=x", "mark=hidden", "sort=value", "source=7", "place=7"])
def test_an_unknown_word_is_refused(text):
    with pytest.raises(NotYours):
        read(text)


@pytest.mark.req("LK4")
@pytest.mark.parametrize("text", ["place=~Centre 99", "mark=conflict"])
def test_filtering_by_whereabouts_is_refused_to_who_does_not_see_them(text):
    assert read(text)
    with pytest.raises(NotYours):
        read(text, NO_PLACES)


@pytest.mark.req("LK4")
@pytest.mark.parametrize("text", ["q=a", "category=civilian", "born_from=1981", "born_from=whenever", "sort=born"])
def test_filtering_or_sorting_by_identity_is_refused_to_who_does_not_see_it(text):
    with pytest.raises(NotYours):
        read(text, NO_IDENTITY)


def test_a_filter_is_taken_off_alone():
    query = read("category=civilian&category=medic&status=held")
    assert filters.without(query, "category", "medic") == read("category=civilian&status=held")
    assert filters.without(query, "status", "held").status == ()


@pytest.mark.parametrize(
    ("edtf", "after"),
    [("1981", "1982"), ("1981-12", "1982-01"), ("1981-03", "1981-04"), ("1981-03-14", "1981-03-14~~")],
)
def test_the_day_after_sorts_after_everything_within(edtf, after):
    assert filters.day_after(edtf) == after
    assert edtf < after
    assert f"{edtf}~" < after


def test_the_ledger_is_told_which_filters_not_their_values():
    assert read("q=Ковилянко&category=civilian").codes == ["q", "category"]


words = st.sampled_from(["civilian", "medic", "none"])
queries = st.builds(
    PeopleQuery,
    q=st.text(alphabet="аб в", max_size=8).map(lambda text: " ".join(text.split())),
    category=st.lists(words, unique=True, max_size=3).map(tuple),
    mark=st.lists(st.sampled_from(filters.MARKS), unique=True).map(tuple),
    place=st.sampled_from(["", "~Centre 99", "01a20088-28ae-7fb0-967e-b482b1241e73"]),
    born_from=st.sampled_from(["", "1981", "1981-03", "1981-03-14"]),
    sort=st.sampled_from(filters.SORTS),
)


@given(queries)
def test_an_address_says_the_whole_query_and_is_read_back_as_it_was(query):
    assert read(filters.address(query).removeprefix("?")) == query
