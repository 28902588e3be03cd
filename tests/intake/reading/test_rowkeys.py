# SPDX-License-Identifier: AGPL-3.0-or-later
"""Knowing a row again when a list comes in a new edition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.intake.reading import KeyedRow, pair_rows, row_hash, row_key

HEADER = ("id", "name", "dob")


def test_the_hash_sees_any_change_of_a_cell_but_no_reordering_of_columns():
    base = row_hash(HEADER, ("1", "Вигаданий Іван", "1985"))
    assert base == row_hash(("dob", "ID", "Name"), ("1985", "1", "Вигаданий Іван "))
    assert base == row_hash((*HEADER, "new column"), ("1", "Вигаданий Іван", "1985", ""))
    assert base != row_hash(HEADER, ("1", "Вигаданий Іван", "1986"))
    assert row_hash(HEADER, ("1", "ab", "")) != row_hash(HEADER, ("1", "a", "b"))
    assert len(base) == 64


def test_the_key_is_the_lists_own_number_where_it_has_one():
    assert row_key({"record_id": " 17 ", "name": "A"}) == "id:17"
    assert row_key({"name": "Вигаданий Іван", "dob": "1985"}) == row_key({"name": "вигаданий  іван", "dob": "1985"})
    assert row_key({"name": "A", "dob": "1985"}) != row_key({"name": "A", "dob": "1986"})


def test_a_row_without_number_and_name_has_no_key():
    assert row_key({"dob": "1985"}) == ""
    assert row_key({}) == ""


def test_an_updated_list_is_paired_exactly_then_by_key():
    old = [KeyedRow(2, "h1", "id:1"), KeyedRow(3, "h2", "id:2"), KeyedRow(4, "h3", "id:3")]
    new = [KeyedRow(2, "h3", "id:3"), KeyedRow(3, "h2x", "id:2"), KeyedRow(4, "h4", "id:4")]
    pairing = pair_rows(old, new)
    assert [(pair.old, pair.new, pair.how) for pair in pairing.pairs] == [(4, 2, "exact"), (3, 3, "key")]
    assert (pairing.old_left, pairing.new_left) == ((2,), (4,))


def test_a_repeated_key_pairs_nothing():
    old = [KeyedRow(2, "a", "k"), KeyedRow(3, "b", "k")]
    new = [KeyedRow(2, "c", "k")]
    assert pair_rows(old, new).pairs == ()


def test_equal_rows_pair_in_order_and_each_once():
    old = [KeyedRow(n, "same", "") for n in (2, 3, 4)]
    new = [KeyedRow(n, "same", "") for n in (2, 3)]
    pairing = pair_rows(old, new)
    assert [(pair.old, pair.new) for pair in pairing.pairs] == [(2, 2), (3, 3)]
    assert pairing.old_left == (4,)


ROWS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "k1", "k2", "k3"])), max_size=12).map(
    lambda rows: [KeyedRow(number, *row) for number, row in enumerate(rows, start=2)]
)


@given(ROWS, ROWS)
def test_every_row_is_paired_once_or_left(old, new):
    pairing = pair_rows(old, new)
    assert sorted([pair.old for pair in pairing.pairs] + list(pairing.old_left)) == [row.number for row in old]
    assert sorted([pair.new for pair in pairing.pairs] + list(pairing.new_left)) == [row.number for row in new]


@given(ROWS)
def test_an_unchanged_list_pairs_wholly(rows):
    pairing = pair_rows(rows, rows)
    assert len(pairing.pairs) == len(rows)
    assert {pair.how for pair in pairing.pairs} <= {"exact"}


@given(st.dictionaries(st.sampled_from(["record_id", "name", "dob", "unit"]), st.text(max_size=20)))
def test_any_row_has_a_stable_key(values):
    assert row_key(values) == row_key(dict(reversed(values.items())))
