# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search: ranked as defined, indifferent to the order of lists, and stepwise only where it must."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.estimation.cases import drawn, table_of, tables

from goodoffices.core.estimation import BadSetting, Overlaps, fit_terms, search
from goodoffices.core.estimation.loglinear import order_for


def reordered(table: Overlaps, order: list[int]) -> Overlaps:
    """The same people with the lists in another order: list i becomes list order[i]."""
    counts = np.zeros_like(table.counts)
    for pattern in range(len(counts)):
        counts[sum((pattern >> i & 1) << order[i] for i in range(table.width))] = table.counts[pattern]
    return Overlaps(table.lists, counts)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.permutations(range(4)))
def test_the_order_of_the_lists_changes_no_number(seed, order):
    table = drawn(4, seed)
    one, same = search(table), search(reordered(table, order))
    assert pytest.approx(one.best[0].N, rel=1e-6) == same.best[0].N
    assert same.best[0].bic == pytest.approx(one.best[0].bic, abs=1e-6)
    assert sorted(model.parameters for model in same.best) == sorted(model.parameters for model in one.best)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(["aic", "bic"]))
def test_models_are_ranked_by_the_criterion_as_it_is_defined(seed, criterion):
    table = drawn(4, seed)
    found = search(table, 3, criterion)
    values = [getattr(model, criterion) for model in found.best]
    assert values == sorted(values)
    assert len(found.best) == 10
    for model in found.best:
        price = math.log(table.documented) - 2
        assert model.bic - model.aic == pytest.approx(model.parameters * price, abs=1e-6)
        assert table.documented < model.N
    again = fit_terms(table, found.best[0].terms).best[0]
    assert pytest.approx(found.best[0].N, rel=1e-7) == again.N


def test_the_other_criterions_model_stands_beside():
    found = search(tables("kosovo_1999")[0], 3, "bic")
    assert found.other.terms == search(tables("kosovo_1999")[0], 3, "aic").best[0].terms == "123,134"


def test_an_unshared_pair_still_counts_as_a_parameter():
    (model,) = fit_terms(table_of([40, 30, 0, 50, 9, 8, 0]), "12").best
    assert model.parameters == 5


@pytest.mark.parametrize(("criterion", "order"), [("bic", 2), ("aic", 2), ("bic", 3)])
def test_going_step_by_step_finds_the_best_where_lists_are_plainly_tied(criterion, order):
    table = tables("sim_two_groups_16000")[0]
    counts = table.without(4).counts.copy()
    counts[3::4] *= 4
    tied = Overlaps(tuple("ABCD"), counts)
    whole, steps = search(tied, order, criterion), search(tied, order, criterion, most=1)
    assert steps.stepwise
    assert not whole.stepwise
    assert steps.models < whole.models
    assert getattr(steps.best[0], criterion) <= getattr(whole.best[0], criterion) + 6


@pytest.mark.parametrize(
    ("width", "order", "taken"),
    [(2, None, 1), (3, None, 2), (3, 3, 2), (4, None, 3), (5, None, 2), (5, 3, 3), (7, 2, 2)],
)
def test_the_default_order_follows_the_number_of_lists(width, order, taken):
    assert order_for(width, order) == taken


def test_another_order_is_refused():
    with pytest.raises(BadSetting):
        order_for(4, 5)
