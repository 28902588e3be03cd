# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review queue: one pair a page, decided by one key, taken back by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.policy import allowed, fetch
from goodoffices.matching import review
from goodoffices.matching.comparing import provenance, rows_between, sides_of
from goodoffices.matching.models import Candidate
from goodoffices.matching.pages import bars_of, said_of, see_other, undo_url, verdict_of
from goodoffices.matching.reasons import barrier, evidence_of
from goodoffices.matching.services import deciding
from goodoffices.registry.models import Judgement
from goodoffices.registry.services.judging import JudgementConflict
from goodoffices.web.toasts import say


@door(*PEOPLE_ROLES)
def compare_next(request: StaffRequest) -> HttpResponse:
    """Open the most telling pair, or say that none is left."""
    first = review.first_open(request.actor)
    if first is not None:
        return redirect("compare-pair", first.public_id)
    return render(request, "matching/nothing_left.html", {"last": said_of(review.last_said(request.actor))})


@door(*PEOPLE_ROLES, object_rule="visible pair")
def compare_pair(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show two records side by side with what speaks for and against."""
    candidate = fetch(request.actor, Candidate, public_id)
    return render(request, "matching/pair.html", _pair_page(request, candidate))


@door(*PEOPLE_ROLES, methods=("POST",), object_rule="visible pair, to decide")
def decide(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record the answer and go to the next pair; a refusal shows what stands in the way."""
    candidate = fetch(request.actor, Candidate, public_id, to="decide")
    verdict = verdict_of(request.POST.get("decision", ""))
    try:
        made = deciding.decide(candidate, verdict, actor=request.actor, now=clock.now())
    except JudgementConflict as conflict:
        page = _pair_page(request, candidate)
        page["conflict"] = {"bars": bars_of(conflict, request.actor)}
        return render(request, "matching/pair.html", page, status=409)
    say(request, str(said_of(made)["text"]), tone="home", undo_url=undo_url(made))
    following = review.next_open(request.actor, candidate)
    return see_other(reverse("compare-pair", args=[following.public_id]) if following else reverse("compare"))


@door(*PEOPLE_ROLES, object_rule="visible judgement")
def pair_of(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Lead to the pair a judgement was about; to the queue where it is none."""
    judgement = fetch(request.actor, Judgement, public_id)
    pair = Candidate.objects.visible_to(request.actor).of_pair(judgement.left_id, judgement.right_id).first()
    return redirect("compare-pair", pair.public_id) if pair else redirect("compare")


@door(*PEOPLE_ROLES)
def unsure(request: StaffRequest) -> HttpResponse:
    """List the pairs on which somebody was unsure."""
    rows = [said_of(one, actor=request.actor) for one in review.unsure(request.actor)[:200]]
    return render(request, "matching/unsure.html", {"rows": rows})


def _pair_page(request: StaffRequest, candidate: Candidate) -> dict[str, Any]:
    """Gather what the page of a pair shows."""
    actor = request.actor
    sides = sides_of([candidate.left, candidate.right], actor)
    left, right = sides[candidate.left_id], sides[candidate.right_id]
    at = review.standing(candidate, actor)
    kin = review.kin_in_lists(candidate, actor)
    return {
        "candidate": candidate,
        "left": left,
        "right": right,
        "rows": rows_between(left, right, candidate.reasons),
        "evidence": evidence_of(candidate.reasons),
        "of_hundred": round(candidate.probability * 100),
        "barrier": barrier(candidate.refused or candidate.blocked),
        "kin": [provenance(one) for one in kin],
        "at": at,
        "judged": said_of(review.live_judgement(candidate)),
        "may_decide": allowed(actor, "decide", candidate),
        "last": said_of(review.last_said(actor)),
        "choices": [
            {"label": _("Same person"), "value": "same", "key": "y"},
            {"label": _("Different"), "value": "different", "key": "n", "tone": "quiet"},
            {"label": _("Not sure"), "value": "unsure", "key": "u", "tone": "quiet"},
        ],
        "links": _links(at),
        "page_keys": [
            {"key": "y", "label": _("Same person")},
            {"key": "n", "label": _("Different")},
            {"key": "u", "label": _("Not sure")},
            {"key": "j", "label": _("Next pair")},
            {"key": "k", "label": _("Previous pair")},
            {"key": "z", "label": _("Take back the last answer")},
        ],
    }


def _links(at: review.Standing) -> list[dict[str, str]]:
    links = []
    if at.next:
        url = reverse("compare-pair", args=[at.next.public_id])
        links.append({"label": pgettext("pair", "Next"), "url": url, "key": "j"})
    if at.previous:
        url = reverse("compare-pair", args=[at.previous.public_id])
        links.append({"label": pgettext("pair", "Previous"), "url": url, "key": "k"})
    return links
