# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rail of steps every page of a list carries, and where a list stands."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.intake.models import OPEN_STATES, ListImport, State
from goodoffices.web.problems import tell

OPEN = frozenset(OPEN_STATES)
MAPPABLE = frozenset({State.STAGED, State.MAPPED, State.CHECKED, State.PREVIEWED})
CHECKABLE = frozenset({State.CHECKED, State.PREVIEWED})
_ORDER = ("upload", "columns", "check", "preview", "report")
_REACHED = {
    State.STAGING: 0,
    State.STAGED: 1,
    State.MAPPED: 1,
    State.CHECKED: 2,
    State.PREVIEWED: 3,
    State.COMMITTING: 3,
    State.COMMITTED: 4,
    State.UNDONE: 4,
    State.REFUSED: 0,
    State.FAILED: 0,
}


def is_running(one: ListImport) -> bool:
    """Say whether a step of the list is under way, so that the page waits."""
    return bool(one.running) or one.state in {State.COMMITTING, State.STAGING}


def step_url(one: ListImport) -> str:
    """Give the address of the page a list waits on."""
    if is_running(one):
        route = "list-progress"
    elif one.state not in OPEN:
        route = "list-report"
    else:
        route = {State.CHECKED: "list-check", State.PREVIEWED: "list-preview"}.get(State(one.state), "list-columns")
    return reverse(route, args=[one.public_id])


def frame(one: ListImport, current: str) -> dict[str, Any]:
    """Give what every page of a list shows: its steps, its title and who it is from."""
    return {
        "steps": _steps(one, current),
        "title": one.source.title,
        "kicker": edition_words(one),
        "error_text": _error(one),
        "can_leave": one.state in OPEN and one.state != State.COMMITTING,
        "sensitivity_mark": "",
    }


def edition_words(one: ListImport) -> str:
    """Say which edition of its source this is."""
    number = version_of(one)
    named = f" · {one.edition}" if one.edition and one.edition != str(number) else ""
    return _("Edition %(number)s") % {"number": number} + named


def version_of(one: ListImport) -> int:
    """Count the editions of the source up to this one; those taken back or set aside don't count."""
    earlier = ListImport.objects.filter(source_id=one.source_id, pk__lt=one.pk, state=State.COMMITTED)
    return int(earlier.count()) + 1


def progress(one: ListImport) -> dict[str, Any]:
    """Say in words how far the running step is."""
    labels = {
        "stage": _("Reading the rows"),
        "check": _("Reading the cells"),
        "preview": _("Comparing with the edition before"),
        "commit": _("Recording"),
        "undo": _("Taking back"),
    }
    step = one.running or ("commit" if one.state == State.COMMITTING else "stage")
    counted = step in {"check", "commit"} and one.total
    return {
        "progress_id": "list-progress",
        "label": labels[step],
        "value": min(one.position, one.total) if counted else None,
        "max": one.total if counted else None,
        "detail": _("You may leave this page; the work goes on, and goes on again after a restart."),
        "poll_url": reverse("list-progress", args=[one.public_id]),
    }


def running_step(one: ListImport) -> str:
    """Name the step of the rail that is under way."""
    return {"stage": "upload", "check": "check", "preview": "preview"}.get(one.running, "report")


def _steps(one: ListImport, current: str) -> list[dict[str, Any]]:
    labels = {
        "upload": _("Hand in"),
        "columns": _("Columns"),
        "check": _("Check"),
        "preview": _("Preview"),
        "report": _("Recorded"),
    }
    reached = _REACHED[State(one.state)]
    open_ = one.state in OPEN and not is_running(one)
    steps = []
    for place, name in enumerate(_ORDER):
        state = "current" if name == current else "done" if place < reached else "todo"
        url = ""
        if open_ and name in {"columns", "check", "preview"} and place <= reached:
            url = reverse(f"list-{name}", args=[one.public_id])
        steps.append({"label": labels[name], "state": state, "url": url, "note": ""})
    return steps


def _error(one: ListImport) -> str:
    if not one.error:
        return ""
    return tell(one.error).text
