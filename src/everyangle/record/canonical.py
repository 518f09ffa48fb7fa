"""Canonical JSON: one value, one sequence of bytes (RFC 8785, restricted to what the record needs).

The profile has null, booleans, integers within 2^53 - 1, strings without lone surrogates, arrays and objects. It has no
floats, no exponents and no minus zero. Decoding accepts only bytes that encode back to the very same bytes, so that a
signed or hashed value has exactly one spelling. This module knows nothing of entries or files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from everyangle.core.errors import BadInputError

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value of the profile. Tuples encode as arrays."""

MAX_INTEGER = 2**53 - 1
"""Largest magnitude of an integer: what every JSON reader holds exactly (RFC 8259, section 6)."""

MAX_DEPTH = 32
"""Deepest nesting of arrays and objects, so that no reader is driven into its recursion limit."""

_MAX_DIGITS = 17
"""Longest text of an integer of the profile, sign included; longer ones are refused before they are converted."""


def encode(value: Json) -> bytes:
    """Return the canonical bytes of a value.

    Raises:
        BadInputError: ``not-canonical`` for a value outside the profile.
    """
    return _text_of(value, MAX_DEPTH).encode("utf-8")


def decode(data: bytes) -> Json:
    """Return the value that canonical bytes spell: None, bool, int, str, list or dict.

    Raises:
        BadInputError: ``not-canonical`` if the bytes are not JSON, or are not its canonical spelling.
    """
    try:
        value: Json = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _refusal(f"not JSON in UTF-8 ({error})") from error
    except RecursionError as error:
        raise _refusal(f"nested deeper than {MAX_DEPTH}") from error
    if encode(value) != data:
        raise _refusal("not the canonical spelling of its value")
    return value


def _text_of(value: object, depth: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _integer_text(value)
    if isinstance(value, str):
        return _string_text(value)
    if depth == 0:
        raise _refusal(f"nested deeper than {MAX_DEPTH}")
    if isinstance(value, Mapping):
        return _object_text(value, depth)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_text_of(element, depth - 1) for element in value) + "]"
    raise _refusal(f"{type(value).__name__} is not a type of the profile")


def _object_text(value: Mapping[object, object], depth: int) -> str:
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        raise _refusal("an object's key is not a string")
    parts = [f"{_string_text(key)}:{_text_of(value[key], depth - 1)}" for key in sorted(keys, key=_utf16)]
    return "{" + ",".join(parts) + "}"


def _utf16(key: str) -> bytes:
    # RFC 8785, section 3.2.3: property names are sorted by their UTF-16 code units.
    try:
        return key.encode("utf-16-be")
    except UnicodeEncodeError as error:
        raise _refusal("a string holds a lone surrogate") from error


def _integer_text(value: int) -> str:
    if abs(value) > MAX_INTEGER:
        raise _refusal("an integer is beyond 2^53 - 1")
    return int.__repr__(value)


def _string_text(value: str) -> str:
    if not value.isascii():
        _utf16(value)
    # The escapes of RFC 8785, section 3.2.2.2, are those that Python writes when it keeps non-ASCII text.
    return json.dumps(value, ensure_ascii=False)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _refusal("a key is given twice")
    return value


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise _refusal("an integer is beyond 2^53 - 1")
    return int(text)


def _no_float(text: str) -> Json:
    raise _refusal(f"{text[:20]} is no integer")


def _refusal(why: str) -> BadInputError:
    return BadInputError("not-canonical", f"Not canonical JSON: {why}.")
