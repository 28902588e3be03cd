# SPDX-License-Identifier: AGPL-3.0-or-later
"""Link a batch of records: candidates, scores, persons, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage.blocking import BLOCK_CAP, key_columns, pairs_of_keys
from goodoffices.core.linkage.cluster import Clusters, Refusal, best_edge_first
from goodoffices.core.linkage.features import Comparer
from goodoffices.core.linkage.model import Model, default_model
from goodoffices.core.linkage.parallel import spread
from goodoffices.core.linkage.prepare import prepare
from goodoffices.core.linkage.rarity import count_names
from goodoffices.core.linkage.record import Prepared, Record
from goodoffices.core.linkage.score import BLOCKS, PairScore, decision_of, pair_score, score_rows
from goodoffices.core.linkage.table import Floats, Ints, Table, table_of

KEEP_PROBABILITY = 0.01
CHUNK = 200_000
PREPARE_CHUNK = 10_000


class RepeatedKey(GoodOfficesError):
    """Two records of a run have one key."""

    code = "repeated_key"


@dataclass(frozen=True)
class LinkResult:
    """What a run found. Pair columns hold all pairs with probability >= 0.01, the strongest first.

    Attributes:
        keys: keys of the records, sorted; pair columns and persons hold positions in it.
        left, right, probability, weight_bits, blocked: columns of pairs; `blocked` as positions in `BLOCKS`.
        person: for each record the position of the first record of its person, by the best clustering.
        auto_person: the same, joined only by what the automatic threshold joins.
        strongest: for each record the probability of its strongest link inside its person, 1.0 if single.
        conflicts: edges above the joining threshold that a rule refused.
        model: the model as used, thresholds included.
    """

    keys: tuple[str, ...]
    left: Ints
    right: Ints
    probability: Floats
    weight_bits: Floats
    blocked: Ints
    person: Ints
    auto_person: Ints
    strongest: Floats
    conflicts: tuple[Refusal, ...]
    model: Model
    prepared: tuple[Prepared, ...]
    comparer: Comparer
    deduplicated: Ints

    def __len__(self) -> int:
        return len(self.left)

    def decision(self, row: int) -> str:
        """Give the band of a pair by its row."""
        return decision_of(float(self.probability[row]), BLOCKS[int(self.blocked[row])] or None, self.model)

    def pairs(self, chunk: int = 20_000) -> Iterator[tuple[int, int, PairScore]]:
        """Give all pairs with their reasons, the strongest first."""
        for start in range(0, len(self.left), chunk):
            left, right = self.left[start : start + chunk], self.right[start : start + chunk]
            scores = score_rows(self.comparer, left, right, self.model, self.deduplicated)
            for i, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
                one = pair_score(
                    scores, i, self.prepared[a], self.prepared[b], self.model, self.comparer.table
                )
                yield a, b, one

    def clusters(self) -> dict[str, list[str]]:
        """Give persons as key of the first record -> keys of all its records."""
        out: dict[str, list[str]] = {}
        for key, first in zip(self.keys, self.person.tolist(), strict=True):
            out.setdefault(self.keys[first], []).append(key)
        return out


def link(
    records: Sequence[Record],
    *,
    deduplicated: frozenset[str] = frozenset(),
    same: Sequence[tuple[str, str]] = (),
    different: Sequence[tuple[str, str]] = (),
    model: Model | None = None,
    fit: bool = True,
    labels: bool = True,
    workers: int = 1,
    progress: Callable[[str, float], None] | None = None,
) -> LinkResult:
    """Link records.

    Args:
        deduplicated: sources that name nobody twice.
        same, different: pairs of keys a person has judged; they outrank every score.
        model: weights to use; the shipped ones by default.
        fit: set the prior on this input by expectation-maximisation.
        labels: False = no weights learnt from labelled pairs; all weights are estimated on the input alone.
        workers: processes to use; the result is the same with any number.
        progress: called with a step's name and the share done, 0 to 1.

    Raises:
        RepeatedKey: two records have the same key.
    """
    tell = progress or (lambda step, share: None)
    _check_keys(records)
    # Sorted by key, so that no result depends on the order records come in.
    ordered = sorted(records, key=lambda record: record.key)
    tell("prepare", 0.0)
    prepared, key_rows = _prepare(ordered, workers)
    table = table_of(prepared)
    once = np.array([int(text in deduplicated) for text in table.words["source"].texts])
    tell("candidates", 0.2)
    left, right = pairs_of_keys(*key_rows, len(prepared), table.source, once, BLOCK_CAP)
    comparer = Comparer(table, count_names(prepared))
    used = model or default_model()
    tell("score", 0.4)
    columns = _score(
        _Scorer(comparer, left, right, used, once), workers, lambda share: tell("score", 0.4 + share / 2)
    )
    tell("cluster", 0.9)
    position = {record.key: row for row, record in enumerate(ordered)}
    judged = _Judged(
        [(position[a], position[b]) for a, b in same], [(position[a], position[b]) for a, b in different]
    )
    result = _result(prepared, comparer, once, columns, used, judged)
    tell("done", 1.0)
    return result


@dataclass(frozen=True, slots=True)
class _Judged:
    same: list[tuple[int, int]]
    different: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Columns:
    left: Ints
    right: Ints
    weight: Floats
    probability: Floats
    blocked: Ints


def _check_keys(records: Sequence[Record]) -> None:
    keys = {record.key for record in records}
    if len(keys) != len(records):
        raise RepeatedKey(
            "Two records of this run have the same key.",
            where={"records": len(records), "keys": len(keys)},
            hint="Give each record of a source its own record_id.",
        )


def _prepare(records: Sequence[Record], workers: int) -> tuple[tuple[Prepared, ...], tuple[Ints, Ints]]:
    """Prepare records and give their keys as columns (row, key)."""
    parts = [records[at : at + PREPARE_CHUNK] for at in range(0, len(records), PREPARE_CHUNK)]
    prepared: list[Prepared] = []
    rows, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for some, (row, key) in spread(_prepare_part, parts, workers):
        rows.append(row + len(prepared))
        keys.append(key)
        prepared.extend(some)
    return tuple(prepared), (np.concatenate(rows), np.concatenate(keys))


def _prepare_part(records: Sequence[Record]) -> tuple[list[Prepared], tuple[Ints, Ints]]:
    prepared = [prepare(record) for record in records]
    return prepared, key_columns(prepared)


@dataclass(frozen=True, slots=True)
class _Scorer:
    comparer: Comparer
    left: Ints
    right: Ints
    model: Model
    once: Ints

    def part(self, start: int) -> _Columns:
        """Score one chunk of candidates and keep those worth showing."""
        a, b = self.left[start : start + CHUNK], self.right[start : start + CHUNK]
        scores = score_rows(self.comparer, a, b, self.model, self.once)
        keep = np.flatnonzero(scores.probability >= KEEP_PROBABILITY)
        return _Columns(a[keep], b[keep], scores.weight[keep], scores.probability[keep], scores.blocked[keep])


def _score(scorer: _Scorer, workers: int, tell: Callable[[float], None]) -> _Columns:
    starts = range(0, len(scorer.left), CHUNK)
    empty = np.zeros(0, dtype=np.int64)
    parts = [_Columns(empty, empty, np.zeros(0), np.zeros(0), empty)]
    for part in spread(scorer.part, starts, workers):
        parts.append(part)
        tell((len(parts) - 1) / len(starts))
    left, right = (np.concatenate([getattr(part, side) for part in parts]) for side in ("left", "right"))
    weight, probability = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("weight", "probability")
    )
    blocked = np.concatenate([part.blocked for part in parts])
    order = np.lexsort((right, left, -weight))
    return _Columns(left[order], right[order], weight[order], probability[order], blocked[order])


def _result(
    prepared: tuple[Prepared, ...],
    comparer: Comparer,
    once: Ints,
    columns: _Columns,
    model: Model,
    judged: _Judged,
) -> LinkResult:
    table = comparer.table
    weight = dict(
        zip(
            zip(columns.left.tolist(), columns.right.tolist(), strict=True),
            columns.weight.tolist(),
            strict=True,
        )
    )
    person, conflicts = _persons(table, once, columns, columns.probability >= model.join, weight, judged)
    auto = (columns.probability >= model.auto) & (columns.blocked == 0)
    auto_person, _ = _persons(table, once, columns, auto, weight, judged)
    return LinkResult(
        keys=tuple(each.key for each in prepared),
        left=columns.left, right=columns.right, probability=columns.probability, weight_bits=columns.weight,
        blocked=columns.blocked, person=person, auto_person=auto_person,
        strongest=_strongest(columns, person), conflicts=tuple(conflicts), model=model, prepared=prepared,
        comparer=comparer, deduplicated=once,
    )  # fmt: skip


def _persons(
    table: Table, once: Ints, columns: _Columns, keep: np.ndarray[tuple[int], np.dtype[np.bool_]],
    weight: dict[tuple[int, int], float], judged: _Judged,
) -> tuple[Ints, list[Refusal]]:  # fmt: skip
    clusters = Clusters(table.source.tolist(), once.tolist(), judged.different)
    for a, b in judged.same:
        first, second = clusters.root(a), clusters.root(b)
        if first != second:
            clusters.join(first, second)
    edges = zip(columns.left[keep].tolist(), columns.right[keep].tolist(), strict=True)
    refused = best_edge_first(clusters, edges, lambda mine, theirs: _supported(mine, theirs, weight))
    return np.array(clusters.roots(), dtype=np.int64), refused


UNSEEN_BITS = -8.0


def _supported(mine: list[int], theirs: list[int], weight: dict[tuple[int, int], float]) -> bool:
    """True if the pairs between two groups agree on the whole; a pair never scored speaks against."""
    total = 0.0
    for a in mine:
        for b in theirs:
            total += max(-12.0, min(12.0, weight.get((a, b) if a < b else (b, a), UNSEEN_BITS)))
    return total >= 0.0


def _strongest(columns: _Columns, person: Ints) -> Floats:
    out = np.zeros(len(person))
    inside = person[columns.left] == person[columns.right]
    for side in (columns.left, columns.right):
        np.maximum.at(out, side[inside], columns.probability[inside])
    sizes = np.bincount(person, minlength=len(person))
    out[sizes[person] == 1] = 1.0
    return out
