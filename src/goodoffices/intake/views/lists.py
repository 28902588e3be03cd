# SPDX-License-Identifier: AGPL-3.0-or-later
"""The overview of lists and reports, handing a list in, one row verbatim."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.access.roles import IMPORT_LISTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake import pages
from goodoffices.intake.forms import UploadForm
from goodoffices.intake.models import ListImport, ListRow, State
from goodoffices.intake.services import running, staging
from goodoffices.intake.views.doors import LIST_ROLES, REPORT_ROLES
from goodoffices.registry.services.sources import add_source
from goodoffices.web.problems import tell
from goodoffices.web.toasts import say


@door(*REPORT_ROLES, object_rule="visible list, visible source")
def lists(request: StaffRequest) -> HttpResponse:
    """Show the lists on their way in, those recorded, and the reports."""
    shown = pages.overview(request.actor, request.GET.get("page", "1"))
    return render(request, "intake/lists.html", {"may_import": request.actor.has(IMPORT_LISTS), **shown})


@door(*LIST_ROLES, methods=("GET", "POST"), object_rule="visible source")
def upload(request: StaffRequest) -> HttpResponse:
    """Hand in a list."""
    initial = {"source": request.GET.get("source", "")}
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                one = _stage(request, form)
            except GoodOfficesError as error:
                form.add_error("file", tell(error.as_dict()).text)
            else:
                return _after_upload(request, one)
    return render(request, "intake/upload.html", {"form": form}, status=status)


@door(*REPORT_ROLES, object_rule="visible list row")
def row(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show one row as it stands in its file."""
    found = fetch(request.actor, ListRow, public_id, to="read")
    return render(request, "intake/row.html", pages.row(found, request.actor))


def _stage(request: StaffRequest, form: UploadForm) -> ListImport:
    """Keep the file and read it; a list that can't be read leaves no source behind."""
    data, name = form.data_and_name()
    now = clock.now()
    edition = staging.Edition(form.cleaned_data["edition"], form.cleaned_data["edition_on"])
    with transaction.atomic():
        source = form.known_source() or add_source(form.source_facts(), actor=request.actor, now=now)
        one = staging.stage(source, data, name=name, actor=request.actor, now=now, edition=edition)
        return running.advance(one, State.STAGED, actor=request.actor, now=now)


def _after_upload(request: StaffRequest, one: ListImport) -> HttpResponse:
    if one.state == State.COMMITTED:
        say(request, _("This very file is recorded already; nothing changed."))
    return HttpResponseRedirect(pages.step_url(one), status=303)
