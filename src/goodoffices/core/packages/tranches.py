# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tranches: a package cut into parts that each keep every limit alone, so that the fall of one leaves the others.

Any of the parts may stand or fall: a limit that links people keeps them in one part, each part is balanced by
itself, and only one part may use a party's slack. The largest part is made as small as can be found; where there are
few pieces that is the least possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from goodoffices.core.packages.backend import Ints
from goodoffices.core.packages.case import Balance, Case, Demand, IfThen, Ratio, Requires

MOST_EXACT = 10
NOT_YET = (1 << 60, 0)


def tranches(case: Case, chosen: AbstractSet[str]) -> tuple[tuple[str, ...], ...]:
    """Cut a package that keeps its limits; one part where it can't be cut. Parts are ordered by their first id."""
    if not chosen:
        return ()
    pieces = _pieces(case, chosen)
    debts, slack = _debts(case, pieces)
    cut = _Cut(tuple(pieces), debts, slack)
    parts = cut.exactly() if len(pieces) <= MOST_EXACT else cut.by_steps()
    return tuple(sorted(tuple(sorted(one for piece in part for one in pieces[piece])) for part in parts))


def _pieces(case: Case, chosen: AbstractSet[str]) -> list[tuple[str, ...]]:
    """Join whoever a limit links within the package."""
    root = {one: one for one in chosen}

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    def join(ids: Iterable[str]) -> None:
        inside = [one for one in ids if one in chosen]
        for other in inside[1:]:
            root[find(other)] = find(inside[0])

    for group in case.joined:
        join(group)
    for limit in case.limits:
        match limit:
            case Requires(when=when, then=then) if when in chosen:
                join((when, then))
            case IfThen(when=when, ids=ids) if when in chosen:
                join((when, *ids))
            case Demand(party=party, person=person):
                join((person, *sorted(case.released[party])))
            case _:
                pass
    pieces: dict[str, list[str]] = {}
    for one in sorted(chosen):
        pieces.setdefault(find(one), []).append(one)
    return sorted(map(tuple, pieces.values()))


def _debts(case: Case, pieces: Sequence[tuple[str, ...]]) -> tuple[Ints, Ints]:
    """Give what each piece owes under each balance and ratio, shape (pieces, limits), and the limits' slack."""
    columns, slack = [], []
    for limit in case.limits:
        match limit:
            case Balance(get=get, give=give):
                columns.append([sum(give.get(one, 0) - get.get(one, 0) for one in piece) for piece in pieces])
                slack.append(limit.slack)
            case Ratio(party=party, num=num, den=den):
                released, returned = case.released[party], case.returned[party]
                columns.append(
                    [sum(num * (one in released) - den * (one in returned) for one in piece) for piece in pieces]
                )
                slack.append(0)
            case _:
                pass
    shape = (len(columns), len(pieces))
    return np.array(columns, dtype=np.int64).reshape(shape).T, np.array(slack, dtype=np.int64)


@dataclass(frozen=True)
class _Cut:
    """Pieces with their debts; parts are lists of pieces."""

    pieces: tuple[tuple[str, ...], ...]
    debts: Ints
    slack: Ints

    def exactly(self) -> list[list[int]]:
        """Try every way to part the pieces: least largest part, then most parts."""
        many = len(self.pieces)
        sums = [self.debts[[k for k in range(many) if mask >> k & 1]].sum(axis=0) for mask in range(1 << many)]
        heads = [sum(len(self.pieces[k]) for k in range(many) if mask >> k & 1) for mask in range(1 << many)]
        alone = [bool(np.all(one <= 0)) for one in sums]
        slackly = [bool(np.all(one <= self.slack)) for one in sums]
        # best[slack used][mask] = (largest part, minus parts, first part)
        best: list[list[tuple[int, int, int]]] = [[(0, 0, 0)], [(0, 0, 0)]]
        for mask in range(1, 1 << many):
            low = mask & -mask
            for used in (0, 1):
                found = (*NOT_YET, 0)
                part = mask
                while part:
                    if part & low:
                        rest = mask ^ part
                        if alone[part]:
                            found = min(found, _with(best[used][rest], heads[part], part))
                        elif used and slackly[part]:
                            found = min(found, _with(best[0][rest], heads[part], part))
                    part = (part - 1) & mask
                best[used].append(found)
        parts, mask, used = [], (1 << many) - 1, 1
        while mask:
            part = best[used][mask][2]
            used = used if alone[part] else 0
            parts.append([k for k in range(many) if part >> k & 1])
            mask ^= part
        return parts

    def by_steps(self) -> list[list[int]]:
        """Let each part that owes take in the piece that helps it most, until it owes nothing."""
        free = set(range(len(self.pieces)))
        parts: list[list[int]] = []
        while free:
            owing = [piece for piece in sorted(free) if np.any(self.debts[piece] > 0)]
            part = [owing[0] if owing else min(free)]
            free -= set(part)
            owed = self.debts[part[0]].copy()
            while np.any(owed > 0) and free:
                order = sorted(free)
                after = np.maximum(owed + self.debts[order], 0).sum(axis=1)
                taken = order[int(np.argmin(after))]
                part.append(taken)
                free.discard(taken)
                owed += self.debts[taken]
            if np.any(owed > 0):
                return self._settled(parts, part)
            parts.append(part)
        return parts

    def _settled(self, parts: list[list[int]], last: list[int]) -> list[list[int]]:
        """Let the last part use the slack, or join it with others until it can."""
        while np.any(self.debts[last].sum(axis=0) > self.slack):
            over = np.array([np.maximum(self.debts[last + part].sum(axis=0) - self.slack, 0).sum() for part in parts])
            last = last + parts.pop(int(np.argmin(over)))
        return [*parts, last]


def _with(rest: tuple[int, int, int], heads: int, part: int) -> tuple[int, int, int]:
    return (max(rest[0], heads), rest[1] - 1, part)
