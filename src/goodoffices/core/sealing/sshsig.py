# SPDX-License-Identifier: AGPL-3.0-or-later
"""Detached signatures of a party: OpenSSH's SSHSIG (also from a hardware token), or 64 bytes of raw Ed25519.

Source: PROTOCOL.sshsig and PROTOCOL.u2f of OpenSSH; the armour is read as ``ssh-keygen -Y sign`` writes it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodoffices.core.sealing.consent_ed25519 import SIGNATURE_BYTES, verifies
from goodoffices.core.sealing.consent_keys import (
    HARDWARE,
    PLAIN,
    PartyKey,
    WireReader,
    decode_base64,
    key_of_blob,
    ssh_string,
)

MAGIC = b"SSHSIG"
VERSION = 1
HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
MAX_SIGNATURE_FILE = 16_384
USER_PRESENT = 0x01
_ARMOUR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\r?\n((?:[A-Za-z0-9+/=]{1,76}\r?\n)+)-----END SSH SIGNATURE-----\s*"
)


class SignatureFault(StrEnum):
    """Why a signature isn't a party's word on these bytes."""

    MALFORMED = "signature_malformed"
    OTHER_KEY = "signature_of_another_key"
    OTHER_NAMESPACE = "signature_for_another_purpose"
    NOBODY_PRESENT = "signature_without_presence"
    WRONG = "signature_wrong"


@dataclass(frozen=True, slots=True)
class _Parts:
    key: PartyKey
    namespace: bytes
    reserved: bytes
    hash_name: bytes
    signature: bytes


def check_signature(data: bytes, message: bytes, key: PartyKey, namespace: str) -> SignatureFault | None:
    """Check a detached signature.

    Args:
        data: the signature file.
        message: the bytes signed.
        key: the party's registered key; a signature's own key counts for nothing unless it is this one.
        namespace: the purpose an SSHSIG must name.

    Returns:
        None if it holds, else why not.
    """
    if len(data) > MAX_SIGNATURE_FILE:
        return SignatureFault.MALFORMED
    if b"SSH SIGNATURE" not in data:
        return _check_raw(data, message, key)
    try:
        parts = _read_armoured(data)
    except ValueError:
        return SignatureFault.MALFORMED
    if parts.key != key:
        return SignatureFault.OTHER_KEY
    if parts.namespace != namespace.encode():
        return SignatureFault.OTHER_NAMESPACE
    return _check_parts(parts, message)


def sign(message: bytes, private: Ed25519PrivateKey, namespace: str) -> bytes:
    """Sign as ``ssh-keygen -Y sign`` does with an Ed25519 key: an armoured SSHSIG over SHA-512."""
    key = PartyKey(private.public_key().public_bytes_raw())
    parts = _Parts(key, namespace.encode(), b"", b"sha512", b"")
    signature = ssh_string(PLAIN.encode()) + ssh_string(private.sign(_signed(parts, message)))
    fields = (key.blob, parts.namespace, parts.reserved, parts.hash_name, signature)
    blob = MAGIC + VERSION.to_bytes(4, "big") + b"".join(ssh_string(one) for one in fields)
    text = base64.b64encode(blob)
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return b"\n".join([b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""])


def _check_raw(data: bytes, message: bytes, key: PartyKey) -> SignatureFault | None:
    if len(data) != SIGNATURE_BYTES:
        try:
            text = data.decode("ascii").strip()
            data = bytes.fromhex(text) if len(text) == 2 * SIGNATURE_BYTES else decode_base64(text)
        except ValueError:
            return SignatureFault.MALFORMED
    if len(data) != SIGNATURE_BYTES:
        return SignatureFault.MALFORMED
    # A hardware token signs only over its own counter and flags, so a raw signature can't be of its key.
    if key.application is not None:
        return SignatureFault.OTHER_KEY
    return None if verifies(key.point, message, data) else SignatureFault.WRONG


def _read_armoured(data: bytes) -> _Parts:
    found = _ARMOUR.fullmatch(data)
    if found is None:
        raise ValueError("is no armour")
    blob = decode_base64("".join(found[1].decode("ascii").split()))
    reader = WireReader(blob)
    if reader.take(len(MAGIC)) != MAGIC or reader.number() != VERSION:
        raise ValueError("is another version")
    parts = _Parts(
        key=key_of_blob(reader.string()),
        namespace=reader.string(),
        reserved=reader.string(),
        hash_name=reader.string(),
        signature=reader.string(),
    )
    reader.end()
    if parts.reserved or parts.hash_name not in HASHES:
        raise ValueError("uses what no version 1 has")
    return parts


def _signed(parts: _Parts, message: bytes) -> bytes:
    digest = HASHES[parts.hash_name](message).digest()
    return MAGIC + b"".join(ssh_string(one) for one in (parts.namespace, parts.reserved, parts.hash_name, digest))


def _check_parts(parts: _Parts, message: bytes) -> SignatureFault | None:
    signed = _signed(parts, message)
    try:
        reader = WireReader(parts.signature)
        kind, signature = reader.string(), reader.string()
        if parts.key.application is None:
            reader.end()
            expected = PLAIN
        else:
            flags, counter = reader.take(1), reader.take(4)
            reader.end()
            expected = HARDWARE
            if not flags[0] & USER_PRESENT:
                return SignatureFault.NOBODY_PRESENT
            application = hashlib.sha256(parts.key.application.encode()).digest()
            signed = application + flags + counter + hashlib.sha256(signed).digest()
    except ValueError:
        return SignatureFault.MALFORMED
    if kind != expected.encode():
        return SignatureFault.MALFORMED
    return None if verifies(parts.key.point, signed, signature) else SignatureFault.WRONG
