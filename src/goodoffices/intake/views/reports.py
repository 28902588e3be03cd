# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports about one person, entered by staff."""

from __future__ import annotations

from dataclasses import dataclass
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
from goodoffices.registry.lookalikes import Lookalike, lookalikes
from goodoffices.registry.models import Batch
from goodoffices.registry.words import word_for
from goodoffices.web.toasts import say


@door(*REPORT_ROLES, methods=("GET", "POST"), object_rule="no object")
def new(request: StaffRequest) -> HttpResponse:
    """Enter a report about one person."""
    kind = request.GET.get("kind", "")
    initial = {"kind": kind} if kind in [str(each) for each in KINDS] else {}
    form = ReportForm(request.POST or None, actor=request.actor, initial=initial)
    status, around = 200, Around([])
    if request.method == "POST":
        if form.is_valid() and not (around := _around(request, form)).ask:
            now = clock.now()
            title = f"{word_for(form.cleaned_data['kind'], 'source_kind')}, {now.date().isoformat()}"
            batch = reporting.record_report(form.report(title), actor=request.actor, now=now)
            say(request, _("The report is recorded."), undo_url=reverse("report-undo", args=[batch.public_id]))
            return HttpResponseRedirect(reverse("report", args=[batch.public_id]), status=303)
        status = 422
    return render(request, "intake/report_new.html", {"form": form, "around": around}, status=status)


@door(*REPORT_ROLES, methods=("POST",), object_rule="visible person")
def near(request: StaffRequest) -> HttpResponse:
    """Say, while a report is typed, whom it may be about."""
    form = ReportForm(request.POST, actor=request.actor)
    form.is_valid()
    return render(request, "intake/parts/near.html", {"around": _around(request, form)})


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


@dataclass(frozen=True)
class Around:
    """Who the report may be about; ``ask`` says that its writer hasn't been shown them all yet."""

    people: list[Lookalike]
    ask: bool = False

    @property
    def shown(self) -> str:
        return " ".join(str(one.person) for one in self.people)


def _around(request: StaffRequest, form: ReportForm) -> Around:
    """Look for people that are here already; those the form says were shown are not asked about again."""
    people = lookalikes(request.actor, form.draft())
    shown = set(" ".join(request.POST.getlist("looked")).split())
    return Around(people, ask=any(str(one.person) not in shown for one in people))


def _report(request: StaffRequest, public_id: UUID) -> Batch:
    """Fetch a batch that is a report; other batches answer as if there were none."""
    batch = fetch(request.actor, Batch, public_id)
    if batch.kind != reporting.BATCH_KIND:
        raise Http404
    return batch
