# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which of some pairs may be joined automatically, the best first, seen against all records of both persons.

Reads only; what a live "different" bars is settled where the joins are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

from goodoffices.core.linkage import PairScore, Rarity
from goodoffices.matching import engine
from goodoffices.matching.engine import Known
from goodoffices.matching.models import Candidate
from goodoffices.registry.models import Mention

MOST_COMPARED = 400
CLIP_BITS = 12.0
FORBIDDEN = frozenset({"sex_conflict", "born_conflict", "same_deduplicated_list"})
WEAK = "weak"


def sort_out(candidates: Sequence[Candidate]) -> tuple[list[Candidate], dict[int, str]]:
    """Part pairs into those that fit and those a rule forbids.

    Args:
        candidates: in the order in which they are to be joined.

    Returns:
        The fitting ones in order, and the code of ``reasons.BARRIERS`` for each other one by inner id.
    """
    groups = _Groups(candidates)
    fit: list[Candidate] = []
    barred: dict[int, str] = {}
    for one in candidates:
        why = groups.barrier(one.left_id, one.right_id)
        if why:
            barred[one.pk] = why
        else:
            fit.append(one)
            groups.unite(one.left_id, one.right_id)
    return fit, barred


class _Groups:
    """Persons as they would be after the joins so far: inner ids of mentions by their person, then united."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        ids = {pk for one in candidates for pk in (one.left_id, one.right_id)}
        persons = set(Mention.objects.filter(pk__in=ids).values_list("person_id", flat=True))
        members = Mention.objects.filter(person_id__in=persons, live=True).values_list("pk", flat=True)
        self._known = engine.known_mentions(list(members))
        self._group: dict[int, int] = {pk: one.person_id for pk, one in self._known.items()}
        self._members: dict[int, list[int]] = defaultdict(list)
        for pk, group in self._group.items():
            self._members[group].append(pk)
        self._rarity = engine.rarity_of(candidates[0].room) if candidates else Rarity()
        self._scores: dict[tuple[int, int], PairScore] = {}

    def barrier(self, left: int, right: int) -> str:
        """Say why the two groups can't be one person; empty if they can."""
        if left not in self._known or right not in self._known:
            return WEAK
        one, other = self._group[left], self._group[right]
        if one == other:
            return ""
        mine, theirs = self._members[one], self._members[other]
        lists = {self._known[pk].source_id for pk in mine if self._known[pk].deduplicated}
        if any(self._known[pk].deduplicated and self._known[pk].source_id in lists for pk in theirs):
            return "same_deduplicated_list"
        if len(mine) == len(theirs) == 1:
            return ""
        if len(mine) * len(theirs) > MOST_COMPARED:
            return WEAK
        scores = self._between(mine, theirs)
        forbidden = sorted({score.blocked for score in scores if score.blocked in FORBIDDEN})
        if forbidden:
            return str(forbidden[0])
        # The records of both persons must agree on the whole; one strong pair doesn't outweigh the others.
        total = sum(max(-CLIP_BITS, min(CLIP_BITS, score.weight_bits)) for score in scores)
        return "" if total >= 0 else WEAK

    def unite(self, left: int, right: int) -> None:
        """Let two groups be one from now on."""
        one, other = self._group[left], self._group[right]
        if one == other:
            return
        for pk in self._members[other]:
            self._group[pk] = one
        self._members[one] += self._members.pop(other)

    def _between(self, mine: Sequence[int], theirs: Sequence[int]) -> list[PairScore]:
        wanted = [(min(a, b), max(a, b)) for a, b in product(mine, theirs)]
        missing = [pair for pair in wanted if pair not in self._scores]
        if missing:
            ids = sorted({pk for pair in missing for pk in pair})
            at = {pk: position for position, pk in enumerate(ids)}
            known: list[Known] = [self._known[pk] for pk in ids]
            for a, b, score in engine.score_pairs(known, [(at[x], at[y]) for x, y in missing], self._rarity):
                self._scores[ids[a], ids[b]] = score
        return [self._scores[pair] for pair in wanted]
