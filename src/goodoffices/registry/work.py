# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for somebody: each app adds its own groups to "My work".

A provider is asked with the actor and the time and gives the groups that concern her; it must count only what she
may see, so that a number never speaks of somebody hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from goodoffices.access.actors import Actor


class Urgency(IntEnum):
    NOW = 0
    THIS_WEEK = 1
    LATER = 2


@dataclass(frozen=True)
class WorkItem:
    """One line: what it is, where it is, a word about it. ``lang`` marks a person's name in its own language."""

    label: Any
    url: str
    note: Any = ""
    lang: str = ""


@dataclass(frozen=True)
class WorkGroup:
    """Things of one kind that wait. ``count`` may be larger than the items shown; ``url`` shows them all.

    ``sentence`` says what to do about them, in the reader's language; ``tone`` is one of the kit's.
    """

    code: str
    sentence: Any
    urgency: Urgency
    count: int
    url: str = ""
    link: Any = ""
    items: Sequence[WorkItem] = field(default_factory=tuple)
    tone: str = ""
    order: int = 50


Provider = Callable[[Actor, datetime], Iterable[WorkGroup]]
_providers: dict[str, Provider] = {}


def add_work(provider: Provider, *, name: str = "") -> None:
    """Add a provider, from an app's ready()."""
    _providers[name or f"{provider.__module__}.{provider.__qualname__}"] = provider


def groups_for(actor: Actor, now: datetime) -> list[WorkGroup]:
    """Give every group that isn't empty, the most urgent first."""
    found = [group for provider in _providers.values() for group in provider(actor, now) if group.count]
    return sorted(found, key=lambda group: (group.urgency, group.order, group.code))
