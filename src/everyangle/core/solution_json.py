"""A solution to JSON and back, every number exactly: for keeping it as a derived result.

The document for others, with names and rounded numbers, is made in ``alignment_json``.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.stated import Conflict, ConflictKind
from everyangle.core.time import ClockMap, Jump


def solution_json(solution: Solution) -> bytes:
    """Return UTF-8 JSON."""
    return json.dumps(asdict(solution), sort_keys=True).encode()


def solution_from_json(data: bytes) -> Solution:
    """Return what :func:`solution_json` wrote.

    Raises:
        ValueError, KeyError, TypeError: if the bytes are not that.
    """
    fields = json.loads(data)
    return Solution(
        tuple(_placement(one) for one in fields["placements"]),
        tuple(_alignment(one) for one in fields["alignments"]),
        tuple(_conflict(one) for one in fields["conflicts"]),
    )


def _placement(fields: dict[str, Any]) -> Placement:
    clock = fields.pop("clock")
    jumps = tuple(Jump(**jump) for jump in clock.pop("jumps"))
    return Placement(clock=ClockMap(jumps=jumps, **clock), **fields)


def _alignment(fields: dict[str, Any]) -> Alignment:
    verdict, offsets_s = Verdict(fields.pop("verdict")), tuple(fields.pop("offsets_s"))
    return Alignment(verdict=verdict, offsets_s=offsets_s, **fields)


def _conflict(fields: dict[str, Any]) -> Conflict:
    kind, pinned = ConflictKind(fields.pop("kind")), tuple(fields.pop("pinned"))
    return Conflict(kind=kind, pinned=pinned, **fields)
