"""Receipts: the server's signed promise that heads and bodies are durable.

Format: docs/formats/capture.md, "Over WebSocket", point 4. Ed25519 (RFC 8032).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from everyangle.capture.chain import base64url, from_base64url
from everyangle.core.errors import BadInputError
from everyangle.record import canonical, schema
from everyangle.record.notes import VerifyKey

FORMAT = "everyangle.receipt/1"
DOMAIN = b"everyangle/capture/1 receipt\n"

Range = tuple[int, int]
"""First and last sequence, both included."""

MAX_RANGES = 64
"""Most ranges of missing bodies that a state or receipt lists."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says.

    Attributes:
        recording: id, 16 bytes.
        heads: heads 1 to this are durable.
        head: the last of them, 32 bytes.
        missing: bodies that are not durable; all others of these heads are.
        time_us: the server's clock.
    """

    recording: bytes
    heads: int
    head: bytes
    missing: tuple[Range, ...]
    time_us: int

    def encode(self) -> bytes:
        """Return the canonical bytes that are signed."""
        return canonical.encode(
            {
                "format": FORMAT,
                "head": self.head.hex(),
                "heads": self.heads,
                "missing": self.missing,
                "recording": base64url(self.recording),
                "time_us": self.time_us,
            }
        )

    def has_body(self, sequence: int) -> bool:
        """Tell whether the receipt promises that a body is kept."""
        return sequence <= self.heads and not any(a <= sequence <= b for a, b in self.missing)


def sign_receipt(receipt: Receipt, sign: Callable[[bytes], bytes]) -> tuple[str, str]:
    """Return a receipt's text and its signature in base64url."""
    text = receipt.encode()
    return text.decode(), base64url(sign(DOMAIN + text))


def open_receipt(text: str, signature: str, key: VerifyKey) -> Receipt | None:
    """Return what a receipt says, or None if the key did not sign it or it is none."""
    try:
        if not key.verifies(from_base64url(signature), DOMAIN + text.encode()):
            return None
        b = schema.fields(
            canonical.decode(text.encode()), ("format", "head", "heads", "missing", "recording", "time_us")
        )
        pairs = [tuple(schema.count(end) for end in schema.array(pair)) for pair in schema.array(b["missing"])]
        return Receipt(
            from_base64url(schema.text(b["recording"])),
            schema.count(b["heads"]),
            bytes.fromhex(schema.digest(b["head"])),
            tuple((pair[0], pair[1]) for pair in pairs),
            schema.integer(b["time_us"]),
        )
    except (BadInputError, IndexError):
        return None


def ranges(sequences: Sequence[int]) -> tuple[Range, ...]:
    """Return ascending sequences as ranges; with more than :data:`MAX_RANGES` the first one covers what is too many.

    So a receipt may promise less than is kept, and never more. It is exact where news comes in: at the oldest missing
    body, which is the next of the bulk, and among the newest, where the small stream's bodies are.
    """
    found: list[Range] = []
    for sequence in sequences:
        if found and sequence == found[-1][1] + 1:
            found[-1] = (found[-1][0], sequence)
        else:
            found.append((sequence, sequence))
    if len(found) > MAX_RANGES:
        found[: 1 - MAX_RANGES] = [(found[0][0], found[-MAX_RANGES][1])]
    return tuple(found)
