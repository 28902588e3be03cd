# SPDX-License-Identifier: AGPL-3.0-or-later
"""The person as one actor may see her: plain data for the page, the API and exports.

``canonical_bytes`` is the view without timeline, ledger and times: what undo, split and restore must bring back
byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.core.sealing.canonical import canonical_bytes as canonical
from goodoffices.core.vocabulary import FieldClass
from goodoffices.registry.models import Assessment, Claim, Mention, Person, TakenWith
from goodoffices.registry.policies import visible_assessments
from goodoffices.registry.portrait import lines_of
from goodoffices.registry.services.projecting import load_facts


def person_view(person: Person, actor: Actor) -> dict[str, Any]:
    """Give what the actor may know of a person: its line, its records with their claims, what we assess."""
    claims: dict[int, list[dict[str, Any]]] = defaultdict(list)
    knows_sources = int(FieldClass.SOURCE) in actor.field_classes
    for claim in Claim.objects.visible_to(actor).filter(mention__person=person, mention__live=True).order_by("pk"):
        claims[claim.mention_id].append(_claim(claim, knows_sources))
    mentions = [
        {
            "id": str(mention.public_id),
            "source": mention.source.key,
            "listed": mention.listed,
            "last_seen": mention.last_seen,
            "claims": claims[mention.pk],
        }
        for mention in Mention.objects.visible_to(actor).filter(person=person).select_related("source").order_by("pk")
    ]
    return {
        "person": str(person.public_id),
        "room": person.room,
        "line": _line(person, actor),
        "mentions": mentions,
        "assessments": [_assessment(one) for one in _standing(person, actor)],
        "events": [str(one) for one in _events(person, actor)],
    }


def canonical_bytes(person: Person, actor: Actor) -> bytes:
    """Give the view as RFC 8785 JSON."""
    return canonical(person_view(person, actor))


def _standing(person: Person, actor: Actor) -> list[Assessment]:
    return list(visible_assessments(actor).filter(anchor__person=person, ended_at=None).order_by("property", "pk"))


def _events(person: Person, actor: Actor) -> list[Any]:
    taken = TakenWith.objects.filter(mention__person=person, mention__live=True, ended_at=None)
    taken = taken.filter(event__sensitivity__lte=actor.clearance)
    return sorted(set(taken.values_list("event__public_id", flat=True)))


def _line(person: Person, actor: Actor) -> dict[str, Any] | None:
    facts = load_facts([person.pk]).get(person.pk)
    for line in lines_of(facts) if facts else ():
        if line.tier_from <= actor.clearance <= line.tier_to:
            return {
                name: getattr(line, name) for name in line.__slots__ if name not in {"tier_from", "tier_to", "place_id"}
            }
    return None


def _claim(claim: Claim, knows_sources: bool) -> dict[str, Any]:
    return {
        "id": str(claim.public_id),
        "property": claim.property,
        "value": claim.value,
        "original": claim.original,
        "language": claim.language,
        "locator": claim.locator,
        "said_by": claim.said_by if knows_sources else "",
        "first_seen": claim.first_seen,
        "last_seen": claim.last_seen,
        "credibility": claim.credibility,
        "sensitivity": claim.sensitivity,
        "episode": claim.episode,
    }


def _assessment(one: Assessment) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "property": one.property,
        "value": one.value,
        "confidence": one.confidence,
        "reasons": one.reasons,
        "claims": list(one.claims),
        "seconded": one.seconded_at is not None,
    }
