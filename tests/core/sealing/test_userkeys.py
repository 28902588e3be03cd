# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's keys: wrapped for her and one use, printed as a code, never shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.sealing.consent_ed25519 import verifies
from goodoffices.core.sealing.envelope import CannotOpen
from goodoffices.core.sealing.userkeys import (
    CODE_LABEL,
    PASSPHRASE_LABEL,
    SESSION_LABEL,
    BadCode,
    code_text,
    new_bundle,
    new_code,
    read_code,
    unwrap,
    wrap,
    wrapping_key,
)

STRETCH = bytes(32)
KEY = wrapping_key(STRETCH, PASSPHRASE_LABEL)


def test_wrapped_keys_come_back_with_what_was_pinned() -> None:
    bundle = new_bundle().pin("ivan", "ab" * 32)
    assert unwrap(wrap(bundle, KEY, owner="olena", use="passphrase"), KEY, owner="olena", use="passphrase") == bundle


@pytest.mark.req("SEC-CR")
@pytest.mark.parametrize(("owner", "use"), [("ivan", "passphrase"), ("olena", "session")])
def test_anothers_keys_or_those_of_another_use_do_not_unwrap(owner: str, use: str) -> None:
    wrapped = wrap(new_bundle(), KEY, owner="olena", use="passphrase")
    with pytest.raises(CannotOpen):
        unwrap(wrapped, KEY, owner=owner, use=use)


@pytest.mark.req("SEC-CR")
def test_each_label_gives_another_key() -> None:
    keys = {wrapping_key(STRETCH, label) for label in (PASSPHRASE_LABEL, SESSION_LABEL, CODE_LABEL)}
    assert len(keys) == 3
    assert STRETCH not in keys


@pytest.mark.req("SEC-CR")
def test_an_authenticators_output_changes_the_key() -> None:
    assert wrapping_key(STRETCH + b"prf", PASSPHRASE_LABEL) != KEY


def test_what_a_bundle_signs_its_public_half_verifies() -> None:
    bundle = new_bundle()
    assert verifies(bundle.public.signing, b"words", bundle.sign(b"words"))
    assert not verifies(bundle.public.signing, b"other words", bundle.sign(b"words"))


def test_a_bundle_never_shows_itself() -> None:
    bundle = new_bundle()
    assert bundle.receiving.hex() not in repr(bundle)
    assert repr(bundle) == str(bundle) == "KeyBundle(…)"


def test_two_people_have_two_fingerprints() -> None:
    assert new_bundle().public.fingerprint != new_bundle().public.fingerprint


@given(st.binary(min_size=16, max_size=16))
def test_a_printed_code_is_read_as_it_was_written(code: bytes) -> None:
    text = code_text(code)
    assert read_code(text) == code
    assert read_code(text.lower().replace("-", " ")) == code
    assert read_code(text.replace("0", "O").replace("1", "l")) == code
    assert not set(text) & set("ILOU")


@given(st.binary(min_size=16, max_size=16), st.integers(0, 31), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_code_with_one_sign_wrong_is_refused(code: bytes, at: int, sign: str) -> None:
    plain = code_text(code).replace("-", "")
    typed = plain[:at] + sign + plain[at + 1 :]
    if typed == plain:
        return
    with pytest.raises(BadCode):
        read_code(typed)


@pytest.mark.parametrize("text", ["", "-", "ABCD", code_text(bytes(16)) + "0", code_text(bytes(16))[:-1], "ЖЖЖЖ", "½"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        read_code(text)


def test_codes_are_drawn_at_random() -> None:
    assert len({new_code() for _ in range(1_000)}) == 1_000
