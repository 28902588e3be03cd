# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say what we hold for true, beside what sources say; a death needs two people."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import Refused, require_power
from goodoffices.access.roles import ASSESS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import FIELD_CLASS, Confidence, Property
from goodoffices.registry.models import Assessment, Claim, Mention, Person
from goodoffices.registry.services.projecting import NEEDS_SECOND, redraw


@dataclass(frozen=True)
class AssessmentFacts:
    """The value held for true, how surely, why, and the claims it stands on (public ids)."""

    property: str
    value: str
    confidence: str
    reasons: str
    claims: Sequence[str] = ()


def fingerprint(person: Person, prop: str) -> str:
    """Hash the standing claims of one property of one person: when it changes, an assessment is stale."""
    claims = (
        Claim.objects.standing()
        .filter(mention__person=person, mention__live=True, property=prop)
        .order_by("pk")
        .values_list("public_id", flat=True)
    )
    return _hash([str(one) for one in claims])


def stale_among(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Give those whose claims have changed since they were weighed, in one read of the claims."""
    people = {one.anchor.person_id for one in assessments}
    claims = Claim.objects.standing().filter(
        mention__person__in=people, mention__live=True, property__in={one.property for one in assessments}
    )
    told: dict[tuple[int, str], list[str]] = {}
    for person_id, prop, public_id in claims.order_by("pk").values_list("mention__person", "property", "public_id"):
        told.setdefault((person_id, prop), []).append(str(public_id))
    return [one for one in assessments if one.fingerprint != _hash(told.get((one.anchor.person_id, one.property), []))]


def _hash(public_ids: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(public_ids).encode()).hexdigest()


def assess(person: Person, facts: AssessmentFacts, *, actor: Actor, now: datetime) -> Assessment:
    """Assess one property; an earlier assessment of it ends.

    Raises:
        GoodOfficesError: unknown property or confidence, or no value.
    """
    require_power(actor, ASSESS)
    prop, confidence = _checked(facts)
    weighed = list(Claim.objects.visible_to(actor).filter(mention__person=person, public_id__in=list(facts.claims)))
    anchor = Mention.objects.filter(person=person, live=True).order_by("pk").first()
    if anchor is None:
        raise GoodOfficesError("Nothing stands that is said of this person.", code="no_mention")
    with acting("registry.assessed", actor=actor, now=now, facts={"property": str(prop)}) as line:
        Assessment.objects.filter(anchor__person=person, property=prop, ended_at=None).update(
            ended_at=now, ended_why="replaced"
        )
        made = Assessment.objects.create(
            anchor=anchor,
            property=prop,
            value=facts.value.strip(),
            confidence=confidence,
            reasons=facts.reasons,
            claims=[str(claim.public_id) for claim in weighed],
            fingerprint=fingerprint(person, prop),
            sensitivity=max((claim.sensitivity for claim in weighed), default=anchor.source.sensitivity),
            field_class=int(FIELD_CLASS[prop]),
            by_id=actor.user_id,
            at=now,
        )
        redraw([person.pk], now=now)
        line.concerns("assessment", made.public_id)
        line.concerns("person", person.public_id)
    return made


def needs_second(assessment: Assessment) -> bool:
    """Say whether this assessment stands only when a second person agrees."""
    return assessment.value in NEEDS_SECOND.get(assessment.property, set()) and assessment.seconded_at is None


def second(assessment: Assessment, *, actor: Actor, now: datetime) -> None:
    """Agree, as another person, to an assessment that needs two.

    Raises:
        Refused: the actor made the assessment.
    """
    require_power(actor, ASSESS)
    if actor.user_id is None or actor.user_id == assessment.by_id:
        raise Refused("assessment.second", ("assessment", str(assessment.public_id)))
    with acting("registry.assessment_seconded", actor=actor, now=now) as line:
        Assessment.objects.filter(pk=assessment.pk, seconded_at=None, ended_at=None).update(
            seconded_by_id=actor.user_id, seconded_at=now
        )
        redraw([assessment.anchor.person_id], now=now)
        line.concerns("assessment", assessment.public_id)


def end_assessment(assessment: Assessment, *, actor: Actor, now: datetime) -> None:
    """Take an assessment back; what sources say shows again."""
    require_power(actor, ASSESS)
    with acting("registry.assessment_ended", actor=actor, now=now) as line:
        Assessment.objects.filter(pk=assessment.pk, ended_at=None).update(ended_at=now, ended_why="taken back")
        redraw([assessment.anchor.person_id], now=now)
        line.concerns("assessment", assessment.public_id)


def _checked(facts: AssessmentFacts) -> tuple[Property, Confidence]:
    try:
        prop, confidence = Property(facts.property), Confidence(facts.confidence)
    except ValueError as error:
        raise GoodOfficesError(
            "Unknown property or confidence.", code="bad_assessment", hint="Choose from the lists."
        ) from error
    if not facts.value.strip():
        raise GoodOfficesError(
            "An assessment needs a value.", code="bad_assessment", where={"field": "value", "why": "empty"}
        )
    return prop, confidence
