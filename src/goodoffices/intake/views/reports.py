# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports about one person, entered by staff."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.policy import allowed, fetch
from goodoffices.intake.report_forms import KINDS, ReportForm
from goodoffices.intake.services import reporting
from goodoffices.intake.views.doors import REPORT_ROLES
from goodoffices.registry.models import Batch
from goodoffices.registry.words import word_for
from goodoffices.web.toasts import say


@door(*REPORT_ROLES, methods=("GET", "POST"), object_rule="no object")
def new(request: StaffRequest) -> HttpResponse:
    """Enter a report about one person."""
    kind = request.GET.get("kind", "")
    initial = {"kind": kind} if kind in [str(each) for each in KINDS] else {}
    form = ReportForm(request.POST or None, actor=request.actor, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            now = clock.now()
            title = f"{word_for(form.cleaned_data['kind'], 'source_kind')}, {now.date().isoformat()}"
            batch = reporting.record_report(form.report(title), actor=request.actor, now=now)
            say(request, _("The report is recorded."), undo_url=reverse("report-undo", args=[batch.public_id]))
            return HttpResponseRedirect(reverse("report", args=[batch.public_id]), status=303)
        status = 422
    return render(request, "intake/report_new.html", {"form": form}, status=status)


@door(*REPORT_ROLES, object_rule="visible source")
def report(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show a report and where it went."""
    batch = _report(request, public_id)
    mention = reporting.mention_of(batch)
    context = {
        "batch": batch,
        "source": batch.source,
        "mention": mention,
        "can_undo": allowed(request.actor, "undo", batch),
    }
    return render(request, "intake/report_of_one.html", context)


@door(*REPORT_ROLES, methods=("POST",), object_rule="visible source")
def undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a report back."""
    batch = _report(request, public_id)
    reporting.undo_report(batch, actor=request.actor, now=clock.now())
    say(request, _("The report was taken back."))
    return HttpResponseRedirect(reverse("report", args=[batch.public_id]), status=303)


def _report(request: StaffRequest, public_id: UUID) -> Batch:
    """Fetch a batch that is a report; other batches answer as if there were none."""
    batch = fetch(request.actor, Batch, public_id)
    if batch.kind != reporting.BATCH_KIND:
        raise Http404
    return batch
