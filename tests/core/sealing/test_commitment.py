# SPDX-License-Identifier: AGPL-3.0-or-later
"""Commitments bind content, hide it, and fix their own form."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.sealing.canonical import NotCanonical
from goodoffices.core.sealing.commitment import BadSalt, commit, opens

SALT = bytes(range(32))


def test_the_form_is_domain_then_salt_then_canonical_json() -> None:
    expected = hashlib.sha256(b"goodoffices-commitment-v1\n" + SALT + b'{"a":1,"b":"\xd1\x97"}').digest()
    assert commit({"b": "ї", "a": 1}, SALT) == expected


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_salt_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(BadSalt):
        commit({}, b"x" * size)


def test_content_without_canonical_form_is_refused() -> None:
    with pytest.raises(NotCanonical):
        commit({"score": float("nan")}, SALT)


@given(st.text(), st.text(), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_only_the_same_content_and_salt_open_it(one: str, other: str, salt: bytes, salt2: bytes) -> None:
    one, other = one.encode("utf-8", "replace").decode(), other.encode("utf-8", "replace").decode()
    commitment = commit(one, salt)
    assert opens(commitment, one, salt)
    assert opens(commitment, other, salt2) == ((one, salt) == (other, salt2))
