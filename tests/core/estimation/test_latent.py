# SPDX-License-Identifier: AGPL-3.0-or-later
"""Latent classes: the same for the same seed, above the documented, and R-hat says whether chains agree."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.estimation.cases import table_of, tables

from goodoffices.core.estimation import BadSetting, latent_classes
from goodoffices.core.estimation.rhat import split_rhat


def test_the_same_seed_gives_the_same_chains():
    table = tables("hav_taiwan")[0]
    one, same, other = (
        latent_classes(table, np.random.default_rng(seed), chains=4, lengths=(200,)) for seed in (1, 1, 2)
    )
    assert (one.draws == same.draws).all()
    assert (one.draws != other.draws).any()


def test_nobody_documented_is_lost():
    table = tables("hav_taiwan")[0]
    found = latent_classes(table, np.random.default_rng(1), chains=4, lengths=(200,))
    assert found.draws.min() >= table.documented
    assert found.draws.shape == (150, 4)


def test_too_few_lists_or_chains_are_refused():
    with pytest.raises(BadSetting):
        latent_classes(table_of([5, 6, 7]), np.random.default_rng(1))
    with pytest.raises(BadSetting):
        latent_classes(tables("hav_taiwan")[0], np.random.default_rng(1), chains=2)


def test_rhat_is_near_one_where_chains_agree_and_large_where_they_do_not():
    rng = np.random.default_rng(1)
    together = rng.normal(size=(2000, 10))
    assert split_rhat(together) == pytest.approx(1, abs=0.01)
    assert split_rhat(together + np.arange(10)) > 2
    assert split_rhat(together + np.linspace(0, 5, 2000)[:, None]) > 1.3
    assert split_rhat(np.ones((10, 4))) == 1
    assert split_rhat(np.ones((10, 4)) * np.arange(4)) == float("inf")
