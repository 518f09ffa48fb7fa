"""The chain: each chunk's head covers the head before it, and the recording's key signs each head.

Format: docs/formats/capture.md, "Recording". The signatures are ECDSA on P-256 with SHA-256 (FIPS 186-5), as WebCrypto
writes them: r and s, 32 bytes each. Where r and s verify, r and n - s do, too; both say the same of one head.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from everyangle.capture.frames import SIGNATURE_BYTES
from everyangle.capture.refusals import malformed

BEGIN = b"everyangle/capture/1 begin\n"
CHUNK = b"everyangle/capture/1 chunk\n"
SIGN = b"everyangle/capture/1 sign\n"

_ECDSA = ec.ECDSA(hashes.SHA256())


def first_head(begin: bytes) -> bytes:
    """Return head 0 of the recording that some canonical bytes begin."""
    return hashlib.sha256(BEGIN + begin).digest()


def next_head(head: bytes, raw_header: bytes) -> bytes:
    """Return the head after ``head`` of the chunk with this header."""
    return hashlib.sha256(CHUNK + head + raw_header).digest()


class DeviceKey:
    """A phone's public key.

    Args:
        spki: SubjectPublicKeyInfo in DER (RFC 5480), in its one spelling with an uncompressed point.

    Raises:
        BadInputError: ``key-malformed``.
    """

    def __init__(self, spki: bytes) -> None:
        try:
            key = load_der_public_key(spki)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise malformed("key-malformed", "The phone's key cannot be read.") from error
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise malformed("key-malformed", "The phone's key is not on the curve P-256.")
        if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != spki:
            raise malformed("key-malformed", "The phone's key is not in its usual spelling.")
        self._key = key
        self.spki = spki

    @property
    def digest(self) -> bytes:
        """SHA-256 of the SPKI: how the key is named."""
        return hashlib.sha256(self.spki).digest()

    def signed(self, head: bytes, signature: bytes) -> bool:
        """Tell whether this key signed a head."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        try:
            self._key.verify(encode_dss_signature(r, s), SIGN + head, _ECDSA)
        except InvalidSignature:
            return False
        return True


def base64url(data: bytes) -> str:
    """Return bytes as base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Return the bytes that base64url without padding spells, in its one correct spelling.

    Raises:
        BadInputError: ``base64-malformed``.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise malformed("base64-malformed", "Some text is not base64url.") from error
    if base64url(data) != text:
        raise malformed("base64-malformed", "Some text is not base64url in its one spelling.")
    return data
