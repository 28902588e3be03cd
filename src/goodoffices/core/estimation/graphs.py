# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decomposable graphs: which lists depend on each other, in the one form whose arithmetic is closed.

A graph on the lists is decomposable if it has no hole (no cycle of four or more without a chord). Its probability
model is then the product over its cliques divided by the product over the separators between them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np

from goodoffices.core.estimation.table import Ints


@lru_cache(maxsize=8)
def decomposable_graphs(width: int) -> Ints:
    """Give all decomposable graphs as sums over sets of lists, shape (graphs, 2 ** width).

    Entry [g, s] is how often set ``s`` is a clique of graph ``g`` minus how often it is a separator. There are 2,
    8, 61, 822 for 2 to 5 lists, the complete graph included (18,154 for 6). The complete graph stands last.
    """
    pairs = list(combinations(range(width), 2))
    found = []
    for chosen in range(1 << len(pairs)):
        beside = [0] * width
        for index, (one, other) in enumerate(pairs):
            if chosen >> index & 1:
                beside[one] |= 1 << other
                beside[other] |= 1 << one
        row = _cliques_less_separators(beside)
        if row is not None:
            found.append(row)
    graphs = np.array(found, dtype=np.int64)
    graphs.setflags(write=False)
    return graphs


def _cliques_less_separators(beside: list[int]) -> list[int] | None:
    """Take away one list at a time whose remaining neighbours all know each other; None where none is left.

    With neighbours S, the list v closes the clique S + v and parts from the rest at S; where S + v was not the
    largest, S itself was counted as a clique and is cancelled by the same entry.
    """
    row = [0] * (1 << len(beside))
    left = (1 << len(beside)) - 1
    while left:
        for vertex, neighbours in enumerate(beside):
            near = neighbours & left
            if left >> vertex & 1 and all(
                near & ~(1 << one) & ~beside[one] == 0 for one in range(len(beside)) if near >> one & 1
            ):
                row[near | 1 << vertex] += 1
                row[near] -= 1
                left &= ~(1 << vertex)
                break
        else:
            return None
    row[0] = 0
    return row
