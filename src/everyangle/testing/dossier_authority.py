"""A time-stamping authority for tests: real RFC 3161 responses that ``openssl ts -verify`` accepts, made in memory.

Its key and certificate are the same every time and worth nothing. It asks no clock: the caller says what time it is.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_INTEGER, _OCTETS, _OID, _TIME, _SEQUENCE, _SET, _CONTEXT_0 = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31, 0xA0

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
_SHA256 = "2.16.840.1.101.3.4.2.1"
_ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"
_POLICY = "2.999.1"


class TestAuthority:
    """Stamps whatever it is given, at whatever time it is told."""

    __test__ = False

    def __init__(self) -> None:
        self._key = ec.derive_private_key(20250503, ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Everyone's Test Authority")])
        self._certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(7)
            .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(self._key, hashes.SHA256(), ecdsa_deterministic=True)
        )

    @property
    def certificate_pem(self) -> bytes:
        """The certificate, for openssl's ``-CAfile``."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def stamp(self, message: bytes, when: datetime, serial: int = 1) -> bytes:
        """Return the response about the SHA-256 of ``message`` at ``when`` (UTC, whole seconds)."""
        info = self._info(message, when, serial)
        content = _tlv(_SEQUENCE, _oid(_TST_INFO), _tlv(_CONTEXT_0, _tlv(_OCTETS, info)))
        certificate = self._certificate.public_bytes(serialization.Encoding.DER)
        signed_data = _tlv(
            _SEQUENCE,
            _integer(3),
            _tlv(_SET, _tlv(_SEQUENCE, _oid(_SHA256))),
            content,
            _tlv(_CONTEXT_0, certificate),
            _tlv(_SET, self._signer(info, certificate)),
        )
        token = _tlv(_SEQUENCE, _oid(_SIGNED_DATA), _tlv(_CONTEXT_0, signed_data))
        return _tlv(_SEQUENCE, _tlv(_SEQUENCE, _integer(0)), token)

    @staticmethod
    def _info(message: bytes, when: datetime, serial: int) -> bytes:
        digest = hashlib.sha256(message).digest()
        return _tlv(
            _SEQUENCE,
            _integer(1),
            _oid(_POLICY),
            _tlv(_SEQUENCE, _tlv(_SEQUENCE, _oid(_SHA256)), _tlv(_OCTETS, digest)),
            _integer(serial),
            _tlv(_TIME, when.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode("ascii")),
        )

    def _signer(self, info: bytes, certificate: bytes) -> bytes:
        certificate_id = _tlv(_SEQUENCE, _tlv(_OCTETS, hashlib.sha256(certificate).digest()))
        attributes = b"".join(
            sorted(
                _tlv(_SEQUENCE, _oid(kind), _tlv(_SET, value))
                for kind, value in (
                    (_CONTENT_TYPE, _oid(_TST_INFO)),
                    (_MESSAGE_DIGEST, _tlv(_OCTETS, hashlib.sha256(info).digest())),
                    (_SIGNING_CERTIFICATE_V2, _tlv(_SEQUENCE, _tlv(_SEQUENCE, certificate_id))),
                )
            )
        )
        # RFC 5652, section 5.4: signed as a SET OF, stored under the tag [0].
        signature = self._key.sign(_tlv(_SET, attributes), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        issuer = self._certificate.issuer.public_bytes()
        return _tlv(
            _SEQUENCE,
            _integer(1),
            _tlv(_SEQUENCE, issuer, _integer(self._certificate.serial_number)),
            _tlv(_SEQUENCE, _oid(_SHA256)),
            _tlv(_CONTEXT_0, attributes),
            _tlv(_SEQUENCE, _oid(_ECDSA_WITH_SHA256)),
            _tlv(_OCTETS, signature),
        )


def _tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(raw))) + raw + content


def _integer(value: int) -> bytes:
    return _tlv(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _oid(dotted: str) -> bytes:
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return _tlv(_OID, *(_base_128(arc) for arc in (first * 40 + second, *rest)))


def _base_128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(0x80 | arc & 0x7F)
    return bytes(reversed(digits))
