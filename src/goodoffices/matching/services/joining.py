# SPDX-License-Identifier: AGPL-3.0-or-later
"""Let the machine join its automatic band, because somebody said so; and take a whole run back.

The best pairs come first. A join is refused, and kept as a conflict to see, where a live "different", a list that
names nobody twice, a contradiction of sex or birth, or the other records of the two persons stand against it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require_power
from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage import default_model
from goodoffices.core.vocabulary import Decider, Verdict
from goodoffices.ledger.faults import declare_faults, fault
from goodoffices.ledger.services import enqueue
from goodoffices.matching.models import DONE, JOIN, QUEUED, RUNNING, UNDOING, UNDONE, Candidate, Run
from goodoffices.matching.querysets import CandidateQuerySet
from goodoffices.matching.services.constraints import sort_out
from goodoffices.registry.models import Judgement
from goodoffices.registry.querysets import JudgementQuerySet
from goodoffices.registry.services.model_joins import ModelPair, judge_by_model, revoke_by_model

CHUNK = 400
RERUN = "rerun"

declare_faults(
    {
        "matching.join.before_commit": "A chunk of automatic joins is written, nothing of it is committed.",
        "matching.undo.before_commit": "A chunk of automatic joins is taken back, nothing of it is committed.",
    }
)


def start_join(room: str, *, actor: Actor, now: datetime) -> Run:
    """Let the machine join what is ready now, in the background; what is found later waits for the next word.

    Raises:
        GoodOfficesError: nothing is ready, or a run is under way.
    """
    run = begin_join(room, actor=actor, now=now)
    with acting("matching.join_started", actor=actor, now=now, facts={"pairs": run.total, "room": room}) as line:
        enqueue("matching.join", {"run": str(run.public_id)}, now=now, dedup_key=f"matching.join:{run.public_id}")
        line.concerns("run", run.public_id)
    return run


def begin_join(room: str, *, actor: Actor, now: datetime) -> Run:
    """Make the run of a join without queueing it.

    Raises:
        GoodOfficesError: nothing is ready, or a run is under way.
    """
    require_power(actor, DECIDE_MATCHES)
    if Run.objects.filter(kind=JOIN, room=room, state__in=[QUEUED, RUNNING, UNDOING]).exists():
        raise GoodOfficesError(
            "The machine is still joining.", code="run_under_way", hint="Wait until it is done, then look again."
        )
    ready = Candidate.objects.visible_to(actor).ready(room)
    last = ready.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        raise GoodOfficesError("Nothing is ready to be joined.", code="nothing_ready", hint="Compare one by one.")
    model = default_model()
    return Run.objects.create(
        kind=JOIN,
        room=room,
        model_version=model.version,
        auto_from=model.auto,
        ask_from=model.ask,
        total=ready.count(),
        upto=last,
        by_id=actor.user_id,
        started_at=now,
    )


def join(
    run: Run, *, actor: Actor, now: Callable[[], datetime], alive: Callable[[Run], None] = lambda run: None
) -> Run:
    """Go through a run's pairs from where it stands to the end.

    Args:
        actor: whoever let the machine join; only pairs she may know of are joined.
        now: asked for each chunk.
        alive: called after each chunk.
    """
    Run.objects.filter(pk=run.pk, state=QUEUED).update(state=RUNNING)
    while chunk := list(_waiting(run, actor)[:CHUNK]):
        _join_chunk(run, chunk, actor, now())
        run.refresh_from_db()
        alive(run)
    moment = now()
    if Run.objects.filter(pk=run.pk, finished_at=None).update(state=DONE, finished_at=moment, done=F("total")):
        run.refresh_from_db()
        counts = {"joined": run.kept, "refused": run.refused}
        with acting("matching.join_finished", actor=actor, now=moment, facts=counts) as line:
            line.concerns("run", run.public_id)
    run.refresh_from_db()
    return run


def start_undo(run: Run, *, actor: Actor, now: datetime) -> None:
    """Take back, in the background, all a run joined, except what people have confirmed since.

    Raises:
        GoodOfficesError: the run isn't done, or was taken back before.
    """
    require_power(actor, DECIDE_MATCHES)
    with acting("matching.join_undo_started", actor=actor, now=now) as line:
        changed = Run.objects.filter(pk=run.pk, kind=JOIN, state=DONE).update(
            state=UNDOING, done=0, total=F("kept"), undone_by_id=actor.user_id
        )
        if changed != 1:
            raise GoodOfficesError("This run can't be taken back.", code="cannot_undo", hint="Open its page again.")
        enqueue("matching.undo_join", {"run": str(run.public_id)}, now=now, dedup_key=f"matching.undo:{run.public_id}")
        line.concerns("run", run.public_id)


def undo_join(
    run: Run, *, actor: Actor, now: Callable[[], datetime], alive: Callable[[Run], None] = lambda run: None
) -> Run:
    """Take a run's joins back, chunk by chunk."""
    while chunk := list(_standing(run).values_list("pk", flat=True)[:CHUNK]):
        with acting("matching.join_undone", actor=actor, now=now(), facts={"pairs": len(chunk)}) as line:
            revoke_by_model(chunk, why="undone", actor=actor, now=now())
            Run.objects.filter(pk=run.pk).update(done=F("done") + len(chunk))
            line.concerns("run", run.public_id)
            fault("matching.undo.before_commit")
        run.refresh_from_db()
        alive(run)
    Run.objects.filter(pk=run.pk, state=UNDOING).update(state=UNDONE, undone_at=now())
    # What the run had refused may be joined by a later one.
    Candidate.objects.filter(room=run.room, pk__lte=run.upto).exclude(refused="").update(refused="", band="auto")
    run.refresh_from_db()
    return run


