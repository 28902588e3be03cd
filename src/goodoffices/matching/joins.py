# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's joins to be confirmed and records to be parted; how joins are shown is the registry's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import Decider
from goodoffices.matching.comparing import sides_of
from goodoffices.matching.querysets import live_joins
from goodoffices.registry.models import Judgement, Mention, Person


def unconfirmed(person: Person, actor: Actor) -> list[Judgement]:
    """Give a person's machine joins that nobody has looked at, as far as the actor may know of them."""
    visible = set(Mention.objects.visible_to(actor).filter(person=person).values_list("pk", flat=True))
    waiting = live_joins(person.pk).filter(decider=Decider.MODEL, confirmed_at=None)
    return [one for one in waiting if one.left_id in visible and one.right_id in visible]


def records_of(mentions: Sequence[Mention], chosen: set[int], actor: Actor) -> list[dict[str, Any]]:
    """Give a person's records to choose from."""
    sides = sides_of(mentions, actor)
    return [{"id": str(one.public_id), "side": sides[one.pk], "chosen": one.pk in chosen} for one in mentions]
