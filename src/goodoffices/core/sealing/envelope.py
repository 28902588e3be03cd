# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed content that can't be moved, read or measured: a ciphertext knows the one place it belongs to.

A sealed record is one byte of scheme, twelve of nonce, then AES-256-GCM over the padded content. What the
ciphertext is bound to (table, row, field, compartment, epoch, shape of the data) travels in no part of it: whoever
opens it says where it was found, and a record put elsewhere doesn't open. Source: SECURITY part 3.1; NIST SP 800-38D.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.canonical import canonical_bytes

SCHEME = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
_LENGTH_BYTES = 4
# Short answers look alike; longer texts tell their length to the nearest step only.
BUCKETS = (64, 256, 1024, 4096)
DOMAIN = b"goodoffices-record-v1\n"


class CannotOpen(GoodOfficesError):
    """The bytes aren't a sealed record of this place under this key: wrong key, moved, changed or cut."""

    code = "cannot_open"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed record belongs.

    Attributes:
        table, row, field: the row's table and public id, and the column.
        compartment: for example ``family:<case id>``.
        epoch: which key of the compartment, from 1.
        shape: version of the content's shape.
    """

    table: str
    row: str
    field: str
    compartment: str
    epoch: int
    shape: int = 1

    def bound(self) -> bytes:
        """Give the bytes a ciphertext is bound to."""
        return DOMAIN + canonical_bytes({"scheme": SCHEME, **asdict(self)})


def seal_record(key: bytes, content: bytes, place: Place) -> bytes:
    """Seal content for one place. Sealing the same content twice gives different bytes of the same length.

    Args:
        key: 32 bytes, the compartment's key of the place's epoch.

    Raises:
        ValueError: the key isn't 32 bytes.
    """
    # The nonce is drawn here and never given: one nonce used twice would give the content away.
    nonce = os.urandom(NONCE_BYTES)
    return bytes([SCHEME]) + nonce + AESGCM(_sized(key)).encrypt(nonce, pad(content), place.bound())


def open_record(key: bytes, sealed: bytes, place: Place) -> bytes:
    """Open a sealed record found at a place.

    Raises:
        CannotOpen: anything is wrong; which thing isn't said.
        ValueError: the key isn't 32 bytes.
    """
    if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES or sealed[0] != SCHEME:
        raise _cannot_open()
    nonce = sealed[1 : 1 + NONCE_BYTES]
    try:
        return unpad(AESGCM(_sized(key)).decrypt(nonce, sealed[1 + NONCE_BYTES :], place.bound()))
    except InvalidTag:
        raise _cannot_open() from None


def pad(content: bytes) -> bytes:
    """Put the length before content and fill it up to its bucket."""
    framed = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    step = BUCKETS[-1]
    size = next((one for one in BUCKETS if len(framed) <= one), -(-len(framed) // step) * step)
    return framed.ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Give padded content as it was.

    Raises:
        CannotOpen: the frame isn't one that ``pad`` makes.
    """
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    content = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if pad(content) != padded:
        raise _cannot_open()
    return content


def _sized(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError("a compartment's key is 32 bytes")
    return key


def _cannot_open() -> CannotOpen:
    return CannotOpen(
        "This sealed record can't be opened with the keys at hand.",
        hint="If you should be able to read it, ask a holder of the compartment whether your access is current.",
    )
