# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sessions in the store that know when they end.

A session ends after a time without a request, and in any case some time after it began. A request prolongs it by
moving the end alone: its contents are not written again, so that two tabs never overwrite each other's notices.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as StoredSession
from django.utils import timezone

BEGAN = "began"
# The end is moved at most this often: every request would write to the store otherwise.
STEP = timedelta(seconds=60)


class SessionStore(StoredSession):
    """A session with its end: ``ends_at`` is None until it was loaded or saved."""

    ends_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        self.ends_at = row.expire_date if row else None
        return self.decode(row.session_data) if row else {}

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)
        self.ends_at = self.get_expiry_date()

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Give the end of a session that is used now: never later than its longest life allows."""
        end: datetime = super().get_expiry_date(**kwargs)
        began = self.get(BEGAN)
        return min(end, _longest_from(began)) if isinstance(began, int) else end

    def prolong(self) -> datetime:
        """Move the end, because there was a request; gives the end."""
        if BEGAN not in self:
            self[BEGAN] = int(timezone.now().timestamp())
        end = self.get_expiry_date()
        if self.ends_at is None or end - self.ends_at >= STEP:
            self.model.objects.filter(session_key=self.session_key, expire_date__lt=end).update(expire_date=end)
            self.ends_at = end
        return self.ends_at


def seconds_left(session: Any) -> int | None:
    """Say how long a session still lasts, in whole seconds; None where it isn't known."""
    end = getattr(session, "ends_at", None)
    return max(0, int((end - timezone.now()).total_seconds())) if end else None


def _longest_from(began: int) -> datetime:
    return datetime.fromtimestamp(began, tz=UTC) + timedelta(seconds=settings.GOODOFFICES_SESSION_LONGEST_SECONDS)
