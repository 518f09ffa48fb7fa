"""A phone in Python: speaks the capture protocol as docs/formats/capture.md tells it. For tests and benchmarks.

:class:`Phone` signs chunks; :class:`Line` carries them. A phone keeps every chunk until a receipt promises its body, as
a real one does, so that what it still holds after a loss says what the server owes.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from everyangle.capture.begin import Begin, Source
from everyangle.capture.chain import SIGN, base64url, first_head, from_base64url, next_head
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, SEALED, Header, Kind, frame_bytes
from everyangle.capture.links import link_of
from everyangle.capture.receipts import Receipt, open_receipt
from everyangle.capture.seal import Sealer
from everyangle.core.ids import Digest
from everyangle.record.notes import VerifyKey

_ECDSA = ec.ECDSA(hashes.SHA256())


@dataclass(frozen=True, slots=True)
class Signed:
    """A chunk that was signed: its header, its signature, its plain body, and the head that it makes."""

    header: Header
    raw_header: bytes
    signature: bytes
    body: bytes
    head: bytes

    def frame(self, flags: int = 0, sealer: Sealer | None = None) -> bytes:
        """Return the frame that carries it."""
        if flags & HEAD_ONLY:
            return frame_bytes(flags, self.raw_header, self.signature, b"")
        if sealer is None:
            return frame_bytes(flags, self.raw_header, self.signature, self.body)
        sealed = sealer.seal(self.header.sequence, self.raw_header, self.body)
        return frame_bytes(flags | SEALED, self.raw_header, self.signature, sealed)


@dataclass
class Phone:
    """What a phone knows: its key, its chain, and every chunk that no receipt covers yet.

    Attributes:
        token: of the link.
        source: a live recording or a file.
        name: of the file.
        content: the file's bytes, for size and SHA-256.
        recording: id, 16 bytes.
        held: chunks whose bodies are not promised to be kept, by sequence.
        receipt: the last one.
    """

    token: str
    source: Source = Source.LIVE
    name: str | None = None
    content: bytes | None = None
    recording: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    held: dict[int, Signed] = field(default_factory=dict)
    receipt: Receipt | None = None
    claim: str | None = None

    def __post_init__(self) -> None:
        """Sign the begin."""
        link = link_of(self.token) or Digest("0" * 64)
        content = self.content
        self.begin = Begin(
            self.recording,
            link,
            self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            self.source,
            int(time.time() * 1e6),
            claim=None if self.claim is None else Digest(hashlib.sha256(self.claim.encode()).hexdigest()),
            name=self.name,
            size=None if content is None else len(content),
            sha256=None if content is None else Digest(hashlib.sha256(content).hexdigest()),
        )
        self.raw_begin = self.begin.encode()
        self.heads, self.head = 0, first_head(self.raw_begin)
        self.begin_signature = self.sign(self.head)

    def sign(self, head: bytes) -> bytes:
        """Return the signature of a head, as WebCrypto writes it."""
        r, s = decode_dss_signature(self.key.sign(SIGN + head, _ECDSA))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def chunk(self, body: bytes, kind: Kind = Kind.MEDIA, stream: int = 0, segment: int = 0) -> Signed:
        """Sign the next chunk and hold it."""
        digest = hashlib.sha256(body).digest()
        header = Header(kind, stream, self.heads + 1, int(time.time() * 1e6), segment, len(body), digest)
        raw = header.encode()
        self.head = next_head(self.head, raw)
        self.heads += 1
        signed = Signed(header, raw, self.sign(self.head), body, self.head)
        self.held[self.heads] = signed
        return signed

    def note(self, kind: Kind, stream: int = 0, segment: int = 0, **value: Any) -> Signed:
        """Sign a chunk whose body is JSON."""
        return self.chunk(json.dumps(value).encode(), kind, stream, segment)

    def opening(self) -> dict[str, str]:
        """Return the message that opens the recording."""
        return {
            "type": "open",
            "token": self.token,
            "begin": base64url(self.raw_begin),
            "signature": base64url(self.begin_signature),
        }

    def take(self, text: str, signature: str, key: VerifyKey) -> Receipt:
        """Check a receipt, and let go of what it covers."""
        receipt = open_receipt(text, signature, key)
        if receipt is None or receipt.recording != self.recording:
            raise AssertionError("a receipt that the server did not sign for this recording")
        self.receipt = receipt
        self.held = {n: one for n, one in self.held.items() if not receipt.has_body(n)}
        return receipt


class Line:
    """A connection of a phone to a server.

    Args:
        url: ``wss://…`` or ``ws://…``, without a path.
        phone: what is carried.
        key: the server's receipt key.
        sealer: seals bodies, or None for plain ones.
        on_receipt: told of each receipt.
    """

    def __init__(
        self,
        url: str,
        phone: Phone,
        key: VerifyKey,
        sealer: Sealer | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
    ) -> None:
        self._url, self._phone, self._key, self._sealer = url, phone, key, sealer
        self._on_receipt = on_receipt
        self._changed = asyncio.Event()
        self.error: dict[str, Any] | None = None
        self.states: list[dict[str, Any]] = []
        self.times: list[dict[str, Any]] = []

    async def open(self, tls: ssl.SSLContext | None = None) -> dict[str, Any]:
        """Connect, open the recording, and return the state."""
        self._socket: ClientConnection = await connect(
            f"{self._url}/capture/1/live", max_size=1 << 20, compression=None, ssl=tls
        )
        await self.send_json(self._phone.opening())
        self._listening = asyncio.create_task(self._listen())
        await self.until(lambda: bool(self.states) or self.error is not None)
        if self.error is not None:
            raise RefusedByServerError(self.error)
        if not self.states:
            raise ConnectionResetError("the connection was lost before the recording was opened")
        return self.states[-1]

    async def send_json(self, message: dict[str, Any]) -> None:
        """Send a message."""
        await self._socket.send(json.dumps(message))

    async def send(self, chunk: Signed, flags: int = 0) -> None:
        """Send a chunk."""
        await self._socket.send(chunk.frame(flags, self._sealer))

    async def send_raw(self, frame: bytes) -> None:
        """Send any bytes."""
        await self._socket.send(frame)

    async def resume(self, state: dict[str, Any]) -> None:
        """Send everything that the state says is not durable."""
        missing = [range(a, b + 1) for a, b in state["missing"]]
        for sequence, chunk in sorted(self._phone.held.items()):
            if sequence >= state["next"]:
                await self.send(chunk)
            elif any(sequence in one for one in missing):
                await self.send(chunk, LATE_BODY)

    async def until(self, true: Callable[[], bool], timeout_s: float = 60.0) -> None:
        """Wait until something is true of what came; return at once when the connection is lost."""
        async with asyncio.timeout(timeout_s):
            while not true() and not self.closed:
                self._changed.clear()
                await self._changed.wait()

    async def settled(self, timeout_s: float = 60.0) -> None:
        """Wait until nothing is held any more."""
        await self.until(lambda: not self._phone.held or self.error is not None, timeout_s)

    def refusal(self) -> str:
        """Return the code of the error that the server told, or nothing."""
        return "" if self.error is None else str(self.error["code"])

    @property
    def closed(self) -> bool:
        """Whether the connection ended."""
        return self._listening.done()

    @property
    def close_code(self) -> int | None:
        """The code by which it was closed."""
        return self._socket.close_code

    async def close(self) -> None:
        """Close the connection."""
        await self._socket.close()
        await asyncio.gather(self._listening, return_exceptions=True)

    async def _listen(self) -> None:
        try:
            async for text in self._socket:
                self._take(json.loads(text))
                self._changed.set()
        except ConnectionClosed:
            pass
        finally:
            self._changed.set()
            asyncio.get_running_loop().call_soon(self._changed.set)

    def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "receipt":
                receipt = self._phone.take(message["receipt"], message["signature"], self._key)
                if self._on_receipt:
                    self._on_receipt(receipt)
            case "state":
                self.states.append(message)
            case "time":
                self.times.append(message)
            case "error":
                self.error = message


class RefusedByServerError(Exception):
    """The server refused; ``args[0]`` is what it said."""


def sealer_of(seal_key: str, recording: bytes) -> Sealer:
    """Return a sealer to the key that ``hello`` names."""
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(seal_key))
    return Sealer(public, ec.generate_private_key(ec.SECP256R1()), recording)


def posted(chunks: Sequence[Signed], flags: int = 0) -> bytes:
    """Return the body of a POST of frames."""
    frames = [chunk.frame(flags) for chunk in chunks]
    return b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
