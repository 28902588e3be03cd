# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is answered about a case: one form, whether every package was walked or the best ones were searched for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.core.packages.shares import Levels
from goodoffices.core.packages.stages import StagePlan


@dataclass(frozen=True)
class Chosen:
    """One package with what it reaches.

    Args:
        people: its ids, in order.
        levels: counted from the ids.
        plan: its fewest stages.
        worst_dropout: people left after the worst single drop-out.
        linchpins: those without whom less than half is left.
    """

    people: tuple[str, ...]
    levels: Levels
    plan: StagePlan
    worst_dropout: int
    linchpins: tuple[str, ...]


@dataclass(frozen=True)
class WhyNot:
    """About one candidate: the best package with this person, or what stands in the way.

    Args:
        best_total_with: the most people in a package with this person; None: there is no such package.
        fewest_to_relax: how many named limits must give way; None: no limit's giving way would help.
        minimal_sets: every least set of limits, where it is of one or two; None: larger, or none is needed.
        complete: whether ``minimal_sets`` are all of them.
        proved: whether all of this is proved.
    """

    best_total_with: int | None
    fewest_to_relax: int | None
    minimal_sets: tuple[tuple[str, ...], ...] | None
    complete: bool = True
    proved: bool = True


@dataclass(frozen=True)
class Every:
    """What only a walk over all packages tells."""

    feasible_packages: int
    packages_at_max_total: int
    ties: int
    pareto_counts: tuple[tuple[int, ...], ...]
    people: Mapping[str, WhyNot]
    dropout_survivors: Mapping[str, int]
    best_worst_dropout_at_max_total: int


@dataclass(frozen=True)
class Outcome:
    """The answers about a case.

    ``first`` ignores need, drop-outs and stages; ``recommended`` is the first by all ``levels``, highest first.
    """

    max_total: int
    max_urgent: int
    max_total_given_max_urgent: int
    leximin_shares: tuple[Fraction, ...]
    first: Chosen
    recommended: Chosen
    proved: Mapping[str, bool]
    levels: tuple[str, ...]
    every: Every | None = None
