"""Merkle proofs in the verifier against the record's own tree: every proof of every small tree, and wrong ones."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyangle.record.merkle import Tree, verify_consistency, verify_inclusion

SIZE = 40
LEAVES = [bytes([i]) * 32 for i in range(SIZE)]
TREE = Tree(LEAVES)


def included(verifier: ModuleType, leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    try:
        return bool(verifier.root_of_inclusion(leaf, index, size, proof) == root)
    except verifier.DossierError:
        return False


def consistent(verifier: ModuleType, old: int, new: int, proof: list[bytes], roots: tuple[bytes, bytes]) -> bool:
    try:
        return bool(verifier.roots_of_consistency(old, new, proof, roots[0]) == roots)
    except verifier.DossierError:
        return False


def test_every_inclusion_proof_of_small_trees_holds(verifier: ModuleType) -> None:
    for size in range(1, SIZE + 1):
        for index in range(size):
            proof = list(TREE.inclusion_proof(index, size))
            assert included(verifier, LEAVES[index], index, size, proof, TREE.root(size))
            assert not included(verifier, LEAVES[index], index, size, [*proof, LEAVES[0]], TREE.root(size))
            assert not included(verifier, LEAVES[index - 1], index, size, proof, TREE.root(size)) or size == 1


def test_every_consistency_proof_of_small_trees_holds(verifier: ModuleType) -> None:
    for new in range(1, SIZE + 1):
        for old in range(1, new + 1):
            proof = list(TREE.consistency_proof(old, new))
            roots = TREE.root(old), TREE.root(new)
            assert consistent(verifier, old, new, proof, roots)
            assert not consistent(verifier, old, new, [*proof, LEAVES[0]], roots)
            assert not consistent(verifier, old, new, proof, (LEAVES[0] + b"", TREE.root(new))) or old == 1


@settings(deadline=None)
@given(data=st.data(), size=st.integers(1, SIZE), claimed=st.integers(1, SIZE + 2))
def test_both_sides_judge_a_misplaced_inclusion_proof_alike(
    verifier: ModuleType, data: st.DataObject, size: int, claimed: int
) -> None:
    index = data.draw(st.integers(0, size - 1))
    place = data.draw(st.integers(0, claimed - 1))
    proof = list(TREE.inclusion_proof(index, size))
    leaf, root = LEAVES[index], TREE.root(size)
    assert included(verifier, leaf, place, claimed, proof, root) == verify_inclusion(leaf, place, claimed, proof, root)


@settings(deadline=None)
@given(data=st.data(), new=st.integers(1, SIZE), claimed=st.integers(1, SIZE + 2))
def test_both_sides_judge_a_misplaced_consistency_proof_alike(
    verifier: ModuleType, data: st.DataObject, new: int, claimed: int
) -> None:
    old = data.draw(st.integers(1, new))
    place = data.draw(st.integers(1, claimed))
    proof = list(TREE.consistency_proof(old, new))
    roots = TREE.root(old), TREE.root(new)
    assert consistent(verifier, place, claimed, proof, roots) == verify_consistency(place, claimed, proof, *roots)


def test_a_tree_of_astronomical_size_is_judged_at_once(verifier: ModuleType) -> None:
    proof = [bytes(32)] * 53
    assert not included(verifier, bytes(32), 2**53 - 2, 2**53 - 1, proof, bytes(32))
    with pytest.raises(verifier.DossierError):
        verifier.roots_of_consistency(2**52 + 1, 2**53 - 1, proof[:5], bytes(32))
