# SPDX-License-Identifier: AGPL-3.0-or-later
"""What base.html needs on every page: who is signed in, what day it is, how long a session lasts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

import goodoffices
from goodoffices.access.sessions import seconds_left


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell its facts; a view's own context may override each of them.

    The account only needs ``display_name`` and may have ``role_label`` and ``account_url``.
    """
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "shell_user": _shell_user(user) if signed_in else None,
        "session_seconds": seconds_left(request.session) if signed_in else None,
        "today": timezone.localdate(),
        "app_version": getattr(goodoffices, "__version__", ""),
    }


def _shell_user(user: Any) -> dict[str, str]:
    name = getattr(user, "display_name", "") or user.get_username()
    return {
        "name": str(name),
        "role": str(getattr(user, "role_label", "")),
        "url": str(getattr(user, "account_url", "")),
    }
