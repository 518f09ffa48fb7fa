"""Joining a film that goes on: its head, then from a place at which a player can begin.

WebM and Matroska: clusters (RFC 8794, RFC 9559 section 5.1.3); MP4: movie fragments (ISO/IEC 14496-12, 8.8.4).
"""

from __future__ import annotations

_CLUSTER = bytes.fromhex("1f43b675")
_FRAGMENT = b"moof"
_SIZE_BYTES = 4
"""A box begins with its length, four bytes before its name."""


def join_at(first: bytes, rest: bytes) -> bytes | None:
    """Return what a player needs to begin late.

    Args:
        first: how the file begins: its head at least, and whatever follows.
        rest: a later part of the file, cut anywhere.

    Returns:
        The head of ``first`` and ``rest`` from its first cluster or fragment on; None where ``rest`` has none.
    """
    start = _begins(rest)
    return None if start is None else first[: _begins(first)] + rest[start:]


def _begins(data: bytes) -> int | None:
    """Return where the first cluster or fragment begins."""
    cluster = data.find(_CLUSTER)
    if cluster >= 0:
        return cluster
    fragment = data.find(_FRAGMENT)
    return fragment - _SIZE_BYTES if fragment >= _SIZE_BYTES else None
