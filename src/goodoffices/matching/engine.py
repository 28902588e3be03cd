# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the store meets the engine: mentions as prepared records, scored by the one function of all doors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from django.db import transaction

from goodoffices.access.actors import SYSTEM, Actor
from goodoffices.core.linkage import PairScore, Prepared, Rarity, Record, count_names, default_model, prepare
from goodoffices.core.linkage.features import Comparer
from goodoffices.core.linkage.score import pair_score, score_rows
from goodoffices.core.linkage.table import table_of
from goodoffices.core.vocabulary import NAME_PROPERTIES
from goodoffices.ledger.services import record as ledger_line
from goodoffices.matching.compiled import ASKED, Compiled
from goodoffices.matching.models import NameCount
from goodoffices.matching.querysets import mask_of
from goodoffices.registry.drafts import ClaimDraft, record_of
from goodoffices.registry.models import Claim, Mention

T = TypeVar("T")
PART = 500
GROWTH = 1.2


@dataclass(frozen=True, slots=True)
class Known:
    """A live mention made ready for comparing, and what was read for it."""

    id: int
    person_id: int
    source_id: int
    deduplicated: bool
    room: str
    prepared: Prepared
    sensitivity: int
    classes: int


def parts(items: Iterable[T], size: int = PART) -> Iterator[list[T]]:
    """Cut items into lists that fit into one query."""
    walk = iter(items)
    while part := list(islice(walk, size)):
        yield part


def known_mentions(ids: Collection[int], *, actor: Actor | None = None, room: str = "") -> dict[int, Known]:
    """Load live mentions by inner id.

    Args:
        actor: reads only what she may see; mentions of which she may see nothing are left out. None reads all.
        room: leave out mentions of other rooms.
    """
    found: dict[int, Known] = {}
    for part in parts(sorted(ids)):
        found.update(_known_part(part, actor, room))
    return found


def _known_part(ids: list[int], actor: Actor | None, room: str) -> dict[int, Known]:
    heads_of, claims_of = _questions(actor, room)
    said: dict[int, list[ClaimDraft]] = defaultdict(list)
    weighed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, prop, value, sensitivity, field_class in claims_of.rows_of(ids):
        said[pk].append(ClaimDraft(prop, value))
        weighed[pk].append((sensitivity, field_class))
    return {
        pk: Known(
            pk,
            person_id,
            source_id,
            bool(once),
            in_room,
            prepare(record_of(str(pk), key, said[pk])),
            max(sensitivity, *(level for level, _ in weighed[pk])),
            mask_of(kind for _, kind in weighed[pk]),
        )
        for pk, person_id, source_id, once, in_room, key, sensitivity in heads_of.rows_of(ids)
        if said[pk]
    }


@lru_cache(maxsize=64)
def _questions(actor: Actor | None, room: str) -> tuple[Compiled, Compiled]:
    """Put together what is asked of mentions and of their claims, for one actor's sight."""
    mentions = Mention.objects.filter(pk__in=[ASKED], live=True)
    claims = Claim.objects.standing() if actor is None else Claim.objects.visible_to(actor)
    if actor is not None:
        mentions = mentions.filter(source__sensitivity__lte=actor.clearance)
    if room:
        mentions = mentions.filter(source__room=room)
    said = claims.filter(mention_id__in=[ASKED]).order_by("pk")
    return (
        Compiled(
            mentions.values_list(
                "pk",
                "person_id",
                "source_id",
                "source__deduplicated",
                "source__room",
                "source__key",
                "source__sensitivity",
            )
        ),
        Compiled(said.values_list("mention_id", "property", "value", "sensitivity", "field_class")),
    )


def score_pairs(
    known: Sequence[Known], pairs: Sequence[tuple[int, int]], rarity: Rarity, *, at_least: float = 0.0
) -> list[tuple[int, int, PairScore]]:
    """Score pairs of positions in ``known``; those below ``at_least`` are left out.

    Returns:
        (left position, right position, score), in the order given.
    """
    if not pairs:
        return []
    model = default_model()
    table = table_of([one.prepared for one in known])
    once = {one.prepared.record.source for one in known if one.deduplicated}
    flags = np.array([int(text in once) for text in table.words["source"].texts])
    left = np.array([a for a, _ in pairs], dtype=np.int64)
    right = np.array([b for _, b in pairs], dtype=np.int64)
    scores = score_rows(Comparer(table, rarity), left, right, model, flags)
    kept = np.flatnonzero(scores.probability >= at_least).tolist()
    return [
        (a, b, pair_score(scores, row, known[a].prepared, known[b].prepared, model, table))
        for row in kept
        for a, b in [pairs[row]]
    ]


def score_two(left: Known, right: Known, rarity: Rarity) -> PairScore:
    """Score one pair of mentions."""
    return score_pairs([left, right], [(0, 1)], rarity)[0][2]


def as_json(score: PairScore) -> list[dict[str, Any]]:
    """Give a score's reasons as rows keep them."""
    return [
        {"code": one.code, "field": one.field, "bits": round(one.bits, 3), "left": one.left, "right": one.right}
        for one in score.reasons
    ]


def rarity_of(room: str) -> Rarity:
    """Give how common names are in a room; the shipped counts while it was never counted."""
    row = NameCount.objects.filter(room=room).values_list("edition", "mentions").first()
    return _rarity(room, *row) if row else Rarity()


@lru_cache(maxsize=4)
def _rarity(room: str, edition: int, mentions: int) -> Rarity:
    counts = NameCount.objects.values_list("counts", flat=True).get(room=room)
    return Rarity(max(mentions, 1_000), counts["surname"], counts["given"], counts["patronymic"])


def count_room(room: str, *, now: datetime) -> None:
    """Count the names of a room anew if it has grown by a fifth since they were counted."""
    live = Mention.objects.filter(live=True, source__room=room)
    size = live.count()
    row = NameCount.objects.filter(room=room).first()
    if row and row.mentions and max(size, row.mentions) <= GROWTH * min(size, row.mentions):
        return
    rarity = count_names([prepare(one) for one in _names_in(room)])
    with transaction.atomic():
        NameCount.objects.update_or_create(
            room=room,
            defaults={
                "mentions": size,
                "edition": (row.edition if row else 0) + 1,
                "counts": {
                    "surname": dict(rarity.surname or {}),
                    "given": dict(rarity.given or {}),
                    "patronymic": dict(rarity.patronymic or {}),
                },
            },
        )
        ledger_line(act="matching.names_counted", actor=SYSTEM, now=now, facts={"mentions": size, "room": room})


def _names_in(room: str) -> Iterator[Record]:
    """Stream a room's mentions with nothing but their names."""
    rows = (
        Claim.objects.standing()
        .filter(mention__live=True, mention__source__room=room, property__in=[str(one) for one in NAME_PROPERTIES])
        .order_by("mention_id", "pk")
        .values_list("mention_id", "property", "value")
    )
    here: int | None = None
    said: list[ClaimDraft] = []
    for pk, prop, value in rows.iterator(chunk_size=5_000):
        if pk != here:
            if said:
                yield record_of(str(here), "", said)
            here, said = pk, []
        said.append(ClaimDraft(prop, value))
    if said:
        yield record_of(str(here), "", said)
