# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts that several pages of matching show: what was said of a pair, what stands in the way."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Decider, Verdict
from goodoffices.matching.comparing import person_url, sides_of
from goodoffices.registry.models import Judgement, Mention, Person
from goodoffices.registry.policies import visible_judgements
from goodoffices.registry.services.judging import JudgementConflict


def undo_url(judgement: Judgement) -> str:
    """Give the address that takes a judgement back and leads to its pair again."""
    pair = reverse("judgement-pair", args=[judgement.public_id])
    return f"{reverse('judgement-take-back', args=[judgement.public_id])}?next={pair}"


def said_of(judgement: Judgement | None, *, actor: Actor | None = None) -> dict[str, Any]:
    """Say a judgement in words without names, with the address that takes it back.

    Args:
        actor: adds both records as she may see them.
    """
    if judgement is None:
        return {}
    texts = {
        Verdict.SAME: _("Joined: two records, one person."),
        Verdict.DIFFERENT: _("Kept apart: two different people."),
        Verdict.UNSURE: _("Put aside: not sure."),
    }
    machine = judgement.decider == Decider.MODEL
    found = {
        "judgement": judgement,
        "text": texts[Verdict(judgement.verdict)],
        "who": _("the machine") if machine else (judgement.by.display_name if judgement.by else _("the program")),
        "at": judgement.at,
        "undo_url": undo_url(judgement),
    }
    if actor is not None:
        sides = sides_of([judgement.left, judgement.right], actor)
        found.update(left=sides[judgement.left_id], right=sides[judgement.right_id])
        found["pair_url"] = reverse("merge") + (
            f"?person={judgement.left.person.public_id}&person={judgement.right.person.public_id}"
        )
    return found


def bars_of(conflict: JudgementConflict, actor: Actor) -> list[dict[str, Any]]:
    """Give the judgements that stand in the way, as far as the actor may know of them."""
    found = []
    for left, right in conflict.pairs:
        one = (
            visible_judgements(actor)
            .filter(left_id=min(left, right), right_id=max(left, right), revoked_at=None)
            .select_related("left__source", "right__source", "left__person", "right__person", "by")
            .first()
        )
        if one is not None:
            found.append(said_of(one, actor=actor))
    return found


def mentions_of(person_id: int, actor: Actor) -> list[Mention]:
    """Give a person's visible mentions with their sources, the earliest first."""
    return list(
        Mention.objects.visible_to(actor).filter(person_id=person_id).select_related("source", "person").order_by("pk")
    )


def bars_between(first: Person, second: Person, actor: Actor) -> list[dict[str, Any]]:
    """Give the live "different" judgements between two persons, as far as the actor may know of them."""
    between = Q(left__person=first, right__person=second) | Q(left__person=second, right__person=first)
    different = visible_judgements(actor).filter(between, verdict=Verdict.DIFFERENT, revoked_at=None)
    ends = ("left__source", "right__source", "left__person", "right__person", "by")
    return [said_of(one, actor=actor) for one in different.select_related(*ends).order_by("pk")]


def verdict_of(said: str) -> Verdict:
    """Read an answer from a form.

    Raises:
        GoodOfficesError: it is none.
    """
    try:
        return Verdict(said)
    except ValueError as error:
        raise GoodOfficesError("This isn't an answer.", code="bad_decision", hint="Open the page again.") from error


def see_other(url: str) -> HttpResponse:
    """Send the browser on after a POST, so that reloading repeats nothing."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def person_page(person: Person) -> str:
    """Give where to go after an act on a person."""
    return person_url(person.public_id)
