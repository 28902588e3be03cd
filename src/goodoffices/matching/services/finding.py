# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find pairs worth a look among the mentions of a batch, or of a whole room.

One chunk of mentions is one transaction: its candidates, its ledger line and the place to go on from commit
together, so that a killed run loses and doubles nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.db import connections, router
from django.db.models import Q

from goodoffices.access.actors import SYSTEM, Actor
from goodoffices.access.acts import acting
from goodoffices.core.linkage import PairScore, Rarity, default_model
from goodoffices.core.vocabulary import Decider, Room
from goodoffices.ledger.faults import declare_faults, fault
from goodoffices.matching import engine
from goodoffices.matching.engine import Known, parts
from goodoffices.matching.models import ASK, AUTO, DONE, FIND, OPEN, RUNNING, STALE, Candidate, Run
from goodoffices.matching.usefulness import usefulness
from goodoffices.registry.models import Batch, Claim, Judgement, Mention, NameKey
from goodoffices.registry.services.projecting import beat

CHUNK = 1_000
BLOCK_CAP = 80
MOST_PER_MENTION = 10
MOST_READY = 120_000
UPDATED = (
    "room", "weight_bits", "probability", "reasons", "blocked", "band", "priority", "state", "refused",
    "sensitivity", "classes", "model_version", "run",
)  # fmt: skip

declare_faults({"matching.find.before_commit": "A chunk's pairs are written, nothing of the chunk is committed."})


def run_for(batch: Batch, *, now: datetime) -> Run:
    """Give the run that looks for a batch's pairs, the one begun before if there is one."""
    model = default_model()
    run, _ = Run.objects.get_or_create(
        batch=batch,
        kind=FIND,
        defaults={
            "room": batch.source.room,
            "model_version": model.version,
            "auto_from": model.auto,
            "ask_from": model.ask,
            "started_at": now,
        },
    )
    return run


def run_for_room(room: str, *, actor: Actor, now: datetime) -> Run:
    """Begin a run over every mention of a room: after an update of the engine, or for the history room."""
    model = default_model()
    return Run.objects.create(
        kind=FIND,
        room=room,
        model_version=model.version,
        auto_from=model.auto,
        ask_from=model.ask,
        started_at=now,
        by_id=actor.user_id,
    )


def find(run: Run, *, now: Callable[[], datetime], alive: Callable[[Run], None] = lambda run: None) -> None:
    """Go through a run's mentions from where it stands to the end.

    Args:
        now: asked for each chunk.
        alive: called after each chunk with the run, to say it is still at work or to show progress.
    """
    if run.finished_at is not None:  # its worker died between the end and saying so
        return
    engine.count_room(run.room, now=now())
    ids = _mentions_of(run)
    if run.state != RUNNING:
        run.state, run.total = RUNNING, len(ids)
        run.save(update_fields=["state", "total"])
    rarity = engine.rarity_of(run.room)
    ready: dict[int, Known] = {}
    for chunk in parts([pk for pk in ids if pk > run.cursor], CHUNK):
        _find_chunk(run, chunk, rarity, ready, now())
        alive(run)
    Run.objects.filter(pk=run.pk, finished_at=None).update(state=DONE, finished_at=now())
    run.refresh_from_db()


def _mentions_of(run: Run) -> list[int]:
    live = Mention.objects.filter(live=True, source__room=run.room)
    if run.batch_id is not None:
        told = Claim.objects.filter(Q(batch_id=run.batch_id) | Q(retired_by_id=run.batch_id)).values("mention_id")
        live = live.filter(Q(batch_id=run.batch_id) | Q(pk__in=told))
    return list(live.order_by("pk").values_list("pk", flat=True))


def _find_chunk(run: Run, ids: Sequence[int], rarity: Rarity, ready: dict[int, Known], now: datetime) -> None:
    pairs = _pairs_of(ids)
    known = _known({pk for pair in pairs for pk in pair}, run.room, ready)
    pairs = _open_pairs([pair for pair in pairs if pair[0] in known and pair[1] in known], known)
    order = {pk: at for at, pk in enumerate(known)}
    everyone = list(known.values())
    positions = [(order[a], order[b]) for a, b in pairs]
    scored = engine.score_pairs(everyone, positions, rarity, at_least=min(run.ask_from, run.auto_from))
    kept = _bounded([(everyone[a], everyone[b], score) for a, b, score in scored if score.decision != "apart"])
    rows = [_row(run, left, right, score) for left, right, score in kept]
    counts = {"mentions": len(ids), "pairs": len(rows)}
    with acting("matching.pairs_found", actor=SYSTEM, now=now, facts=counts) as line:
        for part in parts(ids):
            Candidate.objects.not_judged().touching(part).filter(state=OPEN).update(state=STALE)
        Candidate.objects.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["left", "right"], update_fields=UPDATED
        )
        Run.objects.filter(pk=run.pk).update(cursor=ids[-1], done=run.done + len(ids), kept=run.kept + len(rows))
        line.concerns("run", run.public_id)
        beat()
        fault("matching.find.before_commit")
    run.refresh_from_db()


