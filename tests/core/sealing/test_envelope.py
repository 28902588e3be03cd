# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sealed record opens at its own place, under its own key, whole; nowhere else."""

from __future__ import annotations

import os
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.sealing.envelope import (
    BUCKETS,
    NONCE_BYTES,
    CannotOpen,
    Place,
    open_record,
    pad,
    seal_record,
    unpad,
)

KEY = bytes(range(32))
HERE = Place("casework_contact", "01a2", "phone", "family:01b3", 2, 1)


@given(st.binary(max_size=9_000))
def test_what_was_sealed_opens_as_it_was(content: bytes) -> None:
    assert open_record(KEY, seal_record(KEY, content, HERE), HERE) == content


@pytest.mark.req("SEC-CR")
@pytest.mark.parametrize("name", [one.name for one in fields(Place)])
def test_a_record_put_elsewhere_does_not_open(name: str) -> None:
    value = getattr(HERE, name)
    elsewhere = replace(HERE, **{name: value + 1 if isinstance(value, int) else value + "x"})
    with pytest.raises(CannotOpen):
        open_record(KEY, seal_record(KEY, b"+380 67 000 00 00", HERE), elsewhere)


@pytest.mark.req("SEC-CR")
def test_parts_of_a_place_do_not_run_into_each_other() -> None:
    one, other = replace(HERE, table="ab", row="c"), replace(HERE, table="a", row="bc")
    with pytest.raises(CannotOpen):
        open_record(KEY, seal_record(KEY, b"x", one), other)


@pytest.mark.req("SEC-CR")
@settings(max_examples=300)
@given(st.data())
def test_one_bit_changed_anywhere_and_it_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(seal_record(KEY, b"wounded in the left arm", HERE))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        open_record(KEY, bytes(sealed), HERE)


@pytest.mark.req("SEC-CR")
@given(st.integers(0, 92))
def test_a_record_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(CannotOpen):
        open_record(KEY, seal_record(KEY, b"x", HERE)[:length], HERE)


@pytest.mark.req("SEC-CR")
def test_another_key_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        open_record(os.urandom(32), seal_record(KEY, b"x", HERE), HERE)


@pytest.mark.req("SEC-CR")
def test_no_nonce_comes_twice_and_equal_contents_look_different() -> None:
    sealed = [seal_record(KEY, b"prisoner of war", HERE) for _ in range(5_000)]
    assert len({one[1 : 1 + NONCE_BYTES] for one in sealed}) == len(sealed)
    assert len(set(sealed)) == len(sealed)


@pytest.mark.req("SEC-CR")
def test_short_answers_are_all_of_one_length() -> None:
    answers = [b"", b"yes", b"no", b"unknown", "поранений, потребує операції".encode()]
    assert len({len(seal_record(KEY, one, HERE)) for one in answers}) == 1


@given(st.binary(max_size=20_000))
def test_a_padded_length_is_one_of_a_few(content: bytes) -> None:
    padded = pad(content)
    assert len(padded) in BUCKETS or len(padded) % BUCKETS[-1] == 0
    assert unpad(padded) == content


@given(st.binary(max_size=200))
def test_a_frame_that_nobody_padded_so_is_refused(frame: bytes) -> None:
    try:
        content = unpad(frame)
    except CannotOpen:
        return
    assert pad(content) == frame


def test_a_key_of_another_length_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal_record(b"short", b"x", HERE)
