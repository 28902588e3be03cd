# SPDX-License-Identifier: AGPL-3.0-or-later
"""Link a batch of records: candidates, scores, persons, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage.blocking import BLOCK_CAP, key_columns, pairs_of_keys
from goodoffices.core.linkage.cluster import Refusal
from goodoffices.core.linkage.features import Comparer
from goodoffices.core.linkage.fit import EM_TERMS, coded, fit_labelled, fit_unlabelled
from goodoffices.core.linkage.model import Model, default_model
from goodoffices.core.linkage.parallel import spread
from goodoffices.core.linkage.persons import Judged, PairColumns, persons, strongest_links
from goodoffices.core.linkage.prepare import prepare
from goodoffices.core.linkage.rarity import Rarity, count_names
from goodoffices.core.linkage.record import Prepared, Record
from goodoffices.core.linkage.score import BLOCKS, PairScore, decision_of, pair_score, score_rows
from goodoffices.core.linkage.table import Floats, Ints, table_of

KEEP_PROBABILITY = 0.01
CHUNK = 200_000
PREPARE_CHUNK = 10_000
TEACH_PAIRS = 250_000
TEACH_ROUNDS = 2
TEACH_STEPS = 80
ENOUGH_JUDGED = 50


class RepeatedKey(GoodOfficesError):
    """Two records of a run have one key."""

    code = "repeated_key"


class UnknownKey(GoodOfficesError):
    """A judgement names a record that is not in the run."""

    code = "unknown_key"


@dataclass(frozen=True)
class LinkResult:
    """What a run found. Pair columns hold all pairs with probability >= 0.01, the strongest first.

    Attributes:
        keys: keys of the records, sorted; pair columns and persons hold positions in it.
        left, right, probability, weight_bits, blocked: columns of pairs; `blocked` as positions in `BLOCKS`.
        person: for each record the position of the first record of its person, by the best clustering.
        auto_person: the same, joined only by what the automatic threshold joins.
        strongest: for each record the probability of its strongest link inside its person, 1.0 if single.
        conflicts: edges above the joining threshold that a rule refused, as positions and why.
        model: the model as used, thresholds included.
        rarity: the counts of names the run was scored with.
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
    rarity: Rarity
    prepared: tuple[Prepared, ...]
    comparer: Comparer
    deduplicated: Ints
    judged: Judged

    def __len__(self) -> int:
        return len(self.left)

    def decision(self, row: int) -> str:
        """Give the band of a pair by its row: ``auto``, ``ask`` or ``apart``."""
        return decision_of(float(self.probability[row]), BLOCKS[int(self.blocked[row])] or None, self.model)

    def pairs(self, chunk: int = 20_000) -> Iterator[tuple[int, int, PairScore]]:
        """Give all pairs with their reasons, the strongest first."""
        for start in range(0, len(self.left), chunk):
            rows = slice(start, start + chunk)
            left, right = self.left[rows], self.right[rows]
            scores = score_rows(self.comparer, left, right, self.model, self.deduplicated)
            scores.blocked[:] = self.blocked[rows]
            table = self.comparer.table
            for i, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
                yield a, b, pair_score(scores, i, self.prepared[a], self.prepared[b], self.model, table)

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
        fit: let fifty judged pairs and more move the weights, from where they are.
        labels: False = no weights learnt from labelled pairs: all are estimated on the input alone.
        workers: processes to use; the result is the same with any number.
        progress: called with a step's name and the share done, 0 to 1.

    Raises:
        RepeatedKey: two records have the same key.
        UnknownKey: a judgement names a record that isn't there.
    """
    tell = progress or (lambda step, share: None)
    # Sorted by key, so that no result depends on the order records come in.
    ordered = sorted(records, key=lambda record: record.key)
    judged = _judged([record.key for record in ordered], same, different)
    tell("prepare", 0.0)
    prepared, key_rows = _prepare(ordered, workers)
    table = table_of(prepared)
    once = np.array([int(text in deduplicated) for text in table.words["source"].texts])
    tell("candidates", 0.2)
    left, right = pairs_of_keys(*key_rows, len(prepared), table.source, once, BLOCK_CAP)
    rarity = count_names(prepared)
    comparer = Comparer(table, rarity)
    tell("fit", 0.3)
    start = (model or default_model()) if labels else _taught(comparer, left, right, once, judged, workers)
    used = _moved(start, comparer, judged) if fit else start
    tell("score", 0.4)
    scorer = _Scorer(comparer, left, right, used, once)
    columns = _score(scorer, workers, judged, lambda share: tell("score", 0.4 + share / 2))
    tell("cluster", 0.9)
    result = _result(prepared, scorer, rarity, columns, judged)
    tell("done", 1.0)
    return result


def _judged(keys: Sequence[str], same: Sequence[tuple[str, str]], different: Sequence[tuple[str, str]]) -> Judged:
    position = {key: row for row, key in enumerate(keys)}
    if len(position) != len(keys):
        raise RepeatedKey(
            "Two records of this run have the same key.",
            where={"records": len(keys), "keys": len(position)},
            hint="Give each record of a source its own record_id.",
        )
    missing = sum(key not in position for pair in (*same, *different) for key in pair)
    if missing:
        raise UnknownKey(
            "A judgement names a record that is not in this run.",
            where={"judgements": missing},
            hint="Leave out judgements on records that are not given.",
        )
    return Judged(
        tuple((position[a], position[b]) for a, b in same),
        tuple((position[a], position[b]) for a, b in different),
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


def _taught(comparer: Comparer, left: Ints, right: Ints, once: Ints, judged: Judged, workers: int) -> Model:
    """Weights from the input alone, on an even sample of the candidates.

    Expectation-maximisation takes fields as independent, which brothers and namesakes are not. So its
    persons, clustered under the constraints, serve as truth for a fit with the joint terms, and again.
    """
    if not len(left):
        return Model(version="input", weights={"prior": np.array([-10.0])})
    rows = np.unique(np.linspace(0, len(left) - 1, min(TEACH_PAIRS, len(left))).astype(np.int64))
    parts = [rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)]
    levels = [comparer.levels(left[part], right[part]) for part in parts]
    model = fit_unlabelled(coded(levels, EM_TERMS))
    everything = coded(levels)
    for _ in range(TEACH_ROUNDS):
        columns = _score(_Scorer(comparer, left, right, model, once), workers, judged, lambda share: None)
        person, _ = persons(comparer.table, once, columns, columns.probability >= model.join, judged)
        match = (person[left[rows]] == person[right[rows]]).astype(np.float64)
        model = fit_labelled([(everything, match)], "input", steps=TEACH_STEPS)
    return model


def _moved(model: Model, comparer: Comparer, judged: Judged) -> Model:
    """Move the weights towards what people judged, if they judged enough."""
    told = [*judged.same, *judged.different]
    if len(told) < ENOUGH_JUDGED or not judged.same or not judged.different:
        return model
    pairs = np.array([sorted(pair) for pair in told], dtype=np.int64)
    match = np.r_[np.ones(len(judged.same)), np.zeros(len(judged.different))]
    levels = comparer.levels(pairs[:, 0], pairs[:, 1])
    fitted = fit_labelled([(coded([levels]), match)], f"{model.version}+{len(told)}", start=model)
    return Model(fitted.version, fitted.weights, model.auto, model.ask, model.join, shift_bits=model.shift_bits)


@dataclass(frozen=True, slots=True)
class _Scorer:
    comparer: Comparer
    left: Ints
    right: Ints
    model: Model
    once: Ints

    def part(self, start: int) -> PairColumns:
        """Score one chunk of candidates and keep those worth showing."""
        a, b = self.left[start : start + CHUNK], self.right[start : start + CHUNK]
        scores = score_rows(self.comparer, a, b, self.model, self.once)
        keep = np.flatnonzero(scores.probability >= KEEP_PROBABILITY)
        return PairColumns(a[keep], b[keep], scores.weight[keep], scores.probability[keep], scores.blocked[keep])


def _score(scorer: _Scorer, workers: int, judged: Judged, tell: Callable[[float], None]) -> PairColumns:
    starts = range(0, len(scorer.left), CHUNK)
    empty = np.zeros(0, dtype=np.int64)
    parts = [PairColumns(empty, empty, np.zeros(0), np.zeros(0), empty)]
    for part in spread(scorer.part, starts, workers):
        parts.append(part)
        tell((len(parts) - 1) / len(starts))
    left, right, blocked = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("left", "right", "blocked")
    )
    weight = np.concatenate([part.weight for part in parts])
    probability = np.concatenate([part.probability for part in parts])
    size = scorer.comparer.table.size
    apart = np.array([min(pair) * size + max(pair) for pair in judged.different], dtype=np.int64)
    codes = left * size + right
    blocked[np.isin(codes, apart)] = BLOCKS.index("judged_different")
    order = np.lexsort((right, left, -weight))
    return PairColumns(left[order], right[order], weight[order], probability[order], blocked[order])


def _result(
    prepared: tuple[Prepared, ...], scorer: _Scorer, rarity: Rarity, columns: PairColumns, judged: Judged
) -> LinkResult:
    table, model = scorer.comparer.table, scorer.model
    joins = columns.probability >= model.join
    person, conflicts = persons(table, scorer.once, columns, joins, judged)
    auto = (columns.probability >= model.auto) & (columns.blocked == 0)
    auto_person, _ = persons(table, scorer.once, columns, auto, judged)
    return LinkResult(
        keys=tuple(each.key for each in prepared),
        left=columns.left,
        right=columns.right,
        probability=columns.probability,
        weight_bits=columns.weight,
        blocked=columns.blocked,
        person=person,
        auto_person=auto_person,
        strongest=strongest_links(columns, person),
        conflicts=tuple(conflicts),
        model=model,
        rarity=rarity,
        prepared=prepared,
        comparer=scorer.comparer,
        deduplicated=scorer.once,
        judged=judged,
    )
