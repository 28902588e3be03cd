# SPDX-License-Identifier: AGPL-3.0-or-later
"""The overview: lists that wait, lists that are recorded, and reports."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor
from goodoffices.intake.models import OPEN_STATES, ListImport
from goodoffices.intake.pages.frame import step_url, version_of
from goodoffices.intake.querysets import visible_entries

PAGE = 25
SHOWN_REPORTS = 10


def overview(actor: Actor, page: str) -> dict[str, Any]:
    """Give the lists the actor may see, waiting ones first, and the last reports."""
    known = ListImport.objects.visible_to(actor).select_related("source", "by")
    waiting = [_line(one) for one in known.waiting()]
    ended = Paginator(known.exclude(state__in=OPEN_STATES), PAGE).get_page(page)
    reports = list(visible_entries(actor)[:SHOWN_REPORTS])
    return {
        "waiting": waiting,
        "ended": [_line(one) for one in ended.object_list],
        "page_obj": ended,
        "reports": reports,
    }


def _line(one: ListImport) -> dict[str, Any]:
    number = version_of(one)
    return {
        "one": one,
        "url": step_url(one),
        "waits": _("Edition %(number)s waits") % {"number": number} if one.state in OPEN_STATES else "",
        "edition": _("Edition %(number)s") % {"number": number},
        "rows": one.counts.get("rows") or one.total,
    }
