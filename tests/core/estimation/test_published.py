# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers that are published, or that other programs give, come out the same."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln
from tests.core.estimation.cases import expected, name_of, tables

from goodoffices.core.estimation import average, fit_terms, latent_classes, lower_bound, profile_interval, search


@pytest.mark.parametrize("case", expected("loglinear"), ids=name_of)
def test_a_search_gives_the_known_model_and_number(case):
    setting, wanted = case["settings"], case["expected"]
    found = search(tables(case["data"])[0], setting["order"], setting["criterion"].lower())
    best = found.best[0]
    assert found.models == setting["models"]
    assert best.terms == wanted["terms"]
    assert pytest.approx(wanted["N"], abs=0.01) == best.N
    assert best.se == pytest.approx(wanted.get("se", best.se), abs=0.01)
    assert best.deviance == pytest.approx(wanted.get("deviance", best.deviance), abs=0.001)
    assert best.aic == pytest.approx(wanted.get("AIC", best.aic), abs=0.001)
    assert best.bic == pytest.approx(wanted.get("BIC", best.bic), abs=0.001)


@pytest.mark.parametrize("case", expected("loglinear_fixed"), ids=name_of)
def test_a_named_model_gives_the_known_number(case):
    best = fit_terms(tables(case["data"])[0], case["settings"]["terms"]).best[0]
    assert pytest.approx(case["expected"]["N"], abs=0.01) == best.N
    assert best.se == pytest.approx(case["expected"]["se"], abs=0.01)


@pytest.mark.parametrize("case", expected("loglinear_profile"), ids=name_of)
def test_a_profile_interval_is_the_known_one(case):
    table, terms = tables(case["data"])[0], case["settings"]["terms"]
    best = fit_terms(table, terms).best[0]
    found = profile_interval(table, terms, best.N - table.documented)
    assert (found.N, found.low, found.high) == pytest.approx(case["expected"]["multinomial"], rel=0.0005)


@pytest.mark.parametrize("case", [case for case in expected("dga") if case["settings"]["prior"] == "1/N"], ids=name_of)
def test_averaging_over_graphs_gives_the_known_whole_numbers(case):
    wanted = case["expected"]
    found = average(tables(case["data"])[0], top=case["settings"]["missing"][1])
    assert (found.low, found.median, found.high, found.mode) == (
        wanted["q025"], wanted["median"], wanted["q975"], wanted["mode"],
    )  # fmt: skip
    assert found.mean == pytest.approx(wanted["mean"], abs=0.01)
    assert found.best_graph == pytest.approx(wanted["best_graph"], abs=0.0001)


def test_averaging_takes_a_prior_as_madigan_and_york_did():
    (case,) = (case for case in expected("dga") if case["data"] == "spina_bifida")
    table, wanted = tables("spina_bifida")[0], case["expected"]
    totals = table.documented + np.arange(1, 301)
    shape, scale = 13.14, 55.17
    prior = gammaln(totals + shape) - gammaln(totals + 1) + totals * np.log(scale / (1 + scale))
    found = average(table, top=300, delta=1.0, log_prior=prior)
    assert (found.mode, found.low, found.median, found.high) == (
        wanted["mode"], wanted["q025"], wanted["median"], wanted["q975"],
    )  # fmt: skip
    assert found.mean == pytest.approx(wanted["mean"], abs=0.01)
    assert found.best_graph == pytest.approx(wanted["best_graph"], abs=0.00001)
    relative = (found.posterior / totals).sum() / (found.posterior / totals**2).sum()
    assert relative == pytest.approx(wanted["relative_loss_estimate"], abs=0.05)


@pytest.mark.parametrize("case", expected("lower_bound"), ids=name_of)
def test_the_lower_bound_is_the_known_one(case):
    found = lower_bound(tables(case["data"])[0])
    wanted = case["expected"]
    assert (found.N, found.low, found.high) == pytest.approx((wanted["N"], wanted["lo"], wanted["hi"]), abs=0.1)


@pytest.mark.parametrize("case", expected("existence"), ids=name_of)
def test_models_without_an_estimate_are_the_known_ones(case):
    found = search(tables(case["data"])[0], case["settings"]["order"])
    assert list(found.failing) == case["expected"]["failing"]


@pytest.mark.parametrize(
    "name", ["hiv_rome", pytest.param("kosovo_1999", marks=pytest.mark.slow)]
)  # fmt: skip
def test_latent_classes_settle_in_the_known_range(name):
    (case,) = (case for case in expected("latent_class") if case["data"] == name)
    found = latent_classes(tables(name)[0], np.random.default_rng(0))
    assert found.settled
    assert found.rhat <= 1.1
    for value, ends, share in (
        (found.median, case["expected"]["median"], 0.05),
        (found.low, case["expected"]["q025"], 0.15),
        (found.high, case["expected"]["q975"], 0.15),
    ):
        assert ends[0] * (1 - share) <= value <= ends[1] * (1 + share)


def test_a_table_with_two_answers_is_never_reported_as_settled():
    found = latent_classes(tables("uk_2013_five")[0], np.random.default_rng(0), lengths=(3_000,))
    assert not found.settled
    assert found.rhat > 1.1
