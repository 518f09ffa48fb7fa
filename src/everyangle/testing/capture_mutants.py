"""Chunks that nobody signed in their place, and a session to offer them to: what is kept of them, if anything."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric import ec

from everyangle.capture.begin import open_begin
from everyangle.capture.frames import HEAD_ONLY, Kind, parse_frame
from everyangle.capture.links import token_of
from everyangle.capture.seal import Sealer, Unsealer
from everyangle.capture.session import Kept, Passed, Session
from everyangle.core.errors import EveryAngleError
from everyangle.testing.capture_client import Phone, Signed

TOKEN = token_of(bytes(16))
SERVER = ec.generate_private_key(ec.SECP256R1())
MOST = 1 << 20


def session(phone: Phone, most: int = MOST) -> Session:
    """Return a session that has a phone's begin and no chunks."""
    opening = open_begin(phone.raw_begin, phone.begin_signature)
    return Session(opening, most, Unsealer(SERVER, phone.recording))


def recorded(phone: Phone, count: int = 12) -> list[Signed]:
    """Return chunks that a phone signed, some of them empty."""
    chunks = [phone.note(Kind.SEGMENT, mime="video/webm", why="start")]
    return chunks + [phone.chunk(bytes([n]) * (n * 5 % 37)) for n in range(count)]


def sealer(phone: Phone) -> Sealer:
    """Return what seals a phone's bodies to the server."""
    return Sealer(SERVER.public_key(), ec.generate_private_key(ec.SECP256R1()), phone.recording)


def kept(one: Session, data: bytes) -> Kept | None:
    """Return what a session keeps of some bytes, if anything; refused or passed by, its state is as before."""
    before = (one.heads, one.head, one.ended, one.bytes, dict(one.missing))
    try:
        found = one.take(parse_frame(data))
    except EveryAngleError:
        found = Passed.KNOWN
    if isinstance(found, Kept):
        return found
    assert (one.heads, one.head, one.ended, one.bytes, dict(one.missing)) == before
    return None


def is_true(found: Kept, chunk: Signed) -> bool:
    """Whether what was kept is what was signed."""
    return (found.raw_header, bytes(found.body)) == (chunk.raw_header, b"" if found.flags & HEAD_ONLY else chunk.body)


def flips(data: bytes) -> Iterator[bytes]:
    """Yield some bytes with each of their bits flipped in turn."""
    for at in range(len(data)):
        for bit in range(8):
            yield data[:at] + bytes((data[at] ^ 1 << bit,)) + data[at + 1 :]
