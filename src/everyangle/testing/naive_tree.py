"""A Merkle tree written straight from RFC 9162, section 2.1: the oracle for the fast one. Slow, and meant to be.

Nothing here is shared with ``everyangle.record.merkle``; each function is its definition in the RFC, word for word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def tree_hash(entries: Sequence[bytes]) -> bytes:
    """Return MTH(D[n]) (section 2.1.1)."""
    n = len(entries)
    if n == 0:
        return hashlib.sha256(b"").digest()
    if n == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = largest_power_below(n)
    return hashlib.sha256(b"\x01" + tree_hash(entries[:k]) + tree_hash(entries[k:])).digest()


def inclusion_path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PATH(m, D[n]) (section 2.1.3.1)."""
    n = len(entries)
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*inclusion_path(m, entries[:k]), tree_hash(entries[k:])]
    return [*inclusion_path(m - k, entries[k:]), tree_hash(entries[:k])]


def consistency_path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PROOF(m, D[n]) (section 2.1.4.1)."""
    return _subproof(m, entries, known=True)


def _subproof(m: int, entries: Sequence[bytes], *, known: bool) -> list[bytes]:
    n = len(entries)
    if m == n:
        return [] if known else [tree_hash(entries)]
    k = largest_power_below(n)
    if m <= k:
        return [*_subproof(m, entries[:k], known=known), tree_hash(entries[k:])]
    return [*_subproof(m - k, entries[k:], known=False), tree_hash(entries[:k])]


def largest_power_below(n: int) -> int:
    """Return k, the largest power of two smaller than n: k < n <= 2k."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k
