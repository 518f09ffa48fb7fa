"""Entries: the leaves of the log, as values and as their one sequence of bytes.

Encoding decodes what it wrote and compares, so no entry is ever written that a reader would refuse or read differently.
This module does not know the log, its order or its hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from everyangle.core.errors import BadInputError, LimitError
from everyangle.core.ids import Digest
from everyangle.core.time import Instant
from everyangle.record import canonical, schema
from everyangle.record.bodies import body_json, read_body
from everyangle.record.kinds import Body

FORMAT = "everyangle.entry/1"

MAX_BYTES = 65_535
"""Largest entry: its length stands in 16 bits before it (C2SP tlog-tiles, log entries)."""

NONCE_BYTES = 16
"""Random bytes in each entry, so that an entry that is not disclosed cannot be guessed from its leaf hash."""

PRIVATE_FIELDS: Mapping[str, frozenset[str]] = {
    "item-received": frozenset({"by", "from", "note", "source"}),
    "note-added": frozenset({"by", "note"}),
    "invitation-made": frozenset({"by", "label"}),
}
"""Private fields by kind; every other kind may have ``by`` alone."""

_FIELDS = ("body", "case", "format", "kind", "nonce", "private", "software", "time")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in a case.

    Attributes:
        case: id of the case, 32 hexadecimal digits.
        body: what was done.
        time: when, and by which clock.
        nonce: 32 hexadecimal digits of fresh randomness.
        software: name and version of what wrote it.
        private: commitments to private fields, by field (see ``commitments``).
    """

    case: str
    body: Body
    time: Instant
    nonce: str
    software: str
    private: Mapping[str, Digest] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Name of the kind of act."""
        return self.body.kind


def encode_entry(entry: Entry) -> bytes:
    """Return the bytes of an entry.

    Raises:
        BadInputError: ``entry-malformed`` if a value does not fit the format.
        LimitError: ``entry-too-large`` beyond 65,535 bytes.
    """
    value: canonical.Json = {
        "body": body_json(entry.body),
        "case": entry.case,
        "format": FORMAT,
        "kind": entry.kind,
        "nonce": entry.nonce,
        "private": dict(entry.private),
        "software": entry.software,
        "time": schema.instant_json(entry.time),
    }
    try:
        data = canonical.encode(value)
    except BadInputError as error:
        raise schema.malformed(error.what) from error
    if len(data) > MAX_BYTES:
        raise LimitError(
            "entry-too-large",
            f"The {entry.kind} entry would have {len(data):,} bytes; an entry has at most {MAX_BYTES:,}.",
            holds="Nothing was written.",
            todo="Shorten its texts, or add the long text as a file.",
        )
    if decode_entry(data) != entry:
        raise schema.malformed("it would not be read back as the same value")
    return data


def decode_entry(data: bytes) -> Entry:
    """Return the entry that some bytes spell.

    Raises:
        BadInputError: ``entry-malformed`` for bytes that are not canonical or do not fit the format exactly.
    """
    if len(data) > MAX_BYTES:
        raise schema.malformed(f"longer than {MAX_BYTES:,} bytes")
    try:
        value = canonical.decode(data)
    except BadInputError as error:
        raise schema.malformed(error.what) from error
    members = schema.fields(value, _FIELDS)
    if members["format"] != FORMAT:
        raise schema.malformed("an unknown format")
    kind = schema.text(members["kind"])
    return Entry(
        schema.identifier(members["case"]),
        read_body(kind, members["body"]),
        schema.instant(members["time"]),
        schema.identifier(members["nonce"]),
        schema.text(members["software"]),
        _read_private(kind, members["private"]),
    )


def private_fields(kind: str) -> frozenset[str]:
    """Return the private fields that an entry of a kind may have."""
    return PRIVATE_FIELDS.get(kind, frozenset({"by"}))


def _read_private(kind: str, value: canonical.Json) -> dict[str, Digest]:
    if not isinstance(value, Mapping):
        raise schema.malformed("an object is missing")
    unknown = set(value) - private_fields(kind)
    if unknown:
        raise schema.malformed(f"unknown private fields {sorted(unknown)}")
    return {name: schema.digest(commitment) for name, commitment in value.items()}
