# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the ledger's tests share: acts, topics and a clock of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from goodoffices.ledger import acts, faults, topics
from goodoffices.ledger.models import Entry
from goodoffices.ledger.services import record

from .cast import NOW, OLENA, Clock


@pytest.fixture(autouse=True)
def _own_catalogues(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let tests add acts and topics without leaving them to other tests; leave no fault armed."""
    monkeypatch.setattr(acts, "_glosses", dict(acts._glosses))
    monkeypatch.setattr(topics, "_topics", {})
    acts.register_acts({"test.thing_done": "A test did a thing."})
    yield
    monkeypatch.delenv(faults.VARIABLE, raising=False)
    faults.rearm()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def write() -> Callable[..., Entry]:
    """Write one line in a transaction of its own."""

    def write_line(**changes: object) -> Entry:
        with transaction.atomic():
            return record(**{"act": "test.thing_done", "actor": OLENA, "now": NOW, **changes})  # type: ignore[arg-type]

    return write_line
