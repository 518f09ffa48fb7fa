"""What a process may hold at a time in each step of aligning, given its memory. Changes no answer."""

from __future__ import annotations

from everyangle.ports.work import Memory

_PROGRAM_BYTES = 352 << 20
"""The program, its libraries, and the coincidences of one tile of pairs."""
_LEAST_BYTES = 48 << 20
_HASH_BYTES = 48
"""What a hash takes in a cell, as a row and as a column, with what it is while it is laid out."""
_PIECE_BYTES = 850_000
"""The transforms of one piece of envelope."""


def most_hashes(memory: Memory) -> int:
    """Return how many landmark hashes the recordings on one side of a cell may have together."""
    return _free_bytes(memory) // _HASH_BYTES


def most_pieces(memory: Memory) -> int:
    """Return how many pieces of envelope may be held transformed."""
    return _free_bytes(memory) // 2 // _PIECE_BYTES


def _free_bytes(memory: Memory) -> int:
    return max(_LEAST_BYTES, memory.mib * (1 << 20) - _PROGRAM_BYTES)
