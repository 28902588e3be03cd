# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fault points: named places where a test may kill, fail or delay the program.

Honoured only in a folder made by ``init --testing``. ``GOODOFFICES_FAULT=name:occurrence:action`` picks
one point, the how-manyeth passing of it in this process (from 1), and kill, error or delay.
Off, a point costs one comparison.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from goodoffices.core.errors import GoodOfficesError

VARIABLE = "GOODOFFICES_FAULT"
ACTIONS = frozenset({"kill", "error", "delay"})
DELAY_SECONDS = 2.0
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", re.ASCII)

_points: dict[str, str] = {}


class BadFault(GoodOfficesError):
    """The fault asked for, or one being declared, makes no sense."""

    code = "bad_fault"


class InjectedFault(RuntimeError):
    """The error a fault point was told to raise."""


@dataclass
class _Plan:
    """The fault armed in this process; ``left`` counts passings down."""

    name: str = ""
    left: int = 0
    action: str = ""
    is_read: bool = False


_plan = _Plan()


def declare_faults(points: Mapping[str, str]) -> None:
    """Add fault points to the catalogue: dotted name to one sentence of where it stands.

    Raises:
        BadFault: a name out of shape.
    """
    for name in points:
        if not NAME.fullmatch(name):
            raise BadFault("A fault point's name is dotted lower case.", where={"fault": name})
    _points.update(points)


def fault_points() -> dict[str, str]:
    """Give all fault points with their glosses, by name."""
    return dict(sorted(_points.items()))


def fault(name: str) -> None:
    """Pass a fault point: nothing happens unless it is the one armed.

    Raises:
        InjectedFault: it is, and the action is error.
        BadFault: GOODOFFICES_FAULT can't be read, or names no known point.
    """
    if not _plan.is_read:
        rearm()
    if _plan.name != name:
        return
    _plan.left -= 1
    if _plan.left == 0:
        _act(_plan.action, name)


def rearm() -> None:
    """Read GOODOFFICES_FAULT anew; counting starts over."""
    said = os.environ.get(VARIABLE, "") if getattr(settings, "GOODOFFICES_TESTING", False) else ""
    _plan.name, _plan.left, _plan.action = _parse(said) if said else ("", 0, "")
    _plan.is_read = True


def _parse(said: str) -> tuple[str, int, str]:
    name, _, rest = said.partition(":")
    occurrence, _, action = rest.partition(":")
    if name not in _points:
        raise BadFault("There is no such fault point.", where={VARIABLE: said}, hint="See `faults --json`.")
    if not occurrence.isdecimal() or int(occurrence) < 1 or action not in ACTIONS:
        raise BadFault(
            f"{VARIABLE} can't be read.",
            where={VARIABLE: said},
            hint="Write name:occurrence:kill|error|delay.",
        )
    return name, int(occurrence), action


def _act(action: str, name: str) -> None:
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "delay":
        time.sleep(DELAY_SECONDS)
    else:
        raise InjectedFault(name)


declare_faults(
    {
        "ledger.record.before_insert": "Before a ledger line is written, after the act it is about.",
        "ledger.record.after_insert": "The line is written, the tree state not yet.",
        "ledger.record.after_state": "Line and tree state are written, nothing is committed.",
        "ledger.enqueue.after_insert": "A job is written, nothing is committed.",
        "ledger.worker.after_claim": "A job is claimed and committed as such, its handler not yet called.",
        "ledger.worker.before_done": "The handler has returned, the job isn't marked done.",
        "ledger.worker.after_done": "The job is marked done and committed.",
    }
)
