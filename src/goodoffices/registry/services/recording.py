# SPDX-License-Identifier: AGPL-3.0-or-later
"""Record what a source says: mentions, claims, name keys and, at once, each mention's own person.

Called by intake inside its own act; the ledger line is one per committed chunk, with counts and no names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodoffices.core.linkage import posting_keys, prepare
from goodoffices.core.vocabulary import FIELD_CLASS
from goodoffices.ledger.ids import new_id
from goodoffices.registry.drafts import ClaimDraft, ClaimFact, MentionDraft, MentionFacts, PersonFacts, record_of
from goodoffices.registry.models import Batch, Claim, Mention, NameKey, Person, Source
from goodoffices.registry.services.bulk import insert_rows, new_hexes, reserve_ids
from goodoffices.registry.services.projecting import beat, redraw, write_lines

MENTION_FIELDS = (
    "id",
    "public_id",
    "seed",
    "source_id",
    "batch_id",
    "person_id",
    "record_key",
    "position",
    "live",
    "listed",
    "last_seen",
)
CLAIM_FIELDS = (
    "id",
    "public_id",
    "mention_id",
    "batch_id",
    "property",
    "value",
    "original",
    "language",
    "script",
    "valid_from",
    "valid_to",
    "locator",
    "said_by",
    "first_seen",
    "last_seen",
    "credibility",
    "sensitivity",
    "field_class",
    "episode",
    "place_id",
    "retired_why",
    "retired_note",
)
_CLASS_OF = {str(prop): int(field_class) for prop, field_class in FIELD_CLASS.items()}
# Lines are drawn from these facts, and lines read no claim's public id.
_UNREAD = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A mention just recorded: its inner id, its seed, its person's inner id."""

    mention_id: int
    seed: UUID
    person_id: int


def record_mentions(
    batch: Batch, source: Source, drafts: Sequence[MentionDraft], *, first_seen: str, now: datetime
) -> list[Recorded]:
    """Record new mentions, each a person of its own until somebody joins it; inside the caller's transaction."""
    if not drafts:
        return []
    mention_ids = reserve_ids(Mention, len(drafts))
    person_ids = reserve_ids(Person, len(drafts))
    recorded = [Recorded(m, new_id(), p) for m, p in zip(mention_ids, person_ids, strict=True)]
    insert_rows(
        Person, ("id", "public_id", "room", "live"), [(one.person_id, one.seed, source.room, True) for one in recorded]
    )
    insert_rows(
        Mention,
        MENTION_FIELDS,
        [
            (
                one.mention_id,
                public_id,
                one.seed,
                source.pk,
                batch.pk,
                one.person_id,
                draft.record_key,
                draft.position,
                True,
                True,
                "",
            )
            for one, draft, public_id in zip(recorded, drafts, new_hexes(len(drafts)), strict=True)
        ],
    )
    pairs = [(one.mention_id, draft.claims) for one, draft in zip(recorded, drafts, strict=True)]
    facts = _insert_claims(batch, source, pairs, first_seen)
    _insert_keys((one.mention_id, source.key, draft.claims) for one, draft in zip(recorded, drafts, strict=True))
    write_lines(
        [
            (one.person_id, PersonFacts(mentions=(_mention_facts(one.mention_id, source, facts[one.mention_id]),)))
            for one in recorded
        ],
        now=now,
    )
    beat()
    return recorded


def add_claims(
    batch: Batch, source: Source, claims: Sequence[tuple[int, Sequence[ClaimDraft]]], *, first_seen: str
) -> None:
    """Append claims to mentions that are there; the caller redraws (``refresh``) when its chunk is complete."""
    _insert_claims(batch, source, claims, first_seen)


def retire_claims(batch: Batch, claim_ids: Sequence[int], *, why: str, last_seen: str = "", note: str = "") -> None:
    """Retire claims with a reason; their words stay."""
    for start in range(0, len(claim_ids), 500):
        Claim.objects.filter(pk__in=claim_ids[start : start + 500], retired_by=None).update(
            retired_by=batch, retired_why=why, retired_note=note, last_seen=last_seen
        )


def refresh(mention_ids: Sequence[int], *, now: datetime) -> None:
    """Write the name keys of mentions anew from their standing claims, and redraw their persons."""
    for start in range(0, len(mention_ids), 500):
        part = list(mention_ids[start : start + 500])
        NameKey.objects.filter(mention_id__in=part).delete()
        told: dict[int, list[ClaimDraft]] = {pk: [] for pk in part}
        claims = Claim.objects.standing().filter(mention_id__in=part, mention__live=True).order_by("pk")
        for mention_id, prop, value in claims.values_list("mention_id", "property", "value"):
            told[mention_id].append(ClaimDraft(prop, value))
        keys = dict(Mention.objects.filter(pk__in=part).values_list("pk", "source__key"))
        _insert_keys((pk, keys[pk], tuple(said)) for pk, said in told.items() if said)
        persons = Mention.objects.filter(pk__in=part).values_list("person_id", flat=True)
        redraw(persons, now=now)


def _insert_claims(
    batch: Batch, source: Source, pairs: Sequence[tuple[int, Sequence[ClaimDraft]]], first_seen: str
) -> dict[int, list[ClaimFact]]:
    total = sum(len(claims) for _, claims in pairs)
    if not total:
        return {mention_id: [] for mention_id, _ in pairs}
    ids = zip(reserve_ids(Claim, total), new_hexes(total), strict=True)
    facts: dict[int, list[ClaimFact]] = {}
    rows = []
    for mention_id, claims in pairs:
        kept = facts.setdefault(mention_id, [])
        for claim in claims:
            sensitivity = source.sensitivity if claim.sensitivity is None else claim.sensitivity
            field_class = _CLASS_OF[claim.property]
            pk, public_id = next(ids)
            rows.append(
                (
                    pk,
                    public_id,
                    mention_id,
                    batch.pk,
                    claim.property,
                    claim.value,
                    claim.original,
                    claim.language,
                    claim.script,
                    claim.valid_from,
                    claim.valid_to,
                    claim.locator,
                    claim.said_by,
                    first_seen,
                    "",
                    claim.credibility,
                    sensitivity,
                    field_class,
                    claim.episode,
                    claim.place_id,
                    "",
                    "",
                )
            )
            kept.append(
                ClaimFact(
                    pk,
                    _UNREAD,
                    claim.property,
                    claim.value,
                    claim.original,
                    claim.language,
                    sensitivity,
                    field_class,
                    first_seen,
                    claim.credibility,
                    claim.episode,
                    claim.place_id,
                )
            )
    insert_rows(Claim, CLAIM_FIELDS, rows)
    return facts


def _insert_keys(mentions: Iterable[tuple[int, str, Sequence[ClaimDraft]]]) -> None:
    rows = [
        (key, mention_id)
        for mention_id, source_key, claims in mentions
        for key in posting_keys(prepare(record_of(str(mention_id), source_key, claims)))
    ]
    insert_rows(NameKey, ("key", "mention_id"), rows)


def _mention_facts(mention_id: int, source: Source, claims: Sequence[ClaimFact]) -> MentionFacts:
    return MentionFacts(
        order=mention_id,
        source_id=source.pk,
        reliability=source.reliability,
        source_sensitivity=source.sensitivity,
        room=source.room,
        listed=True,
        claims=tuple(claims),
    )
