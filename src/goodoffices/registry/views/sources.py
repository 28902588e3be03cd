# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources: described once, with what came from them; withdrawn and restored with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock
from goodoffices.access.doors import PEOPLE_ROLES, StaffRequest, door
from goodoffices.access.policy import allowed, fetch
from goodoffices.access.roles import IMPORT_LISTS, ROLES
from goodoffices.core.vocabulary import FieldClass, Room
from goodoffices.registry import query_words
from goodoffices.registry.forms import ReasonForm, SourceForm
from goodoffices.registry.listing import counted_sources
from goodoffices.registry.models import Source
from goodoffices.registry.policies import visible_sources
from goodoffices.registry.services import sources as service
from goodoffices.registry.services import undoing
from goodoffices.registry.views.editing import Edit
from goodoffices.registry.views.editing import edit as edit_row
from goodoffices.web import toasts

MAY_DESCRIBE = tuple(key for key, role in ROLES.items() if IMPORT_LISTS in role.powers)


@door(*PEOPLE_ROLES, object_rule="visible source")
def sources(request: StaffRequest) -> HttpResponse:
    """List the sources of the work, the newest first."""
    found = counted_sources(visible_sources(request.actor).filter(room=Room.WORK), request.actor)
    context = {"title": _("Sources"), "sources": found}
    return render(request, "registry/sources.html", context)


@door(*PEOPLE_ROLES, object_rule="visible source")
def source(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show one source: what it is, how far to trust it, what came from it."""
    found = fetch(request.actor, Source, public_id)
    (counted,) = counted_sources([found], request.actor)
    batches = found.batches.select_related("artifact", "by", "undone_by").order_by("-at", "-pk")
    may = allowed(request.actor, "describe", found)
    context = {
        "title": found.title,
        "source": found,
        "people": counted.people,
        "records": counted.records,
        "batches": batches,
        "withdrawal": batches.filter(kind="withdrawal", undone_at=None).first(),
        "why_withdrawn": found.why_withdrawn(),
        "artifacts": found.artifacts.select_related("taken_by").order_by("-taken_at"),
        "may_describe": may,
        "may_open": may,
        "sees_origin": int(FieldClass.SOURCE) in request.actor.field_classes,
        "reason_form": ReasonForm() if may else None,
        "history_room": found.room == Room.HISTORY,
        "demo_note": query_words.room_note(found.room),
    }
    return render(request, "registry/source.html", context)


@door(*MAY_DESCRIBE, methods=("GET", "POST"), object_rule="describe a visible source")
def edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a source's description."""
    found = fetch(request.actor, Source, public_id, to="describe")

    def save(cleaned: Mapping[str, Any], version: int) -> None:
        facts = service.SourceFacts(room=found.room, **cleaned)
        service.describe_source(found, facts, version=version, actor=request.actor, now=clock.now())

    page = Edit(
        row=found,
        kind="source",
        template="registry/row_form.html",
        title=_("Describe the source"),
        make_form=lambda data=None, **kwargs: SourceForm(data, clearance=request.actor.clearance, **kwargs),
        initial=_initial,
        save=save,
        done_url=reverse("source", args=[found.public_id]),
    )
    return edit_row(request, page)


@door(*MAY_DESCRIBE, methods=("POST",), object_rule="withdraw a visible source")
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a source with all it said, for a typed reason."""
    found = fetch(request.actor, Source, public_id, to="withdraw")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {"title": _("Withdraw the source"), "form": form, "source": found}
        return render(request, "registry/source_withdraw.html", context, status=422)
    undoing.withdraw_source(found, actor=request.actor, now=clock.now(), note=form.cleaned_data["reason"])
    toasts.say(
        request,
        _("The source is withdrawn: nothing it said is shown any more, and nothing of it is lost."),
        undo_url=reverse("source-restore", args=[found.public_id]),
    )
    return _to(found)


@door(*MAY_DESCRIBE, methods=("POST",), object_rule="withdraw a visible source")
def restore(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Restore a withdrawn source: every claim stands again as it stood."""
    found = fetch(request.actor, Source, public_id, to="withdraw")
    batch = found.batches.filter(kind="withdrawal", undone_at=None).order_by("-pk").first()
    if batch is not None:
        undoing.restore_source(batch, actor=request.actor, now=clock.now())
    toasts.say(request, _("The source is restored."), tone="home")
    return _to(found)


def _initial(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in asdict(service.SourceFacts("")) if name != "room"}


def _to(source: Source) -> HttpResponse:
    response = redirect("source", source.public_id)
    response.status_code = 303
    return response
