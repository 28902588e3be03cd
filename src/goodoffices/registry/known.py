# SPDX-License-Identifier: AGPL-3.0-or-later
"""All that one actor may know of one person, loaded once for a page: records, claims, what we assess.

Everything here passed ``visible_to``; whoever draws from it can't show more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from goodoffices.access.actors import Actor
from goodoffices.access.policy import fetch
from goodoffices.core.vocabulary import FieldClass, Sensitivity
from goodoffices.registry.drafts import ClaimFact, MentionFacts
from goodoffices.registry.models import Assessment, Claim, Event, IdentityEvent, Judgement, Listing, Mention, Person
from goodoffices.registry.policies import visible_assessments, visible_judgements, visible_persons
from goodoffices.registry.services.assessing import fingerprint


@dataclass(frozen=True)
class Known:
    """A person as one actor may know her."""

    person: Person
    actor: Actor

    @cached_property
    def line(self) -> Listing | None:
        """The person's line in lists."""
        return Listing.objects.visible_to(self.actor).filter(person=self.person).first()

    @cached_property
    def mentions(self) -> list[Mention]:
        """Live records, earliest first."""
        found = Mention.objects.visible_to(self.actor).filter(person=self.person)
        return list(found.select_related("source", "batch", "batch__by", "unlisted_by").order_by("pk"))

    @cached_property
    def claims(self) -> list[Claim]:
        """Standing claims of those records, in the order they came."""
        found = Claim.objects.visible_to(self.actor).filter(mention__in=[one.pk for one in self.mentions])
        return list(found.select_related("batch__source", "mention__source", "place").order_by("pk"))

    @cached_property
    def claims_of(self) -> dict[int, list[Claim]]:
        """Claims by their record."""
        found: dict[int, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.mention_id].append(claim)
        return found

    @cached_property
    def facts(self) -> list[MentionFacts]:
        """The same as plain rows, for the rules of ``portrait`` and ``episodes``."""
        return [
            MentionFacts(
                order=one.pk,
                source_id=one.source_id,
                reliability=one.source.reliability,
                source_sensitivity=one.source.sensitivity,
                room=one.source.room,
                listed=one.listed,
                claims=tuple(_fact(claim) for claim in self.claims_of[one.pk]),
            )
            for one in self.mentions
        ]

    @cached_property
    def by_order(self) -> dict[int, Claim]:
        """Claims by their inner id."""
        return {claim.pk: claim for claim in self.claims}

    @cached_property
    def assessments(self) -> list[Assessment]:
        """What we assess, ended ones included, earliest first."""
        found = visible_assessments(self.actor).filter(anchor__person=self.person)
        return list(found.select_related("by", "seconded_by").order_by("pk"))

    @cached_property
    def standing(self) -> dict[str, Assessment]:
        """The assessment that stands, by property."""
        return {one.property: one for one in self.assessments if one.ended_at is None}

    def stale(self, assessment: Assessment) -> bool:
        """Say whether what sources say has changed since it was weighed."""
        return assessment.fingerprint != fingerprint(self.person, assessment.property)

    @cached_property
    def judgements(self) -> list[Judgement]:
        """What was judged of this person's records, taken-back judgements included."""
        ids = [one.pk for one in self.mentions]
        found = visible_judgements(self.actor).filter(Q(left__in=ids) | Q(right__in=ids))
        named = found.select_related("left__source", "right__source", "left__person", "right__person")
        return list(named.select_related("by", "confirmed_by", "revoked_by").order_by("pk"))

    @cached_property
    def others(self) -> dict[int, Listing]:
        """The lines of the other persons in those judgements, by inner person id."""
        ids = {side.person_id for one in self.judgements for side in (one.left, one.right)} - {self.person.pk}
        return {line.person_id: line for line in Listing.objects.visible_to(self.actor).filter(person__in=ids)}

    @cached_property
    def events(self) -> list[Event]:
        """Events that took or moved the person."""
        found = Event.objects.visible_to(self.actor).filter(
            taken__mention__person=self.person, taken__mention__live=True, taken__ended_at=None
        )
        return list(found.distinct().select_related("place", "source").prefetch_related("place__names").order_by("pk"))

    @cached_property
    def changes(self) -> list[IdentityEvent]:
        """Joins and splits that moved this person's id."""
        ids = [one.pk for one in self.judgements]
        return list(IdentityEvent.objects.filter(judgement__in=ids).order_by("pk"))

    @property
    def restricted(self) -> bool:
        """Say whether anything here is restricted: such a read goes into the ledger."""
        told = [*(one.sensitivity for one in self.claims), *(one.sensitivity for one in self.assessments)]
        return any(level >= Sensitivity.RESTRICTED for level in told)

    def sees(self, wanted: FieldClass) -> bool:
        return int(wanted) in self.actor.field_classes


def find(actor: Actor, public_id: UUID) -> Person:
    """Get a person by her id or by any seed that leads to her; the caller redirects to ``person.public_id``.

    Raises:
        Http404: nobody the actor may know of.
    """
    if visible_persons(actor).filter(public_id=public_id).exists():
        return fetch(actor, Person, public_id)
    seeded = Mention.objects.filter(seed=public_id, source__sensitivity__lte=actor.clearance)
    found = visible_persons(actor).filter(pk__in=seeded.values("person")).first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


def _fact(claim: Any) -> ClaimFact:
    return ClaimFact(
        order=claim.pk,
        public_id=claim.public_id,
        property=claim.property,
        value=claim.value,
        original=claim.original,
        language=claim.language,
        sensitivity=claim.sensitivity,
        field_class=claim.field_class,
        first_seen=claim.first_seen,
        credibility=claim.credibility,
        episode=claim.episode,
        place_id=claim.place_id,
    )
