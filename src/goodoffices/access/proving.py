# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a session knows of how its user proved herself: half by passphrase, whole by a second factor, and when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from goodoffices.access.models import User

HALF_MINUTES = 10
FRESH_MINUTES = 5
DEMO = "demo"
_HALF = "half"
_PROOF = "proof"


def begin_half(request: HttpRequest, user: User, now: datetime) -> None:
    """Remember whose passphrase was right, under a new session key."""
    request.session.flush()
    request.session[_HALF] = {"user": user.pk, "at": now.timestamp()}


def half_of(request: HttpRequest, now: datetime) -> User | None:
    """Give whose passphrase was right a few minutes ago in this session, while the account is open."""
    kept = request.session.get(_HALF)
    if not kept or not 0 <= now.timestamp() - kept["at"] <= HALF_MINUTES * 60:
        return None
    return User.objects.filter(pk=kept["user"], is_active=True).first()


def prove(request: HttpRequest, how: str, now: datetime) -> None:
    """Remember that the user proved herself just now; how: "passkey", "app", "code" or "demo"."""
    request.session.pop(_HALF, None)
    request.session[_PROOF] = {"how": how, "at": now.timestamp()}


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """Say whether the proof is fresh enough for a weighty act. A demo's cast has no factors: it is always."""
    kept = request.session.get(_PROOF) or {"how": "", "at": 0.0}
    if kept["how"] == DEMO:
        return bool(settings.GOODOFFICES_DEMO)
    return bool(0 <= now.timestamp() - kept["at"] <= FRESH_MINUTES * 60)
