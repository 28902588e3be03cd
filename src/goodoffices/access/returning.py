# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where to go after an act, if the form or its address says so."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest) -> str:
    """Give the path asked for by ``next``; empty if there is none or it leads out of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""
