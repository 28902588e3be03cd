# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds a person together: context for ``matching/parts/joins.html``, which the person page includes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.access.policy import allowed
from goodoffices.core.vocabulary import Decider
from goodoffices.matching.comparing import sides_of
from goodoffices.matching.pages import said_of
from goodoffices.matching.querysets import live_joins
from goodoffices.matching.reasons import sentences
from goodoffices.registry.models import Claim, Judgement, Mention, Person


def joins_of(person: Person, actor: Actor) -> dict[str, Any]:
    """Give a person's joins as the actor may see them.

    Returns:
        ``joins``: rows with both records, who said so, why, and whether somebody has looked; ``unlooked``: how many
        machine joins wait for a look; ``may_decide``; ``person``.
    """
    visible = set(Mention.objects.visible_to(actor).filter(person=person).values_list("pk", flat=True))
    judgements = [one for one in live_joins(person.pk) if one.left_id in visible and one.right_id in visible]
    sides = sides_of([end for one in judgements for end in (one.left, one.right)], actor)
    open_ids = _fully_seen(visible, actor)
    rows = [
        {
            **said_of(one),
            "left": sides[one.left_id],
            "right": sides[one.right_id],
            "machine": one.decider == Decider.MODEL,
            "looked": one.decider == Decider.PERSON or one.confirmed_at is not None,
            "why": sentences(one.reasons)[:4] if {one.left_id, one.right_id} <= open_ids else [],
        }
        for one in judgements
    ]
    return {
        "person": person,
        "joins": rows,
        "unlooked": sum(not row["looked"] for row in rows),
        "may_decide": allowed(actor, "decide", person),
    }


def _fully_seen(mention_ids: set[int], actor: Actor) -> set[int]:
    """Give the mentions of which the actor may see every standing claim: their reasons may be told to her."""
    standing = Claim.objects.standing().filter(mention_id__in=mention_ids)
    seen = Claim.objects.visible_to(actor).filter(mention_id__in=mention_ids)
    hidden = standing.exclude(pk__in=seen.values("pk")).values_list("mention_id", flat=True)
    return mention_ids - set(hidden)


def unconfirmed(person: Person, actor: Actor) -> list[Judgement]:
    """Give a person's machine joins that nobody has looked at, as far as the actor may know of them."""
    visible = set(Mention.objects.visible_to(actor).filter(person=person).values_list("pk", flat=True))
    waiting = live_joins(person.pk).filter(decider=Decider.MODEL, confirmed_at=None)
    return [one for one in waiting if one.left_id in visible and one.right_id in visible]


def records_of(mentions: Sequence[Mention], chosen: set[int], actor: Actor) -> list[dict[str, Any]]:
    """Give a person's records to choose from."""
    sides = sides_of(mentions, actor)
    return [{"id": str(one.public_id), "side": sides[one.pk], "chosen": one.pk in chosen} for one in mentions]
