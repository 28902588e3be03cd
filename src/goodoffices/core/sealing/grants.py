# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compartments: epoch keys, and the signed grants that hand them to people.

Each epoch of a compartment has one random secret. From it come the key that seals records and a receiving pair, into
which anyone may seal who knows its public half. A grant is the secret, sealed by HPKE to one person's receiving key,
signed by one who holds it, and bound to all of: scheme, compartment, epoch, recipient, the recipient's fingerprint.

Nobody believes the store about who anybody is. A person's keys count if the reader has pinned them herself, or if
people whose keys count have vouched for them; so a recipient put into the store by its host is nobody's recipient.
Source: SECURITY part 3.1 (ghost recipients); RFC 9180 (HPKE base mode, X25519, HKDF-SHA256, AES-256-GCM).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.canonical import canonical_bytes
from goodoffices.core.sealing.consent_ed25519 import verifies
from goodoffices.core.sealing.envelope import CannotOpen, Place, pad, unpad
from goodoffices.core.sealing.userkeys import KeyBundle, PublicKeys, wrapping_key

SCHEME = 1
SECRET_BYTES = 32
GRANT_DOMAIN = b"goodoffices-grant-v1\n"
VOUCH_DOMAIN = b"goodoffices-vouch-v1\n"
RECORD_LABEL = b"goodoffices epoch records v1"
RECEIVING_LABEL = b"goodoffices epoch receiving v1"


class GrantRefused(GoodOfficesError):
    """A grant or a word for somebody's keys doesn't hold."""

    code = "grant_refused"


@dataclass(frozen=True, slots=True, repr=False)
class Epoch:
    """One key of a compartment: 32 random bytes, from which its record key and receiving pair come."""

    compartment: str
    number: int
    secret: bytes

    def __repr__(self) -> str:
        return f"Epoch({self.compartment!r}, {self.number}, …)"

    @property
    def key(self) -> bytes:
        """The key that seals records."""
        return wrapping_key(self.secret, RECORD_LABEL)

    @property
    def receiving(self) -> bytes:
        """The public half anyone may seal to."""
        return self._private().public_key().public_bytes_raw()

    def open_box(self, sealed: bytes, place: Place) -> bytes:
        """Open what was sealed to the receiving half for a place.

        Raises:
            CannotOpen: wrong epoch, moved, changed or cut.
        """
        return open_from(self._private().private_bytes_raw(), sealed, place)

    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(wrapping_key(self.secret, RECEIVING_LABEL))


@dataclass(frozen=True, slots=True)
class Vouch:
    """A person's word that keys are another's, seen with her own eyes."""

    person: str
    fingerprint: str
    by: str
    signature: bytes

    def message(self) -> bytes:
        """The bytes that are signed."""
        return VOUCH_DOMAIN + canonical_bytes({"by": self.by, "fingerprint": self.fingerprint, "person": self.person})


@dataclass(frozen=True, slots=True)
class Grant:
    """An epoch's secret sealed to one recipient, and signed. ``at`` is an ISO time in UTC."""

    compartment: str
    epoch: int
    recipient: str
    fingerprint: str
    by: str
    at: str
    sealed: bytes
    signature: bytes

    def message(self) -> bytes:
        """The bytes that are signed: everything but the signature."""
        return GRANT_DOMAIN + canonical_bytes({**self._bound(), "at": self.at, "sealed": self.sealed.hex()})

    def info(self) -> bytes:
        """The bytes the sealed secret is bound to."""
        return GRANT_DOMAIN + canonical_bytes(self._bound())

    def _bound(self) -> dict[str, object]:
        return {
            "by": self.by,
            "compartment": self.compartment,
            "epoch": self.epoch,
            "fingerprint": self.fingerprint,
            "recipient": self.recipient,
            "scheme": SCHEME,
        }


def new_epoch(compartment: str, number: int = 1) -> Epoch:
    """Draw the secret of an epoch."""
    return Epoch(compartment, number, os.urandom(SECRET_BYTES))


def seal_to(receiving: bytes, content: bytes, place: Place) -> bytes:
    """Seal content to an epoch's or a person's receiving key for one place; whoever seals can't open it again."""
    return bytes([SCHEME]) + _suite().encrypt(
        pad(content), X25519PublicKey.from_public_bytes(receiving), info=place.bound()
    )


def open_from(receiving: bytes, sealed: bytes, place: Place) -> bytes:
    """Open what ``seal_to`` sealed, with the private half of the receiving key.

    Raises:
        CannotOpen: sealed to another key or for another place, changed or cut.
    """
    return _open(sealed, X25519PrivateKey.from_private_bytes(receiving), place.bound())


