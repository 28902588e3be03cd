# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where to go after an act, if the form or its address says so."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest) -> str:
    """Give the path asked for by ``next``; empty if there is none or it leads out of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def came_from(request: HttpRequest) -> str:
    """Give the page of this site that a form was sent from; the start page if it isn't known."""
    said = request.headers.get("Referer", "")
    if not said or not url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(said)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
