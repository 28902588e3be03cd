# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the machine was kept from joining, and what people have said that can't all be true."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.matching import review
from goodoffices.matching.comparing import sides_of
from goodoffices.matching.pages import said_of
from goodoffices.matching.reasons import barrier

SHOWN = 200


@door(*PEOPLE_ROLES)
def conflicts(request: StaffRequest) -> HttpResponse:
    """List refused joins with the rule that refused them, and persons that judgements contradict."""
    pairs = list(review.refused_joins(request.actor)[:SHOWN])
    sides = sides_of([one for pair in pairs for one in (pair.left, pair.right)], request.actor)
    page = {
        "refused": [
            {"pair": one, "left": sides[one.left_id], "right": sides[one.right_id], "why": barrier(one.refused)}
            for one in pairs
        ],
        "contradictions": [said_of(one, actor=request.actor) for one in review.contradictions(request.actor)[:SHOWN]],
    }
    return render(request, "matching/conflicts.html", page)
