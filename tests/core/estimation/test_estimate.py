# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole answer: what is refused and why, when a range is told, and that it comes out the same again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.core.estimation.cases import table_of, tables

from goodoffices.core.estimation import BadSetting, Estimate, Overlaps, Settings, estimate, wording
from goodoffices.core.estimation.averaging import average
from goodoffices.core.estimation.judgement import disagree, headline, limits_of, lists_inside_others
from goodoffices.core.estimation.latent import LatentClasses

SETTLED = LatentClasses(2100.0, 1500.0, 3000.0, 1.01, True, 20, 6000, np.zeros((1, 1), dtype=np.int64))


def codes(found: Estimate) -> list[str]:
    return [limit.code for limit in found.limits]


def with_latent(latent: LatentClasses) -> Estimate:
    """An estimate by all methods, with the latent classes put in."""
    found = estimate(tables("sim_independent")[0], Settings(method="loglinear"))
    found = replace(found, settings=Settings(), lcmcr=latent, bma=average(found.table))
    found = replace(found, disagreement=disagree(found))
    found = replace(found, limits=limits_of(found))
    return replace(found, headline=headline(found))


def test_one_list_estimates_nothing():
    found = estimate(Overlaps(("A",), np.array([0.0, 7615.0])))
    assert codes(found) == ["one_list"]
    assert found.headline is None
    assert (found.chao, found.loglinear, found.bma, found.lcmcr) == (None, None, None, None)
    assert "cannot be estimated" in wording(found)["en"]
    assert "7,615" not in wording(found)["en"]


def test_two_lists_give_odds_ratios_and_no_headline():
    found = estimate(table_of([600, 300, 120]))
    assert found.headline is None
    assert "two_lists" in codes(found)
    assert [one.odds_ratio for one in found.odds_ratios] == [0.25, 0.5, 1, 2, 4]
    assert pytest.approx(found.odds_ratios[2].N) == found.loglinear.found.best[0].N
    assert "between 1,350 and 7,050 people" in wording(found)["en"]


@pytest.mark.parametrize("shared", [0, 4])
def test_hardly_anybody_on_several_lists_estimates_nothing(shared):
    found = estimate(table_of([500, 400, shared, 300, 0, 0, 0]))
    assert "overlaps_too_small" in codes(found)
    assert (found.chao, found.loglinear, found.bma, found.lcmcr, found.headline) == (None,) * 5
    assert "cannot be estimated" in wording(found)["en"]
    assert found.search is not None


def test_one_method_alone_gives_its_numbers_but_no_headline():
    found = estimate(tables("kosovo_1999")[0], Settings(method="loglinear"))
    assert found.loglinear is not None
    assert found.headline is None
    assert "one_method" in codes(found)
    assert (found.chao, found.bma, found.lcmcr) == (None, None, None)


def test_chains_that_did_not_settle_forbid_a_headline():
    found = with_latent(replace(SETTLED, median=5000.0, low=4800.0, high=5200.0, rhat=1.3, settled=False))
    assert found.headline is None
    assert "unsettled" in codes(found)


def test_the_headline_is_the_union_of_all_intervals():
    found = with_latent(replace(SETTLED, median=5000.0, low=4000.0, high=6000.0))
    assert not found.disagreement
    assert (found.headline.low, found.headline.high) == (4000, 6000)


def test_a_point_outside_anothers_interval_raises_the_flag():
    found = with_latent(replace(SETTLED, median=7000.0, low=6500.0, high=8000.0))
    assert found.disagreement
    assert "methods_disagree" in codes(found)
    assert found.headline.high == 8000
    assert "The methods disagree" in wording(found)["en"]


def test_a_list_copied_from_another_is_told():
    copied = table_of([0, 300, 50, 200, 0, 40, 20])
    assert lists_inside_others(copied) == [("A", "B")]
    twin = table_of([0, 0, 300, 200, 0, 0, 50])
    assert lists_inside_others(twin) == [("A", "B")]


def test_a_top_that_cuts_forbids_a_headline():
    found = estimate(tables("kosovo_1999")[0], Settings(method="bma", top=4000))
    assert "top_cuts" in codes(found)


def test_the_same_seed_answers_the_same():
    table = tables("hiv_rome")[0]
    one, same = (estimate(table, Settings(method="loglinear", seed=4, draws=60)) for _ in range(2))
    other = estimate(table, Settings(method="loglinear", seed=5, draws=60))
    assert one.loglinear.reselected == same.loglinear.reselected
    assert one.loglinear.reselected != other.loglinear.reselected


def test_a_named_model_has_the_profile_interval():
    found = estimate(tables("kosovo_1999")[0], Settings(method="loglinear", terms="123,14,34"))
    assert found.loglinear.reselected is None
    assert (found.loglinear.low, found.loglinear.high) == pytest.approx((8994.3, 12110.4), rel=0.0005)


def test_a_named_model_without_an_estimate_is_refused_in_words():
    found = estimate(table_of([27, 37, 8, 19, 0, 0, 0]), Settings(method="loglinear", terms="12"))
    assert found.loglinear is None
    assert found.search.failing == ("12",)
    assert "no_usable_model" in codes(found)
    assert "no model" in wording(found)["en"]


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "magic"}, {"criterion": "hqc"}, {"order": 1}, {"order": 4}, {"terms": "19"}, {"seed": -1},
        {"terms": "1234"},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(asked):
    with pytest.raises(BadSetting) as refused:
        estimate(tables("kosovo_1999")[0], Settings(**asked))
    assert refused.value.hint
    assert refused.value.where["field"] in asked


@pytest.mark.parametrize("method", ["bma", "lcmcr"])
def test_methods_that_two_lists_cannot_have_are_refused(method):
    with pytest.raises(BadSetting):
        estimate(table_of([5, 6, 7]), Settings(method=method))


def test_seven_lists_are_searched_step_by_step():
    rng = np.random.default_rng(1)
    counts = rng.poisson(300 * np.exp(-1.0 * np.array([bin(p).count("1") for p in range(128)]))).astype(float)
    counts[0] = 0
    counts[3::4] *= 3  # lists 1 and 2 share their people
    found = estimate(Overlaps(tuple("ABCDEFG"), counts), Settings(method="loglinear", draws=40))
    assert found.search.stepwise
    assert "stepwise" in codes(found)
    assert "12" in found.loglinear.found.best[0].terms.split(",")
