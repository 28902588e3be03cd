# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a set of people keep a limit? A direct reading of each limit, shared with no solver."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import assert_never

from goodoffices.core.packages.case import (
    AtMost,
    Balance,
    Cap,
    Case,
    Consent,
    Demand,
    IfThen,
    Limit,
    Ratio,
    RedLine,
    Requires,
    Route,
    Together,
)


def keeps(case: Case, limit: Limit, chosen: AbstractSet[str]) -> bool:
    """Tell whether the people chosen keep this limit."""
    match limit:
        case Consent(person=person) | RedLine(person=person):
            return person not in chosen
        case Together(ids=ids):
            return len({one in chosen for one in ids}) == 1
        case Requires(when=when, then=then):
            return when not in chosen or then in chosen
        case AtMost(ids=ids, most=most):
            return _count(ids, chosen) <= most
        case Balance(get=get, give=give, slack=slack):
            got = sum(value for one, value in get.items() if one in chosen)
            return got + slack >= sum(value for one, value in give.items() if one in chosen)
        case Ratio(party=party, num=num, den=den):
            return den * len(case.returned[party] & chosen) >= num * len(case.released[party] & chosen)
        case Demand(party=party, person=person):
            return person in chosen or not case.released[party] & chosen
        case IfThen(when=when, least=least, ids=ids):
            return when not in chosen or _count(ids, chosen) >= least
        case Route(start=start, end=end, seats=seats):
            return seats is None or len(case.released[start] & case.returned[end] & chosen) <= seats
        case Cap(most=most):
            return len(chosen) <= most
        case _:  # pragma: no cover - every kind is above
            assert_never(limit)


def broken(case: Case, chosen: AbstractSet[str]) -> list[str]:
    """Name the limits that the people chosen break, in the case's order."""
    return [limit.name for limit in case.limits if not keeps(case, limit, chosen)]


def relaxable(limit: Limit) -> bool:
    """Tell whether a limit may be talked about at all: a person's own word is not a limit to relax."""
    return not isinstance(limit, Consent)


def owner(limit: Limit) -> str:
    """Give the party whose limit it is, or "" where it is nobody's in particular."""
    if limit.origin.owner:
        return limit.origin.owner
    if isinstance(limit, RedLine | Balance | Ratio | Demand):
        return limit.party
    return ""


def names_for(case: Case, names: Iterable[str], reader: str) -> list[str]:
    """Give the names a party may read; what another party keeps to itself becomes one neutral word.

    A limit is open to its owner, to everybody where nobody owns it or it is marked "open", and to the mediator
    (reader "") always.
    """
    closed = {
        limit.name
        for limit in case.limits
        if reader and owner(limit) not in ("", reader) and limit.origin.confidentiality != "open"
    }
    shown = ["limit_of_another_party" if name in closed else name for name in names]
    return sorted(set(shown), key=shown.index)


def _count(ids: Iterable[str], chosen: AbstractSet[str]) -> int:
    return sum(1 for one in ids if one in chosen)
