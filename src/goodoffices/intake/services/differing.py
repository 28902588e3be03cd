# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a new edition says otherwise of mentions that are there: claims gone and claims added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goodoffices.registry.drafts import ClaimDraft
from goodoffices.registry.models import Claim

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """The claims of one mention that are no longer said, and those that are said anew."""

    gone: tuple[int, ...]
    added: tuple[ClaimDraft, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.added)


def differences(drafts: Mapping[int, Sequence[ClaimDraft]]) -> dict[int, Difference]:
    """Compare standing claims of mentions with what a new edition says; only what an import said is compared.

    Place in the list and credibility are no part of what is said: a row that moved says the same.
    """
    found: dict[int, Difference] = {}
    for mention_ids in _parts(sorted(drafts)):
        standing: dict[int, list[tuple[int, tuple[object, ...]]]] = defaultdict(list)
        fields = ("mention_id", "pk", "property", "value", "original", "episode", "said_by")
        claims = Claim.objects.standing().filter(mention_id__in=mention_ids, batch__kind="import").order_by("pk")
        for mention_id, pk, *said in claims.values_list(*fields):
            standing[mention_id].append((pk, tuple(said)))
        for mention_id in mention_ids:
            found[mention_id] = _difference(standing[mention_id], drafts[mention_id])
    return found


def _difference(standing: Sequence[tuple[int, tuple[object, ...]]], drafts: Sequence[ClaimDraft]) -> Difference:
    said_now = Counter(_said(draft) for draft in drafts)
    gone = []
    for pk, said in standing:
        if said_now[said]:
            said_now[said] -= 1
        else:
            gone.append(pk)
    said_before = Counter(said for _, said in standing)
    added = []
    for draft in drafts:
        if said_before[_said(draft)]:
            said_before[_said(draft)] -= 1
        else:
            added.append(draft)
    return Difference(tuple(gone), tuple(added))


def _said(draft: ClaimDraft) -> tuple[object, ...]:
    return draft.property, draft.value, draft.original, draft.episode, draft.said_by


def _parts(items: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
