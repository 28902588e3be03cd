# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spread a pure function over chunks on several processes; results come back in order."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.pool import Pool
from typing import TypeVar

Part = TypeVar("Part")
Answer = TypeVar("Answer")

# A forked child finds the function and the parts here: they need not be pickled.
_shared: dict[str, tuple[Callable[..., object], Sequence[object]]] = {}


def _run(task: tuple[str, int]) -> object:
    name, at = task
    function, parts = _shared[name]
    return function(parts[at])


def _pool(workers: int) -> Pool:
    """Fork the workers. Python 3.12 warns of forking beside threads; ours run pure code and take no lock."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return multiprocessing.get_context("fork").Pool(workers)


def spread(function: Callable[[Part], Answer], parts: Sequence[Part], workers: int) -> Iterator[Answer]:
    """Apply a function to each part, in order, on `workers` forked processes; in this one where that can't be.

    The function must be pure: the answer is the same with any number of workers.
    """
    if workers < 2 or len(parts) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(function, parts)
        return
    name = f"{function!r}-{id(parts)}"
    _shared[name] = (function, parts)
    try:
        with _pool(min(workers, len(parts))) as pool:
            yield from pool.imap(_run, [(name, at) for at in range(len(parts))])
    finally:
        del _shared[name]
