# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources say, we assess: one row a property, with every source at a click and contradictions side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodoffices.access.roles import ASSESS
from goodoffices.core.vocabulary import ACCESS_PROPERTIES, FieldClass, Property, Room
from goodoffices.registry.drafts import ClaimFact
from goodoffices.registry.known import Known
from goodoffices.registry.models import Assessment, Claim
from goodoffices.registry.portrait import COMPARED, SETTLED, differing, full_name, sort_key
from goodoffices.registry.services.assessing import needs_second
from goodoffices.registry.words import CONFIDENCE_TONE, value_words, word_for
from goodoffices.web.date_words import edtf_words

ORDER = (
    Property.BIRTH_DATE,
    Property.AGE,
    Property.BIRTH_PLACE,
    Property.SEX,
    Property.CITIZENSHIP,
    Property.CATEGORY,
    Property.STATUS,
    Property.CAPTURE_DATE,
    Property.CAPTURE_PLACE,
    Property.PLACE_HELD,
    Property.HOLDING_AUTHORITY,
    Property.HOLDING_STATE,
    Property.REQUESTING_STATE,
    Property.CHARGE,
    Property.SENTENCE,
    Property.SIGHTING,
    Property.LAST_SEEN,
    *ACCESS_PROPERTIES,
    Property.RELEASE_DATE,
    Property.DEATH_DATE,
    Property.DEATH_PLACE,
    Property.RESIDENCE,
    Property.OCCUPATION,
    Property.UNIT,
    Property.NOTE,
)
CODED = frozenset(
    {
        Property.BIRTH_DATE,
        Property.SEX,
        Property.CATEGORY,
        Property.STATUS,
        Property.CAPTURE_DATE,
        *ACCESS_PROPERTIES,
    }
)


@dataclass(frozen=True)
class Said:
    """One value and who says it; ``lang`` of the wording, empty where the value is ours to word."""

    value: str
    lang: str
    note: str
    claims: Sequence[dict[str, Any]]
    raw: str = ""
    ids: Sequence[str] = ()


@dataclass(frozen=True)
class Assessed:
    """What we hold for true, in words."""

    assessment: Assessment
    value: str
    confidence: str
    tone: str
    stale: bool
    waits: bool
    mine: bool


@dataclass(frozen=True)
class Row:
    """One property."""

    prop: str
    label: str
    values: Sequence[Said]
    disagree: bool
    assessed: Assessed | None
    assess_url: str

    @property
    def open(self) -> bool:
        """Say whether sources disagree and nobody has settled it."""
        return self.disagree and not (self.assessed and self.assessed.assessment.confidence in SETTLED)

    @property
    def claims(self) -> list[dict[str, Any]]:
        """Every claim behind the row."""
        return [claim for said in self.values for claim in said.claims]


def rows_of(known: Known) -> list[Row]:
    """Give the rows that have something to say, in a settled order."""
    said = {claim.property for claim in known.claims} | set(known.standing)
    return [row_of(known, prop) for prop in ORDER if prop in said]


def row_of(known: Known, prop: str) -> Row:
    """Give one property's row."""
    values = [_said(known, prop, group) for group in _groups(known, prop)]
    one = known.standing.get(prop)
    may = known.actor.has(ASSESS) and known.person.room != Room.HISTORY
    return Row(
        prop=prop,
        label=word_for(prop, "property"),
        values=values,
        disagree=prop in COMPARED and len(values) > 1,
        assessed=_assessed(known, one) if one else None,
        assess_url=reverse("assess", args=[known.person.public_id, prop]) if may else "",
    )


def names_of(known: Known) -> list[Said]:
    """Give each form of the name with the sources that use it."""
    found: dict[str, list[tuple[str, str, Claim]]] = {}
    for mention in known.facts:
        name, language = full_name(mention)
        claims = known.claims_of[mention.order]
        if name and claims:
            found.setdefault(sort_key(name), []).append((name, language, _name_claim(claims)))
    return [
        Said(
            value=group[0][0],
            lang=group[0][1],
            note=_how_many([claim for _n, _l, claim in group]),
            claims=[provenance(known, claim) for _n, _l, claim in group],
        )
        for group in found.values()
    ]


