# SPDX-License-Identifier: AGPL-3.0-or-later
"""Threshold and rounding: the same people give the same number in every table, for ever.

Counts below the threshold are withheld. Others are rounded to a multiple of five, up or down by a keyed hash of
who is counted. Since the direction depends on nothing else, asking again, another table or a later reprint gives no
second draw to average; since it goes up as often as the remainder says, sums stay right on average.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from goodoffices.core.errors import GoodOfficesError

THRESHOLD = 10
BASE = 5
KEY_BYTES = 32
DOMAIN = b"goodoffices-rounding-v1\n"


class BadRoundingKey(GoodOfficesError):
    """The rounding key isn't 32 bytes."""

    code = "bad_rounding_key"


def published_value(members: Iterable[str], key: bytes) -> int | None:
    """Give what is published of a cell.

    Args:
        members: ids of the persons counted; order and repeats don't matter.
        key: 32 secret bytes, the same for every table and period; whoever has it can undo the rounding.

    Returns:
        A multiple of five, or None where the cell is withheld.

    Raises:
        BadRoundingKey: the key has another length.
    """
    if len(key) != KEY_BYTES:
        raise BadRoundingKey("The rounding key is exactly 32 bytes.", where={"bytes": len(key)})
    people = sorted(set(members))
    down, remainder = len(people) - len(people) % BASE, len(people) % BASE
    if len(people) < THRESHOLD:
        return None
    return down + BASE if remainder and _draw(people, key) < remainder else down


def possible_counts(value: int) -> tuple[int, int]:
    """Give the least and the most persons a published value can stand for."""
    return max(THRESHOLD, value - BASE + 1), value + BASE - 1


def percent(part: int | None, whole: int | None) -> int | None:
    """Give a share in whole per cent of two published values; None where either is withheld. Never of true counts."""
    if part is None or not whole:
        return None
    return min(100, round(100 * part / whole))


def _draw(people: list[str], key: bytes) -> int:
    """Draw 0 to 4 from who is counted. Ids are length-prefixed, so that no two sets run together."""
    digest = hmac.new(key, DOMAIN, hashlib.sha256)
    for one in people:
        data = one.encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    return int.from_bytes(digest.digest()[:16], "big") % BASE