def vouch(by: str, bundle: KeyBundle, person: str, keys: PublicKeys) -> Vouch:
    """Give one's word for somebody's keys."""
    unsigned = Vouch(person, keys.fingerprint, by, b"")
    return Vouch(person, keys.fingerprint, by, bundle.sign(unsigned.message()))


def trusted(
    pinned: Mapping[str, str], directory: Mapping[str, PublicKeys], vouches: Iterable[Vouch]
) -> dict[str, PublicKeys]:
    """Give the people of a directory whose keys count for a reader.

    Args:
        pinned: the fingerprints the reader has pinned, by person.
        directory: what the store says everybody's keys are.
        vouches: what the store says people have given their word for.

    Returns:
        Those whose keys are as pinned, and those for whom a trusted person's word holds; a pinned person whose
        keys have changed doesn't count, whoever vouches.
    """
    known = {
        person: directory[person]
        for person, fingerprint in pinned.items()
        if person in directory and directory[person].fingerprint == fingerprint
    }
    waiting = [one for one in vouches if one.person not in pinned and one.person in directory]
    while True:
        sound = [one for one in waiting if one.by in known and _vouch_holds(one, known[one.by], directory)]
        if not sound:
            return known
        known.update({one.person: directory[one.person] for one in sound})
        waiting = [one for one in waiting if one.person not in known]


def grant(epoch: Epoch, *, to: str, known: Mapping[str, PublicKeys], by: str, bundle: KeyBundle, at: str) -> Grant:
    """Hand an epoch to a person whose keys count.

    Args:
        known: the people whose keys count for the granter, see ``trusted``.

    Raises:
        GrantRefused: the recipient isn't among them.
    """
    keys = known.get(to)
    if keys is None:
        raise GrantRefused(
            "Nobody you trust has vouched for this person's keys.",
            code="unknown_recipient",
            where={"person": to},
            hint="Compare the fingerprint with the person, face to face or by voice, and confirm it first.",
        )
    unsealed = Grant(epoch.compartment, epoch.number, to, keys.fingerprint, by, at, b"", b"")
    sealed = bytes([SCHEME]) + _suite().encrypt(
        pad(epoch.secret), X25519PublicKey.from_public_bytes(keys.receiving), info=unsealed.info()
    )
    unsigned = Grant(epoch.compartment, epoch.number, to, keys.fingerprint, by, at, sealed, b"")
    return Grant(epoch.compartment, epoch.number, to, keys.fingerprint, by, at, sealed, bundle.sign(unsigned.message()))


def check_grant(found: Grant, known: Mapping[str, PublicKeys]) -> None:
    """Check a grant as the store has it.

    Raises:
        GrantRefused: unknown_granter, unknown_recipient, other_keys or bad_signature.
    """
    granter, recipient = known.get(found.by), known.get(found.recipient)
    if granter is None:
        raise _refused("unknown_granter", found)
    if recipient is None:
        raise _refused("unknown_recipient", found)
    if recipient.fingerprint != found.fingerprint:
        raise _refused("other_keys", found)
    if not verifies(granter.signing, found.message(), found.signature):
        raise _refused("bad_signature", found)


def open_grant(found: Grant, bundle: KeyBundle, known: Mapping[str, PublicKeys]) -> Epoch:
    """Check a grant and take the epoch out of it.

    Raises:
        GrantRefused: see ``check_grant``.
        CannotOpen: it isn't sealed to these keys, or not as it says.
    """
    check_grant(found, known)
    private = X25519PrivateKey.from_private_bytes(bundle.receiving)
    return Epoch(found.compartment, found.epoch, _open(found.sealed, private, found.info()))


def _vouch_holds(one: Vouch, by: PublicKeys, directory: Mapping[str, PublicKeys]) -> bool:
    same = directory[one.person].fingerprint == one.fingerprint
    return same and verifies(by.signing, one.message(), one.signature)


def _open(sealed: bytes, private: X25519PrivateKey, info: bytes) -> bytes:
    if not sealed or sealed[0] != SCHEME:
        raise CannotOpen("This was sealed in a way this version doesn't know.")
    try:
        return unpad(_suite().decrypt(sealed[1:], private, info=info))
    except (InvalidTag, ValueError):
        raise CannotOpen("This can't be opened with the keys at hand.") from None


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _refused(code: str, found: Grant) -> GrantRefused:
    return GrantRefused(
        "A grant in the store doesn't hold; it was made by nobody who could make it, or changed.",
        code=code,
        where={"compartment": found.compartment, "epoch": found.epoch},
        hint="Tell the coordinator at once: somebody may have changed the store from outside.",
    )
