# SPDX-License-Identifier: AGPL-3.0-or-later
"""Latent classes: groups of people who come on lists with different chances, found by many chains at once.

A Dirichlet process mixture, cut at ``CLASSES`` classes; inside a class the lists are independent. The only family
here that can see that some people are easier to find on every list. It mixes slowly where overlaps are thin, so it
is run as many chains from different starts and believed only if they agree (R-hat).

Model and priors: Manrique-Vallier 2016, Biometrics 72 (gamma(0.25, 0.25) on the concentration, uniform priors on
chances, 1/N on the total). The sampler is Gibbs throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.core.estimation.chao import lower_bound
from goodoffices.core.estimation.errors import BadSetting
from goodoffices.core.estimation.rhat import split_rhat
from goodoffices.core.estimation.table import Floats, Ints, Overlaps

CLASSES = 10
SHAPE = RATE = 0.25
CHAINS = 20
# Lengths at which the chains are looked at; the first quarter is always left out.
LENGTHS = (6_000, 12_000, 24_000, 48_000)
ENOUGH = 1.07  # below this, more steps change nothing that is shown
HOPELESS = 1.5  # above this after the second look, chains sit in different places and would stay there
SETTLED = 1.1
SMALLEST = 1e-9


@dataclass(frozen=True, eq=False)
class LatentClasses:
    """Posterior of the number of people over all chains.

    Attributes:
        settled: R-hat is at most 1.1. If not, the numbers describe the chains and are no estimate.
        draws: totals, shape (kept steps, chains).
    """

    median: float
    low: float
    high: float
    rhat: float
    settled: bool
    chains: int
    steps: int
    draws: Ints


@dataclass(eq=False)
class _Chains:
    """Where all chains stand: weights of classes (C, K), chances of lists (C, lists, K), concentration (C,)."""

    weight: Floats
    chance: Floats
    concentration: Floats


def latent_classes(
    table: Overlaps, rng: np.random.Generator, chains: int = CHAINS, lengths: Sequence[int] = LENGTHS
) -> LatentClasses:
    """Run the chains until they agree or the budget of steps is used; ``lengths`` are where they are looked at.

    Raises:
        BadSetting: fewer than three lists or fewer than four chains.
    """
    if table.width < 3:
        raise BadSetting("Latent classes need three lists.", code="lcmcr_lists", hint="Use another --method.")
    if chains < 4:
        raise BadSetting("R-hat needs at least four chains.", where={"field": "chains"}, hint="Leave it at 20.")
    state = _start(table, rng, chains)
    totals = np.empty((0, chains), dtype=np.int64)
    rhat = np.inf
    for look, steps in enumerate(lengths):
        totals = np.concatenate([totals, _run(table, state, rng, steps - len(totals))])
        kept = totals[steps // 4 :]
        rhat = max(split_rhat(kept), split_rhat(np.log(kept - table.documented + 1)))
        if rhat <= ENOUGH or (look >= 1 and rhat > HOPELESS):
            break
    low, median, high = np.quantile(kept, (0.025, 0.5, 0.975))
    return LatentClasses(
        median=float(median),
        low=float(low),
        high=float(high),
        rhat=float(rhat),
        settled=bool(rhat <= SETTLED),
        chains=chains,
        steps=len(totals),
        draws=kept,
    )


def _start(table: Overlaps, rng: np.random.Generator, chains: int) -> _Chains:
    """Start every chain near one class with the lists' marginal rates, the chains apart in the total they assume.

    From random classes many chains settle near "one class a list, nobody unlisted" and take very long to leave.
    """
    bound = lower_bound(table)
    middle = bound.N if bound else 2 * table.documented
    assumed = np.maximum(middle * np.exp(rng.uniform(-0.3, 0.3, chains)), 1.05 * table.documented)
    rates = np.clip(np.array(table.sizes) / assumed[:, None], 0.001, 0.95)
    weight = np.full((chains, CLASSES), 0.1 / (CLASSES - 1))
    weight[:, 0] = 0.9
    return _Chains(weight, np.repeat(rates[:, :, None], CLASSES, axis=2), np.ones(chains))


def _run(table: Overlaps, state: _Chains, rng: np.random.Generator, steps: int) -> Ints:
    """Take so many Gibbs steps on all chains and give the totals, shape (steps, chains)."""
    patterns = np.flatnonzero(table.counts)
    counts = table.counts[patterns].astype(np.int64)
    on_list = ((patterns[:, None] >> np.arange(table.width)) & 1).astype(np.float64)
    listed = int(counts.sum())
    totals = np.empty((steps, len(state.weight)), dtype=np.int64)
    for step in range(steps):
        missed = np.log1p(-state.chance)
        on_none = np.log(state.weight) + missed.sum(axis=1)
        members = rng.multinomial(counts, _class_shares(on_list, np.log(state.chance) - missed, on_none))
        unlisted_share = np.exp(on_none)
        unlisted_chance = unlisted_share.sum(axis=1, keepdims=True)
        unlisted = rng.negative_binomial(listed, np.clip(1 - unlisted_chance[:, 0], 1e-7, 1.0))
        size = members.sum(axis=1) + rng.multinomial(unlisted, unlisted_share / unlisted_chance)
        found = np.matmul(on_list.T, members)
        chance = rng.beta(1 + found, 1 + size[:, None, :] - found)
        state.chance = np.clip(chance, SMALLEST, 1 - SMALLEST)
        _break_sticks(state, size, rng)
        totals[step] = listed + unlisted
    return totals


def _class_shares(on_list: Floats, odds: Floats, on_none: Floats) -> Floats:
    """Give the probability of each class for each pattern, shape (chains, patterns, classes)."""
    logs = np.matmul(on_list, odds) + on_none[:, None, :]
    logs -= logs.max(axis=2, keepdims=True)
    shares = np.exp(logs)
    shares /= shares.sum(axis=2, keepdims=True)
    return np.asarray(shares, dtype=np.float64)


def _break_sticks(state: _Chains, size: Ints, rng: np.random.Generator) -> None:
    """Draw the weights of the classes from their sizes, then the concentration from the weights."""
    after = size.sum(axis=1, keepdims=True) - np.cumsum(size, axis=1)
    stick = rng.beta(1 + size[:, :-1], state.concentration[:, None] + after[:, :-1])
    left = np.cumsum(np.log1p(-np.minimum(stick, 1 - 1e-12)), axis=1)
    weight = np.empty_like(state.weight)
    weight[:, 0] = stick[:, 0]
    weight[:, 1:-1] = stick[:, 1:] * np.exp(left[:, :-1])
    weight[:, -1] = np.exp(left[:, -1])
    state.weight = np.maximum(weight, 1e-300)
    state.concentration = np.maximum(rng.gamma(SHAPE + CLASSES - 1, 1 / (RATE - left[:, -1])), 1e-6)
