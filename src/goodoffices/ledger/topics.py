# SPDX-License-Identifier: AGPL-3.0-or-later
"""Topics: which jobs there are, who handles them, and how patiently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from goodoffices.core.errors import GoodOfficesError
from goodoffices.ledger.acts import NAME

if TYPE_CHECKING:
    from goodoffices.ledger.worker import Job

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)

Handler = Callable[["Job"], None]


class UnknownTopic(GoodOfficesError):
    """No handler is registered for this topic."""

    code = "unknown_topic"


class BadTopic(GoodOfficesError):
    """A topic is registered out of shape, or twice with two handlers."""

    code = "bad_topic"


@dataclass(frozen=True)
class Topic:
    """One kind of job. ``attempts`` is how often it is tried, ``lease`` how long a silent worker keeps it."""

    name: str
    handler: Handler
    attempts: int
    lease: timedelta

    def wait_after(self, attempt: int) -> timedelta:
        """Give the pause after a failed attempt (from 1): 5 s, doubled each time, an hour at most."""
        doublings: int = min(attempt - 1, 16)
        return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


_topics: dict[str, Topic] = {}


def handles(name: str, *, attempts: int = 8, lease: timedelta = timedelta(minutes=5)) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one handler of a topic.

    A handler takes a Job, may be killed at any point and is then called again: what it does twice must be as
    if done once. It opens its own transactions; ``worker.finish(job)`` inside the last one makes the work and
    the job's end one commit.

    Raises:
        BadTopic: the name, attempts or lease make no sense, or another handler has the topic.
    """

    def register(handler: Handler) -> Handler:
        known = _topics.get(name)
        if not NAME.fullmatch(name) or len(name) > 64 or attempts < 1 or lease <= timedelta(0):
            raise BadTopic("A topic has a dotted lower-case name, attempts, a lease.", where={"topic": name})
        if known and _path(known.handler) != _path(handler):
            raise BadTopic("A topic has exactly one handler.", where={"topic": name})
        _topics[name] = Topic(name, handler, attempts, lease)
        return handler

    return register


def known_topic(name: str) -> str:
    """Give the name back if somebody handles it.

    Raises:
        UnknownTopic: nobody does.
    """
    if name not in _topics:
        raise UnknownTopic(
            "No handler is registered for this topic.",
            where={"topic": name},
            hint="Register one with @handles in the app's tasks.py, imported from its AppConfig.ready.",
        )
    return name


def topic(name: str) -> Topic:
    """Give a topic by name."""
    return _topics[known_topic(name)]


def topic_names() -> list[str]:
    """Give the names of all topics."""
    return sorted(_topics)


def _path(handler: Handler) -> tuple[str, str]:
    """Name a function across re-imports of its module."""
    return handler.__module__, handler.__qualname__
