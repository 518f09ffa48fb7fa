"""Reading a published timestamp strictly: what it is about, when it says that was, and that this much is unchanged.

Goes further than :mod:`everyangle.record.timestamps`, since a dossier may come from anyone: lengths must be minimal, as
in DER, the time in its one spelling, and the digest that the authority signed must be that of the content (RFC 5652,
section 5.4). The authority's signature over that digest, and its certificate, are left to ``openssl ts -verify``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from everyangle.core.errors import BadInputError
from everyangle.core.time import Instant

_INTEGER, _OCTETS, _OID, _TIME, _SEQUENCE, _SET, _EXPLICIT_0 = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31, 0xA0
_LONG_TAG = 0x1F

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2, RFC 5652
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")  # 1.2.840.113549.1.9.16.1.4, RFC 3161
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")  # 1.2.840.113549.1.9.3
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")  # 1.2.840.113549.1.9.4
_SHA256 = bytes.fromhex("608648016503040201")
_HASHES: Mapping[bytes, str] = {
    bytes.fromhex("2b0e03021a"): "sha1",
    _SHA256: "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}

_GENERALIZED_TIME = re.compile(rb"([0-9]{14})(?:\.([0-9]*[1-9]))?Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stamped_time(response: bytes, stamped: bytes) -> Instant:
    """Return when, by the authority's clock, the response says that ``stamped`` existed.

    Args:
        response: raw RFC 3161 response.
        stamped: the bytes that it must be about.

    Raises:
        BadInputError: ``stamp-malformed`` if it is no granted response in DER about the SHA-256 of these bytes, or its
            content is not what its authority signed the digest of.
    """
    status, token, *_ = _members(_only(response, _SEQUENCE), _SEQUENCE, _SEQUENCE)
    if _members(status, _INTEGER)[0] not in (b"\x00", b"\x01"):
        raise _malformed("the authority granted no timestamp")
    kind, wrapped, *_ = _members(token, _OID, _EXPLICIT_0)
    if kind != _SIGNED_DATA:
        raise _malformed("no signed data")
    signed_data = _only(wrapped, _SEQUENCE)
    content_kind, content, *_ = _members(_members(signed_data, _INTEGER, _SET, _SEQUENCE)[2], _OID, _EXPLICIT_0)
    if content_kind != _TST_INFO:
        raise _malformed("no timestamp inside")
    info = _only(content, _OCTETS)
    _check_signed_digest(signed_data, info)
    return _read_info(info, stamped)


def _check_signed_digest(signed_data: bytes, info: bytes) -> None:
    tag, signers = list(_values(signed_data))[-1]
    if tag != _SET:
        raise _malformed("no signer")
    _, _, algorithm, attributes, *_ = _members(_only(signers, _SEQUENCE), _INTEGER, _SEQUENCE, _SEQUENCE, _EXPLICIT_0)
    name = _HASHES.get(_members(algorithm, _OID)[0])
    signed: dict[bytes, bytes] = {}
    for _, attribute in _values(attributes):
        attribute_kind, values, *_ = _members(attribute, _OID, _SET)
        if attribute_kind in signed:
            raise _malformed("a signed attribute stands twice")
        signed[attribute_kind] = values
    if name is None or not {_CONTENT_TYPE, _MESSAGE_DIGEST} <= signed.keys():
        raise _malformed("no signed digest")
    if _only(signed[_CONTENT_TYPE], _OID) != _TST_INFO:
        raise _malformed("something else is signed")
    if _only(signed[_MESSAGE_DIGEST], _OCTETS) != hashlib.new(name, info, usedforsecurity=False).digest():
        raise _malformed("its content was changed after it was signed")


def _read_info(info: bytes, stamped: bytes) -> Instant:
    members = _members(_only(info, _SEQUENCE), _INTEGER, _OID, _SEQUENCE, _INTEGER, _TIME)
    version, _, imprint, _, time, *_ = members
    if version != b"\x01":
        raise _malformed("an unknown version")
    algorithm, digest, *_ = _members(imprint, _SEQUENCE, _OCTETS)
    if _members(algorithm, _OID)[0] != _SHA256:
        raise _malformed("not about a SHA-256")
    if digest != hashlib.sha256(stamped).digest():
        raise _malformed("about something else than this checkpoint")
    return _read_time(time)


def _read_time(data: bytes) -> Instant:
    match = _GENERALIZED_TIME.fullmatch(data)
    if match is None:
        raise _malformed("an unreadable time")
    digits = match[1].decode("ascii")
    try:
        moment = datetime.strptime(digits + "+0000", "%Y%m%d%H%M%S%z")
    except ValueError as error:
        raise _malformed("an unreadable time") from error
    if moment.strftime("%m%d%H%M%S") != digits[4:]:
        raise _malformed("an unreadable time")
    fraction = int(((match[2] or b"") + b"000000")[:6])
    return Instant((moment - _EPOCH) // timedelta(microseconds=1) + fraction, "stated")


def _only(data: bytes, tag: int) -> bytes:
    values = list(_values(data))
    if len(values) != 1 or values[0][0] != tag:
        raise _malformed("not the structure of a timestamp")
    return values[0][1]


def _members(data: bytes, *tags: int) -> list[bytes]:
    values = list(_values(data))
    if [tag for tag, _ in values[: len(tags)]] != list(tags):
        raise _malformed("not the structure of a timestamp")
    return [content for _, content in values]


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        if len(data) - at < 2 or data[at] & _LONG_TAG == _LONG_TAG:
            raise _malformed("not DER")
        start, size = _extent(data, at + 1)
        if start + size > len(data):
            raise _malformed("cut short")
        yield data[at], data[start : start + size]
        at = start + size


def _extent(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first < 0x80:
        return at + 1, first
    raw = data[at + 1 : at + 1 + (first & 0x7F)]
    size = int.from_bytes(raw, "big")
    # DER (X.690, 10.1): the fewest bytes that hold the length.
    if not 1 <= first & 0x7F <= 4 or len(raw) != first & 0x7F or raw[0] == 0 or size < 0x80:
        raise _malformed("a length that is not DER")
    return at + 1 + len(raw), size


def _malformed(why: str) -> BadInputError:
    return BadInputError("stamp-malformed", f"Not a timestamp for this: {why}.")
