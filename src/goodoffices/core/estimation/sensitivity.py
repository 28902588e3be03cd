# SPDX-License-Identifier: AGPL-3.0-or-later
"""What would change the number most: links that were missed or wrong, and each list.

Missed links split one person into two records and raise the estimate; wrong links join two people and lower it.
Neither shows in any interval. The table is corrected for what is expected at a given rate, and estimated again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodoffices.core.estimation.chao import lower_bound
from goodoffices.core.estimation.errors import BadTable
from goodoffices.core.estimation.loglinear import Search, fit_terms, search
from goodoffices.core.estimation.table import Floats, Overlaps, sizes_of_patterns

MISSED = (0.0, 0.05, 0.10)
WRONG = 0.02
MOST_SEARCHED = 2000  # beyond, the search without a list goes step by step


@dataclass(frozen=True)
class UnderErrors:
    """The estimate if so many links were missed and so many wrong.

    Attributes:
        missed, wrong: shares of the people on several lists, 0 to 1.
        documented, N, lower_bound: people; ``documented`` after the correction.
    """

    missed: float
    wrong: float
    documented: float
    N: float | None
    lower_bound: float | None


@dataclass(frozen=True)
class WithoutList:
    """The estimate from the other lists alone."""

    list: str
    N: float | None


@dataclass(frozen=True)
class Change:
    """One thing that would change the number: ``code`` says what, ``list`` which list where it is one."""

    code: str
    N: float
    share: float
    list: str = ""


def split_matrix(width: int, share: float) -> Floats:
    """Give what becomes of counts if of each person on several lists, with this chance, one list's record is taken
    for somebody else: column = pattern before, row = pattern after; every list of the person is as likely."""
    matrix = np.eye(1 << width)
    for pattern in np.flatnonzero(sizes_of_patterns(width) > 1).tolist():
        members = [1 << i for i in range(width) if pattern >> i & 1]
        matrix[pattern, pattern] -= share
        for one in members:
            matrix[one, pattern] += share / len(members)
            matrix[pattern & ~one, pattern] += share / len(members)
    return matrix


def corrected(table: Overlaps, missed: float = 0.0, wrong: float = 0.0) -> Overlaps:
    """Give the table expected with right links, if these shares of links were missed and wrong.

    Wrong links are split up again; missed ones are the inverse of a split. What would fall below 0 is 0.
    """
    split = split_matrix(table.width, wrong) @ table.counts
    counts = np.linalg.solve(split_matrix(table.width, missed), split)
    counts[counts < 0] = 0.0
    counts[0] = 0.0
    return Overlaps(table.lists, np.asarray(counts, dtype=np.float64))


def under_linkage_errors(table: Overlaps, found: Search) -> tuple[UnderErrors, ...]:
    """Estimate at 0, 5 and 10 % missed links and at 2 % wrong links, always by the chosen model.

    Choosing anew would mix what the links change with what another model says.
    """
    cases = [(missed, 0.0) for missed in MISSED] + [(0.0, WRONG)]
    chosen, answers = found.best[0].terms, []
    for missed, wrong in cases:
        try:
            mended = corrected(table, missed, wrong)
        except BadTable:  # a list of which nobody is left
            continue
        bound = lower_bound(mended)
        again = fit_terms(mended, chosen)
        answers.append(UnderErrors(missed, wrong, mended.documented, _best(again), bound.N if bound else None))
    return tuple(answers)


def without_each_list(table: Overlaps, found: Search) -> tuple[WithoutList, ...]:
    """Estimate without each list in turn; needs four lists, for two alone tell nothing."""
    if table.width < 4:
        return ()
    return tuple(
        WithoutList(name, _best(search(table.without(place), None, found.criterion, MOST_SEARCHED)))
        for place, name in enumerate(table.lists)
    )


def _best(found: Search) -> float | None:
    return found.best[0].N if found.best else None


def greatest_changes(
    found: Search, errors: tuple[UnderErrors, ...], lists: tuple[WithoutList, ...]
) -> tuple[Change, ...]:
    """Order all that was tried by how far it moves the estimate, the farthest first."""
    point = found.best[0].N
    other = found.other
    tried = [Change("other_criterion", other.N, 0.0)] if other and other.terms != found.best[0].terms else []
    for one in errors:
        if one.N is not None and (one.missed or one.wrong):
            code = "missed_links" if one.missed else "wrong_links"
            tried.append(Change(f"{code}_{round(100 * (one.missed or one.wrong))}", one.N, 0.0))
    tried += [Change("without_list", one.N, 0.0, one.list) for one in lists if one.N is not None]
    shares = [Change(one.code, one.N, one.N / point - 1, one.list) for one in tried]
    return tuple(sorted(shares, key=lambda one: (-abs(one.share), one.code, one.list)))
