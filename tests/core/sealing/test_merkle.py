# SPDX-License-Identifier: AGPL-3.0-or-later
"""Merkle trees against published vectors and against RFC 6962's own recursive definitions."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.sealing import merkle
from goodoffices.core.sealing.merkle import BadTree, Frontier

SIZES = 300

# Published Certificate Transparency test vectors: inputs, roots of sizes 1 to 8, and proofs.
# Source: github.com/transparency-dev/merkle, proof/verify_test.go (Apache-2.0).
CT_INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    bytes.fromhex(text)
    for text in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
CT_INCLUSION = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CT_CONSISTENCY = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
    (6, 7): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
CT_LEAVES = [merkle.leaf_hash(data) for data in CT_INPUTS]

INPUTS = [f"entry {number}".encode() for number in range(SIZES)]
LEAVES = [merkle.leaf_hash(data) for data in INPUTS]


# The oracle: RFC 6962 section 2.1 written down as it stands there, recursive and slow, with its own hashing.
@cache
def mth(start: int, end: int) -> bytes:
    """Merkle Tree Hash of D[start:end]."""
    if end == start:
        return hashlib.sha256().digest()
    if end - start == 1:
        return hashlib.sha256(bytes([0]) + INPUTS[start]).digest()
    k = largest_power_below(end - start)
    return hashlib.sha256(bytes([1]) + mth(start, start + k) + mth(start + k, end)).digest()


def path(m: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[start:end])."""
    n = end - start
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, end)]
    return [*path(m - k, start + k, end), mth(start, start + k)]


def subproof(m: int, start: int, end: int, complete: bool) -> list[bytes]:
    """SUBPROOF(m, D[start:end], b); PROOF(m, D[n]) is SUBPROOF(m, D[n], true)."""
    n = end - start
    if m == n:
        return [] if complete else [mth(start, end)]
    k = largest_power_below(n)
    if m <= k:
        return [*subproof(m, start, start + k, complete), mth(start + k, end)]
    return [*subproof(m - k, start + k, end, False), mth(start, start + k)]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def test_published_roots() -> None:
    for size, root in enumerate(CT_ROOTS):
        assert merkle.root_of(CT_LEAVES[:size]) == root


@pytest.mark.parametrize(("index", "size"), CT_INCLUSION)
def test_published_inclusion_proofs(index: int, size: int) -> None:
    proof = tuple(bytes.fromhex(text) for text in CT_INCLUSION[index, size])
    assert merkle.inclusion_proof(CT_LEAVES[:size], index) == proof
    assert merkle.verify_inclusion(CT_LEAVES[index], index, size, proof, CT_ROOTS[size])


@pytest.mark.parametrize(("old", "size"), CT_CONSISTENCY)
def test_published_consistency_proofs(old: int, size: int) -> None:
    proof = tuple(bytes.fromhex(text) for text in CT_CONSISTENCY[old, size])
    assert merkle.consistency_proof(CT_LEAVES[:size], old) == proof
    assert merkle.verify_consistency(old, size, proof, CT_ROOTS[old], CT_ROOTS[size])


@pytest.mark.req("SEC-AL")
def test_roots_of_all_sizes_agree_with_the_definition() -> None:
    tree = Frontier()
    for size in range(SIZES + 1):
        assert tree.root() == mth(0, size)
        assert tree.size == size
        if size < SIZES:
            tree = tree.append(LEAVES[size])


@pytest.mark.req("SEC-AL")
def test_inclusion_proofs_of_all_sizes_agree_with_the_definition() -> None:
    for size in range(1, SIZES + 1):
        root = mth(0, size)
        # Every leaf of the small trees, then both ends, the splits and a stride of the large ones.
        split = largest_power_below(size)
        chosen = set(range(size)) if size <= 70 else {0, 1, split - 1, split, size - 1, *range(0, size, 41)}
        for index in chosen:
            proof = merkle.inclusion_proof(LEAVES[:size], index)
            assert list(proof) == path(index, 0, size)
            assert merkle.verify_inclusion(LEAVES[index], index, size, proof, root)


@pytest.mark.req("SEC-AL")
def test_consistency_proofs_of_all_sizes_agree_with_the_definition() -> None:
    for size in range(1, SIZES + 1):
        root = mth(0, size)
        split = largest_power_below(size)
        chosen = set(range(1, size + 1)) if size <= 70 else {1, split - 1, split, split + 1, size - 1, size}
        for old in chosen:
            proof = merkle.consistency_proof(LEAVES[:size], old)
            assert list(proof) == subproof(old, 0, size, True)
            assert merkle.verify_consistency(old, size, proof, mth(0, old), root)


def test_every_proof_verifies_at_every_position_up_to_300() -> None:
    for size in range(1, SIZES + 1):
        for index in range(0, size, 7):
            assert merkle.verify_inclusion(LEAVES[index], index, size, path(index, 0, size), mth(0, size))
        for old in range(1, size + 1, 7):
            proof = subproof(old, 0, size, True)
            assert merkle.verify_consistency(old, size, proof, mth(0, old), mth(0, size))


