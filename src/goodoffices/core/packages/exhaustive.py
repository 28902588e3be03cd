# SPDX-License-Identifier: AGPL-3.0-or-later
"""All answers about a small case, from a walk over every package: exact, with no solver but for the stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from goodoffices.core.packages.backend import Solver
from goodoffices.core.packages.case import NEEDS, Case
from goodoffices.core.packages.enumeration import FIRM, Enumeration, Ints
from goodoffices.core.packages.outcome import Chosen, Every, Outcome, WhyNot
from goodoffices.core.packages.shares import levels_of
from goodoffices.core.packages.stages import least_stages, plan_stages

LEVELS = ("urgent", "leximin", "need", "total", "dropout", "stages", "canonical")
MOST_SET = 2


def solve_small(case: Case, solver: Solver) -> Outcome:
    """Answer everything about a case of at most ``enumeration.MOST_CANDIDATES`` candidates."""
    walk = _Walk(Enumeration(case), solver)
    packages = walk.all.feasible
    fairest = walk.fairest(packages)
    urgent = walk.most_urgent(packages)
    fair = walk.fairest(urgent)
    first = walk.largest(fair)
    total = int(walk.all.sizes.max())
    at_most = packages[walk.all.sizes == total]
    chosen = walk.choose(walk.recommended(fair))
    opening = walk.choose(int(first.max()))
    return Outcome(
        max_total=total,
        max_urgent=opening.levels.urgent,
        max_total_given_max_urgent=int(walk.size(urgent).max()),
        leximin_shares=walk.shares(fairest),
        first=opening,
        recommended=chosen,
        proved={level: level != "stages" or (chosen.plan.proved and walk.stages_proved) for level in LEVELS},
        levels=LEVELS,
        every=Every(
            feasible_packages=len(packages),
            packages_at_max_total=len(at_most),
            ties=len(first),
            pareto_counts=walk.pareto(packages),
            people={one: walk.why_not(one) for one in walk.all.ids},
            dropout_survivors=walk.dropouts(opening.people),
            best_worst_dropout_at_max_total=int(walk.all.survivors(at_most).max()),
        ),
    )


@dataclass
class _Walk:
    """A walk with what several answers share."""

    all: Enumeration
    solver: Solver

    def __post_init__(self) -> None:
        self.stages_proved = True

    @property
    def case(self) -> Case:
        return self.all.case

    @cached_property
    def radix(self) -> dict[str, int]:
        """Give each candidate the weight of its home party's digit, so that one sum holds all counts of returned."""
        weights: dict[str, int] = {}
        step = 1
        for party in reversed(self.case.sharing):
            weights |= dict.fromkeys(self.case.returned[party], step)
            step *= len(self.case.returned[party]) + 1
        return weights

    def size(self, masks: Ints) -> Ints:
        return self.all.weigh(dict.fromkeys(self.all.ids, 1), masks)

    def counts(self, key: int) -> tuple[int, ...]:
        """Read the counts of returned, by party, from one key."""
        found = []
        for party in reversed(self.case.sharing):
            key, many = divmod(key, len(self.case.returned[party]) + 1)
            found.append(many)
        return tuple(reversed(found))

    def vector(self, key: int) -> tuple[Fraction, ...]:
        """Give the ascending shares of one key."""
        asked = (len(self.case.returned[party]) for party in self.case.sharing)
        return tuple(sorted(Fraction(many, all_) for many, all_ in zip(self.counts(key), asked, strict=True)))

    def most_urgent(self, masks: Ints) -> Ints:
        return _top(masks, self.all.weigh({one.id: one.urgent for one in self.case.candidates}, masks))

    def fairest(self, masks: Ints) -> Ints:
        keys = self.all.weigh(self.radix, masks)
        vectors = {int(key): self.vector(int(key)) for key in np.unique(keys)}
        best = max(vectors.values())
        return masks[np.isin(keys, [key for key, vector in vectors.items() if vector == best])]

    def largest(self, masks: Ints) -> Ints:
        return _top(masks, self.size(masks))

    def shares(self, masks: Ints) -> tuple[Fraction, ...]:
        return self.vector(int(self.all.weigh(self.radix, masks[:1])[0]))

    def pareto(self, masks: Ints) -> tuple[tuple[int, ...], ...]:
        """Give the counts of returned that no other package matches for all parties and beats for one."""
        counts = [self.counts(int(key)) for key in np.unique(self.all.weigh(self.radix, masks))]
        table = np.array(counts, dtype=np.int64).reshape(len(counts), len(self.case.sharing))
        kept = []
        for row, one in zip(table, counts, strict=True):
            above = np.all(table >= row, axis=1)
            if int(above.sum()) == 1:
                kept.append(one)
        return tuple(sorted(kept))

    def recommended(self, masks: Ints) -> int:
        """Go on from the fairest: need, total, drop-outs, stages, order of ids."""
        for need in NEEDS:
            masks = _top(
                masks, self.all.weigh({one.id: getattr(one.need, need) for one in self.case.candidates}, masks)
            )
        masks = self.largest(masks)
        masks = _top(masks, self.all.survivors(masks))
        return self._fewest_stages(masks)

    def _fewest_stages(self, masks: Ints) -> int:
        """Give the first of the packages with the fewest stages; alike ones are asked about once."""
        best, fewest = int(masks.max()), None
        seen: dict[object, int | None] = {}
        for mask in sorted(map(int, masks), reverse=True):
            people = frozenset(self.all.members(mask))
            alike = least_stages(self.case, people)
            if alike.key not in seen:
                plan = plan_stages(self.case, people, self.solver)
                self.stages_proved &= plan.proved
                seen[alike.key] = plan.count
            count = seen[alike.key]
            if count is not None and (fewest is None or count < fewest):
                best, fewest = mask, count
                if count == alike.bound:
                    break
        return best

    def choose(self, mask: int) -> Chosen:
        """Describe one package."""
        people = self.all.members(mask)
        left = self.dropouts(people)
        return Chosen(
            people=people,
            levels=levels_of(self.case, frozenset(people)),
            plan=plan_stages(self.case, frozenset(people), self.solver),
            worst_dropout=min(left.values(), default=0),
            linchpins=tuple(one for one in people if 2 * left[one] < len(people)),
        )

    def dropouts(self, people: tuple[str, ...]) -> Mapping[str, int]:
        mask = self.all.mask(people)
        return {one: self.all.survivors_without(mask, one) for one in people}

    def why_not(self, one: str) -> WhyNot:
        """Answer for one candidate, from every package with this person."""
        packages = self.all.feasible
        inside = (packages & self.all.bit[one]) != 0
        if np.any(inside):
            return WhyNot(int(self.all.sizes[inside].max()), 0, None)
        with_one, fewest = self.all.least_broken(one)
        if fewest >= FIRM:
            return WhyNot(None, None, None)
        sets = tuple(sorted(self.all.broken_sets(with_one))) if fewest <= MOST_SET else None
        return WhyNot(None, fewest, sets)


def _top(masks: Ints, values: Ints) -> Ints:
    top: Ints = masks[values == values.max()]
    return top
