# SPDX-License-Identifier: AGPL-3.0-or-later
"""Count tries in the store, so that restarts, processes and headers dodge nothing.

What is counted is named by a keyed hash: the table tells neither accounts nor addresses. An account's count never
keeps its owner out: with a passkey she gets past it (see ``views``), and the count runs out by itself.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from goodoffices.access.models import Tries


@dataclass(frozen=True)
class Limit:
    """So many tries in so many minutes."""

    name: str
    tries: int
    minutes: int


ACCOUNT = Limit("account", 10, 15)
ADDRESS = Limit("address", 60, 15)
SECOND_FACTOR = Limit("second-factor", 6, 15)
INVITATION = Limit("invitation", 30, 15)


def seconds_to_wait(limit: Limit, of: str, *, now: datetime) -> int:
    """Say how long the next try must wait; 0 if it may go ahead."""
    row = Tries.objects.filter(bucket=_bucket(limit, of)).first()
    if row is None or row.until <= now or row.count < limit.tries:
        return 0
    return max(1, int((row.until - now).total_seconds()))


def count_try(limit: Limit, of: str, *, now: datetime) -> None:
    """Count a failed try."""
    bucket, until = _bucket(limit, of), now + timedelta(minutes=limit.minutes)
    with transaction.atomic():
        Tries.objects.filter(until__lte=now).delete()
        if not Tries.objects.filter(bucket=bucket).update(count=F("count") + 1):
            Tries.objects.bulk_create([Tries(bucket=bucket, count=0, until=until)], ignore_conflicts=True)
            Tries.objects.filter(bucket=bucket).update(count=F("count") + 1)


def forget(limit: Limit, of: str) -> None:
    """Forget the tries: it was the owner after all."""
    Tries.objects.filter(bucket=_bucket(limit, of)).delete()


def _bucket(limit: Limit, of: str) -> str:
    key = b"goodoffices tries v1" + settings.SECRET_KEY.encode()
    return hmac.new(key, f"{limit.name}\0{of.casefold()}".encode(), hashlib.sha256).hexdigest()
