# SPDX-License-Identifier: AGPL-3.0-or-later
"""Canonical JSON: one value, one sequence of bytes (RFC 8785)."""

from __future__ import annotations

import rfc8785

from goodoffices.core.errors import GoodOfficesError


class NotCanonical(GoodOfficesError):
    """The value has no canonical JSON form."""

    code = "not_canonical"


def canonical_bytes(value: object) -> bytes:
    """Give the one UTF-8 form of a JSON value that every implementation of RFC 8785 gives.

    Args:
        value: dict with string keys, list, tuple, str, int, float, bool or None, nested as you like.

    Raises:
        NotCanonical: a number that is not finite, an integer beyond +-(2**53 - 1), a lone surrogate,
            a key that is no string, another type, or nesting too deep to walk.

    Source: RFC 8785, sections 3.2.2 and 3.2.3 (integers bound by I-JSON, RFC 7493 section 2.2).
    """
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except (ValueError, RecursionError) as error:
        # The library's own words may quote the value, which may be personal: keep only the kind of mistake.
        raise NotCanonical(
            "This value has no canonical JSON form.",
            where={"problem": type(error).__name__},
            hint="Give finite numbers, integers within 2^53, whole Unicode text and string keys.",
        ) from None
