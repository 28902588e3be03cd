# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decomposable graphs: all of them, with their cliques and separators."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.core.estimation.graphs import decomposable_graphs


@pytest.mark.parametrize(("width", "graphs"), [(2, 2), (3, 8), (4, 61), (5, 822)])
def test_all_decomposable_graphs_are_there_once(width, graphs):
    found = decomposable_graphs(width)
    assert len(found) == graphs
    assert len({row.tobytes() for row in found}) == graphs


@pytest.mark.parametrize("width", [3, 4, 5])
def test_cliques_less_separators_count_every_list_once(width):
    found = decomposable_graphs(width)
    for place in range(width):
        on = [pattern for pattern in range(1 << width) if pattern >> place & 1]
        assert (found[:, on].sum(axis=1) == 1).all()


def test_a_chain_of_lists_has_its_links_as_cliques():
    chain = np.zeros(16, dtype=np.int64)
    chain[[0b0011, 0b0110, 0b1100]] = 1
    chain[[0b0010, 0b0100]] = -1
    assert any((row == chain).all() for row in decomposable_graphs(4))


def test_a_ring_of_four_is_not_among_them():
    ring = {0b0011, 0b0110, 0b1100, 0b1001}
    assert not any(set(np.flatnonzero(row > 0).tolist()) == ring for row in decomposable_graphs(4))
