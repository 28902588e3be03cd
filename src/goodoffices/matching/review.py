# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review queue as one actor sees it: where a pair stands, what comes next, what was said last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef

from goodoffices.access.actors import Actor
from goodoffices.core.linkage import PairScore
from goodoffices.core.vocabulary import Decider, Room, Verdict
from goodoffices.matching import engine
from goodoffices.matching.models import Candidate
from goodoffices.registry.models import Judgement, Mention, NameKey, Pulse
from goodoffices.registry.policies import visible_judgements

KIN_CANDIDATES = 60
COUNT_SECONDS = 60


@dataclass(frozen=True)
class Standing:
    """Progress "34 of 210" and the neighbours of a pair."""

    position: int
    total: int
    previous: Candidate | None
    next: Candidate | None


def first_open(actor: Actor) -> Candidate | None:
    """Give the most telling open pair."""
    found: Candidate | None = Candidate.objects.visible_to(actor).to_review().in_order().first()
    return found


def next_open(actor: Actor, after: Candidate) -> Candidate | None:
    """Give the pair to show after one was decided: the next in order, else the first that is left."""
    here = Candidate.objects.visible_to(actor).to_review()
    found: Candidate | None = here.after(after).in_order().first() or here.in_order().exclude(pk=after.pk).first()
    return found


def standing(candidate: Candidate, actor: Actor) -> Standing:
    """Say where a pair stands among those decided and those still open."""
    waiting = Candidate.objects.visible_to(actor).to_review(candidate.room)
    done = kept_count(f"done:{candidate.room}", actor, lambda: _answered(actor, candidate.room).count())
    open_now = kept_count(f"open:{candidate.room}", actor, waiting.count)
    before = waiting.before(candidate)
    return Standing(
        position=done + before.count() + 1,
        total=done + max(open_now, 1),
        previous=before.order_by("priority", "-pk").first(),
        next=waiting.after(candidate).in_order().first(),
    )


def kept_count(name: str, actor: Actor, count: Callable[[], int]) -> int:
    """Give a count, kept until anything changes: it stands on every page, and costs a walk through the queue."""
    beat = Pulse.objects.values_list("beat", flat=True).first() or 0
    rights = f"{actor.sees_people}:{actor.clearance}:{'.'.join(map(str, sorted(actor.field_classes)))}"
    key = f"matching.{name}:{beat}:{rights}"
    found = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, COUNT_SECONDS)
    return int(found)


def _answered(actor: Actor, room: str) -> Any:
    """Give people's standing answers on single pairs of a room; what a split says is no answer of the queue."""
    said = Judgement.objects.live().filter(decider=Decider.PERSON, operation=None, left__source__room=room)
    return said.filter(left__source__sensitivity__lte=actor.clearance, right__source__sensitivity__lte=actor.clearance)


def live_judgement(candidate: Candidate) -> Judgement | None:
    """Give what stands on a pair, if anything."""
    found: Judgement | None = (
        Judgement.objects.live()
        .filter(left_id=candidate.left_id, right_id=candidate.right_id)
        .select_related("by")
        .first()
    )
    return found


def last_said(actor: Actor) -> Judgement | None:
    """Give the actor's latest judgement that still stands, for "undo"."""
    found: Judgement | None = (
        visible_judgements(actor)
        .filter(by_id=actor.user_id, by__isnull=False, decider=Decider.PERSON, revoked_at=None)
        .order_by("-pk")
        .first()
    )
    return found


def unsure(actor: Actor) -> Any:
    """Give the pairs on which somebody was unsure, the latest first."""
    return (
        visible_judgements(actor)
        .filter(verdict=Verdict.UNSURE, revoked_at=None)
        .select_related("left__source", "right__source", "left__person", "right__person", "by")
        .order_by("-pk")
    )


def kin_in_lists(candidate: Candidate, actor: Actor) -> list[Mention]:
    """Find records of either list that look like a brother or sister of the other side's person.

    A list that names a brother makes a pair with a mere initial doubtful; the engine scores pairs, so it can't say.
    """
    sides = ((candidate.left, candidate.right), (candidate.right, candidate.left))
    found: dict[int, Mention] = {}
    for one, other in sides:
        near = _near(one, other, actor)
        known = engine.known_mentions([one.pk, *near], actor=actor)
        if one.pk not in known:
            continue
        others = [known[pk] for pk in near if pk in known]
        pairs = [(0, at) for at in range(1, len(others) + 1)]
        scored = engine.score_pairs([known[one.pk], *others], pairs, engine.rarity_of(candidate.room))
        kin = [others[at - 1].id for _, at, score in scored if _is_kin(score)]
        found.update(Mention.objects.select_related("source", "person").in_bulk(kin))
    return [found[pk] for pk in sorted(found)]


def _near(one: Mention, other: Mention, actor: Actor) -> list[int]:
    keys = list(NameKey.objects.filter(mention_id=one.pk).values_list("key", flat=True))
    there = Mention.objects.visible_to(actor).filter(source_id=other.source_id)
    told = Exists(there.filter(pk=OuterRef("mention_id")))
    near = NameKey.objects.filter(told, key__in=keys).exclude(mention_id__in=[one.pk, other.pk])
    return sorted(set(near.values_list("mention_id", flat=True)[: KIN_CANDIDATES * 2]))[:KIN_CANDIDATES]


def _is_kin(score: PairScore) -> bool:
    codes = {reason.code for reason in score.reasons}
    return "sibling_suspected" in codes and bool(codes & {"patronymic_same", "patronymic_same_father"})


def ready_counts(actor: Actor) -> dict[str, int]:
    """Count what the machine would join by itself, and what it would ask."""
    seen = Candidate.objects.visible_to(actor)
    return {
        "ready": kept_count(f"ready:{Room.WORK}", actor, seen.ready().count),
        "asked": kept_count(f"open:{Room.WORK}", actor, seen.to_review().count),
    }


def least_sure(actor: Actor) -> Any:
    """Give the ready pairs, the least sure first: whoever approves should see the worst of them."""
    ready = Candidate.objects.visible_to(actor).ready()
    return ready.select_related(*_ENDS).in_order()


_ENDS = ("left__source", "right__source", "left__person", "right__person")


def refused_joins(actor: Actor) -> Any:
    """Give the pairs that a rule kept the machine from joining, the strongest first."""
    seen = Candidate.objects.visible_to(actor).undecided().exclude(refused="")
    return seen.select_related(*_ENDS).order_by("-weight_bits", "pk")


def contradictions(actor: Actor) -> Any:
    """Give the live "different" judgements whose two records other judgements hold in one person."""
    return (
        visible_judgements(actor)
        .filter(verdict=Verdict.DIFFERENT, revoked_at=None, left__person_id=F("right__person_id"))
        .select_related(*_ENDS, "by")
        .order_by("pk")
    )
