# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole answer: every method the table can carry, what stands against each, and a range or none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from goodoffices.core.estimation.averaging import Averaged, average
from goodoffices.core.estimation.chao import LowerBound, lower_bound
from goodoffices.core.estimation.errors import BadSetting
from goodoffices.core.estimation.judgement import Headline, Limit, disagree, headline, limits_of
from goodoffices.core.estimation.latent import CHAINS, LENGTHS, LatentClasses, latent_classes
from goodoffices.core.estimation.loglinear import Criterion, Search, fit_terms, order_for, search
from goodoffices.core.estimation.profile import Profile, profile_interval
from goodoffices.core.estimation.reselection import DRAWS, Reselected, reselection_interval
from goodoffices.core.estimation.sensitivity import (
    Change,
    UnderErrors,
    WithoutList,
    greatest_changes,
    under_linkage_errors,
    without_each_list,
)
from goodoffices.core.estimation.table import Overlaps
from goodoffices.core.estimation.terms import read_terms
from goodoffices.core.estimation.two_lists import AtOddsRatio, by_odds_ratio

Method = Literal["chao", "loglinear", "bma", "lcmcr", "all"]
METHODS: tuple[Method, ...] = ("chao", "loglinear", "bma", "lcmcr", "all")
# Fewer people than this on several lists carry no estimate (ESTIMATION B4).
FEWEST_ON_SEVERAL = 5


@dataclass(frozen=True)
class Settings:
    """What is asked. ``terms`` None searches; ``top``, ``delta`` and ``order`` None take their defaults."""

    method: Method = "all"
    order: int | None = None
    criterion: Criterion = "bic"
    terms: str | None = None
    top: int | None = None
    delta: float | None = None
    seed: int = 0
    chains: int = CHAINS
    lengths: tuple[int, ...] = LENGTHS
    draws: int = DRAWS

    def wants(self, method: Method) -> bool:
        """Whether a method is asked for."""
        return self.method in (method, "all")


@dataclass(frozen=True, eq=False)
class LogLinear:
    """The log-linear answer: the search, and its interval.

    ``low`` and ``high`` are the profile's for a model that was given, and the re-selection's for one that was found.
    """

    found: Search
    profile: Profile
    reselected: Reselected | None

    @property
    def low(self) -> float:
        """Lower end, people."""
        return self.reselected.low if self.reselected else self.profile.low

    @property
    def high(self) -> float | None:
        """Upper end, people; None where nothing ends it."""
        return self.reselected.high if self.reselected else self.profile.high


@dataclass(frozen=True, eq=False)
class Estimate:
    """All that can be said of one table. What was not asked, or can't be had, is None; ``limits`` says why."""

    table: Overlaps
    settings: Settings
    search: Search | None = None
    chao: LowerBound | None = None
    loglinear: LogLinear | None = None
    bma: Averaged | None = None
    lcmcr: LatentClasses | None = None
    odds_ratios: tuple[AtOddsRatio, ...] = ()
    linkage_errors: tuple[UnderErrors, ...] = ()
    without_list: tuple[WithoutList, ...] = ()
    changes: tuple[Change, ...] = ()
    disagreement: bool = False
    headline: Headline | None = None
    limits: tuple[Limit, ...] = field(default=())


def estimate(table: Overlaps, settings: Settings | None = None) -> Estimate:
    """Estimate how many people there are, on the lists or on none.

    The same table, settings and seed give the same answer to the last digit on one machine.

    Raises:
        BadSetting: a setting that doesn't fit, or a method that this number of lists can't have.
    """
    settings = settings or Settings()
    check(settings, table.width)
    if table.width == 1:
        return _judged(Estimate(table, settings))
    found = _search(table, settings)
    if table.on_several < FEWEST_ON_SEVERAL:
        return _judged(Estimate(table, settings, search=found))
    streams = np.random.default_rng(settings.seed).spawn(2)
    loglinear = _loglinear(table, settings, found, streams[0]) if settings.wants("loglinear") else None
    errors = under_linkage_errors(table, found) if loglinear else ()
    lists = without_each_list(table, found) if loglinear else ()
    return _judged(
        Estimate(
            table,
            settings,
            search=found,
            chao=lower_bound(table) if settings.wants("chao") else None,
            loglinear=loglinear,
            bma=_bma(table, settings),
            lcmcr=latent_classes(table, streams[1], settings.chains, settings.lengths)
            if settings.wants("lcmcr") and table.width > 2
            else None,
            odds_ratios=by_odds_ratio(table),
            linkage_errors=errors,
            without_list=lists,
            changes=greatest_changes(found, errors, lists) if loglinear else (),
        )
    )


def check(settings: Settings, width: int) -> None:
    """Refuse settings that can't be used with so many lists.

    Raises:
        BadSetting: says which and how to mend it.
    """
    if settings.method not in METHODS:
        raise BadSetting(
            f'"{settings.method}" is no method.',
            code="bad_method",
            where={"field": "method"},
            hint=f"Use one of {', '.join(METHODS)}.",
        )
    if settings.criterion not in ("aic", "bic"):
        raise BadSetting(
            f'"{settings.criterion}" is no criterion.', where={"field": "criterion"}, hint="Use aic or bic."
        )
    if settings.seed < 0:
        raise BadSetting("The seed is below 0.", where={"field": "seed"}, hint="Give a whole number from 0.")
    order_for(max(width, 2), settings.order)
    if settings.terms is not None:
        read_terms(settings.terms, width)
    if settings.method == "bma" and width not in (3, 4, 5):
        raise BadSetting(
            f"Averaging over graphs is for 3 to 5 lists, not {width}.",
            code="bma_lists",
            where={"field": "method"},
            hint="Use another --method, or merge lists that draw on the same source.",
        )
    if settings.method == "lcmcr" and width < 3:
        raise BadSetting(
            f"Latent classes need three lists, not {width}.",
            code="lcmcr_lists",
            where={"field": "method"},
            hint="Two lists give no more than --method loglinear shows.",
        )


def _search(table: Overlaps, settings: Settings) -> Search:
    if settings.terms is not None:
        return fit_terms(table, settings.terms)
    return search(table, settings.order, settings.criterion)


def _loglinear(table: Overlaps, settings: Settings, found: Search, rng: np.random.Generator) -> LogLinear | None:
    if not found.best:
        return None
    best = found.best[0]
    chosen = found.models > 1 and settings.draws > 0
    return LogLinear(
        found=found,
        profile=profile_interval(table, best.terms, best.N - table.documented),
        reselected=reselection_interval(table, found, rng, settings.draws) if chosen else None,
    )


def _bma(table: Overlaps, settings: Settings) -> Averaged | None:
    if not settings.wants("bma") or table.width not in (3, 4, 5):
        return None
    return average(table, top=settings.top, delta=settings.delta)


def _judged(found: Estimate) -> Estimate:
    """Add the flag, the limits and the headline, which look at all methods together."""
    found = replace(found, disagreement=disagree(found))
    found = replace(found, limits=limits_of(found))
    return replace(found, headline=headline(found))
