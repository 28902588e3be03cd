# SPDX-License-Identifier: AGPL-3.0-or-later
"""Salted commitments: a log can bind personal content without holding it.

Whoever has salt and content can prove what was written; whoever has only the commitment can't guess it, not
even a name from a short list, since the salt is 32 random bytes. Erase salt and content, and the commitment
says nothing.
"""

from __future__ import annotations

import hashlib
import hmac

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.canonical import canonical_bytes

SALT_BYTES = 32
DOMAIN = b"goodoffices-commitment-v1\n"


class BadSalt(GoodOfficesError):
    """The salt isn't 32 bytes."""

    code = "bad_salt"


def commit(content: object, salt: bytes) -> bytes:
    """Bind a JSON value: SHA-256 over the domain prefix, the salt and the canonical bytes.

    Args:
        content: any value :func:`canonical_bytes` takes.
        salt: 32 random bytes, used once; fixed length, so that salt and content can't run into each other.

    Returns:
        32 bytes.

    Raises:
        BadSalt: the salt has another length.
        NotCanonical: the content has no canonical form.
    """
    if len(salt) != SALT_BYTES:
        raise BadSalt("A commitment's salt is exactly 32 bytes.", where={"bytes": len(salt)})
    return hashlib.sha256(DOMAIN + salt + canonical_bytes(content)).digest()


def opens(commitment: bytes, content: object, salt: bytes) -> bool:
    """Say whether salt and content are those of the commitment."""
    return hmac.compare_digest(commitment, commit(content, salt))
