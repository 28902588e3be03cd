# SPDX-License-Identifier: AGPL-3.0-or-later
"""Merkle trees of RFC 6962: append, root, proofs of inclusion and of consistency.

Invariant: a leaf's hash and a node's hash never share a prefix byte, so neither can pass for the other. A
hash is 32 bytes, everywhere; anything else is refused before it is compared.

A tree of n leaves is kept as its *frontier*: the roots of the perfect subtrees that the binary digits of n
name, largest first. Appending and taking the root touch only those, at most 64.

Source: RFC 6962 section 2.1; verification as in RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goodoffices.core.errors import GoodOfficesError

HASH_BYTES = 32
LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


class BadTree(GoodOfficesError):
    """A frontier, an index or a size that no tree has."""

    code = "bad_tree"


def leaf_hash(data: bytes) -> bytes:
    """Hash the bytes of one entry."""
    return hashlib.sha256(LEAF_PREFIX + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree of ``size`` leaves: the roots of its perfect subtrees, largest first, one per 1-bit of size."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise BadTree(
                "The number of subtree roots doesn't fit the size of the tree.",
                where={"size": self.size, "peaks": len(self.peaks)},
            )
        if any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise BadTree("A subtree root isn't 32 bytes long.", where={"size": self.size})

    def append(self, leaf: bytes) -> Frontier:
        """Give the tree with one more leaf hash at its end, in O(log n)."""
        if len(leaf) != HASH_BYTES:
            raise BadTree("A leaf hash isn't 32 bytes long.", where={"size": self.size})
        peaks, carry = list(self.peaks), leaf
        # Adding one to the binary size carries through its trailing ones: each is a subtree to close.
        for _ in range((~self.size & (self.size + 1)).bit_length() - 1):
            carry = node_hash(peaks.pop(), carry)
        return Frontier(self.size + 1, (*peaks, carry))

    def root(self) -> bytes:
        """Give the root: the subtrees folded from the smallest up; the hash of nothing when empty."""
        if not self.peaks:
            return EMPTY_ROOT
        total = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            total = node_hash(peak, total)
        return total


def frontier_of(leaves: Iterable[bytes]) -> Frontier:
    """Build the frontier of a sequence of leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree = tree.append(leaf)
    return tree


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the root over a sequence of leaf hashes, level by level: an odd last one rises as it is."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        pairs = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Give the sibling hashes, lowest first, that lead from leaf ``index`` (from 0) to the root.

    Raises:
        BadTree: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise BadTree("There is no such leaf in the tree.", where={"index": index, "size": len(leaves)})
    path: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[start:middle]))
            start = middle
    return tuple(reversed(path))


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """Give the hashes that prove the first ``old_size`` leaves to be the old tree, unchanged.

    Raises:
        BadTree: the old tree is empty (nothing to prove) or larger than the new one.
    """
    if not 0 < old_size <= len(leaves):
        raise BadTree(
            "A consistency proof needs an old tree of at least one leaf, no larger than the new one.",
            where={"old_size": old_size, "size": len(leaves)},
        )
    path: list[bytes] = []
    start, end, known = 0, len(leaves), True
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[start:middle]))
            start, known = middle, False
    # The verifier has the old root: it needs the last subtree only when that isn't the whole old tree.
    if not known:
        path.append(root_of(leaves[start:end]))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the proof shows leaf hash ``leaf`` standing at ``index`` in the tree ``(size, root)``."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *proof)):
        return False
    here, last, total = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            total = node_hash(sibling, total)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            total = node_hash(total, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and total == root


def verify_consistency(old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Say whether the proof shows that tree ``(size, root)`` only adds to tree ``(old_size, old_root)``.

    The empty tree is consistent with every tree, by an empty proof.
    """
    if not 0 <= old_size <= size or not _are_hashes((old_root, root, *proof)):
        return False
    if old_size == size:
        return not proof and old_root == root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    # A whole power of two is one perfect subtree, and its root is the old root, which the proof leaves out.
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    if not path:
        return False
    here, last = old_size - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old_total = total = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old_total, total = node_hash(sibling, old_total), node_hash(sibling, total)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            total = node_hash(total, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and old_total == old_root and total == root


def _split(size: int) -> int:
    """Give the largest power of two smaller than ``size`` (> 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _are_hashes(hashes: Iterable[bytes]) -> bool:
    return all(len(one) == HASH_BYTES for one in hashes)
