# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists that wait, among "My work"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodoffices.access.actors import Actor
from goodoffices.intake.models import ListImport
from goodoffices.intake.pages.frame import step_url, version_of
from goodoffices.intake.words import STATE
from goodoffices.registry.work import Urgency, WorkGroup, WorkItem, add_work

SHOWN = 5


def waiting_lists(actor: Actor, now: datetime) -> Iterator[WorkGroup]:
    """Give the lists somebody began to bring in and nobody ended."""
    waiting = list(ListImport.objects.visible_to(actor).waiting().select_related("source"))
    if not waiting:
        return
    yield WorkGroup(
        code="lists",
        sentence=ngettext(
            "%(count)s list waits to be brought in.", "%(count)s lists wait to be brought in.", len(waiting)
        )
        % {"count": len(waiting)},
        urgency=Urgency.THIS_WEEK,
        count=len(waiting),
        url=reverse("lists"),
        link=_("All lists"),
        items=[_item(one) for one in waiting[:SHOWN]],
        tone="act",
        order=20,
    )


def _item(one: ListImport) -> WorkItem:
    note = _("Edition %(number)s") % {"number": version_of(one)}
    return WorkItem(label=one.source.title, url=step_url(one), note=f"{note}, {STATE[one.state]}")


add_work(waiting_lists)