def end_outdated(room: str, *, actor: Actor, now: datetime) -> int:
    """End unconfirmed machine joins whose pair a newer finding no longer puts into the automatic band.

    Returns:
        How many were ended. What people judged or confirmed is never touched.
    """
    joined = Judgement.objects.live().filter(
        verdict=Verdict.SAME, decider=Decider.MODEL, confirmed_at=None, left__source__room=room
    )
    firm = set(Candidate.objects.filter(room=room, band="auto", state="open").values_list("left_id", "right_id"))
    outdated = [pk for pk, *pair in joined.values_list("pk", "left_id", "right_id") if tuple(pair) not in firm]
    for start in range(0, len(outdated), CHUNK):
        part = outdated[start : start + CHUNK]
        with acting("matching.outdated_joins_ended", actor=actor, now=now, facts={"pairs": len(part), "room": room}):
            revoke_by_model(part, why=RERUN, actor=actor, now=now)
    return len(outdated)


def _waiting(run: Run, actor: Actor) -> CandidateQuerySet:
    """Give what is still to be joined, the surest first: in the band above the threshold usefulness falls with it."""
    ready: CandidateQuerySet = Candidate.objects.visible_to(actor).ready(run.room).filter(pk__lte=run.upto)
    last = Candidate.objects.filter(pk=run.cursor).first()
    if last is not None:
        ready = ready.before(last)
    return ready.order_by("priority", "-pk")


def _standing(run: Run) -> JudgementQuerySet:
    live: JudgementQuerySet = Judgement.objects.live()
    return live.filter(operation=run.public_id, decider=Decider.MODEL, confirmed_at=None)


def _join_chunk(run: Run, chunk: list[Candidate], actor: Actor, now: datetime) -> None:
    """Join what may be joined, mark what may not; all of it one transaction."""
    fit, barred = sort_out(chunk)
    of_pair = {(one.left_id, one.right_id): one for one in chunk}
    pairs = [ModelPair(one.left_id, one.right_id, one.weight_bits, one.probability, one.reasons) for one in fit]
    with acting("matching.joined", actor=actor, now=now) as line:
        joins = judge_by_model(pairs, model_version=run.model_version, operation=run.public_id, actor=actor, now=now)
        for pair in joins.refused:
            barred[of_pair[pair.left_id, pair.right_id].pk] = "judged_different"
        for why in set(barred.values()):
            ids = [pk for pk, code in barred.items() if code == why]
            Candidate.objects.filter(pk__in=ids).update(refused=why, band="ask")
        Run.objects.filter(pk=run.pk).update(
            cursor=chunk[-1].pk,
            done=F("done") + len(chunk),
            kept=F("kept") + len(joins.made),
            refused=F("refused") + len(barred),
        )
        line.facts.update(joined=len(joins.made), refused=len(barred))
        line.concerns("run", run.public_id)
        fault("matching.join.before_commit")


def room_summary(room: str) -> dict[str, int]:
    """Count what matching came to in a room: joined by the machine, asked, refused."""
    seen = Candidate.objects.filter(room=room)
    joined = Judgement.objects.live().filter(verdict=Verdict.SAME, left__source__room=room)
    return {
        "joined": joined.count(),
        "asked": seen.to_review(room).count(),
        "ready": seen.ready(room).count(),
        "refused": seen.exclude(refused="").count(),
    }
