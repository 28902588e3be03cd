# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands against an estimate, whether the methods disagree, and whether a range may be told at all.

Agreement is no evidence: where many are hard to find on every list, families agree with each other, closely and
wrongly. Disagreement is: it says that the lists don't determine the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodoffices.core.estimation.table import Overlaps, contains

if TYPE_CHECKING:
    from goodoffices.core.estimation.estimate import Estimate

# Codes that forbid a headline.
NO_HEADLINE = frozenset(
    {
        "one_list", "two_lists", "overlaps_too_small", "no_usable_model", "no_upper_end", "unsettled", "top_cuts",
        "one_method",
    }
)  # fmt: skip
# What holds of every estimate from lists.
ALWAYS = ("beyond_every_list", "linkage_errors", "whole_period", "not_names")
TRACE = 1e-3
SMALL_LIST = 20


@dataclass(frozen=True)
class Limit:
    """One thing that limits the answer: a code, and the lists it is about."""

    code: str
    lists: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headline:
    """The union of the methods' 95 % intervals; people.

    ``at_least`` is the low end of the lower bound, of those who could be listed and where lists don't avoid each
    other's people; so it may lie above ``low``. None where the bound can't be had.
    """

    low: float
    high: float
    at_least: float | None
    methods: tuple[str, ...]


def families(found: Estimate) -> dict[str, tuple[float, float, float | None]]:
    """Give point, low and high of each family that answered; the lower bound is none."""
    answers: dict[str, tuple[float, float, float | None]] = {}
    if found.loglinear:
        answers["loglinear"] = (found.loglinear.found.best[0].N, found.loglinear.low, found.loglinear.high)
    if found.bma:
        answers["bma"] = (found.bma.median, found.bma.low, found.bma.high)
    if found.lcmcr:
        answers["lcmcr"] = (found.lcmcr.median, found.lcmcr.low, found.lcmcr.high)
    return answers


def disagree(found: Estimate) -> bool:
    """Tell whether any family's point lies outside another family's 95 % interval."""
    answers = families(found)
    return any(
        point < low or (high is not None and point > high)
        for one, (point, _, _) in answers.items()
        for other, (_, low, high) in answers.items()
        if one != other
    )


def limits_of(found: Estimate) -> tuple[Limit, ...]:
    """List what limits the answer, what forbids a headline first."""
    table = found.table
    if table.width == 1:
        return (Limit("one_list"),)
    limits = [*_of_lists(table), *_of_methods(found), *_of_models(found)]
    return (*limits, *(Limit(code) for code in ALWAYS))


def _of_lists(table: Overlaps) -> list[Limit]:
    limits = []
    if table.width == 2:
        limits.append(Limit("two_lists"))
    if table.on_several < 5:
        limits.append(Limit("overlaps_too_small"))
    inside = lists_inside_others(table)
    limits += [Limit("list_inside_other", pair) for pair in inside]
    return limits


def lists_inside_others(table: Overlaps) -> list[tuple[str, str]]:
    """Find lists of some size with nobody of their own beside another list: perhaps copied from it."""
    found = []
    held = contains(table.width)
    for one in range(table.width):
        for other in range(table.width):
            alone = held[1 << one] & ~held[1 << other]
            both_ways = table.counts[held[1 << other] & ~held[1 << one]].sum() == 0
            if one == other or (both_ways and one > other) or table.sizes[one] < SMALL_LIST:
                continue
            if table.counts[alone].sum() == 0:
                found.append((table.lists[one], table.lists[other]))
    return found


def _of_methods(found: Estimate) -> list[Limit]:
    table, limits = found.table, []
    if table.on_several < 5:
        return []
    if found.settings.method != "all":
        limits.append(Limit("one_method"))
    if found.settings.wants("bma") and not found.bma and table.width > 2:
        limits.append(Limit("bma_lists"))
    if found.settings.wants("chao") and not found.chao:
        limits.append(Limit("no_lower_bound"))
    if found.lcmcr and not found.lcmcr.settled:
        limits.append(Limit("unsettled"))
    if found.bma and found.bma.at_top > TRACE:
        limits.append(Limit("top_cuts"))
    if found.bma and len(found.bma.modes) > 1:
        limits.append(Limit("two_modes"))
    if found.disagreement:
        limits.append(Limit("methods_disagree"))
    return limits


def _of_models(found: Estimate) -> list[Limit]:
    models, limits = found.search, []
    if models is None or found.table.on_several < 5:
        return []
    if not models.best:
        limits.append(Limit("no_usable_model"))
    elif models.failing or models.not_identifiable:
        limits.append(Limit("some_models_unusable"))
    if models.stepwise:
        limits.append(Limit("stepwise"))
    answer = found.loglinear
    if answer is None:
        return limits
    if answer.high is None:
        limits.append(Limit("no_upper_end"))
    if models.models > 1 and answer.reselected is None and found.settings.draws:
        limits.append(Limit("selection_not_in_interval"))
    other = models.other
    if other and not answer.profile.low <= other.N <= (answer.profile.high or float("inf")):
        limits.append(Limit("criteria_disagree"))
    return limits


def headline(found: Estimate) -> Headline | None:
    """Give the range to tell, or None where the limits forbid one."""
    if any(limit.code in NO_HEADLINE for limit in found.limits):
        return None
    answers = families(found)
    highs = [high for _, _, high in answers.values() if high is not None]
    if not answers or len(highs) < len(answers):
        return None
    low = min(low for _, low, _ in answers.values())
    return Headline(low, max(highs), found.chao.low if found.chao else None, methods=tuple(answers))
