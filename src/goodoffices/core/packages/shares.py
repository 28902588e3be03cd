# SPDX-License-Identifier: AGPL-3.0-or-later
"""The levels of a package, in exact numbers: what the strict order compares."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.core.packages.case import NEEDS, Case


@dataclass(frozen=True)
class Levels:
    """What a package reaches, highest level first.

    Args:
        urgent: people whose life is threatened.
        shares: share brought home of each party that asks for somebody, ascending.
        need: people with each kind of need (last: whole years held), in the order of ``NEEDS``.
        total: people.
    """

    urgent: int
    shares: tuple[Fraction, ...]
    need: tuple[int, ...]
    total: int


def levels_of(case: Case, chosen: AbstractSet[str]) -> Levels:
    """Count the levels of a set of candidates."""
    people = [case.by_id[one] for one in chosen]
    return Levels(
        urgent=sum(one.urgent for one in people),
        shares=shares_of(case, chosen),
        need=tuple(sum(getattr(one.need, need) for one in people) for need in NEEDS),
        total=len(people),
    )


def shares_of(case: Case, chosen: AbstractSet[str]) -> tuple[Fraction, ...]:
    """Give the shares brought home, ascending."""
    return tuple(sorted(Fraction(len(case.returned[one] & chosen), len(case.returned[one])) for one in case.sharing))


def returned_counts(case: Case, chosen: AbstractSet[str]) -> tuple[int, ...]:
    """Give how many come home to each party that asks for somebody, in the case's order of parties."""
    return tuple(len(case.returned[one] & chosen) for one in case.sharing)
