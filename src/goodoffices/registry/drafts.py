# SPDX-License-Identifier: AGPL-3.0-or-later
"""What intake hands to the registry, and what the registry draws people from: plain rows, no ORM."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from goodoffices.core.linkage import Record
from goodoffices.core.vocabulary import NAME_PROPERTIES, Property


class ClaimDraft(NamedTuple):
    """A claim about to be recorded; ``sensitivity`` None inherits the source's. Dates are EDTF.

    A tuple, because a large list makes a million of them and tuples are made five times as fast.
    """

    property: str
    value: str
    original: str = ""
    language: str = ""
    script: str = ""
    valid_from: str = ""
    valid_to: str = ""
    locator: str = ""
    said_by: str = ""
    credibility: int = 6
    sensitivity: int | None = None
    episode: int = 0
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class MentionDraft:
    """A mention about to be recorded: its key and place in the source, and what is said."""

    record_key: str
    position: int
    claims: tuple[ClaimDraft, ...]


class ClaimFact(NamedTuple):
    """A standing claim as the portrait reads it; ``order`` is its inner id. A tuple like ``ClaimDraft``."""

    order: int
    public_id: UUID
    property: str
    value: str
    original: str
    language: str
    sensitivity: int
    field_class: int
    first_seen: str
    credibility: int
    episode: int
    place_id: int | None


@dataclass(frozen=True, slots=True)
class MentionFacts:
    """A live mention with its source's bearing and its standing claims."""

    order: int
    source_id: int
    reliability: str
    source_sensitivity: int
    room: str
    listed: bool
    claims: tuple[ClaimFact, ...]


@dataclass(frozen=True, slots=True)
class AssessmentFact:
    """A standing assessment: it wins over what sources say."""

    property: str
    value: str
    confidence: str
    sensitivity: int


@dataclass(frozen=True)
class PersonFacts:
    """All that is known of one component of mentions."""

    mentions: tuple[MentionFacts, ...]
    assessments: tuple[AssessmentFact, ...] = ()
    unlooked: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)


_RECORD_FIELD = {
    Property.NAME: "name",
    Property.FAMILY_NAME: "family_name",
    Property.GIVEN_NAME: "given_name",
    Property.PATRONYMIC: "patronymic",
    Property.FAMILY_NAME_2: "family_name_2",
    Property.BIRTH_DATE: "dob",
    Property.SEX: "sex",
    Property.RESIDENCE: "residence",
    Property.CATEGORY: "category",
    Property.PLACE_HELD: "place_held",
    Property.UNIT: "unit",
    Property.CAPTURE_DATE: "event_date",
}
_RECORDED = {str(key): name for key, name in _RECORD_FIELD.items()}


def record_of(key: str, source: str, claims: Iterable[ClaimDraft | ClaimFact]) -> Record:
    """Turn a mention's claims into the record that linkage compares; the first claim of a property counts."""
    said: dict[str, str] = {}
    aliases: list[str] = []
    for claim in claims:
        if claim.property == Property.ALIAS:
            aliases.append(claim.value)
        elif (name := _RECORDED.get(claim.property)) and name not in said:
            said[name] = claim.value
    return Record(key=key, source=source, aliases=tuple(aliases), **said)


def has_name(claims: Iterable[ClaimDraft]) -> bool:
    """Say whether a mention can be found by a name at all."""
    return any(claim.property in NAME_PROPERTIES for claim in claims)
