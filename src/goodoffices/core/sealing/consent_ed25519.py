# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ed25519 as a party's word needs it: one key, one message, one signature; nothing that verifies by accident.

Invariant: a key is the canonical encoding of a point of prime order, and so is a signature's R; its S is below
the group order. Then no key verifies a signature over everything, and no third person makes a second signature
out of the first.

Source: RFC 8032 sections 5.1.2, 5.1.3, 5.1.7; Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020).
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, PRIME) % PRIME
_ROOT_OF_MINUS_1 = pow(2, (PRIME - 1) // 4, PRIME)

# A point as (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.
Point = tuple[int, int, int, int]
_IDENTITY: Point = (0, 1, 1, 0)


@lru_cache(maxsize=1024)
def is_sound_point(encoded: bytes) -> bool:
    """Tell whether 32 bytes are the canonical encoding of a point of prime order."""
    point = _decode(encoded)
    return point is not None and not _is_identity(point) and _is_identity(_times(ORDER, point))


def verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature over the message is the key's, by the strictest reading of RFC 8032."""
    if len(key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    if not is_sound_point(key) or not is_sound_point(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _decode(encoded: bytes) -> Point | None:
    """Decode a point; None if the bytes are not canonical or not on the curve."""
    if len(encoded) != KEY_BYTES:
        return None
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * _ROOT_OF_MINUS_1 % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * _D % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _times(number: int, point: Point) -> Point:
    total = _IDENTITY
    while number:
        if number & 1:
            total = _add(total, point)
        point = _add(point, point)
        number >>= 1
    return total


def _is_identity(point: Point) -> bool:
    return point[0] % PRIME == 0 and (point[1] - point[2]) % PRIME == 0