def provenance(known: Known, claim: Claim) -> dict[str, Any]:
    """Say where a claim comes from, for ``web/parts/provenance.html``."""
    source = claim.batch.source
    return {
        "wording": claim.original or value_words(claim.property, claim.value),
        "lang": claim.language,
        "source": source.title,
        "url": reverse("source", args=[source.public_id]),
        "locator": _locator_words(claim.locator),
        "said_by": word_for(claim.said_by, "said_by") if known.sees(FieldClass.SOURCE) else "",
        "seen": _seen(claim),
        "grade": grade_words(claim),
        "restricted": claim.sensitivity >= 3,
    }


def _locator_words(locator: str) -> str:
    """Say where in its source a claim stands; intake's own row numbers in the reader's language."""
    kind, _space, number = locator.partition(" ")
    return _("row %(n)s") % {"n": number} if kind == "row" and number.isdecimal() else locator


def grade_words(claim: Claim) -> str:
    """Say the Admiralty grade in words with its code: "usually reliable, probably true · B2"."""
    reliability = claim.batch.source.reliability
    return _("%(source)s, %(word)s · %(code)s") % {
        "source": word_for(reliability, "reliability"),
        "word": word_for(claim.credibility, "credibility"),
        "code": f"{reliability}{claim.credibility}",
    }


def _seen(claim: Claim) -> str:
    """Say when the source said it, and when it stopped; and of what day it speaks."""
    parts = []
    if claim.valid_from or claim.valid_to:
        spoken = claim.valid_from if claim.valid_from == claim.valid_to else f"{claim.valid_from}/{claim.valid_to}"
        spoken = claim.valid_from if not claim.valid_to else spoken
        parts.append(_("as of %(date)s") % {"date": edtf_words(spoken)})
    if claim.first_seen:
        parts.append(edtf_words(claim.first_seen))
    if claim.last_seen:
        parts.append(_("no longer said since %(date)s") % {"date": edtf_words(claim.last_seen)})
    return ", ".join(parts)


def _groups(known: Known, prop: str) -> list[list[Claim]]:
    """Group claims that agree; where they can't contradict each other, equal wordings still stand together."""
    groups: list[list[ClaimFact]] = differing(known.facts, prop)
    if prop not in COMPARED and prop not in CODED:
        same: dict[str, list[ClaimFact]] = {}
        for group in groups:
            for fact in group:
                same.setdefault(sort_key(fact.value), []).append(fact)
        groups = list(same.values())
    ranked = [sorted((known.by_order[fact.order] for fact in group), key=_rank) for group in groups]
    return sorted(ranked, key=lambda group: _rank(group[0]))


def _rank(claim: Claim) -> tuple[str, int, int]:
    return claim.batch.source.reliability, claim.credibility, claim.pk


def _said(known: Known, prop: str, group: list[Claim]) -> Said:
    best = max(group, key=lambda claim: len(claim.value)) if prop in CODED and prop.endswith("date") else group[0]
    return Said(
        value=value_words(prop, best.value),
        lang="" if prop in CODED or prop.endswith("_date") else best.language,
        note=_how_many(group),
        claims=[provenance(known, claim) for claim in group],
        raw=best.value,
        ids=[str(claim.public_id) for claim in group],
    )


def _how_many(group: Sequence[Claim]) -> str:
    """Say who says it: the one source with its date, or how many agree."""
    sources = {claim.batch.source_id: claim.batch.source for claim in group}
    if len(sources) == 1:
        (source,) = sources.values()
        return source.title
    return ngettext("%(count)s source agrees", "%(count)s sources agree", len(sources)) % {"count": len(sources)}


def _name_claim(claims: Sequence[Claim]) -> Claim:
    wanted = (Property.FAMILY_NAME, Property.NAME, Property.GIVEN_NAME, Property.ALIAS)
    for prop in wanted:
        for claim in claims:
            if claim.property == prop:
                return claim
    return claims[0]


def _assessed(known: Known, one: Assessment) -> Assessed:
    return Assessed(
        assessment=one,
        value=value_words(one.property, one.value),
        confidence=word_for(one.confidence, "confidence"),
        tone=CONFIDENCE_TONE.get(one.confidence, "muted"),  # type: ignore[call-overload]
        stale=known.stale(one),
        waits=needs_second(one),
        mine=one.by_id == known.actor.user_id,
    )
