# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of one list: columns, check, preview, recording, report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake import pages
from goodoffices.intake.forms import MappingForm
from goodoffices.intake.models import ListImport, ListRow, State
from goodoffices.intake.services import checking, committing, mapping, previewing, running, undoing
from goodoffices.intake.views.doors import LIST_ROLES
from goodoffices.web.problems import tell
from goodoffices.web.toasts import say

RULE = "visible list"


@door(*LIST_ROLES, object_rule=RULE)
def one_list(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Lead to where the list stands."""
    return _to_step(fetch(request.actor, ListImport, public_id))


@door(*LIST_ROLES, methods=("GET", "POST"), object_rule=RULE)
def columns(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say what each column means."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    if request.method != "POST" and (one.running or one.state not in pages.MAPPABLE):
        return _to_step(one)
    form = MappingForm(one, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                mapping.map_columns(one, form.choices(), actor=request.actor, now=clock.now())
                running.advance(one, State.CHECKED, actor=request.actor, now=clock.now())
                return _to_step(one)
            except GoodOfficesError as error:
                form.add_error(None, tell(error.as_dict()).text)
    context = {"one": one, "form": form, "columns": pages.columns(one, form), **pages.frame(one, "columns")}
    return render(request, "intake/columns.html", context, status=status)


@door(*LIST_ROLES, object_rule=RULE)
def check(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the problems, grouped by what mends them."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    if one.running or one.state not in pages.CHECKABLE:
        return _to_step(one)
    context = {"one": one, **pages.problems(one), **pages.frame(one, "check")}
    return render(request, "intake/check.html", context)


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def repair(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Mend a group of problems at once."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    choice = {name: request.POST.get(name, "")[:200] for name in ("target", "kind", "pattern", "code", "value")}
    checking.choose_repair(one, choice, actor=request.actor, now=clock.now())
    return _checked_anew(request, one)


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def drop_repair(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a repair back."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    place = request.POST.get("place", "")
    checking.drop_repair(one, int(place) if place.isdecimal() else -1, actor=request.actor, now=clock.now())
    return _checked_anew(request, one)


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def fix(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Set a correction beside one cell; the path names the row."""
    row = fetch(request.actor, ListRow, public_id, to="import")
    column = request.POST.get("column", "")
    one = checking.fix_cell(
        row,
        int(column) if column.isdecimal() else -1,
        request.POST.get("text", ""),
        actor=request.actor,
        now=clock.now(),
    )
    return _checked_anew(request, one)


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def problem_rows(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the rows with problems as a table to be corrected elsewhere."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    return pages.problem_file(one, actor=request.actor, now=clock.now())


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def go_on(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Run the next step: check or preview."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    running.advance(one, State.PREVIEWED, actor=request.actor, now=clock.now())
    return _to_step(one)


@door(*LIST_ROLES, object_rule=RULE)
def preview(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show beforehand what recording would do."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    if one.running or one.state != State.PREVIEWED:
        return _to_step(one)
    shown = pages.preview(one, request.GET.get("show", ""), request.GET.get("page", "1"))
    return render(request, "intake/preview.html", {"one": one, **shown, **pages.frame(one, "preview")})


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def which(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say which earlier row a row continues; the path names the row."""
    row = fetch(request.actor, ListRow, public_id, to="import")
    earlier = request.POST.get("earlier", "")
    chosen = fetch(request.actor, ListRow, earlier) if earlier != previewing.NOBODY else None
    one = previewing.say_which(row, chosen, actor=request.actor, now=clock.now())
    running.advance(one, State.PREVIEWED, actor=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("list-preview", args=[one.public_id]) + "?show=to_review", status=303)


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def commit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand the list over for recording."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    committing.begin_commit(one, actor=request.actor, now=clock.now())
    return _see("list-progress", one)


@door(*LIST_ROLES, object_rule=RULE)
def progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show how far a running step is; asked again every two seconds by script, by reload without."""
    one = fetch(request.actor, ListImport, public_id)
    asked_by_script = request.headers.get("HX-Request") == "true"
    if not pages.is_running(one):
        response = _to_step(one)
        if asked_by_script:
            response = HttpResponse(status=204)
            response["HX-Redirect"] = pages.step_url(one)
        return response
    template = "intake/parts/progress.html" if asked_by_script else "intake/progress.html"
    return render(request, template, {"one": one, **pages.progress(one), **pages.frame(one, pages.running_step(one))})


@door(*LIST_ROLES, object_rule=RULE)
def report(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show what an import brought, and offer to take it back."""
    one = fetch(request.actor, ListImport, public_id)
    if one.state in pages.OPEN:
        return _to_step(one)
    shown = pages.report(one, request.GET.get("show", ""), request.GET.get("page", "1"))
    return render(request, "intake/report.html", {"one": one, **shown, **pages.frame(one, "report")})


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a recorded list back."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    if not running.is_small(one):
        undoing.undo_later(one, actor=request.actor, now=clock.now())
        return _to_step(one)
    undoing.undo(one, actor=request.actor, now=clock.now())
    say(request, _("The import was taken back; everything is as it was before."))
    return _see("list-report", one)


@door(*LIST_ROLES, methods=("POST",), object_rule=RULE)
def set_aside(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Leave a list before it is recorded."""
    one = fetch(request.actor, ListImport, public_id, to="import")
    undoing.refuse(one, actor=request.actor, now=clock.now())
    say(request, _("The list was set aside; nothing of it was recorded."))
    return HttpResponseRedirect(reverse("lists"), status=303)


def _checked_anew(request: StaffRequest, one: Any) -> HttpResponse:
    running.advance(one, State.CHECKED, actor=request.actor, now=clock.now())
    return _to_step(one)


def _to_step(one: ListImport) -> HttpResponse:
    return HttpResponseRedirect(pages.step_url(one), status=303)


def _see(route: str, one: ListImport) -> HttpResponse:
    return HttpResponseRedirect(reverse(route, args=[one.public_id]), status=303)
