# SPDX-License-Identifier: AGPL-3.0-or-later
"""Persons from pairs: best edge first, refusing what can't be one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edge that was not joined: rows and why (``list``, ``different``, ``weak``)."""

    left: int
    right: int
    why: str


class Clusters:
    """Groups of rows that grow by edges; keeps lists that name nobody twice and judgements apart."""

    def __init__(
        self, sources: Sequence[int], deduplicated: Sequence[int], different: Iterable[tuple[int, int]]
    ) -> None:
        self._parent = list(range(len(sources)))
        self._members: dict[int, list[int]] = {}
        self._lists: dict[int, frozenset[int]] = {}
        self._sources = sources
        self._once = deduplicated
        self._apart: dict[int, set[int]] = {}
        for a, b in different:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def root(self, row: int) -> int:
        """Give the row that stands for a group."""
        parent = self._parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def members(self, root: int) -> list[int]:
        """Give the rows of a group by its root."""
        return self._members.get(root) or [root]

    def _lists_of(self, root: int) -> frozenset[int]:
        found = self._lists.get(root)
        if found is None:
            source = self._sources[root]
            found = frozenset((source,)) if self._once[source] else frozenset()
        return found

    def refusal(self, a: int, b: int) -> str:
        """Say why two groups (by root) can't be one person; empty if they can."""
        if self._lists_of(a) & self._lists_of(b):
            return "list"
        if self._apart:
            theirs = set(self.members(b))
            if any(self._apart.get(row, set()) & theirs for row in self.members(a)):
                return "different"
        return ""

    def join(self, a: int, b: int) -> int:
        """Join two groups by root; the smaller row number stands for both."""
        keep, gone = (a, b) if a < b else (b, a)
        lists = self._lists_of(a) | self._lists_of(b)
        self._members[keep] = self.members(keep) + self.members(gone)
        self._members.pop(gone, None)
        self._lists[keep] = lists
        self._parent[gone] = keep
        return keep

    def roots(self) -> list[int]:
        """Give the root of every row."""
        return [self.root(row) for row in range(len(self._parent))]


def best_edge_first(
    clusters: Clusters,
    edges: Iterable[tuple[int, int]],
    supported: Callable[[list[int], list[int]], bool] | None = None,
) -> list[Refusal]:
    """Join along edges in the order given (the strongest first); return what was refused.

    Args:
        supported: asked before two groups join, at least one of which has two members: do enough of the
            pairs between them agree?
    """
    refused: list[Refusal] = []
    for left, right in edges:
        a, b = clusters.root(left), clusters.root(right)
        if a == b:
            continue
        why = clusters.refusal(a, b)
        if not why and supported is not None:
            mine, theirs = clusters.members(a), clusters.members(b)
            if len(mine) + len(theirs) > 2 and not supported(mine, theirs):
                why = "weak"
        if why:
            refused.append(Refusal(left, right, why))
        else:
            clusters.join(a, b)
    return refused
