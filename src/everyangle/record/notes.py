"""Signed notes, verification keys and checkpoints (C2SP signed-note, tlog-checkpoint; Ed25519, RFC 8032).

A note is text with signatures; a checkpoint is a note whose text names a log, its size and its root. This module holds
no private key: who signs passes a function. Signatures by unknown keys (an outside witness's) are kept and not judged.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from everyangle.core.errors import BadInputError, IntegrityError
from everyangle.record.merkle import HASH_BYTES, Hash

ED25519 = b"\x01"
"""Signature type byte of Ed25519."""

MAX_NOTE_BYTES = 1 << 20
MAX_SIGNATURES = 100

_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A named public key.

    Attributes:
        name: non-empty, without spaces and without ``+``.
        public: Ed25519 public key, 32 bytes.
    """

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The key's short id of 4 bytes: a hint which key signed, not a proof."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as a C2SP vkey: name, id in hexadecimal, type and public key in Base64, joined by ``+``."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Tell whether this key made the signature over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def parse_key(text: str) -> VerifyKey:
    """Return the key that a vkey spells.

    Raises:
        BadInputError: ``key-malformed``.
    """
    name, _, rest = text.partition("+")
    digits, _, encoded = rest.partition("+")
    raw = _unbase64(encoded)
    if _NAME.fullmatch(name) and raw is not None and raw[:1] == ED25519 and len(raw) == 1 + 32:
        key = VerifyKey(name, raw[1:])
        if str(key) == text and digits == key.id.hex():
            return key
    raise BadInputError(
        "key-malformed",
        f"{text[:120]!r} is not a verification key.",
        todo="Give the key as `everyangle log` shows it in entry 0: name+8 hexadecimal digits+Base64.",
    )


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the signer's key name, key id (4 bytes) and signature."""

    name: str
    id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note that nobody has verified yet: its text (ending in a newline) and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def signed_by(self, key: VerifyKey) -> bool:
        """Tell whether the key signed, and every signature under its name and id is true."""
        claimed = [s for s in self.signatures if s.name == key.name and s.id == key.id]
        return bool(claimed) and all(key.verifies(s.signature, self.text.encode()) for s in claimed)


def sign_note(text: str, key: VerifyKey, sign: Callable[[bytes], bytes]) -> bytes:
    """Return a note with one signature.

    Args:
        text: ends in a newline.
        key: whose signature it is.
        sign: returns the Ed25519 signature of a message, 64 bytes.
    """
    encoded = base64.b64encode(key.id + sign(text.encode())).decode()
    return f"{text}\n{_DASH}{key.name} {encoded}\n".encode()


def parse_note(data: bytes) -> Note:
    """Return the note that some bytes spell, its signatures not verified.

    Raises:
        BadInputError: ``note-malformed``.
    """
    if len(data) > MAX_NOTE_BYTES:
        raise _malformed("larger than 1 MiB")
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise _malformed("not UTF-8") from error
    if any(character < " " and character != "\n" for character in whole):
        raise _malformed("a control character")
    head, blank, tail = whole.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise _malformed("no signatures")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise _malformed(f"more than {MAX_SIGNATURES} signatures")
    return Note(head + "\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    raw = _unbase64(encoded)
    if not line.startswith(_DASH) or not space or not _NAME.fullmatch(name) or raw is None or len(raw) < 5:
        raise _malformed("a signature line that is none")
    return Signature(name, raw[:4], raw[4:])


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's name, its size in entries, and the root of its Merkle tree."""

    origin: str
    size: int
    root: Hash

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint that a note's text spells.

    Extension lines are refused: a case's log writes none, and nobody could check them.

    Raises:
        BadInputError: ``checkpoint-malformed``.
    """
    lines = text.split("\n")
    root = _unbase64(lines[2]) if len(lines) == 4 else None
    if root is None or len(root) != HASH_BYTES or not lines[0] or not _SIZE.fullmatch(lines[1]) or lines[3]:
        raise BadInputError("checkpoint-malformed", "Not a checkpoint: it needs an origin, a size and a root.")
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(data: bytes, key: VerifyKey) -> Checkpoint:
    """Return the checkpoint in a note that ``key`` signed.

    Raises:
        BadInputError: ``note-malformed`` or ``checkpoint-malformed``.
        IntegrityError: ``signature-wrong`` if the key did not sign it.
    """
    note = parse_note(data)
    if not note.signed_by(key):
        raise IntegrityError("signature-wrong", f"The checkpoint is not signed by {key}.")
    return parse_checkpoint(note.text)


def _unbase64(text: str) -> bytes | None:
    # Only the one canonical spelling of RFC 4648, section 4.
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None


def _malformed(why: str) -> BadInputError:
    return BadInputError("note-malformed", f"Not a signed note: {why}.")
