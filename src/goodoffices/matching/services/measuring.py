# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure what stands joined against a known truth: for the history room and the demo's summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from goodoffices.core.vocabulary import Room
from goodoffices.matching.models import Candidate
from goodoffices.registry.models import Mention

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TruthPair:
    """Two records known to be one person; each named by its source's key and its record key."""

    left: Named
    right: Named
    tier: str = "A"


@dataclass(frozen=True)
class Measured:
    """Precision over joined pairs, recall by tier, both 0 to 1; None where there is nothing to count.

    ``asked`` is the share of a tier that waits for a person's answer instead.
    """

    precision: float | None
    joined: int
    right: int
    recall: Mapping[str, float] = field(default_factory=dict)
    asked: Mapping[str, float] = field(default_factory=dict)

    def recall_of(self, *tiers: str, sizes: Mapping[str, int]) -> float | None:
        """Give the recall of several tiers together, each weighed by its size."""
        total = sum(sizes.get(tier, 0) for tier in tiers)
        return sum(self.recall.get(tier, 0.0) * sizes.get(tier, 0) for tier in tiers) / total if total else None


def measure_against(
    truth: Iterable[TruthPair], ignore: Collection[Named] = (), *, room: str = Room.HISTORY
) -> Measured:
    """Compare the persons of a room with what is known of its records.

    Args:
        truth: every true pair among the labelled records.
        ignore: records whose partners aren't known; pairs that touch one are not counted.
        room: whose mentions are looked at.
    """
    skipped = set(ignore)
    known = {_ordered(one.left, one.right): one.tier for one in truth}
    named: dict[int, Named] = {}
    members: dict[int, list[Named]] = defaultdict(list)
    rows = Mention.objects.filter(live=True, source__room=room).values_list(
        "pk", "person_id", "source__key", "record_key"
    )
    for pk, person_id, source, record_key in rows:
        named[pk] = (source, record_key)
        if named[pk] not in skipped:
            members[person_id].append(named[pk])
    joined = {_ordered(*pair) for group in members.values() for pair in combinations(sorted(group), 2)}
    waiting = {
        _ordered(named[left], named[right])
        for left, right in Candidate.objects.to_review(room).values_list("left_id", "right_id")
        if left in named and right in named
    }
    right = len(joined & known.keys())
    return Measured(
        precision=right / len(joined) if joined else None,
        joined=len(joined),
        right=right,
        recall=_share_by_tier(known, joined),
        asked=_share_by_tier(known, waiting),
    )


def _ordered(left: Named, right: Named) -> tuple[Named, Named]:
    return (left, right) if left <= right else (right, left)


def _share_by_tier(
    known: Mapping[tuple[Named, Named], str], found: Collection[tuple[Named, Named]]
) -> dict[str, float]:
    sizes: dict[str, int] = defaultdict(int)
    hits: dict[str, int] = defaultdict(int)
    for pair, tier in known.items():
        sizes[tier] += 1
        hits[tier] += pair in found
    return {tier: hits[tier] / size for tier, size in sorted(sizes.items())}
