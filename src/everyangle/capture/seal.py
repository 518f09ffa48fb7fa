"""Sealing: the phone's queue holds bodies that only the server can open. Makes no randomness.

Format: docs/formats/capture.md, "Frames". ECDH on P-256, HKDF-SHA-256 (RFC 5869), AES-256-GCM (NIST SP 800-38D).
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from everyangle.capture.refusals import forged

INFO = b"everyangle/capture/1 seal"
POINT_BYTES = 65


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _cipher(shared: bytes, recording: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=recording, info=INFO).derive(shared))


def _nonce(sequence: int) -> bytes:
    return bytes(4) + sequence.to_bytes(8, "big")


class Sealer:
    """Seals bodies of one recording from one opening of the page.

    Args:
        server: the server's sealing key.
        ephemeral: a fresh private key.
        recording: id, 16 bytes.
    """

    def __init__(
        self, server: ec.EllipticCurvePublicKey, ephemeral: ec.EllipticCurvePrivateKey, recording: bytes
    ) -> None:
        self._point = point_of(ephemeral.public_key())
        self._cipher = _cipher(ephemeral.exchange(ec.ECDH(), server), recording)

    def seal(self, sequence: int, raw_header: bytes, body: bytes) -> bytes:
        """Return the sealed payload."""
        return self._point + self._cipher.encrypt(_nonce(sequence), body, raw_header)


class Unsealer:
    """Opens sealed bodies of one recording; remembers the last few ephemeral keys, since one serves many chunks.

    Args:
        key: the server's private sealing key.
        recording: id, 16 bytes.
    """

    _REMEMBERED = 4

    def __init__(self, key: ec.EllipticCurvePrivateKey, recording: bytes) -> None:
        self._key = key
        self._recording = recording
        self._ciphers: dict[bytes, AESGCM] = {}

    def unseal(self, sequence: int, raw_header: bytes, payload: bytes | memoryview) -> bytes:
        """Return the plain body.

        Raises:
            IntegrityError: ``seal-broken``.
        """
        point, sealed = bytes(payload[:POINT_BYTES]), payload[POINT_BYTES:]
        cipher = self._ciphers.get(point)
        try:
            if cipher is None:
                public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
                cipher = _cipher(self._key.exchange(ec.ECDH(), public), self._recording)
                while len(self._ciphers) >= self._REMEMBERED:
                    self._ciphers.pop(next(iter(self._ciphers)))
                self._ciphers[point] = cipher
            return cipher.decrypt(_nonce(sequence), sealed, raw_header)
        except (InvalidTag, ValueError) as error:
            raise forged("seal-broken", "A sealed body cannot be opened: sealed to another key, or changed.") from error
