# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hierarchical models: how many there are, how they are written and read."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.estimation import BadSetting
from goodoffices.core.estimation.terms import all_models, columns, count_models, read_terms, write_terms


@pytest.mark.parametrize(
    ("width", "order", "models"),
    [(2, 1, 1), (3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024), (5, 3, 6212), (6, 2, 32768)],
)
def test_all_hierarchical_models_are_there(width, order, models):
    assert len(all_models(width, order)) == models
    assert count_models(width, order, 100_000) == models


def test_counting_stops_where_there_are_too_many():
    assert count_models(9, 2, 1000) == 1001
    assert count_models(6, 3, 40_000) == 40_001


def test_every_model_holds_all_smaller_sets_of_its_sets():
    cols = columns(4, 3)
    for model in all_models(4, 3):
        held = {pattern for pattern, here in zip(cols, model, strict=True) if here}
        assert all(pattern & ~(1 << i) in held for pattern in held for i in range(4))


@given(st.sets(st.sampled_from([c for k in (2, 3) for c in combinations("12345", k)]), max_size=6))
def test_what_is_written_is_read_as_the_same_model(sets):
    patterns = read_terms(",".join("".join(one) for one in sets), 5)
    assert read_terms(write_terms(patterns, 5), 5) == patterns


def test_only_the_largest_sets_are_written_and_sorted_as_text():
    assert write_terms(read_terms("34,14,12,23,13,123", 4), 4) == "123,14,34"
    assert write_terms(read_terms("", 4), 4) == ""
    assert write_terms(read_terms("21, 31", 3), 3) == "12,13"


@pytest.mark.parametrize("terms", ["1", "11", "15", "ab", "1-2", "12;13", "1234", "12,x", "٣٤"])
def test_terms_that_are_none_of_the_tables_are_refused(terms):
    with pytest.raises(BadSetting) as refused:
        read_terms(terms, 4)
    assert refused.value.where["field"] == "terms"
    assert refused.value.hint
