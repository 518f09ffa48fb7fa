"""The outermost boxes of MP4 (ISO/IEC 14496-12, 4.2): where a fragmented file that was cut is still whole."""

from __future__ import annotations

import os
import struct

_MOST_BOXES = 1_000_000
_PLAIN, _LONG = 8, 16


def whole_until(descriptor: int) -> int | None:
    """Return where the whole part of an MP4 ends that breaks off in a fragment's header; None if it does not."""
    size, at, fragments = os.fstat(descriptor).st_size, 0, 0
    for _ in range(_MOST_BOXES):
        head = os.pread(descriptor, _LONG, at)
        if len(head) < _PLAIN:
            return at if fragments and head else None
        length, kind = struct.unpack(">I4s", head[:_PLAIN])
        if length == 1 and len(head) == _LONG:
            length = struct.unpack(">Q", head[_PLAIN:])[0]
        if at + length > size:
            return at if fragments and kind == b"moof" else None
        if length < _PLAIN:
            return None
        fragments += kind == b"moof"
        at += length
    return None
