# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person would look like after a join or a split, as one actor may see it. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from goodoffices.access.actors import Actor
from goodoffices.core.linkage import PairScore
from goodoffices.matching import engine
from goodoffices.matching.comparing import Side, claims_of, facts_of, person_url, provenance
from goodoffices.matching.querysets import live_joins
from goodoffices.registry.drafts import ClaimFact, MentionFacts, PersonFacts
from goodoffices.registry.models import Mention
from goodoffices.registry.portrait import COMPARED, Line, differing, lines_of
from goodoffices.registry.words import PROPERTY, value_words


@dataclass(frozen=True)
class Preview:
    """One resulting person: its line, its records, and where their sources would contradict each other."""

    line: Line
    records: list[str]
    conflicts: list[dict[str, Any]]


@dataclass(frozen=True)
class Merge:
    """Two persons side by side: the pair of records that says most, what it says, what would come of it."""

    left: Side
    right: Side
    left_mention: Mention
    right_mention: Mention
    score: PairScore
    result: Preview


def merge_of(first: Sequence[Mention], second: Sequence[Mention], actor: Actor) -> Merge | None:
    """Prepare the merge of two persons from their visible mentions; None where nothing is left to compare."""
    everyone = [*first, *second]
    known = engine.known_mentions([one.pk for one in everyone], actor=actor)
    told = claims_of([one.pk for one in everyone], actor)
    best = _best_pair([one for one in first if one.pk in known], [one for one in second if one.pk in known], known)
    if best is None:
        return None
    left, right, score = best
    facts = [facts_of(one, told[one.pk]) for one in sorted(everyone, key=lambda one: one.pk)]
    return Merge(
        left=_person_side(first, told, actor),
        right=_person_side(second, told, actor),
        left_mention=left,
        right_mention=right,
        score=score,
        result=_preview(facts, everyone, actor),
    )


def split_of(mentions: Sequence[Mention], leaving: Collection[int], actor: Actor) -> list[Preview]:
    """Give the persons that setting some mentions apart would leave; more than two where one held the rest together."""
    told = claims_of([one.pk for one in mentions], actor)
    by_id = {one.pk: one for one in mentions}
    edges = [(one.left_id, one.right_id) for one in live_joins(mentions[0].person_id)] if mentions else []
    kept = [(a, b) for a, b in edges if (a in leaving) == (b in leaving)]
    return [
        _preview([facts_of(by_id[pk], told[pk]) for pk in group], [by_id[pk] for pk in group], actor)
        for group in _components(sorted(by_id), kept)
    ]


def _components(ids: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    root = {pk: pk for pk in ids}

    def find(pk: int) -> int:
        while root[pk] != pk:
            pk = root[pk]
        return pk

    for a, b in edges:
        if a in root and b in root:
            one, other = sorted((find(a), find(b)))
            root[other] = one
    groups: dict[int, list[int]] = {}
    for pk in ids:
        groups.setdefault(find(pk), []).append(pk)
    return list(groups.values())


def _best_pair(
    first: Sequence[Mention], second: Sequence[Mention], known: dict[int, engine.Known]
) -> tuple[Mention, Mention, PairScore] | None:
    if not first or not second:
        return None
    everyone = [*first, *second]
    pairs = [(a, b) for a in range(len(first)) for b in range(len(first), len(everyone))]
    rarity = engine.rarity_of(first[0].source.room)
    scored = engine.score_pairs([known[one.pk] for one in everyone], pairs, rarity)
    a, b, score = max(scored, key=_told)
    return everyone[a], everyone[b], score


def _told(scored: tuple[int, int, PairScore]) -> float:
    """Measure how much a pair tells, for or against: two bare initials fit anybody, so the best fit would mislead."""
    return sum(abs(reason.bits) for reason in scored[2].reasons if reason.field != "prior")


def _person_side(mentions: Sequence[Mention], told: dict[int, list[ClaimFact]], actor: Actor) -> Side:
    line = _line_of([facts_of(one, told[one.pk]) for one in mentions], actor)
    claims: dict[str, list[ClaimFact]] = {}
    for one in mentions:
        for claim in told[one.pk]:
            claims.setdefault(claim.property, []).append(claim)
    note = " · ".join(provenance(one) for one in mentions[:3])
    return Side(line.name, line.name_language, note, person_url(mentions[0].person.public_id), claims, {})


def _line_of(facts: Sequence[MentionFacts], actor: Actor) -> Line:
    """Draw the list line that the actor would see of these records."""
    lines = lines_of(PersonFacts(mentions=tuple(facts)))
    return next(one for one in reversed(lines) if one.tier_from <= actor.clearance)


def _preview(facts: Sequence[MentionFacts], mentions: Sequence[Mention], actor: Actor) -> Preview:
    return Preview(_line_of(facts, actor), [provenance(one) for one in mentions], _conflicts(facts, mentions))


def _conflicts(facts: Sequence[MentionFacts], mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    """Give the properties on which the records would contradict each other, with where to weigh them."""
    person = min(mentions, key=lambda one: one.pk).person
    found = []
    for prop in COMPARED:
        groups = differing(facts, prop)
        if len(groups) > 1:
            values = [value_words(prop, group[0].value) for group in groups]
            found.append(
                {
                    "label": str(PROPERTY[prop]),
                    "values": values,
                    "assess_url": reverse("assess", args=[person.public_id, str(prop)]),
                }
            )
    return found
