# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys: few, script-blind, the same everywhere, and the same to store and to look up."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.linkage import Record, candidate_pairs, posting_keys, prepare, query_keys
from goodoffices.core.linkage.blocking import pairs_of_keys

TEXTS = st.text(alphabet="абвгдеєжзиіїйклмнопрст -'abcdefghij", max_size=40)


@settings(deadline=None)
@given(TEXTS, st.sampled_from([None, "1985", "1985-03-12", "1985/1987"]))
def test_a_record_has_at_most_fourteen_signed_64_bit_keys(name: str, born: str | None) -> None:
    keys = posting_keys(prepare(Record("a", "s", name=name, dob=born, residence="Бахмут")))
    assert len(keys) <= 14
    assert len(set(keys)) == len(keys)
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_keys_are_the_same_on_every_machine() -> None:
    # BLAKE2b of "d", "1985", "3", "12" joined by U+001F, first eight bytes, little-endian.
    assert query_keys("Serhii Kovalenko", "1985-03-12")[0] == query_keys("Інша Людина", "1985-12-03")[0]


def test_another_script_order_and_form_find_the_stored_record() -> None:
    stored = set(posting_keys(prepare(Record("a", "s", name="Коваленко Сергій Петрович", dob="1985-03-12"))))
    for name in ("Serhii Kovalenko", "Kovalenko Sergey", "Сергея Коваленко", "Rjdfktyrj", "КОВАЛЕНКО СЕРГЕЙ"):
        assert stored & set(query_keys(name, "1985"))


def test_both_orders_of_an_unsure_name_are_stored() -> None:
    stored = set(posting_keys(prepare(Record("a", "s", name="Роман Богдан"))))
    assert stored & set(posting_keys(prepare(Record("b", "s", family_name="Роман", given_name="Богдан"))))
    assert stored & set(posting_keys(prepare(Record("c", "s", family_name="Богдан", given_name="Роман"))))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 5)), max_size=60), st.integers(2, 8))
def test_candidates_are_what_a_plain_search_finds(rows: list[tuple[int, int]], cap: int) -> None:
    rows = sorted(set(rows))
    blocks: dict[int, list[int]] = {}
    for row, key in rows:
        blocks.setdefault(key, []).append(row)
    expected = {(a, b) for block in blocks.values() if len(block) <= cap for a in block for b in block if a < b}
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 2)
    left, right = pairs_of_keys(columns[:, 0].copy(), columns[:, 1].copy(), 12, None, None, cap)
    assert set(zip(left.tolist(), right.tolist(), strict=True)) == expected


def test_candidates_leave_out_pairs_of_a_list_that_names_nobody_twice() -> None:
    prepared = [prepare(Record(k, "one", name="Гузь Тарас", dob="2001-09-09")) for k in "ab"]
    assert len(candidate_pairs(prepared)[0]) == 1
    once = np.array([0, 1])
    left, _ = candidate_pairs(prepared, sources=np.array([1, 1]), deduplicated=once)
    assert len(left) == 0
