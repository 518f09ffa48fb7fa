"""The Merkle tree of the log: hashes, proofs, and their verification (RFC 9162, section 2.1, with SHA-256).

Bytes and numbers only: neither files nor entries are known here. A :class:`Tree` keeps every complete subtree's hash,
so appending costs one hash on average and a proof needs no more than a few hundred lookups.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Hash: TypeAlias = bytes
"""SHA-256 as 32 bytes."""

HASH_BYTES = 32
EMPTY_ROOT: Hash = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> Hash:
    """Return the hash of a leaf: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[Hash]) -> Hash:
    """Return the root over leaf hashes (or over hashes of equal, complete subtrees)."""
    return Tree(hashes).root()


class Tree:
    """A Merkle tree that grows at its right edge.

    Args:
        leaves: leaf hashes to begin with.
    """

    def __init__(self, leaves: Iterable[Hash] = ()) -> None:
        # _levels[k][i] is the hash of leaves [i * 2^k, (i + 1) * 2^k), for every such subtree that is complete.
        self._levels: list[list[Hash]] = [[]]
        self.extend(leaves)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return len(self._levels[0])

    def append(self, leaf: Hash) -> None:
        """Add one leaf hash."""
        self._levels[0].append(leaf)
        level = 0
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            left, right = self._levels[level][-2:]
            level += 1
            self._levels[level].append(node_hash(left, right))

    def extend(self, leaves: Iterable[Hash]) -> None:
        """Add leaf hashes."""
        for leaf in leaves:
            self.append(leaf)

    def truncate(self, size: int) -> None:
        """Drop every leaf from ``size`` on.

        Raises:
            IndexError: if the tree is smaller than that.
        """
        self._check_range(0, size)
        for level, hashes in enumerate(self._levels):
            del hashes[size >> level :]

    def complete(self, level: int, index: int) -> Hash:
        """Return the hash of leaves ``[index * 2^level, (index + 1) * 2^level)``, a complete subtree.

        Raises:
            IndexError: if the tree does not hold all of these leaves.
        """
        if level < 0 or index < 0:
            raise IndexError(f"no subtree {level}/{index}")
        return self._levels[level][index]

    def root(self, size: int | None = None) -> Hash:
        """Return the root over the first ``size`` leaves (all of them by default).

        Raises:
            IndexError: if there are fewer leaves.
        """
        return self._range(0, self.size if size is None else size)

    def inclusion_proof(self, index: int, size: int | None = None) -> tuple[Hash, ...]:
        """Return the path from leaf ``index`` to the root of the first ``size`` leaves, lowest first (2.1.3.1).

        Raises:
            IndexError: unless ``0 <= index < size <= self.size``.
        """
        size = self.size if size is None else size
        self._check_range(0, size)
        if not 0 <= index < size:
            raise IndexError(f"no leaf {index} in a tree of {size}")
        path: list[Hash] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency_proof(self, old: int, new: int | None = None) -> tuple[Hash, ...]:
        """Return the proof that the first ``new`` leaves begin with the first ``old`` ones (2.1.4.1).

        Raises:
            IndexError: unless ``0 < old <= new <= self.size``.
        """
        new = self.size if new is None else new
        self._check_range(0, new)
        if not 0 < old <= new:
            raise IndexError(f"no proof from size {old} to {new}")
        path: list[Hash] = []
        low, high, known = 0, new, True
        while old != high:
            middle = low + _split(high - low)
            if old <= middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low, known = middle, False
        if not known:
            path.append(self._range(low, high))
        return tuple(reversed(path))

    def _range(self, low: int, high: int) -> Hash:
        # Hash of leaves [low, high); every subtree that RFC 9162 cuts out of a tree starts at a multiple of its span.
        self._check_range(low, high)
        if low == high:
            return EMPTY_ROOT
        parts: list[Hash] = []
        while low < high:
            level = (high - low).bit_length() - 1
            parts.append(self._levels[level][low >> level])
            low += 1 << level
        digest = parts.pop()
        while parts:
            digest = node_hash(parts.pop(), digest)
        return digest

    def _check_range(self, low: int, high: int) -> None:
        if not 0 <= low <= high <= self.size:
            raise IndexError(f"no leaves [{low}, {high}) in a tree of {self.size}")


def verify_inclusion(leaf: Hash, index: int, size: int, proof: Sequence[Hash], root: Hash) -> bool:
    """Tell whether a proof leads from leaf ``index`` to the root of ``size`` leaves (2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *proof)):
        return False
    position, last, digest = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            digest = node_hash(step, digest)
            while position & 1 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        position, last = position >> 1, last >> 1
    return last == 0 and digest == root


def verify_consistency(old: int, new: int, proof: Sequence[Hash], old_root: Hash, new_root: Hash) -> bool:
    """Tell whether a proof shows that the tree of ``new`` leaves begins with the tree of ``old`` ones (2.1.4.2)."""
    if not 0 < old <= new or not _are_hashes((old_root, new_root, *proof)):
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_digest = new_digest = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_digest, new_digest = node_hash(step, old_digest), node_hash(step, new_digest)
            while position & 1 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            new_digest = node_hash(new_digest, step)
        position, last = position >> 1, last >> 1
    return last == 0 and old_digest == old_root and new_digest == new_root


def _split(size: int) -> int:
    # The largest power of two smaller than ``size`` (RFC 9162, section 2.1.1).
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
