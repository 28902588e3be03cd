# SPDX-License-Identifier: AGPL-3.0-or-later
"""Persons from scored pairs: clusters under constraints, and how strongly each record hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.core.linkage.cluster import Clusters, Refusal, best_edge_first
from goodoffices.core.linkage.table import Bools, Floats, Ints, Table

UNSEEN_BITS = -4.0
MOST_BITS = 12.0


@dataclass(frozen=True, slots=True)
class PairColumns:
    """Scored pairs, the strongest first; `blocked` holds positions in `score.BLOCKS`."""

    left: Ints
    right: Ints
    weight: Floats
    probability: Floats
    blocked: Ints


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of rows a person has judged."""

    same: Sequence[tuple[int, int]] = ()
    different: Sequence[tuple[int, int]] = ()


def persons(table: Table, once: Ints, columns: PairColumns, keep: Bools, judged: Judged) -> tuple[Ints, list[Refusal]]:
    """Cluster along the kept pairs.

    Returns:
        For each record the row that stands for its person, and the edges a rule refused. A judgement
        "same" that would bridge a "different" is refused too.
    """
    clusters = Clusters(table.source.tolist(), once.tolist(), judged.different)
    refused: list[Refusal] = []
    for a, b in judged.same:
        first, second = clusters.root(a), clusters.root(b)
        if first != second and clusters.refusal(first, second) == "different":
            refused.append(Refusal(a, b, "different"))
        elif first != second:
            clusters.join(first, second)
    pairs = zip(columns.left.tolist(), columns.right.tolist(), strict=True)
    weight = dict(zip(pairs, columns.weight.tolist(), strict=True))
    edges = zip(columns.left[keep].tolist(), columns.right[keep].tolist(), strict=True)
    refused += best_edge_first(clusters, edges, lambda mine, theirs: supported(mine, theirs, weight))
    return np.array(clusters.roots(), dtype=np.int64), refused


def supported(mine: Sequence[int], theirs: Sequence[int], weight: dict[tuple[int, int], float]) -> bool:
    """True if the pairs between two groups agree on the whole; a pair never scored speaks against."""
    total = 0.0
    for a in mine:
        for b in theirs:
            bits = weight.get((a, b) if a < b else (b, a), UNSEEN_BITS)
            total += max(-MOST_BITS, min(MOST_BITS, bits))
    return total >= 0.0


def strongest_links(columns: PairColumns, person: Ints) -> Floats:
    """Give each record the probability of its strongest link inside its person, 1.0 if it stands alone."""
    out = np.zeros(len(person))
    inside = person[columns.left] == person[columns.right]
    for side in (columns.left, columns.right):
        np.maximum.at(out, side[inside], columns.probability[inside])
    sizes = np.bincount(person, minlength=len(person))[person]
    out[sizes == 1] = 1.0
    return out
