# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's two key pairs, and how they are kept: wrapped under what only she has.

One pair receives (X25519, for HPKE), one signs grants and approvals (Ed25519). The private halves and the keys she
has pinned are one bundle, so that whoever controls the store can't change whom she trusts. The bundle is wrapped
under a key from her passphrase's stretch, from a secret that lives in her session's cookie, or from her printed
code: each label gives another key. Source: SECURITY parts 3.1 and 3.2; RFC 5869; RFC 9180.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.canonical import canonical_bytes
from goodoffices.core.sealing.envelope import CannotOpen, Place, open_record, seal_record

PASSPHRASE_LABEL = b"goodoffices key wrapping v1"
SESSION_LABEL = b"goodoffices session unlock v1"
CODE_LABEL = b"goodoffices printed code v1"
FINGERPRINT_DOMAIN = b"goodoffices-user-keys-v1\n"
CODE_BYTES = 16
_CHECK_BYTES = 4
_GROUP = 4
# Letters and digits nobody confuses on paper: no I, L, O, U (Crockford's base 32).
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class BadCode(GoodOfficesError):
    """A printed code was mistyped."""

    code = "bad_printed_code"


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know of a person: 32 bytes each."""

    receiving: bytes
    signing: bytes

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits that stand for both keys."""
        return hashlib.sha256(FINGERPRINT_DOMAIN + self.receiving + self.signing).hexdigest()


@dataclass(frozen=True, slots=True, repr=False)
class KeyBundle:
    """A person's private halves, 32 bytes each, and the fingerprints she has pinned by person."""

    receiving: bytes
    signing: bytes
    pinned: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "KeyBundle(…)"

    @property
    def public(self) -> PublicKeys:
        return PublicKeys(
            X25519PrivateKey.from_private_bytes(self.receiving).public_key().public_bytes_raw(),
            Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw(),
        )

    def sign(self, message: bytes) -> bytes:
        """Sign a message: 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(message)

    def pin(self, person: str, fingerprint: str) -> KeyBundle:
        """Trust a person's keys as they are now."""
        return replace(self, pinned={**self.pinned, person: fingerprint})


def new_bundle() -> KeyBundle:
    """Make a person's keys, with nobody pinned."""
    return KeyBundle(X25519PrivateKey.generate().private_bytes_raw(), Ed25519PrivateKey.generate().private_bytes_raw())


def wrapping_key(secret: bytes, label: bytes, *, salt: bytes = b"") -> bytes:
    """Derive the key that wraps a bundle.

    Args:
        secret: the passphrase's stretch (with the output of an authenticator after it, if one is enrolled), the
            session's secret, or the bytes of a printed code: never guessable by itself or already stretched.
        label: one of this module's labels.
    """
    return HKDF(algorithm=SHA256(), length=32, salt=salt or None, info=label).derive(secret)


def wrap(bundle: KeyBundle, key: bytes, *, owner: str, use: str) -> bytes:
    """Wrap a bundle for its owner and one use ("passphrase", "session", "code")."""
    content = canonical_bytes(
        {
            "receiving": bundle.receiving.hex(),
            "signing": bundle.signing.hex(),
            "pinned": dict(bundle.pinned),
        }
    )
    return seal_record(key, content, _place(owner, use))


def unwrap(wrapped: bytes, key: bytes, *, owner: str, use: str) -> KeyBundle:
    """Unwrap a bundle.

    Raises:
        CannotOpen: wrong key, another owner's, another use, or changed.
    """
    try:
        held = json.loads(open_record(key, wrapped, _place(owner, use)))
        return KeyBundle(bytes.fromhex(held["receiving"]), bytes.fromhex(held["signing"]), held["pinned"])
    except (ValueError, KeyError, TypeError):
        raise CannotOpen("These keys are not in a form this version knows.") from None


def new_code() -> bytes:
    """Draw the 128 bits of a printed code."""
    return os.urandom(CODE_BYTES)


def code_text(code: bytes) -> str:
    """Write a code as it is printed: groups of four letters and digits, the last of them a check."""
    text = base64.b32encode(code + _check(code)).decode().rstrip("=").translate(str.maketrans(_BASE32, _CROCKFORD))
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read_code(text: str) -> bytes:
    """Read a code as it was typed: any case, any spacing, O for 0, I or L for 1.

    Raises:
        BadCode: it isn't whole, or a sign is wrong.
    """
    plain = "".join(sign for sign in text.upper() if sign.isalnum()).translate(str.maketrans("OIL", "011"))
    try:
        raw = base64.b32decode(plain.translate(str.maketrans(_CROCKFORD, _BASE32)) + "=" * (-len(plain) % 8))
    except ValueError:
        raw = b""
    code, check = raw[:CODE_BYTES], raw[CODE_BYTES:]
    if len(code) != CODE_BYTES or check != _check(code) or code_text(code).replace("-", "") != plain:
        raise BadCode(
            "This isn't a whole printed code, or one of its signs is wrong.",
            hint="Type all groups as they stand on the paper. There is no letter O, I or L in it: they are 0 and 1.",
        )
    return code


def _check(code: bytes) -> bytes:
    return hashlib.sha256(CODE_LABEL + code).digest()[:_CHECK_BYTES]


def _place(owner: str, use: str) -> Place:
    return Place("user-keys", owner, use, f"user:{owner}", 1)
