# SPDX-License-Identifier: AGPL-3.0-or-later
"""Merge two persons, split one, confirm what the machine joined."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.policy import allowed, fetch
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Verdict
from goodoffices.matching import joins
from goodoffices.matching.comparing import rows_between
from goodoffices.matching.engine import as_json
from goodoffices.matching.pages import bars_between, mentions_of, person_page, said_of, see_other, verdict_of
from goodoffices.matching.previews import Merge, merge_of, split_of
from goodoffices.matching.reasons import barrier, evidence_of
from goodoffices.matching.services import deciding
from goodoffices.matching.services.looking_up import lookup
from goodoffices.registry.models import Mention, Person
from goodoffices.registry.services.judging import JudgementConflict
from goodoffices.web.toasts import say


@door(*PEOPLE_ROLES, object_rule="both persons visible")
def merge(request: StaffRequest) -> HttpResponse:
    """Show two persons side by side and what would come of joining them; with one, ask for the other."""
    persons = [fetch(request.actor, Person, one) for one in _two_ids(request.GET.getlist("person"))]
    if len(persons) < 2:
        return render(request, "matching/merge_choose.html", _choose_page(request, persons))
    return render(request, "matching/merge.html", _merge_page(request, persons[0], persons[1]))


@door(*PEOPLE_ROLES, methods=("POST",), object_rule="both mentions visible, to decide")
def merge_decide(request: StaffRequest) -> HttpResponse:
    """Join two persons by the records that say most, or say that they are different or unsure."""
    left = fetch(request.actor, Mention, _uuid(request.POST.get("left", "")), to="decide")
    right = fetch(request.actor, Mention, _uuid(request.POST.get("right", "")), to="decide")
    verdict = verdict_of(request.POST.get("decision", ""))
    try:
        made = deciding.judge_pair(left, right, verdict, actor=request.actor, now=clock.now())
    except JudgementConflict:
        return render(request, "matching/merge.html", _merge_page(request, left.person, right.person), status=409)
    undo = reverse("judgement-take-back", args=[made.public_id])
    say(request, str(said_of(made)["text"]), tone="home", undo_url=undo)
    return see_other(person_page(fetch(request.actor, Mention, left.public_id).person))


@door(*PEOPLE_ROLES, methods=("GET", "POST"), object_rule="visible person; to decide on POST")
def split(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose which records leave a person, see both results, then set them apart."""
    person = fetch(request.actor, Person, public_id, to="decide" if request.method == "POST" else "see")
    if request.method == "POST":
        leaving = [fetch(request.actor, Mention, _uuid(one)) for one in request.POST.getlist("record")]
        made = deciding.set_apart(
            person, leaving, actor=request.actor, now=clock.now(), note=request.POST.get("note", "")
        )
        say(request, _("Set apart."), tone="home", undo_url=reverse("judgement-take-back", args=[made.public_id]))
        return see_other(person_page(fetch(request.actor, Mention, leaving[0].public_id).person))
    return render(request, "matching/split.html", _split_page(request, person))


@door(*PEOPLE_ROLES, methods=("POST",), object_rule="visible person, to decide")
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say that one has looked at all the machine joined in a person and agrees."""
    person = fetch(request.actor, Person, public_id, to="decide")
    deciding.confirm_all(joins.unconfirmed(person, request.actor), actor=request.actor, now=clock.now())
    say(request, _("Confirmed: you have looked at what the machine joined."), tone="home")
    return see_other(person_page(person))


def _two_ids(said: list[str]) -> list[UUID]:
    return [_uuid(one) for one in dict.fromkeys(said) if one][:2]


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise GoodOfficesError("This isn't the id of a record.", code="bad_id", hint="Open the page again.") from error


def _choose_page(request: StaffRequest, persons: list[Person]) -> dict[str, Any]:
    """Gather the page that asks who the other person is."""
    text = request.GET.get("q", "").strip()
    hits = lookup(request.actor, text).hits if text else []
    first = persons[0] if persons else None
    others = [one for one in hits if first is None or one.person != first.public_id]
    return {"first": first, "q": text, "hits": others}


def _merge_page(request: StaffRequest, first: Person, second: Person) -> dict[str, Any]:
    """Gather what the merge page shows."""
    actor = request.actor
    found = merge_of(mentions_of(first.pk, actor), mentions_of(second.pk, actor), actor)
    page: dict[str, Any] = {"first": first, "second": second, "one_person": first.pk == second.pk, "merge": found}
    if found is None or first.pk == second.pk:
        return page
    return page | _evidence_part(found) | _decision_part(found, actor, first, second)


def _evidence_part(found: Merge) -> dict[str, Any]:
    reasons = as_json(found.score)
    return {
        "left": found.left,
        "right": found.right,
        "rows": rows_between(found.left, found.right, reasons),
        "evidence": evidence_of(reasons),
        "of_hundred": round(found.score.probability * 100),
        "barrier": barrier(found.score.blocked or ""),
        "result": found.result,
    }


def _decision_part(found: Merge, actor: Any, first: Person, second: Person) -> dict[str, Any]:
    bars = bars_between(first, second, actor)
    join = [] if bars else [{"label": _("Join them"), "value": Verdict.SAME, "key": "y"}]
    return {
        "bars": bars,
        "may_decide": allowed(actor, "decide", found.left_mention) and allowed(actor, "decide", found.right_mention),
        "fields": [("left", found.left_mention.public_id), ("right", found.right_mention.public_id)],
        "choices": [
            *join,
            {"label": _("Different people"), "value": Verdict.DIFFERENT, "key": "n", "tone": "quiet"},
            {"label": _("Not sure"), "value": Verdict.UNSURE, "key": "u", "tone": "quiet"},
        ],
    }


def _split_page(request: StaffRequest, person: Person) -> dict[str, Any]:
    """Gather the records to choose from, and the preview once some are chosen."""
    mentions = mentions_of(person.pk, request.actor)
    chosen = set(request.GET.getlist("record"))
    leaving = {one.pk for one in mentions if str(one.public_id) in chosen}
    asked = bool(chosen)
    fits = bool(leaving) and len(leaving) < len(mentions)
    return {
        "person": person,
        "records": joins.records_of(mentions, leaving, request.actor),
        "previews": split_of(mentions, leaving, request.actor) if fits else [],
        "nothing_left": asked and not fits,
        "chosen": [one.public_id for one in mentions if one.pk in leaving],
        "may_decide": allowed(request.actor, "decide", person),
    }
