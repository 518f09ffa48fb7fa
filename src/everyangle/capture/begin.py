"""The begin of a recording: what the phone signs before its first chunk.

Format: docs/formats/capture.md, "Recording". Canonical JSON, so that it has one spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from everyangle.capture.chain import DeviceKey, base64url, first_head, from_base64url
from everyangle.capture.refusals import forged, malformed
from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.record import canonical, schema

FORMAT = "everyangle.capture/1"
MAX_BEGIN_BYTES = 4096
ID_BYTES = 16
_FIELDS = ("claim", "format", "key", "kind", "link", "name", "recording", "sha256", "size", "started_us")


class Source(StrEnum):
    """What a recording is made from: a camera as it films, or a file that is on the phone."""

    LIVE = "live"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Begin:
    """What ``begin`` says.

    Attributes:
        recording: 16 random bytes.
        link: SHA-256 of the link's token.
        key: the phone's public key as SPKI.
        source: live or a file.
        started_us: the phone's clock, microseconds since 1970.
        claim: SHA-256 of a secret that the witness keeps, or None.
        name: of the file, or None.
        size: of the file in bytes, or None.
        sha256: of the file, or None.
    """

    recording: bytes
    link: Digest
    key: bytes
    source: Source
    started_us: int
    claim: Digest | None = None
    name: str | None = None
    size: int | None = None
    sha256: Digest | None = None

    @property
    def id(self) -> str:
        """The recording's id as 32 hexadecimal digits: how the log and file names write it."""
        return self.recording.hex()

    def encode(self) -> bytes:
        """Return the canonical bytes."""
        return canonical.encode(
            {
                "claim": self.claim,
                "format": FORMAT,
                "key": base64url(self.key),
                "kind": self.source.value,
                "link": self.link,
                "name": self.name,
                "recording": base64url(self.recording),
                "sha256": self.sha256,
                "size": self.size,
                "started_us": self.started_us,
            }
        )


def parse_begin(data: bytes) -> Begin:
    """Return what canonical bytes say.

    Raises:
        BadInputError: ``begin-malformed``; ``protocol-unknown`` for another format.
    """
    if len(data) > MAX_BEGIN_BYTES:
        raise malformed("begin-malformed", f"The begin has more than {MAX_BEGIN_BYTES:,} bytes.")
    try:
        value = canonical.decode(data)
        if isinstance(value, dict) and value.get("format") != FORMAT:
            raise malformed("protocol-unknown", "The recording is of another protocol, or another version of it.")
        found = _read(schema.fields(value, _FIELDS))
    except BadInputError as error:
        if error.code in ("protocol-unknown", "key-malformed"):
            raise
        raise malformed("begin-malformed", f"The begin cannot be used: {error.what}") from error
    return found


def _read(b: Mapping[str, canonical.Json]) -> Begin:
    kind = schema.text(b["kind"])
    if kind not in {each.value for each in Source}:
        raise schema.malformed("an unknown kind of recording")
    begin = Begin(
        recording=from_base64url(schema.text(b["recording"])),
        link=schema.digest(b["link"]),
        key=from_base64url(schema.text(b["key"])),
        source=Source(kind),
        started_us=schema.integer(b["started_us"]),
        claim=schema.optional(schema.digest, b["claim"]),
        name=schema.optional(schema.text, b["name"]),
        size=schema.optional(schema.count, b["size"]),
        sha256=schema.optional(schema.digest, b["sha256"]),
    )
    of_file = (begin.name, begin.size, begin.sha256)
    if len(begin.recording) != ID_BYTES:
        raise schema.malformed("a recording's id is not 16 bytes")
    if (begin.source is Source.FILE and None in of_file) or (begin.source is Source.LIVE and of_file != (None,) * 3):
        raise schema.malformed("a file has a name, a size and a SHA-256, a live recording has none")
    return begin


@dataclass(frozen=True, slots=True)
class Opening:
    """A begin whose signature was checked.

    Attributes:
        begin: what it says.
        raw: its bytes.
        signature: the phone's over head 0.
        key: the phone's.
        head: head 0.
    """

    begin: Begin
    raw: bytes
    signature: bytes
    key: DeviceKey
    head: bytes


def open_begin(raw: bytes, signature: bytes) -> Opening:
    """Return a begin that its own key signed.

    Raises:
        BadInputError: as :func:`parse_begin` raises it.
        IntegrityError: ``begin-forged``.
    """
    begin = parse_begin(raw)
    key, head = DeviceKey(begin.key), first_head(raw)
    if not key.signed(head, signature):
        raise forged("begin-forged", "The begin is not signed by the key that it names.")
    return Opening(begin, raw, signature, key, head)
