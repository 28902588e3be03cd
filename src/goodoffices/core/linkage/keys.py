# SPDX-License-Identifier: AGPL-3.0-or-later
"""Script-blind keys: the same family of keys finds candidates in a batch and in a store.

A key is the first 64 bits of BLAKE2b over a family tag and folded parts, so it is the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from goodoffices.core.linkage.prepare import prepare
from goodoffices.core.linkage.record import Prepared, Reading, Record
from goodoffices.core.names.fold import fold, skeleton
from goodoffices.core.names.given import given_ids, near_given, patronymic_id
from goodoffices.core.names.levels import surname_stems

MAX_KEYS = 14


def key_of(*parts: str) -> int:
    """Hash parts to a signed 64-bit integer."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "little", signed=True)


@lru_cache(maxsize=200_000)
def _givens(given: str) -> tuple[str, ...]:
    """The canonical ids to look under: at most two, of the first given name; a typing error is mended."""
    first = given.split()[:1]
    if not first:
        return ()
    folded = fold(first[0])
    ids = given_ids(folded)
    if ids == (folded,):
        ids = near_given(folded)[:1] or ids
    return ids[:2]


def _tiers(prepared: Prepared) -> list[tuple[int, int]]:
    """All keys as (rank, key); a low rank is a rare, telling key."""
    found: list[tuple[int, int]] = []
    for reading in prepared.readings:
        found.extend(_reading_keys(prepared, reading))
    born = prepared.born
    if born and born.day:
        low, high = sorted((born.month, born.day))
        found.append((0, key_of("d", str(born.year), str(low), str(high))))
    return found


def _reading_keys(prepared: Prepared, reading: Reading) -> list[tuple[int, int]]:
    stems = surname_stems(reading.family)
    joined = "".join(stems)
    givens = _givens(reading.given)
    father = patronymic_id(fold(reading.patronymic)) if len(reading.patronymic) > 2 else ""
    born = prepared.born
    year = str(born.year) if born and not born.vague else ""
    town = prepared.residence.split("|")[0]
    found: list[tuple[int, int]] = []
    for given in givens:
        for part in stems[:2]:
            found.append((1, key_of("fg", *sorted((part, given)))))
        found.append((4, key_of("kg", skeleton(joined), given)))
        if len(joined) >= 5:
            found.append((6, key_of("ag", joined[:4], given)))
            found.append((6, key_of("zg", joined[-4:], given)))
        if year:
            found.append((5, key_of("ay", joined[:2], given, year)))
            if father:
                found.append((3, key_of("gpy", given, father, year)))
    if joined and year:
        found.append((2, key_of("fy", joined, year)))
    if joined and father:
        found.append((2, key_of("fp", joined, father)))
    if joined and town:
        found.append((3, key_of("ft", joined, town)))
    for part in stems[:2]:
        found.append((7, key_of("f", part)))
    return found


def ranked_keys(prepared: Prepared) -> tuple[int, ...]:
    """Give all keys of a record, the most telling first, no limit; for batch runs that bound each block."""
    return tuple(dict.fromkeys(key for _, key in sorted(_tiers(prepared))))


def posting_keys(prepared: Prepared) -> tuple[int, ...]:
    """Give at most fourteen keys to store a record under, the most telling first."""
    return ranked_keys(prepared)[:MAX_KEYS]


def query_keys(name: str, born: str | None = None) -> tuple[int, ...]:
    """Give the keys to look a name up under, the most telling first.

    Args:
        name: a name in any script and order.
        born: EDTF date of birth, if known.
    """
    return ranked_keys(prepare(Record(key="", source="", name=name, dob=born)))
