# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recovery by any two officers together, and by neither alone.

For every pair of officers the member's secret is split in two by XOR with a random mask: one officer gets the mask,
the other the rest, each sealed to her own key. Five officers make ten pairs. To recover, two officers of one pair
open their halves and seal them on to the member's *new* keys; only she puts them together, so no officer ever sees
the secret. Source: SECURITY part 3.2 (a quorum without a secret-sharing library).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.envelope import CannotOpen, Place
from goodoffices.core.sealing.grants import open_from, seal_to
from goodoffices.core.sealing.userkeys import KeyBundle, PublicKeys

LEAST_OFFICERS = 2


class TooFewOfficers(GoodOfficesError):
    """Recovery by two needs two officers besides the member."""

    code = "too_few_officers"


@dataclass(frozen=True, slots=True)
class Half:
    """One officer's half of a pair's split, sealed to her."""

    officer: str
    other: str
    sealed: bytes


def split(secret: bytes, *, member: str, officers: Mapping[str, PublicKeys]) -> list[Half]:
    """Split a member's secret among every pair of officers; two halves a pair.

    Args:
        officers: those whose keys count for the member, herself left out.

    Raises:
        TooFewOfficers: fewer than two are left.
    """
    able = {person: keys for person, keys in sorted(officers.items()) if person != member}
    if len(able) < LEAST_OFFICERS:
        raise TooFewOfficers(
            "Two recovery officers besides the member are needed.",
            where={"officers": len(able)},
            hint="Name another officer, and have the member confirm the officer's fingerprint.",
        )
    halves = []
    for one, other in combinations(able, 2):
        mask = os.urandom(len(secret))
        rest = _xor(secret, mask)
        halves.append(Half(one, other, seal_to(able[one].receiving, mask, half_place(member, one, other))))
        halves.append(Half(other, one, seal_to(able[other].receiving, rest, half_place(member, other, one))))
    return halves


def hand_on(half: Half, bundle: KeyBundle, *, member: str, to: PublicKeys) -> bytes:
    """Open one's half and seal it to the member's new keys.

    Raises:
        CannotOpen: the half isn't this officer's, or was changed.
    """
    opened = open_from(bundle.receiving, half.sealed, half_place(member, half.officer, half.other))
    return seal_to(to.receiving, opened, handed_place(member, half.officer, half.other, to.fingerprint))


def put_together(one: tuple[Half, bytes], other: tuple[Half, bytes], bundle: KeyBundle, *, member: str) -> bytes:
    """Put two handed-on halves together, as the member with her new keys.

    Raises:
        CannotOpen: they aren't the two halves of one pair, were handed to other keys, or changed.
    """
    (first, first_sealed), (second, second_sealed) = one, other
    if first.officer != second.other or first.other != second.officer or first.officer == second.officer:
        raise CannotOpen("These are not the two halves of one pair of officers.")
    fingerprint = bundle.public.fingerprint
    halves = [
        open_from(bundle.receiving, sealed, handed_place(member, half.officer, half.other, fingerprint))
        for half, sealed in ((first, first_sealed), (second, second_sealed))
    ]
    if len(halves[0]) != len(halves[1]):
        raise CannotOpen("These are not the two halves of one secret.")
    return _xor(*halves)


def half_place(member: str, officer: str, other: str) -> Place:
    """Where an officer's half belongs."""
    return Place("recovery-half", member, f"{officer}:{other}", "recovery", 1)


def handed_place(member: str, officer: str, other: str, fingerprint: str) -> Place:
    """Where a handed-on half belongs: with the member's new keys, and no others."""
    return Place("recovery-handed", member, f"{officer}:{other}:{fingerprint}", "recovery", 1)


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
