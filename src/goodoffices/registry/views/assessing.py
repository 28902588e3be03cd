# SPDX-License-Identifier: AGPL-3.0-or-later
"""Weigh what sources say of one property; agree to a death as a second person."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.access.roles import ASSESS, ROLES
from goodoffices.core.vocabulary import FIELD_CLASS, Property
from goodoffices.registry import person_head, statements
from goodoffices.registry.forms import AssessForm
from goodoffices.registry.known import Known
from goodoffices.registry.models import Assessment, Person
from goodoffices.registry.services import assessing as service
from goodoffices.registry.words import word_for
from goodoffices.web import toasts

MAY_ASSESS = tuple(key for key, role in ROLES.items() if ASSESS in role.powers)


@door(*MAY_ASSESS, methods=("GET", "POST"), object_rule="assess a visible person")
def assess(request: StaffRequest, public_id: UUID, prop: str) -> HttpResponse:
    """Ask what we hold for true of one property, showing what every source says."""
    found = fetch(request.actor, Person, public_id, to="assess")
    told = Known(found, request.actor)
    if prop not in set(Property) or int(FIELD_CLASS[Property(prop)]) not in request.actor.field_classes:
        raise Http404
    row = statements.row_of(told, prop)
    values = [(said.raw, f"{said.value} ({said.note})") for said in row.values]
    form = AssessForm(request.POST or None, prop=prop, values=values, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        made = service.assess(found, _facts(form, row, prop), actor=request.actor, now=clock.now())
        said = _("Kept. It stands when a second person agrees.") if service.needs_second(made) else _("Kept.")
        toasts.say(request, said, undo_url=reverse("assessment-end", args=[made.public_id]))
        return _to(found, prop)
    context = {
        "title": _("Assess: %(property)s") % {"property": word_for(prop, "property").lower()},
        "form": form,
        "row": row,
        "person": found,
        "line": told.line,
        "label": word_for(prop, "property"),
        "sensitivity_mark": person_head.sensitivity_mark(told),
        "death_possible": prop == Property.STATUS,
    }
    return render(request, "registry/assess.html", context, status=422 if form.errors else 200)


@door(*MAY_ASSESS, methods=("POST",), object_rule="second somebody else's assessment")
def agree(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Agree as a second person."""
    found = fetch(request.actor, Assessment, public_id, to="second")
    service.second(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("You agreed; it stands now. Tell the family before anyone else."))
    return _to(found.anchor.person, found.property)


@door(*MAY_ASSESS, methods=("POST",), object_rule="assess a visible person")
def end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take an assessment back."""
    found = fetch(request.actor, Assessment, public_id, to="second")
    service.end_assessment(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("The assessment is taken back; what sources say shows again."))
    return _to(found.anchor.person, found.property)


def _initial(row: statements.Row) -> dict[str, str]:
    if row.assessed is None:
        return {"choice": row.values[0].raw} if len(row.values) == 1 else {}
    one = row.assessed.assessment
    known = any(said.raw == one.value for said in row.values)
    return {
        "choice": one.value if known else AssessForm.OWN,
        "own": "" if known else one.value,
        "confidence": one.confidence,
        "reasons": one.reasons,
    }


def _facts(form: AssessForm, row: statements.Row, prop: str) -> service.AssessmentFacts:
    cleaned = form.cleaned_data
    own = cleaned["choice"] == form.OWN
    behind = [said for said in row.values if not own and said.raw == cleaned["choice"]]
    return service.AssessmentFacts(
        property=prop,
        value=cleaned["own"] if own else cleaned["choice"],
        confidence=cleaned["confidence"],
        reasons=cleaned["reasons"],
        claims=[claim for said in behind for claim in said.ids],
    )


def _to(person: Person, prop: str) -> HttpResponse:
    response = redirect(reverse("person", args=[person.public_id]) + f"#{prop}")
    response.status_code = 303
    return response
