"""Pieces of a text as half-open ranges of words: joined, cut, trimmed."""

from __future__ import annotations

from collections.abc import Iterable

Pieces = tuple[tuple[int, int], ...]
"""Half-open ranges of word indices, in order, neither touching nor overlapping."""


def union(*many: Iterable[tuple[int, int]]) -> Pieces:
    """Return the pieces that cover all words of the given ones."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(piece for pieces in many for piece in pieces if piece[0] < piece[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def without(pieces: Pieces, cut: Iterable[tuple[int, int]]) -> Pieces:
    """Return the pieces less the words of others."""
    out = list(pieces)
    for a, b in cut:
        out = [
            (start, end)
            for s, e in out
            for start, end in ((s, min(e, a)), (max(s, b), e))
            if start < end and s <= start and end <= e
        ]
    return union(out)


def overlap(one: Pieces, other: Pieces) -> bool:
    """Whether two have a word in common."""
    return any(a < d and c < b for a, b in one for c, d in other)


def inside(inner: Pieces, outer: Pieces) -> bool:
    """Whether all words of one are words of the other."""
    return all(any(a <= s and e <= b for a, b in outer) for s, e in inner)


def size(pieces: Pieces) -> int:
    """Return the number of words."""
    return sum(b - a for a, b in pieces)
