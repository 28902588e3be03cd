# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bayesian averaging over all decomposable graphs on the lists, in closed form.

For every possible number of unlisted people and every graph the probability of the table is a product of gamma
functions (hyper-Dirichlet prior with ``delta`` a cell); they are averaged with equal weight of graphs and a prior
on the total. Sources: Madigan & York 1997, Biometrika 84; the conventions are those of the R package dga.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import gammaln, logsumexp

from goodoffices.core.estimation.errors import BadSetting
from goodoffices.core.estimation.graphs import decomposable_graphs
from goodoffices.core.estimation.table import Floats, Overlaps, contains, sizes_of_patterns

FEWEST_LISTS, MOST_LISTS = 3, 5
MOST_MISSING = 5_000_000
BLOCK = 4096


@dataclass(frozen=True, eq=False)
class Averaged:
    """Posterior of the number of people; quantiles are whole numbers.

    Attributes:
        low, high: 2.5 % and 97.5 % points: smallest number with at least that probability at or below it.
        best_graph: posterior probability of the likeliest graph.
        at_top: posterior probability of the highest hundredth of the numbers tried; more than a trace means that
            ``top`` cuts the answer.
        modes: numbers where the posterior has a clear hill of its own.
        posterior: probability of each number from documented + 1 on.
    """

    mean: float
    median: int
    low: int
    high: int
    mode: int
    best_graph: float
    top: int
    delta: float
    at_top: float
    modes: tuple[int, ...]
    posterior: Floats


def default_top(documented: float) -> int:
    """Give how many unlisted people are tried where nothing else is said."""
    return int(max(60_000, min(10 * documented, 1_000_000)))


def average(
    table: Overlaps, *, top: int | None = None, delta: float | None = None, log_prior: Floats | None = None
) -> Averaged:
    """Average over all decomposable graphs.

    Args:
        table: 3 to 5 lists.
        top: the largest number of unlisted people tried; they run from 1 to it.
        delta: prior count a cell; 2 ** -lists where None.
        log_prior: log prior of the totals documented + 1 ... documented + top; proportional to 1/N where None.

    Raises:
        BadSetting: number of lists, top, delta or prior out of range.
    """
    top = default_top(table.documented) if top is None else top
    delta = 2.0**-table.width if delta is None else delta
    _check(table, top, delta, log_prior)
    totals = table.documented + np.arange(1, top + 1)
    prior = -np.log(totals) if log_prior is None else log_prior
    graphs = decomposable_graphs(table.width).astype(np.float64)
    weights, by_graph = _posterior(table, graphs, top, delta, prior)
    low, median, high = (int(totals[at]) for at in np.searchsorted(np.cumsum(weights), (0.025, 0.5, 0.975)))
    return Averaged(
        mean=float(totals @ weights),
        median=median,
        low=low,
        high=high,
        mode=int(totals[np.argmax(weights)]),
        best_graph=float(by_graph.max()),
        top=top,
        delta=delta,
        at_top=float(weights[-max(1, top // 100) :].sum()),
        modes=tuple(int(totals[at]) for at in hills(weights)),
        posterior=weights,
    )


def _check(table: Overlaps, top: int, delta: float, log_prior: Floats | None) -> None:
    if not FEWEST_LISTS <= table.width <= MOST_LISTS:
        raise BadSetting(
            f"Averaging over graphs is for {FEWEST_LISTS} to {MOST_LISTS} lists, not {table.width}.",
            code="bma_lists",
            hint="Use another --method, or merge lists that draw on the same source.",
        )
    if not 1 <= top <= MOST_MISSING:
        raise BadSetting(
            f"The largest missing count {top} is not between 1 and {MOST_MISSING}.",
            where={"field": "top"},
            hint="Give --top a whole number well above the number that may be unlisted.",
        )
    if not (np.isfinite(delta) and 0 < delta <= 1e6):
        raise BadSetting(f"delta {delta} is not above 0.", where={"field": "delta"}, hint="Leave --delta out.")
    if log_prior is not None and log_prior.shape != (top,):
        raise BadSetting("The prior needs one value for each number tried.", where={"field": "log_prior"})


def _posterior(table: Overlaps, graphs: Floats, top: int, delta: float, prior: Floats) -> tuple[Floats, Floats]:
    """Give the posterior of the totals, shape (top,), and of the graphs, shape (graphs,)."""
    fixed, base = _sets_fixed(table, delta)
    constants = graphs @ fixed
    # Every connected part of a graph is a table of its own with everybody in it.
    parts = graphs[:, 1:].sum(axis=1)
    whole_prior = delta * 2.0**table.width
    weights = np.empty(top)
    by_graph = np.full(len(graphs), -np.inf)
    for at in range(0, top, BLOCK):
        unlisted = np.arange(at + 1, min(at + BLOCK, top) + 1, dtype=np.float64)
        total = table.documented + unlisted
        shared = prior[at : at + BLOCK] + gammaln(total + 1) - gammaln(unlisted + 1)
        logs = graphs @ gammaln(base[:, None] + unlisted) + constants[:, None] + shared
        logs -= parts[:, None] * (gammaln(total + whole_prior) - gammaln(whole_prior))
        highest = logs.max(axis=0)
        shares = np.exp(logs - highest, out=logs)
        weights[at : at + BLOCK] = highest + np.log(shares.sum(axis=0))
        top_here = highest.max()
        with np.errstate(divide="ignore"):
            by_graph = np.logaddexp(by_graph, top_here + np.log(shares @ np.exp(highest - top_here)))
    whole = logsumexp(weights)
    return np.exp(weights - whole), np.exp(by_graph - whole)


def _sets_fixed(table: Overlaps, delta: float) -> tuple[Floats, Floats]:
    """Give for each set of lists the part of its log-probability that no unlisted person changes, and the base of
    the gamma function that one does: the prior and counted people on none of the set's lists."""
    width = table.width
    fixed, base = np.zeros(1 << width), np.ones(1 << width)
    held = contains(width)
    sizes = sizes_of_patterns(width)
    patterns = np.arange(1 << width)
    for group in range(1, 1 << width):
        alpha = delta * 2.0 ** (width - sizes[group])
        counts = np.bincount(patterns & group, weights=table.counts, minlength=1 << width)
        inside = counts[held[:, group]]
        base[group] = alpha + inside[0]
        fixed[group] = gammaln(alpha + inside[1:]).sum() - len(inside) * gammaln(alpha)
    return fixed, base


def hills(weights: Floats, bins: int = 200, deep: float = 0.7, high: float = 0.05) -> list[int]:
    """Find the clear hills of a posterior: at least a twentieth of the highest, parted by a valley below 70 % of the
    lower of the two. Works on at most 200 bins over the part that holds all but a millionth."""
    sums = np.cumsum(weights)
    first, last = np.searchsorted(sums, (5e-7, 1 - 5e-7))
    edges = np.unique(np.linspace(first, last + 1, min(bins, last + 1 - first) + 1).astype(int))
    heights = np.array([weights[a:b].mean() for a, b in pairwise(edges.tolist())])
    peaks: list[int] = []
    for at in np.argsort(-heights, kind="stable"):
        if heights[at] < high * heights.max():
            break
        if all(heights[min(at, one) : max(at, one) + 1].min() < deep * heights[at] for one in peaks):
            peaks.append(int(at))
    return sorted(int(edges[at] + np.argmax(weights[edges[at] : edges[at + 1]])) for at in peaks)
