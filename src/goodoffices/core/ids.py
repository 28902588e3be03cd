# SPDX-License-Identifier: AGPL-3.0-or-later
"""Identifiers: UUID version 7 (RFC 9562), so that rows written together lie together in an index."""

from __future__ import annotations

from uuid import UUID


def uuid7(unix_ms: int, random_bits: bytes) -> UUID:
    """Build a version 7 UUID.

    Args:
        unix_ms: milliseconds since 1970, 48 bits.
        random_bits: at least 10 random bytes.

    Source: RFC 9562, section 5.7.
    """
    tail = int.from_bytes(random_bits[:10], "big")
    value = (unix_ms & 0xFFFFFFFFFFFF) << 80
    value |= 0x7 << 76
    value |= (tail >> 64 & 0xFFF) << 64
    value |= 0x2 << 62
    value |= tail & 0x3FFFFFFFFFFFFFFF
    return UUID(int=value)
