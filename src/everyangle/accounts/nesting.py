"""Nesting: statements in the content of others."""

from __future__ import annotations

from everyangle.accounts.found import Found
from everyangle.accounts.pieces import size


def nest(found: list[Found]) -> None:
    """Tell each statement the smallest content that its cue stands in."""
    for one in found:
        around = [other for other in found if other is not one and _holds(other, one.at) and not _holds(one, other.at)]
        one.within = min(around, key=lambda other: size(other.content), default=None)


def _holds(one: Found, at: int) -> bool:
    return any(start <= at < end for start, end in one.content)
