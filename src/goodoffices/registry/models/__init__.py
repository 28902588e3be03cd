# SPDX-License-Identifier: AGPL-3.0-or-later
"""The registry's tables, one file per concept."""

from goodoffices.registry.models.assessments import Assessment
from goodoffices.registry.models.claims import Batch, Claim, Mention, NameKey
from goodoffices.registry.models.events import Event, TakenWith
from goodoffices.registry.models.identity import IdentityEvent, Judgement
from goodoffices.registry.models.notes import Note
from goodoffices.registry.models.persons import Listing, Person, Pulse
from goodoffices.registry.models.places import Authority, Place, PlaceCondition, PlaceName
from goodoffices.registry.models.sources import Artifact, Source

__all__ = [
    "Artifact",
    "Assessment",
    "Authority",
    "Batch",
    "Claim",
    "Event",
    "IdentityEvent",
    "Judgement",
    "Listing",
    "Mention",
    "NameKey",
    "Note",
    "Person",
    "Place",
    "PlaceCondition",
    "PlaceName",
    "Pulse",
    "Source",
    "TakenWith",
]
