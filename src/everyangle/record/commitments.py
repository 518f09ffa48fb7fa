"""Commitments to private fields, and the openings that disclose them.

An entry holds only the commitment; the opening lies beside the log and may be withheld, or lawfully erased, without
breaking it. The salt is 256 random bits, so that a value cannot be guessed from its commitment. Makes no randomness.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.record import canonical, schema

FORMAT = "everyangle.opening/1"
DOMAIN = b"everyangle.commitment/1\x00"
SALT_BYTES = 32

Value = str | Name
"""A private value: a text, or a name with its exact bytes."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What discloses one private field: the field's name, its value, and the salt of 32 bytes."""

    field: str
    value: Value
    salt: bytes


def commitment_of(opening: Opening) -> Digest:
    """Return the commitment that an opening opens.

    Raises:
        BadInputError: ``opening-malformed`` if the salt has another length or the value no canonical spelling.
    """
    if len(opening.salt) != SALT_BYTES:
        raise _malformed(f"a salt of {len(opening.salt)} bytes instead of {SALT_BYTES}")
    try:
        content = canonical.encode({"field": opening.field, "value": value_json(opening.value)})
    except BadInputError as error:
        raise _malformed(error.what) from error
    return Digest(hashlib.sha256(DOMAIN + opening.salt + content).hexdigest())


def opens(opening: Opening, field: str, commitment: Digest) -> bool:
    """Tell whether an opening discloses this field of an entry truly."""
    return opening.field == field and commitment_of(opening) == commitment


def disclosed(data: bytes | None, field: str, commitment: Digest) -> Value | None:
    """Return the value that an opening's file discloses of a field, or None if it is withheld or false."""
    if data is None:
        return None
    try:
        opening = decode_opening(data)
        return opening.value if opens(opening, field, commitment) else None
    except BadInputError:
        return None


def encode_opening(opening: Opening) -> bytes:
    """Return the bytes of an opening's file."""
    return canonical.encode(
        {
            "field": opening.field,
            "format": FORMAT,
            "salt": opening.salt.hex(),
            "value": value_json(opening.value),
        }
    )


def decode_opening(data: bytes) -> Opening:
    """Return the opening that a file's bytes spell.

    Raises:
        BadInputError: ``opening-malformed`` for anything but the exact bytes of an opening.
    """
    try:
        members = schema.fields(canonical.decode(data), ("field", "format", "salt", "value"))
        if members["format"] != FORMAT:
            raise _malformed("an unknown format")
        salt = bytes.fromhex(schema.digest(members["salt"]))
        return Opening(schema.text(members["field"]), read_value(members["value"]), salt)
    except BadInputError as error:
        if error.code == "opening-malformed":
            raise
        raise _malformed(error.what) from error


def value_json(value: Value) -> canonical.Json:
    """Return the JSON value of a private value: a string, or a name's object."""
    return schema.name_json(value) if isinstance(value, Name) else value


def read_value(value: canonical.Json) -> Value:
    """Return the private value that a JSON value spells.

    Raises:
        BadInputError: ``entry-malformed`` if it is neither a string nor a name.
    """
    return value if isinstance(value, str) else schema.name(value)


def _malformed(why: str) -> BadInputError:
    return BadInputError("opening-malformed", f"Not an opening of a private field: {why}.")
