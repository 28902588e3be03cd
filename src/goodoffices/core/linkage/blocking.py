# SPDX-License-Identifier: AGPL-3.0-or-later
"""Candidate pairs: records that share a key, every block bounded, so that work grows with the records."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.core.linkage.keys import ranked_keys
from goodoffices.core.linkage.record import Prepared
from goodoffices.core.linkage.table import Ints

BLOCK_CAP = 80


def key_columns(prepared: Sequence[Prepared]) -> tuple[Ints, Ints]:
    """Give the keys of all records as two columns: row number, key."""
    keys = [ranked_keys(each) for each in prepared]
    counts = np.array([len(found) for found in keys], dtype=np.int64)
    rows = np.repeat(np.arange(len(keys)), counts)
    flat = np.fromiter((key for found in keys for key in found), dtype=np.int64, count=int(counts.sum()))
    return rows, flat


def candidate_pairs(
    prepared: Sequence[Prepared],
    *,
    sources: Ints | None = None,
    deduplicated: Ints | None = None,
    cap: int = BLOCK_CAP,
) -> tuple[Ints, Ints]:
    """Give distinct pairs (left < right) of row numbers that share a key borne by at most `cap` records.

    Args:
        sources: source id of each record; with `deduplicated` (1 for each source id that names nobody
            twice) pairs inside such a list are left out.
    """
    rows, keys = key_columns(prepared)
    return pairs_of_keys(rows, keys, len(prepared), sources, deduplicated, cap)


def pairs_of_keys(
    rows: Ints, keys: Ints, size: int, sources: Ints | None, deduplicated: Ints | None, cap: int
) -> tuple[Ints, Ints]:
    """The same from key columns."""
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    starts = np.flatnonzero(np.r_[True, np.diff(keys) != 0]) if len(keys) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    found: list[Ints] = []
    for block in range(2, cap + 1):
        at = starts[sizes == block]
        if not len(at):
            continue
        members = rows[at[:, None] + np.arange(block)]
        first, second = np.triu_indices(block, 1)
        a, b = members[:, first].ravel(), members[:, second].ravel()
        if sources is not None and deduplicated is not None:
            keep = (sources[a] != sources[b]) | (deduplicated[sources[a]] == 0)
            a, b = a[keep], b[keep]
        found.append(np.minimum(a, b) * size + np.maximum(a, b))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    pairs = np.unique(np.concatenate(found))
    return np.asarray(pairs // size), np.asarray(pairs % size)
