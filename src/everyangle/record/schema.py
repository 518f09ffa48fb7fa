"""Reading and writing the simple values that entries are made of, strictly. No knowledge of kinds.

A reader takes a decoded JSON value and returns a typed one, or refuses it; a writer does the reverse. The writers
refuse what the readers would, so that nothing is written that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, get_args

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest, parse_digest
from everyangle.core.items import Name
from everyangle.core.time import ClockSource, Instant
from everyangle.record.canonical import MAX_INTEGER, Json

T = TypeVar("T")

_CLOCKS: dict[str, ClockSource] = {clock: clock for clock in get_args(ClockSource)}
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_ID = re.compile(r"[0-9a-f]{32}")


def malformed(why: str) -> BadInputError:
    """Return the error for bytes or values that are no entry."""
    return BadInputError("entry-malformed", f"Not an entry of this log: {why}.")


def fields(value: Json, names: Sequence[str]) -> Mapping[str, Json]:
    """Return an object that has exactly these fields."""
    if not isinstance(value, Mapping):
        raise malformed("an object is missing")
    if set(value) != set(names):
        raise malformed(f"fields {sorted(value)} instead of {sorted(names)}")
    return value


def text(value: Json) -> str:
    """Return a string."""
    if not isinstance(value, str):
        raise malformed("a string is missing")
    return value


def integer(value: Json) -> int:
    """Return an integer within 2^53 - 1 (a boolean is none)."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MAX_INTEGER:
        raise malformed("an integer within 2^53 - 1 is missing")
    return value


def boolean(value: Json) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise malformed("true or false is missing")
    return value


def count(value: Json) -> int:
    """Return an integer from 0 on."""
    if integer(value) < 0:
        raise malformed("a number is negative")
    return integer(value)


def digest(value: Json) -> Digest:
    """Return a SHA-256 digest of 64 lower-case hexadecimal digits."""
    try:
        return parse_digest(text(value))
    except BadInputError as error:
        raise malformed("a SHA-256 digest is missing") from error


def identifier(value: Json) -> str:
    """Return 128 bits as 32 lower-case hexadecimal digits."""
    if not _ID.fullmatch(text(value)):
        raise malformed("32 hexadecimal digits are missing")
    return text(value)


def array(value: Json) -> Sequence[Json]:
    """Return an array."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise malformed("an array is missing")
    return value


def optional(read: Callable[[Json], T], value: Json) -> T | None:
    """Return what ``read`` makes of the value, or None for null."""
    return None if value is None else read(value)


def instant(value: Json) -> Instant:
    """Return a time: ``{"clock": …, "us": …}``."""
    members = fields(value, ("clock", "us"))
    clock = _CLOCKS.get(text(members["clock"]))
    if clock is None:
        raise malformed("an unknown kind of clock")
    return Instant(integer(members["us"]), clock)


def instant_json(value: Instant) -> Json:
    """Return the JSON value of a time."""
    return {"clock": value.clock, "us": value.us}


def name(value: Json) -> Name:
    """Return a name: ``{"hex": its bytes, "text": its display text}``, the text as the bytes demand."""
    members = fields(value, ("hex", "text"))
    digits = text(members["hex"])
    if not _HEX.fullmatch(digits):
        raise malformed("a name's bytes are not hexadecimal digits")
    result = Name(bytes.fromhex(digits))
    if members["text"] != result.display:
        raise malformed("a name's text is not what its bytes show")
    return result


def name_json(value: Name) -> Json:
    """Return the JSON value of a name."""
    return {"hex": value.raw.hex(), "text": value.display}
