# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of overlaps: patterns, sizes, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.estimation.cases import table_of, tables

from goodoffices.core.estimation import BadTable, Overlaps, table_from_rows


def test_rows_are_added_up_by_pattern():
    table = table_from_rows(("A", "B"), [((1, 0), 5), ((0, 1), 7), ((1, 1), 2), ((1, 0), 1)])
    assert table.counts.tolist() == [0, 6, 7, 2]
    assert table.sizes == (8, 9)
    assert (table.documented, table.on_several, table.on_exactly(1)) == (15, 2, 13)


def test_leaving_out_a_list_leaves_out_those_on_it_alone():
    table = tables("kosovo_1999")[0]
    less = table.without(3)
    assert less.lists == ("EXH", "ABA", "OSCE")
    assert less.documented == table.documented - table.counts[8]
    assert less.sizes == table.sizes[:3]


@pytest.mark.parametrize(
    ("lists", "counts"),
    [
        (("A",) * 10, [0.0] * 1024),
        (("A", "B"), [0, 1, 2]),
        (("A", "B"), [1, 1, 1, 1]),
        (("A", "B"), [0, -1, 2, 1]),
        (("A", "B"), [0, float("nan"), 2, 1]),
        (("A", "B"), [0, float("inf"), 2, 1]),
        (("A", "B"), [0, 0, 0, 0]),
        (("A", "B"), [0, 3, 0, 0]),
    ],
)
def test_a_table_that_cannot_be_is_refused(lists, counts):
    with pytest.raises(BadTable) as refused:
        Overlaps(lists, np.array(counts, dtype=float))
    assert refused.value.hint


def test_a_list_without_people_is_named():
    with pytest.raises(BadTable) as refused:
        table_of([3, 0, 0])
    assert refused.value.where == {"field": "B"}
