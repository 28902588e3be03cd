# SPDX-License-Identifier: AGPL-3.0-or-later
"""Models whose estimate doesn't exist, or is not the only one, are found and never chosen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.core.estimation.cases import table_of

from goodoffices.core.estimation import search
from goodoffices.core.estimation.existence import exists, has_positive_table, identifiable
from goodoffices.core.estimation.poisson import fit
from goodoffices.core.estimation.table import contains
from goodoffices.core.estimation.terms import all_models, columns

# One shared pair of three; Chan, Silverman & Vincent 2021, Table 2, tell the verdicts for tables of this shape.
ARTIFICIAL = table_of([27, 37, 4, 19, 0, 0, 0])


def test_the_artificial_table_has_the_verdicts_of_chan_silverman_and_vincent():
    found = search(ARTIFICIAL)
    assert found.failing == ("12", "12,13", "12,23")
    assert found.not_identifiable == ("12,13,23",)


def test_an_unusable_model_is_never_among_the_best():
    found = search(ARTIFICIAL)
    assert {one.terms for one in found.best} == {"", "13", "23", "13,23"}


def test_no_model_may_be_usable_at_all():
    nobody_shared = table_of([10, 20, 0, 30, 0, 0, 0])
    found = search(nobody_shared)
    assert all(one.terms not in found.failing for one in found.best)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 0, 1, 2, 30]), min_size=15, max_size=15))
def test_the_quick_verdicts_are_those_of_the_linear_program(counts):
    patterns = np.arange(1, 16)
    if any(not sum(c for p, c in zip(patterns, counts, strict=True) if p >> i & 1) for i in range(4)):
        return
    table, cols, held = table_of(counts), np.array(columns(4, 2)), all_models(4, 2)
    fits = fit(table.counts[None, :], cols, held, 4)
    quick = exists(table.counts, cols, held, fits, 4)
    single = identifiable(cols, held, fits, 4)
    for index in range(0, 64, 9):
        used, cells = cols[fits.used[index]], fits.cells[index]
        assert quick[index] == has_positive_table(table.counts, used, cells, 4)
        design = contains(4)[np.ix_(used, np.flatnonzero(cells))].astype(float)
        assert single[index] == (np.linalg.matrix_rank(design) == len(used))


@pytest.mark.parametrize(("counts", "exist"), [([5, 5, 5, 5, 5, 5, 0], False), ([5, 5, 5, 5, 5, 5, 1], True)])
def test_a_full_three_list_model_needs_somebody_on_all_three(counts, exist):
    table, cols = table_of(counts), np.array(columns(3, 2))
    cells = np.ones(8, dtype=bool)
    cells[0] = False
    assert has_positive_table(table.counts, cols, cells, 3) is exist


def test_the_program_agrees_with_another_way_to_ask():
    table, cols = table_of([3, 0, 2, 0, 1, 4, 0]), np.array(columns(3, 1))
    design = contains(3)[cols][:, 1:].astype(float)
    each = [-linprog(-np.eye(7)[i], A_eq=design, b_eq=design @ table.counts[1:], method="highs").fun for i in range(7)]
    cells = np.ones(8, dtype=bool)
    cells[0] = False
    assert has_positive_table(table.counts, cols, cells, 3) == all(most > 1e-7 for most in each)
