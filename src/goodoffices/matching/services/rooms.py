# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match a whole room at once, in the foreground: the history room of the demo, or after an engine's update."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.policy import require_power
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.matching.models import Candidate, Run
from goodoffices.matching.services import finding, joining


def match_room(
    room: str,
    *,
    actor: Actor,
    now: Callable[[], datetime],
    join: bool = True,
    progress: Callable[[str, float], None] = lambda step, share: None,
) -> dict[str, int]:
    """Find pairs among all records of a room, end machine joins that no longer hold, join the automatic band.

    Args:
        now: asked for each step.
        join: False leaves the automatic band waiting for somebody's word.
        progress: called with "find" or "join" and the share done, 0 to 1.

    Returns:
        Counts: ``joined``, ``asked``, ``ready``, ``refused``.
    """
    require_power(actor, DECIDE_MATCHES)
    run = finding.run_for_room(room, actor=actor, now=now())
    finding.find(run, now=now, alive=_teller(progress, "find"))
    joining.end_outdated(room, actor=actor, now=now())
    if join and Candidate.objects.visible_to(actor).ready(room).exists():
        joined = joining.begin_join(room, actor=actor, now=now())
        joining.join(joined, actor=actor, now=now, alive=_teller(progress, "join"))
    return joining.room_summary(room)


def _teller(progress: Callable[[str, float], None], step: str) -> Callable[[Run], None]:
    return lambda run: progress(step, run.done / run.total if run.total else 1.0)
