# SPDX-License-Identifier: AGPL-3.0-or-later
"""Epochs and grants: who was given what by whom, checked against people one trusts, never against the store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.core.sealing.envelope import CannotOpen, Place, open_record, seal_record
from goodoffices.core.sealing.grants import (
    Epoch,
    Grant,
    GrantRefused,
    Vouch,
    check_grant,
    grant,
    new_epoch,
    open_grant,
    seal_to,
    trusted,
    vouch,
)
from goodoffices.core.sealing.userkeys import KeyBundle, PublicKeys, new_bundle

OLENA, IVAN, DARYNA, MALLORY = (new_bundle() for _ in range(4))
DIRECTORY = {"olena": OLENA.public, "ivan": IVAN.public, "daryna": DARYNA.public}
KNOWN = dict(DIRECTORY)
EPOCH = new_epoch("family:case-7")
AT = "2026-11-22T03:00:00Z"
PLACE = Place("casework_contact", "01", "phone", "family:case-7", 1)


def granted(to: str = "ivan", *, epoch: Epoch = EPOCH) -> Grant:
    return grant(epoch, to=to, known=KNOWN, by="olena", bundle=OLENA, at=AT)


def test_a_grant_gives_its_recipient_the_epoch() -> None:
    assert open_grant(granted(), IVAN, KNOWN) == EPOCH


@pytest.mark.req("SEC-CR")
def test_nobody_else_can_take_the_epoch_out_of_it() -> None:
    with pytest.raises(CannotOpen):
        open_grant(granted(), DARYNA, KNOWN)


@pytest.mark.req("SEC-CR")
def test_anybody_may_seal_to_an_epoch_and_only_its_holders_open() -> None:
    sealed = seal_to(EPOCH.receiving, b"she was seen in Tykhorih", PLACE)
    assert EPOCH.open_box(sealed, PLACE) == b"she was seen in Tykhorih"
    with pytest.raises(CannotOpen):
        new_epoch("family:case-7", 2).open_box(sealed, PLACE)
    with pytest.raises(CannotOpen):
        EPOCH.open_box(sealed, replace(PLACE, row="02"))
    with pytest.raises(CannotOpen):
        EPOCH.open_box(b"\x07" + sealed[1:], PLACE)


@pytest.mark.req("SEC-CR")
def test_a_record_of_one_epoch_does_not_open_with_the_next() -> None:
    sealed = seal_record(EPOCH.key, b"x", PLACE)
    later = new_epoch("family:case-7", 2)
    with pytest.raises(CannotOpen):
        open_record(later.key, sealed, replace(PLACE, epoch=2))
    assert open_record(EPOCH.key, sealed, PLACE) == b"x"


@pytest.mark.req("SEC-CR")
@pytest.mark.parametrize(
    "change",
    [
        {"compartment": "family:case-8"},
        {"epoch": 2},
        {"recipient": "daryna", "fingerprint": DARYNA.public.fingerprint},
        {"at": "2026-11-23T03:00:00Z"},
        {"by": "daryna"},
        {"sealed": b"\x01" + bytes(80)},
        {"signature": bytes(64)},
    ],
)
def test_a_changed_grant_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(GrantRefused, match="doesn't hold"):
        check_grant(replace(granted(), **change), KNOWN)  # type: ignore[arg-type]


@pytest.mark.req("SEC-CR")
def test_a_grant_signed_by_a_stranger_is_refused() -> None:
    forged = grant(EPOCH, to="ivan", known=KNOWN, by="mallory", bundle=MALLORY, at=AT)
    with pytest.raises(GrantRefused) as refused:
        check_grant(forged, KNOWN)
    assert refused.value.code == "unknown_granter"


@pytest.mark.req("SEC-CR")
def test_a_ghost_put_into_the_directory_is_nobodys_recipient() -> None:
    """SECURITY CR8: the host adds a person with keys of its own, and a word for them in its own name."""
    store = {**DIRECTORY, "mallory": MALLORY.public}
    words = [vouch("mallory", MALLORY, "mallory", MALLORY.public), Vouch("mallory", "00", "olena", bytes(64))]
    known = trusted({"ivan": IVAN.public.fingerprint}, store, words)
    assert known == {"ivan": IVAN.public}
    with pytest.raises(GrantRefused) as refused:
        grant(EPOCH, to="mallory", known=known, by="olena", bundle=OLENA, at=AT)
    assert refused.value.code == "unknown_recipient"


@pytest.mark.req("SEC-CR")
def test_replaced_keys_of_somebody_pinned_do_not_count_whoever_vouches() -> None:
    pins = {"ivan": IVAN.public.fingerprint, "daryna": DARYNA.public.fingerprint}
    store = {**DIRECTORY, "ivan": MALLORY.public}
    assert trusted(pins, store, [vouch("daryna", DARYNA, "ivan", MALLORY.public)]) == {"daryna": DARYNA.public}


@pytest.mark.req("SEC-CR")
def test_replaced_keys_of_somebody_vouched_for_do_not_count() -> None:
    pins = {"daryna": DARYNA.public.fingerprint}
    word = vouch("daryna", DARYNA, "ivan", IVAN.public)
    assert trusted(pins, DIRECTORY, [word]) == {"daryna": DARYNA.public, "ivan": IVAN.public}
    assert "ivan" not in trusted(pins, {**DIRECTORY, "ivan": MALLORY.public}, [word])


def test_words_carry_on_from_person_to_person_in_any_order() -> None:
    pins = {"olena": OLENA.public.fingerprint}
    words = [vouch("ivan", IVAN, "daryna", DARYNA.public), vouch("olena", OLENA, "ivan", IVAN.public)]
    assert trusted(pins, DIRECTORY, words) == DIRECTORY


def test_words_in_a_circle_found_nobody() -> None:
    words = [vouch("ivan", IVAN, "daryna", DARYNA.public), vouch("daryna", DARYNA, "ivan", IVAN.public)]
    assert trusted({"olena": OLENA.public.fingerprint}, DIRECTORY, words) == {"olena": OLENA.public}


def test_a_word_for_somebody_who_is_not_there_is_passed_over() -> None:
    word = vouch("olena", OLENA, "taras", PublicKeys(bytes(32), bytes(32)))
    assert trusted({"olena": OLENA.public.fingerprint}, DIRECTORY, [word]) == {"olena": OLENA.public}


def test_secrets_do_not_show_in_words() -> None:
    assert EPOCH.secret.hex() not in repr(EPOCH)
    assert isinstance(OLENA, KeyBundle)
