# SPDX-License-Identifier: AGPL-3.0-or-later
"""The interval of a selected model: wider than the profile, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.estimation.cases import tables

from goodoffices.core.estimation import profile_interval, reselection_interval, search


@pytest.mark.parametrize("name", ["kosovo_1999", "hiv_rome"])
def test_selecting_again_widens_the_interval(name):
    table = tables(name)[0]
    found = search(table)
    best = found.best[0]
    profile = profile_interval(table, best.terms, best.N - table.documented)
    drawn = reselection_interval(table, found, np.random.default_rng(3))
    assert drawn.low < best.N < drawn.high
    assert drawn.high - drawn.low > 0.8 * (profile.high - profile.low)
    assert drawn.other_models > 0


def test_the_same_seed_draws_the_same():
    table = tables("hiv_rome")[0]
    found = search(table)
    one, same = (reselection_interval(table, found, np.random.default_rng(5), 60) for _ in range(2))
    other = reselection_interval(table, found, np.random.default_rng(6), 60)
    assert one == same
    assert one != other


def test_one_model_alone_gives_about_its_profile():
    table = tables("sim_independent")[0]
    found = search(table, 2)
    drawn = reselection_interval(table, found, np.random.default_rng(1))
    assert drawn.low < 5000 < drawn.high
