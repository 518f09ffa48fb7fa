"""A case's id and the name of its log. The id is 128 random bits; who makes them is no matter here."""

from __future__ import annotations

import re

from everyangle.core.errors import BadInputError

_PREFIX = "everyangle/case/"
_ORIGIN = re.compile(_PREFIX + r"([0-9a-f]{32})")


def origin_of_case(case: str) -> str:
    """Return the name of a case's log: the first line of its checkpoints."""
    return _PREFIX + case


def case_of_origin(origin: str) -> str:
    """Return the id of the case that a log's name tells.

    Raises:
        BadInputError: ``checkpoint-malformed`` if it names no case.
    """
    match = _ORIGIN.fullmatch(origin)
    if not match:
        raise BadInputError("checkpoint-malformed", f"{origin[:80]!r} is not the name of a case's log.")
    return match[1]
