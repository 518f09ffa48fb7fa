"""The Merkle tree against published vectors and against the RFC written out naively."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.record.merkle import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from everyangle.testing.naive_tree import consistency_path, inclusion_path, tree_hash

# The eight leaves and roots of Certificate Transparency's reference tests.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
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
ROOTS = (
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
INCLUSIONS = {
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
}
CONSISTENCIES = {
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
}

SIZES = st.integers(1, 70)


def tree_of(size: int) -> tuple[Tree, list[bytes]]:
    entries = [b"entry %d" % number for number in range(size)]
    return Tree(map(leaf_hash, entries)), entries


def test_roots_are_the_published_ones() -> None:
    tree = Tree(map(leaf_hash, LEAVES))
    assert tuple(tree.root(size).hex() for size in range(9)) == ROOTS
    assert EMPTY_ROOT.hex() == ROOTS[0]


def test_the_naive_tree_agrees_with_the_published_roots() -> None:
    assert tuple(tree_hash(LEAVES[:size]).hex() for size in range(9)) == ROOTS


def test_proofs_are_the_published_ones() -> None:
    tree = Tree(map(leaf_hash, LEAVES))
    for (index, size), proof in INCLUSIONS.items():
        assert tuple(step.hex() for step in tree.inclusion_proof(index, size)) == proof
    for (old, new), proof in CONSISTENCIES.items():
        assert tuple(step.hex() for step in tree.consistency_proof(old, new)) == proof


def test_every_proof_of_every_small_tree_is_the_naive_one_and_verifies() -> None:
    tree, entries = tree_of(40)
    for size in range(1, 41):
        root = tree.root(size)
        assert root == tree_hash(entries[:size])
        for index in range(size):
            path = tree.inclusion_proof(index, size)
            assert list(path) == inclusion_path(index, entries[:size])
            assert verify_inclusion(leaf_hash(entries[index]), index, size, path, root)
        for old in range(1, size + 1):
            proof = tree.consistency_proof(old, size)
            assert list(proof) == consistency_path(old, entries[:size])
            assert verify_consistency(old, size, proof, tree.root(old), root)


@given(SIZES, st.data())
def test_a_changed_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    tree, entries = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    leaf, root, proof = leaf_hash(entries[index]), tree.root(), list(tree.inclusion_proof(index))
    other = leaf_hash(b"other")
    assert not verify_inclusion(other, index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, proof, other)
    assert not verify_inclusion(leaf, index, size, [*proof, other], root)
    wrong = data.draw(st.integers(0, size + 1).filter(lambda n: n != index))
    assert not verify_inclusion(leaf, wrong, size, proof, root)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_inclusion(leaf, index, size, proof[:-1], root)
        assert not verify_inclusion(leaf, index, size, [*proof[:place], other, *proof[place + 1 :]], root)
        assert not verify_inclusion(leaf, index, size, [*proof[:place], proof[place][:31], *proof[place + 1 :]], root)


@given(SIZES, st.data())
def test_a_changed_consistency_proof_is_refused(new: int, data: st.DataObject) -> None:
    tree, _ = tree_of(new)
    old = data.draw(st.integers(1, new))
    proof, old_root, new_root = list(tree.consistency_proof(old)), tree.root(old), tree.root()
    other = leaf_hash(b"other")
    assert not verify_consistency(old, new, proof, other, new_root)
    assert not verify_consistency(old, new, proof, old_root, other)
    assert not verify_consistency(old, new, [*proof, other], old_root, new_root)
    assert not verify_consistency(new + 1, new, proof, old_root, new_root)
    assert not verify_consistency(0, new, proof, old_root, new_root)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_consistency(old, new, proof[:-1], old_root, new_root)
        changed = [*proof[:place], other, *proof[place + 1 :]]
        assert not verify_consistency(old, new, changed, old_root, new_root)


def test_one_leaf_more_or_less_makes_another_root() -> None:
    tree, entries = tree_of(9)
    roots = [tree.root(size) for size in range(10)]
    assert len(set(roots)) == 10
    tree.truncate(6)
    assert tree.root() == roots[6]
    tree.extend(map(leaf_hash, entries[6:]))
    assert tree.root() == roots[9]


def test_leaves_and_nodes_cannot_be_taken_for_each_other() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right) == root_of([left, right])


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    tree, _ = tree_of(3)
    for ask in (
        lambda: tree.root(4),
        lambda: tree.inclusion_proof(3),
        lambda: tree.inclusion_proof(-1),
        lambda: tree.consistency_proof(0),
        lambda: tree.consistency_proof(4),
        lambda: tree.complete(1, 1),
        lambda: tree.truncate(4),
    ):
        with pytest.raises(IndexError):
            ask()
