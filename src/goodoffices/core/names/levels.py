# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far two parts of a name agree: the only definition of the levels, used by every door.

Each function is symmetric, takes parts as `NameReading` holds them (lower case, words parted by blanks) and
gives a position in its tuple of level names. 0 is always "missing": one side says nothing, which is never
held against anyone.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from goodoffices.core.names.fold import fold, plain, skeleton, stem
from goodoffices.core.names.given import given_ids, is_given, near_given, patronymic_id

SURNAME = ("missing", "same", "same_transliterated", "same_other_form", "one_part_same", "one_letter_off",
           "close", "loosely_alike", "different")  # fmt: skip
GIVEN = ("missing", "same", "same_transliterated", "equivalent", "one_part_same", "initial_same",
         "one_letter_off", "loosely_alike", "different")  # fmt: skip
PATRONYMIC = ("missing", "same", "same_father", "initial_same", "close", "different")

_PARTICLES = frozenset(("de", "la", "las", "los", "del", "da", "do", "dos", "van", "von", "der", "di", "y", "e"))


@lru_cache(maxsize=400_000)
def surname_stems(family: str) -> tuple[str, ...]:
    """Give the stems of a surname's words, particles left out unless nothing else remains."""
    found = [fold(word) for word in family.split() if word not in _PARTICLES]
    found = found or [fold(word) for word in family.split()]
    return tuple(stem(word) for word in found if word)


@lru_cache(maxsize=400_000)
def _folded(text: str) -> str:
    return " ".join(fold(word) for word in text.split())


def surname_level(left: str, right: str) -> int:
    """Compare two surnames (`SURNAME`)."""
    if not left or not right:
        return 0
    if left == right or plain(left) == plain(right):
        return 1
    if _folded(left) == _folded(right):
        return 2
    mine, theirs = surname_stems(left), surname_stems(right)
    joined, other = "".join(mine), "".join(theirs)
    if joined == other:
        return 3
    if (len(mine) > 1 or len(theirs) > 1) and any(len(word) > 2 and word in theirs for word in mine):
        return 4
    level = _spelling(joined, other)
    if level == 8 and (len(mine) > 1 or len(theirs) > 1):
        best = min(_spelling(a, b) for a in mine for b in theirs)
        return 6 if best == 5 else 8
    return level


def _spelling(left: str, right: str) -> int:
    distance = OSA.distance(left, right)
    shorter, longer = sorted((len(left), len(right)))
    if shorter >= 4 and (distance == 1 or (len(skeleton(left)) >= 3 and skeleton(left) == skeleton(right))):
        return 5
    if (distance <= 2 and shorter >= 6) or (distance == 1 and shorter == 3):
        return 6
    if distance <= 3 and shorter >= 8:
        return 6
    if 1 - distance / max(longer, 1) >= 0.6 or JaroWinkler.similarity(left, right) >= 0.88:
        return 7
    return 8


def given_level(left: str, right: str) -> int:
    """Compare two given names (`GIVEN`)."""
    if not left or not right:
        return 0
    if left == right or plain(left) == plain(right):
        return 1
    mine, theirs = left.split(), right.split()
    if len(mine) == 1 and len(theirs) == 1:
        return _one_given(left, right)
    return _several_given(mine, theirs)


@lru_cache(maxsize=400_000)
def _one_given(left: str, right: str) -> int:
    a, b = fold(left.replace("-", "")), fold(right.replace("-", ""))
    if not a or not b:
        return 0
    if len(a) == 1 or len(b) == 1 or len(left) <= 2 or len(right) <= 2:
        same = {name[0] for name in (a, *given_ids(a))} & {name[0] for name in (b, *given_ids(b))}
        return 5 if same else 8
    mine, theirs = given_ids(a), given_ids(b)
    if a == b or mine[0] == theirs[0]:
        return 2
    if set(mine) & set(theirs):
        return 3
    if is_given(a) and is_given(b):
        # Two names that both exist: Олексій and Олександр look alike and are two brothers.
        return 7 if OSA.distance(a, b) == 1 else 8
    if OSA.distance(a, b) <= (1 if min(len(a), len(b)) < 8 else 2) and min(len(a), len(b)) >= 4:
        return 6
    if set(near_given(a)) & set(theirs) or set(near_given(b)) & set(mine):
        return 6
    return 7 if JaroWinkler.similarity(a, b) >= 0.8 or OSA.normalized_similarity(a, b) >= 0.6 else 8


def _several_given(mine: list[str], theirs: list[str]) -> int:
    """Pair the words of several given names: all alike, some alike, or none."""
    if sorted(map(fold, mine)) == sorted(map(fold, theirs)):
        return 2
    levels = [min(_one_given(a, b) for b in theirs) for a in mine]
    back = [min(_one_given(a, b) for a in mine) for b in theirs]
    same_number = len(mine) == len(theirs)
    if same_number:
        return max(_rest_of_given(levels, True), _rest_of_given(back, True))
    return _rest_of_given(levels if len(mine) < len(theirs) else back, False)


def _rest_of_given(levels: list[int], same_number: bool) -> int:
    if all(level in (1, 2, 3) for level in levels):
        return 3 if same_number else 4
    if all(level in (1, 2, 3, 5) for level in levels):
        return 5
    if all(level in (1, 2, 3, 5, 6) for level in levels):
        return 6
    return 7 if any(level in (1, 2, 3) for level in levels) else 8


@lru_cache(maxsize=400_000)
def patronymic_level(left: str, right: str) -> int:
    """Compare two patronymics (`PATRONYMIC`)."""
    if not left or not right:
        return 0
    a, b = fold(left), fold(right)
    if a == b:
        return 1
    mine, theirs = patronymic_id(a), patronymic_id(b)
    if len(left) <= 2 or len(right) <= 2:
        return 3 if (mine or a)[:1] == (theirs or b)[:1] or a[:1] == b[:1] else 5
    if mine and mine == theirs:
        return 2
    distance = OSA.distance(a, b)
    return 4 if distance <= 2 or (mine and theirs and OSA.distance(mine, theirs) <= 1) else 5
