# SPDX-License-Identifier: AGPL-3.0-or-later
"""Let the machine join by itself what it is sure of, with the counts shown first; take a whole run back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.core.vocabulary import Room
from goodoffices.matching import review
from goodoffices.matching.comparing import sides_of
from goodoffices.matching.models import DONE, JOIN, QUEUED, RUNNING, UNDOING, Run
from goodoffices.matching.pages import see_other
from goodoffices.matching.services import joining

SHOWN = 20


@door(*PEOPLE_ROLES)
def ready(request: StaffRequest) -> HttpResponse:
    """Show how many pairs the machine would join by itself, the least sure of them, and the runs before."""
    actor = request.actor
    counts = review.ready_counts(actor)
    pairs = list(review.least_sure(actor)[:SHOWN])
    sides = sides_of([one for pair in pairs for one in (pair.left, pair.right)], actor)
    shown = [{"pair": one, "left": sides[one.left_id], "right": sides[one.right_id]} for one in pairs]
    page = {
        **counts,
        "pairs": shown,
        "may_decide": actor.has(DECIDE_MATCHES),
        "runs": Run.objects.visible_to(actor).filter(kind=JOIN).order_by("-pk")[:SHOWN],
    }
    return render(request, "matching/ready.html", page)


@door(*PEOPLE_ROLES, methods=("POST",), object_rule="power decide-matches")
def start(request: StaffRequest) -> HttpResponse:
    """Let the machine join, in the background."""
    run = joining.start_join(Room.WORK, actor=request.actor, now=clock.now())
    return see_other(reverse("matching-run", args=[run.public_id]))


@door(*PEOPLE_ROLES, object_rule="one's own run")
def run(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show how far a run is; the progress block alone for the page's own polling."""
    found = fetch(request.actor, Run, public_id)
    template = "matching/parts/run_progress.html" if request.htmx else "matching/run.html"  # type: ignore[attr-defined]
    return render(request, template, {"run": found, "progress": _progress(found), "done": found.state == DONE})


@door(*PEOPLE_ROLES, methods=("POST",), object_rule="one's own run, to decide")
def undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take all a run joined back, in the background."""
    found = fetch(request.actor, Run, public_id, to="decide")
    joining.start_undo(found, actor=request.actor, now=clock.now())
    return see_other(reverse("matching-run", args=[found.public_id]))


def _progress(run: Run) -> dict[str, Any]:
    """Give the fields of ``web/parts/progress.html`` for a run."""
    address = reverse("matching-run", args=[run.public_id])
    moving = run.state in {QUEUED, RUNNING, UNDOING}
    said = {
        QUEUED: _("Waiting for its turn"),
        RUNNING: _("Joining"),
        DONE: ngettext("%(n)s pair joined", "%(n)s pairs joined", run.kept) % {"n": run.kept},
        UNDOING: _("Taking back"),
    }
    return {
        "label": said.get(run.state, _("Taken back")),
        "value": None if run.state == QUEUED else min(run.done, run.total),
        "max": run.total,
        "poll_url": address if moving else "",
        "page_url": address,
    }
