# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stages: the fewest simultaneous steps in which no party is ever further ahead or behind than agreed.

Only counts matter: who is held and awaited by the same two parties is alike here, and a group that travels as one
is one block. So the search is over a handful of whole numbers however many people there are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from goodoffices.core.packages.backend import Problem, Solver, Status
from goodoffices.core.packages.case import Case, Staging

Pair = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """Blocks that are alike: each moves these people between these parties; ``count`` of them."""

    pairs: tuple[tuple[Pair, int], ...]
    count: int

    @property
    def size(self) -> int:
        return sum(heads for _pair, heads in self.pairs)

    def lead(self, party: str) -> int:
        """Give returned minus released of one block for a party."""
        return sum(heads * ((home == party) - (holder == party)) for (holder, home), heads in self.pairs)


@dataclass(frozen=True)
class StagePlan:
    """The fewest stages (None: impossible), the people of each, and whether that number is proved."""

    count: int | None
    stages: tuple[tuple[str, ...], ...]
    proved: bool = True


def exposed(case: Case, chosen: AbstractSet[str]) -> dict[str, int]:
    """Give returned minus released for each party."""
    return {party: len(case.returned[party] & chosen) - len(case.released[party] & chosen) for party in case.parties}


def plan_stages(case: Case, chosen: AbstractSet[str], solver: Solver) -> StagePlan:
    """Find the fewest stages for a package, most urgent people first.

    Args:
        case: its ``staging``; without one the whole package is one stage.
        chosen: the package.
        solver: for the small whole-number search.
    """
    if not chosen:
        return StagePlan(0, ())
    if case.staging is None:
        return StagePlan(1, (tuple(sorted(chosen)),))
    members, blocks = _blocks(case, chosen)
    if not _possible(case, case.staging, chosen, blocks):
        return StagePlan(None, ())
    least = math.ceil(len(chosen) / case.staging.max_per_stage)
    most = sum(block.count for block in blocks)
    proved = True
    count = least
    while count <= most:
        status, found = _search(case, case.staging, blocks, count, solver)
        if status is Status.OPTIMAL:
            return StagePlan(count, _people(case, members, blocks, found), proved)
        if status is not Status.INFEASIBLE:
            return StagePlan(None, (), proved=False)
        if count == least and _search(case, case.staging, blocks, most, solver)[0] is Status.INFEASIBLE:
            return StagePlan(None, ())
        count += 1
    return StagePlan(None, ())


@dataclass(frozen=True)
class Alike:
    """What of a package decides its stages (``key``), and a bound of their number."""

    key: object
    bound: int


def least_stages(case: Case, chosen: AbstractSet[str]) -> Alike:
    """Give what packages with the same stages have in common, without solving."""
    if case.staging is None or not chosen:
        return Alike(bool(chosen), int(bool(chosen)))
    _members, blocks = _blocks(case, chosen)
    return Alike(tuple(blocks), math.ceil(len(chosen) / case.staging.max_per_stage))


def _blocks(case: Case, chosen: AbstractSet[str]) -> tuple[dict[Block, list[tuple[str, ...]]], list[Block]]:
    """Sort the members into alike blocks, the most urgent of each kind first."""
    grouped: set[str] = set()
    groups: list[tuple[str, ...]] = []
    for group in case.joined:
        inside = tuple(one for one in group if one in chosen)
        if inside:
            groups.append(inside)
            grouped.update(inside)
    groups += [(one,) for one in sorted(chosen - grouped)]
    kinds: dict[tuple[tuple[Pair, int], ...], list[tuple[str, ...]]] = {}
    for group in groups:
        ways = Counter((case.by_id[one].holder, case.by_id[one].home) for one in group)
        kinds.setdefault(tuple(sorted(ways.items())), []).append(group)
    members = {}
    for pairs, alike in sorted(kinds.items()):
        ordered = sorted(alike, key=lambda group: (-sum(case.by_id[one].urgent for one in group), group))
        members[Block(pairs, len(alike))] = ordered
    return members, list(members)


def _possible(case: Case, staging: Staging, chosen: AbstractSet[str], blocks: Sequence[Block]) -> bool:
    """Rule out what no number of stages can mend."""
    if any(block.size > staging.max_per_stage for block in blocks):
        return False
    return all(abs(lead) <= staging.max_exposure for lead in exposed(case, chosen).values())


def _search(
    case: Case, staging: Staging, blocks: Sequence[Block], count: int, solver: Solver
) -> tuple[Status, list[list[int]]]:
    """Look for a plan of exactly ``count`` stages (an empty stage is allowed); gives blocks per kind and stage."""
    kinds = len(blocks)
    sizes = np.array([block.size for block in blocks])
    leads = np.array([[block.lead(party) for block in blocks] for party in case.parties])
    leads = leads[np.any(leads != 0, axis=1)]
    step, upto = sparse.identity(count), sparse.csr_matrix(np.tril(np.ones((count, count))))
    rows = sparse.vstack(
        [
            sparse.kron(np.ones((1, count)), sparse.identity(kinds)),
            sparse.kron(step, sizes.reshape(1, -1)),
            sparse.kron(upto, leads),
        ],
        format="csr",
    )
    counts = np.array([block.count for block in blocks], dtype=float)
    exposure = np.full(count * len(leads), float(staging.max_exposure))
    problem = Problem(
        cost=np.zeros(count * kinds),
        rows=rows,
        low=np.concatenate([counts, np.zeros(count), -exposure]),
        high=np.concatenate([counts, np.full(count, float(staging.max_per_stage)), exposure]),
        lower=np.zeros(count * kinds),
        upper=np.tile(counts, count),
    )
    answer = solver.solve(problem)
    if answer.status is not Status.OPTIMAL:
        return answer.status, []
    return answer.status, [list(map(int, row)) for row in answer.values.reshape(count, kinds)]


def _people(
    case: Case, members: dict[Block, list[tuple[str, ...]]], blocks: Sequence[Block], found: Sequence[Sequence[int]]
) -> tuple[tuple[str, ...], ...]:
    """Give names to the numbers: in each kind the most urgent go first."""
    taken = dict.fromkeys(blocks, 0)
    stages = []
    for row in found:
        stage: list[str] = []
        for block, many in zip(blocks, row, strict=True):
            for group in members[block][taken[block] : taken[block] + many]:
                stage += group
            taken[block] += many
        if stage:
            stages.append(tuple(sorted(stage)))
    return tuple(stages)


def check_stages(case: Case, chosen: AbstractSet[str], stages: Sequence[Sequence[str]]) -> list[str]:
    """Check a staged plan by walking it: needs no solver.

    Returns:
        What is wrong, as codes: not_the_package, too_many_in_stage:N, group_split:N, exposed:N:PARTY.
    """
    listed = [one for stage in stages for one in stage]
    if len(listed) != len(set(listed)) or set(listed) != set(chosen):
        return ["not_the_package"]
    if case.staging is None:
        return []
    wrong = []
    moved: set[str] = set()
    for number, stage in enumerate(stages, start=1):
        if len(stage) > case.staging.max_per_stage:
            wrong.append(f"too_many_in_stage:{number}")
        moved |= set(stage)
        for group in case.joined:
            inside = {one for one in group if one in chosen}
            if 0 < len(inside & moved) < len(inside):
                wrong.append(f"group_split:{number}")
        leads = exposed(case, moved)
        wrong += [f"exposed:{number}:{party}" for party, lead in leads.items() if abs(lead) > case.staging.max_exposure]
    return wrong
