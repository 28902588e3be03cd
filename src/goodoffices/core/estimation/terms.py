# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hierarchical log-linear models: which dependences between lists a model allows, and how that is written.

A model always has a constant and one effect a list. Beyond these it holds sets of two or more lists; with a set
it holds every smaller set inside it. It is written by its largest sets, with positions from 1: "123,14"
holds 12, 13, 23, 123 and 14; "" holds none (independent lists).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

import numpy as np

from goodoffices.core.estimation.errors import BadSetting
from goodoffices.core.estimation.table import Bools, contains


@lru_cache(maxsize=32)
def columns(width: int, order: int) -> tuple[int, ...]:
    """Patterns that may be parameters, in a fixed order: constant, lists, pairs, triples ... up to ``order`` lists."""
    return tuple(
        sum(1 << i for i in members) for size in range(order + 1) for members in combinations(range(width), size)
    )


@lru_cache(maxsize=16)
def all_models(width: int, order: int) -> Bools:
    """Every hierarchical model up to an order, as rows of flags over ``columns(width, order)``.

    Order 2 gives 2 ** pairs models, order 3 gives 113 for four lists. The simplest model is the first row.
    """
    cols = columns(width, order)
    place = {pattern: index for index, pattern in enumerate(cols)}
    lists = 1 + width
    models = np.zeros((1, len(cols)), dtype=np.bool_)
    models[:, :lists] = True
    for pattern in cols[lists:]:
        inside = [place[pattern & ~(1 << i)] for i in range(width) if pattern >> i & 1]
        more = models[models[:, inside].all(axis=1)].copy()
        more[:, place[pattern]] = True
        models = np.concatenate([models, more])
    models = models[np.argsort(models.sum(axis=1), kind="stable")]
    models.setflags(write=False)
    return models


def count_models(width: int, order: int, most: int) -> int:
    """Count the hierarchical models up to an order; stops counting above ``most`` and gives ``most + 1``."""
    if order < 2:
        return 1
    pairs = width * (width - 1) // 2
    if 2**pairs > most:
        return most + 1
    if order < 3:
        return int(2**pairs)
    total = 0
    triples = [set(combinations(three, 2)) for three in combinations(range(width), 3)]
    every = list(combinations(range(width), 2))
    if order > 3:
        return len(all_models(width, order))
    for chosen in range(2**pairs):
        held = {pair for index, pair in enumerate(every) if chosen >> index & 1}
        total += 2 ** sum(triple <= held for triple in triples)
        if total > most:
            return most + 1
    return total


def write_terms(patterns: Iterable[int], width: int) -> str:
    """Write a model by its largest sets of two or more lists, sorted as text."""
    sets = [pattern for pattern in patterns if pattern.bit_count() > 1]
    largest = [one for one in sets if not any(one != other and one & other == one for other in sets)]
    return ",".join(sorted("".join(str(i + 1) for i in range(width) if one >> i & 1) for one in largest))


def read_terms(text: str, width: int) -> tuple[int, ...]:
    """Read written terms into all patterns the model holds, constant and lists included.

    Raises:
        BadSetting: a term that is no set of two or more of these lists, or the set of all of them.
    """
    held = {0, *(1 << i for i in range(width))}
    for term in filter(None, (part.strip() for part in text.split(","))):
        positions = {int(mark) - 1 for mark in term if mark in "123456789"}
        if len(positions) != len(term) or not all(0 <= one < width for one in positions) or len(term) < 2:
            raise BadSetting(
                f'"{term}" is no term of a model on {width} lists.',
                code="bad_terms",
                where={"field": "terms"},
                hint='Write positions of columns, for example --terms "12,13"; "" stands for independent lists.',
            )
        if len(term) == width:
            raise BadSetting(
                f'"{term}" holds all {width} lists: nothing would be left to estimate from.',
                code="saturated_terms",
                where={"field": "terms"},
                hint="Leave out the term that joins all lists.",
            )
        whole = sum(1 << one for one in positions)
        inside = contains(width)[:, whole]
        held |= {int(pattern) for pattern in np.flatnonzero(inside)}
    return tuple(sorted(held, key=lambda pattern: (pattern.bit_count(), pattern)))