def wrong_proofs(proof: tuple[bytes, ...], root: bytes) -> list[tuple[bytes, ...]]:
    """Give the ways a proof may be bent: bits, length, order, empty or foreign members."""
    bent = [
        (*proof, b""),
        (*proof, root),
        (b"", *proof),
        (root, *proof),
        (*proof, merkle.EMPTY_ROOT),
        *((*proof[:at], bytes([one[0] ^ 8]) + one[1:], *proof[at + 1 :]) for at, one in enumerate(proof)),
        *((*proof[:at], one[:-1], *proof[at + 1 :]) for at, one in enumerate(proof)),
        *((*proof[:at], *proof[at + 1 :]) for at in range(len(proof))),
    ]
    return [one for one in bent if one != proof]


@given(st.integers(1, SIZES), st.data())
@pytest.mark.req("SEC-AL")
def test_a_bent_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = merkle.inclusion_proof(LEAVES[:size], index), mth(0, size)
    for bent in wrong_proofs(proof, root):
        assert not merkle.verify_inclusion(LEAVES[index], index, size, bent, root)
    for other in {index - 1, index + 1, index ^ 2, -1, size}:
        assert not merkle.verify_inclusion(LEAVES[index], other, size, proof, root)
    assert not merkle.verify_inclusion(LEAVES[index], index, size, proof, merkle.EMPTY_ROOT)
    assert not merkle.verify_inclusion(LEAVES[index][:-1], index, size, proof, root)
    assert not merkle.verify_inclusion(LEAVES[index], index, 0, proof, root)


@given(st.integers(2, SIZES), st.data())
@pytest.mark.req("SEC-AL")
def test_a_bent_consistency_proof_is_refused(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    proof, old_root, root = merkle.consistency_proof(LEAVES[:size], old), mth(0, old), mth(0, size)
    for bent in wrong_proofs(proof, root):
        assert not merkle.verify_consistency(old, size, bent, old_root, root)
    assert not merkle.verify_consistency(old, size, proof, root, old_root)
    assert not merkle.verify_consistency(old, size, proof, merkle.EMPTY_ROOT, root)
    assert not merkle.verify_consistency(old, size, (), old_root, root)
    assert not merkle.verify_consistency(size, old, proof, old_root, root)
    assert not merkle.verify_consistency(old - 1, size, proof, old_root, root)
    assert not merkle.verify_consistency(old + 1, size, proof, old_root, root)


def test_the_empty_tree_is_consistent_with_every_tree_by_an_empty_proof() -> None:
    assert merkle.verify_consistency(0, 0, (), merkle.EMPTY_ROOT, merkle.EMPTY_ROOT)
    assert merkle.verify_consistency(0, 5, (), merkle.EMPTY_ROOT, mth(0, 5))
    assert not merkle.verify_consistency(0, 5, (merkle.EMPTY_ROOT,), merkle.EMPTY_ROOT, mth(0, 5))
    assert not merkle.verify_consistency(0, 5, (), mth(0, 1), mth(0, 5))


@pytest.mark.req("SEC-AL")
def test_a_node_cannot_pass_for_a_leaf() -> None:
    left, right = LEAVES[0], LEAVES[1]
    inner = merkle.node_hash(left, right)
    root = mth(0, 4)
    # The classic forgery: claim two hashes, joined, as the data of a leaf in a tree half as large.
    forged = merkle.leaf_hash(left + right)
    assert forged != inner
    assert not merkle.verify_inclusion(forged, 0, 2, (merkle.node_hash(LEAVES[2], LEAVES[3]),), root)
    assert merkle.leaf_hash(b"\x01" + left + right) != merkle.node_hash(left, right)


def test_appending_touches_only_the_frontier() -> None:
    tree = merkle.frontier_of(LEAVES)
    assert len(tree.peaks) == SIZES.bit_count()
    assert Frontier(tree.size, tree.peaks).append(LEAVES[0]).root() != tree.root()
    assert tree.root() == mth(0, SIZES)


@pytest.mark.parametrize(
    ("size", "peaks"), [(1, ()), (2, (LEAVES[0], LEAVES[1])), (-1, ()), (1, (b"short",)), (0, (LEAVES[0],))]
)
def test_a_frontier_that_no_tree_has_is_refused(size: int, peaks: tuple[bytes, ...]) -> None:
    with pytest.raises(BadTree):
        Frontier(size, peaks)


def test_proofs_outside_the_tree_are_refused() -> None:
    for index in (-1, 3):
        with pytest.raises(BadTree):
            merkle.inclusion_proof(LEAVES[:3], index)
    for old in (0, 4):
        with pytest.raises(BadTree):
            merkle.consistency_proof(LEAVES[:3], old)
    with pytest.raises(BadTree):
        Frontier().append(b"short")