def _known(ids: set[int], room: str, ready: dict[int, Known]) -> dict[int, Known]:
    """Load mentions, those of earlier chunks from ``ready``: near names meet again and again in one run."""
    if len(ready) > MOST_READY:
        for pk in list(islice(ready, MOST_READY // 2)):
            del ready[pk]
    ready.update(engine.known_mentions(ids - ready.keys(), room=room))
    return {pk: ready[pk] for pk in sorted(ids) if pk in ready}


def _pairs_of(ids: Sequence[int]) -> list[tuple[int, int]]:
    """Give pairs that share a key borne by few: one side among ``ids``, in order, each once."""
    mine = set(ids)
    blocks: dict[int, list[int]] = defaultdict(list)
    connection = connections[router.db_for_read(NameKey)]
    table = connection.ops.quote_name(NameKey._meta.db_table)
    # A name of our own table; the ids are whole numbers we read from it.
    sql = (
        f"WITH mine AS (SELECT DISTINCT key FROM {table} WHERE mention_id BETWEEN %s AND %s), "  # noqa: S608
        f"few AS (SELECT k.key FROM mine JOIN {table} k ON k.key = mine.key "
        f"GROUP BY k.key HAVING COUNT(*) BETWEEN 2 AND %s) "
        f"SELECT k.key, k.mention_id FROM few JOIN {table} k ON k.key = few.key"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids[0], ids[-1], BLOCK_CAP])
        for key, mention_id in cursor.fetchall():
            blocks[key].append(mention_id)
    found = {
        (min(one, other), max(one, other))
        for block in blocks.values()
        for one in block
        if one in mine
        for other in block
        if other != one
    }
    return sorted(found)


def _open_pairs(pairs: Sequence[tuple[int, int]], known: dict[int, Known]) -> list[tuple[int, int]]:
    """Leave out pairs a person has judged, and pairs that are one person already by other joins."""
    judged: set[tuple[int, int]] = set()
    for part in parts(sorted({left for left, _ in pairs})):
        live = Judgement.objects.live().filter(left_id__in=part)
        judged.update(
            live.filter(Q(decider=Decider.PERSON) | Q(confirmed_at__isnull=False)).values_list("left_id", "right_id")
        )
    return [pair for pair in pairs if pair not in judged]


def _bounded(scored: Iterable[tuple[Known, Known, PairScore]]) -> list[tuple[Known, Known, PairScore]]:
    """Keep the best few of each mention, so that one common name can't fill the queue."""
    seen: dict[int, int] = defaultdict(int)
    kept = []
    for left, right, score in sorted(scored, key=lambda one: (-one[2].weight_bits, one[0].id, one[1].id)):
        if seen[left.id] >= MOST_PER_MENTION or seen[right.id] >= MOST_PER_MENTION:
            continue
        seen[left.id] += 1
        seen[right.id] += 1
        kept.append((left, right, score))
    return kept


def _row(run: Run, left: Known, right: Known, score: PairScore) -> Candidate:
    return Candidate(
        left_id=left.id,
        right_id=right.id,
        room=left.room,
        weight_bits=score.weight_bits,
        probability=score.probability,
        reasons=engine.as_json(score),
        blocked=score.blocked or "",
        band=_band(run.room, score),
        priority=usefulness(score.probability),
        state=OPEN,
        refused="",
        sensitivity=max(left.sensitivity, right.sensitivity),
        classes=left.classes | right.classes,
        model_version=run.model_version,
        run=run,
    )


def _band(room: str, score: PairScore) -> str:
    """Say whether the machine may join the pair once it is told to, or a person is asked.

    Nobody decides in the history room, so nobody can be asked there: the best clustering stands, as in `link`.
    """
    if score.decision == AUTO:
        return AUTO
    best = room == Room.HISTORY and score.blocked is None and score.probability >= default_model().join
    return AUTO if best else ASK
