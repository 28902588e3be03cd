# SPDX-License-Identifier: AGPL-3.0-or-later
"""Edit without locks: save against the version that was read; if somebody was faster, show both versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goodoffices.access.doors import StaffRequest
from goodoffices.access.middleware import Conflict
from goodoffices.access.models import User
from goodoffices.ledger.models import Entry
from goodoffices.registry.models.base import Versioned
from goodoffices.web import toasts
from goodoffices.web.date_words import day_words


@dataclass(frozen=True)
class Edit:
    """One page that edits one row.

    ``initial`` reads the row as form values; ``save`` takes cleaned values and the version read; ``kind`` is the
    row's name in the ledger.
    """

    row: Versioned
    kind: str
    template: str
    title: str
    make_form: Callable[..., forms.Form]
    initial: Callable[[Any], Mapping[str, Any]]
    save: Callable[[Mapping[str, Any], int], None]
    done_url: str


def edit(request: StaffRequest, page: Edit) -> HttpResponse:
    """Show the form, save it, or show both versions."""
    if request.method == "GET":
        return _draw(request, page, page.make_form(initial=page.initial(page.row)), page.row.version)
    data, version = _chosen(request.POST, page), _version(request.POST)
    form = page.make_form(data)
    if not form.is_valid():
        return _draw(request, page, form, version, status=422)
    try:
        page.save(form.cleaned_data, version)
    except Conflict:
        page.row.refresh_from_db()
        return _draw(request, page, form, page.row.version, status=409, clash=_clash(page, form))
    toasts.say(request, _("Saved."))
    response = redirect(page.done_url)
    response.status_code = 303
    return response


def _draw(
    request: StaffRequest,
    page: Edit,
    form: forms.Form,
    version: int,
    status: int = 200,
    clash: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "title": page.title,
        "form": form,
        "row": page.row,
        "version": version,
        "clash": clash,
        "back_url": page.done_url,
    }
    return render(request, page.template, context, status=status)


def _version(data: QueryDict) -> int:
    typed = data.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _chosen(data: QueryDict, page: Edit) -> QueryDict:
    """Take the other's value for each field where it was chosen on the page of both versions."""
    merged = data.copy()
    theirs = page.initial(page.row)
    for name, value in theirs.items():
        if data.get(f"choose-{name}") == "theirs":
            merged[name] = "" if value is None else str(value)
    return merged


def _clash(page: Edit, form: forms.Form) -> dict[str, Any]:
    """Lay both versions beside each other, only where they differ."""
    theirs = page.initial(page.row)
    rows = []
    for name, field in form.fields.items():
        mine, other = form.cleaned_data.get(name), theirs.get(name)
        if str(mine or "") != str(other or ""):
            rows.append(
                {
                    "name": name,
                    "label": field.label,
                    "mine": _shown(field, mine),
                    "theirs": _shown(field, other),
                }
            )
    who, when = last_editor(page.kind, page.row)
    return {"rows": rows, "who": who, "when": when}


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(str(value), value))  # type: ignore[arg-type]
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def last_editor(kind: str, row: Versioned) -> tuple[str, str]:
    """Say who wrote this row last, and when, as the ledger has it."""
    line = Entry.objects.about(kind, row.public_id).last()
    user = User.objects.filter(public_id=line.actor).first() if line and line.actor else None
    return (user.display_name if user else _("a colleague")), (day_words(line.at.date()) if line else "")
