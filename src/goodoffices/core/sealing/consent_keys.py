# SPDX-License-Identifier: AGPL-3.0-or-later
"""A party's public key, read from any form in which it may be registered: OpenSSH line, PEM, raw, hex, base64."""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.consent_ed25519 import KEY_BYTES, is_sound_point

PLAIN = "ssh-ed25519"
HARDWARE = "sk-ssh-ed25519@openssh.com"
MAX_KEY_FILE = 16_384


class BadKey(GoodOfficesError):
    """A file that holds no public key a party may sign with."""

    code = "bad_key"


@dataclass(frozen=True, slots=True)
class PartyKey:
    """A party's registered public key.

    Attributes:
        point: the 32 bytes of the Ed25519 key.
        application: for a key in a hardware token the relying application, else None.
    """

    point: bytes
    application: str | None = None

    @property
    def blob(self) -> bytes:
        """The key as OpenSSH writes it on the wire."""
        if self.application is None:
            return ssh_string(PLAIN.encode()) + ssh_string(self.point)
        words = (HARDWARE.encode(), self.point, self.application.encode())
        return b"".join(ssh_string(word) for word in words)

    @property
    def fingerprint(self) -> str:
        """The fingerprint two officers read aloud, as ``ssh-keygen -l`` prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return "SHA256:" + digest.rstrip("=")


def ssh_string(data: bytes) -> bytes:
    """Write a string of the SSH wire format: length as four bytes, then the bytes (RFC 4251 section 5)."""
    return struct.pack(">I", len(data)) + data


class WireReader:
    """Reads SSH wire strings off a blob; what doesn't fit exactly raises ValueError."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> bytes:
        """Take exactly this many bytes."""
        if count > len(self._data) - self._at:
            raise ValueError("ends too early")
        found = self._data[self._at : self._at + count]
        self._at += count
        return found

    def number(self) -> int:
        """Take an unsigned number of four bytes."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """Take one string."""
        return self.take(self.number())

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self._at != len(self._data):
            raise ValueError("has bytes left over")


def key_of_blob(blob: bytes) -> PartyKey:
    """Read a key from the SSH wire format.

    Raises:
        ValueError: another kind of key, a wrong length, or bytes left over.
    """
    reader = WireReader(blob)
    kind = reader.string()
    if kind not in (PLAIN.encode(), HARDWARE.encode()):
        raise ValueError("is no Ed25519 key")
    point = reader.string()
    application = reader.string().decode("utf-8") if kind == HARDWARE.encode() else None
    reader.end()
    if len(point) != KEY_BYTES:
        raise ValueError("has a wrong length")
    return PartyKey(point, application)


def read_public_key(data: bytes, *, file: str = "") -> PartyKey:
    """Read a party's public key.

    Args:
        data: an OpenSSH public key line, a PEM public key, 32 raw bytes, or those as hex or base64.
        file: the name to tell a person.

    Raises:
        BadKey: none of these, a private key, another algorithm, or a point no sound key has.
    """
    where = {"file": file} if file else {}
    hint = "Give the .pub file of an Ed25519 key, as ssh-keygen -t ed25519 makes it."
    if len(data) > MAX_KEY_FILE:
        raise BadKey("The file is too long for a public key.", where=where, hint=hint)
    if b"PRIVATE KEY" in data:
        raise BadKey("The file holds a private key.", where=where, hint="Give the public one; keep this one secret.")
    try:
        key = _read(data)
    except (ValueError, UnsupportedAlgorithm):
        raise BadKey("The file holds no Ed25519 public key.", where=where, hint=hint) from None
    if not is_sound_point(key.point):
        raise BadKey("The key is no sound Ed25519 key.", where=where, hint="Make a new key; this one proves nothing.")
    return key


def _read(data: bytes) -> PartyKey:
    if len(data) == KEY_BYTES:
        return PartyKey(data)
    text = data.decode("ascii").strip()
    if text.startswith("-----BEGIN"):
        loaded = load_pem_public_key(text.encode())
        if not isinstance(loaded, Ed25519PublicKey):
            raise ValueError("is another algorithm")
        return PartyKey(loaded.public_bytes_raw())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    words = lines[0].split() if len(lines) == 1 else []
    if len(words) >= 2 and words[0] in (PLAIN, HARDWARE):
        key = key_of_blob(decode_base64(words[1]))
        if key.blob[4 : 4 + len(words[0])] != words[0].encode():
            raise ValueError("names another kind than it holds")
        return key
    if len(words) == 1:
        return PartyKey(_bytes_of(words[0], KEY_BYTES))
    raise ValueError("is no key")


def _bytes_of(text: str, length: int) -> bytes:
    found = bytes.fromhex(text) if len(text) == 2 * length else decode_base64(text)
    if len(found) != length:
        raise ValueError("has a wrong length")
    return found


def decode_base64(text: str) -> bytes:
    """Decode base64 that has exactly one form: no other letters, padding right, no stray bits.

    Raises:
        ValueError: any other text.
    """
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except binascii.Error:
        raise ValueError("is no base64") from None
    if base64.b64encode(found).decode() != text:
        raise ValueError("is no canonical base64")
    return found
