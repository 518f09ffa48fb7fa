"""Reading a timestamp response: what it is about, and when it says that was (RFC 3161, section 2.4.2).

Reads just enough DER (X.690) to tell whether a response is about given bytes. Checks no signature and no certificate:
that is left to ``openssl ts -verify``, which every court's expert has. Refuses what it cannot read; guesses nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from everyangle.core.errors import BadInputError
from everyangle.core.time import Instant

_INTEGER, _OCTETS, _OID, _TIME, _SEQUENCE, _SET, _EXPLICIT_0 = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31, 0xA0

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2, RFC 5652
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")  # 1.2.840.113549.1.9.16.1.4, RFC 3161
_SHA256 = bytes.fromhex("608648016503040201")  # 2.16.840.1.101.3.4.2.1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GRANTED = (0, 1)


@dataclass(frozen=True, slots=True)
class Token:
    """What a timestamp says.

    Attributes:
        imprint: SHA-256 of the stamped bytes.
        time: when, by the authority's clock, to the fraction that it states.
        nonce: the number of the question that this answers, or None.
    """

    imprint: bytes
    time: Instant
    nonce: int | None

    def is_about(self, message: bytes) -> bool:
        """Tell whether the timestamp is about these bytes."""
        return hashlib.sha256(message).digest() == self.imprint


def read_response(data: bytes) -> Token:
    """Return what a response says.

    Raises:
        BadInputError: ``stamp-malformed`` if it is no granted response about a SHA-256 in DER.
    """
    response = _Reader(_only(data, _SEQUENCE))
    status = _Reader(response.take(_SEQUENCE))
    if int.from_bytes(status.take(_INTEGER), "big", signed=True) not in _GRANTED:
        raise _malformed("the authority granted no timestamp")
    content = _Reader(response.take(_SEQUENCE))
    if content.take(_OID) != _SIGNED_DATA:
        raise _malformed("no signed data")
    signed = _Reader(_only(content.take(_EXPLICIT_0), _SEQUENCE))
    signed.take(_INTEGER)
    signed.take(_SET)
    encapsulated = _Reader(signed.take(_SEQUENCE))
    if encapsulated.take(_OID) != _TST_INFO:
        raise _malformed("no timestamp inside")
    return _read_info(_only(_only(encapsulated.take(_EXPLICIT_0), _OCTETS), _SEQUENCE))


def _read_info(data: bytes) -> Token:
    info = _Reader(data)
    info.take(_INTEGER)
    info.take(_OID)
    imprint = _Reader(info.take(_SEQUENCE))
    if _Reader(imprint.take(_SEQUENCE)).take(_OID) != _SHA256:
        raise _malformed("not about a SHA-256")
    digest = imprint.take(_OCTETS)
    info.take(_INTEGER)
    time = _read_time(info.take(_TIME))
    info.skip(_SEQUENCE)  # accuracy
    info.skip(0x01)  # ordering
    nonce = info.skip(_INTEGER)
    return Token(digest, time, None if nonce is None else int.from_bytes(nonce, "big", signed=True))


def _read_time(data: bytes) -> Instant:
    text = data.decode("ascii", "replace")
    whole, _, fraction = text.removesuffix("Z").partition(".")
    try:
        moment = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        us = int((fraction + "000000")[:6])
    except ValueError as error:
        raise _malformed("an unreadable time") from error
    if not text.endswith("Z"):
        raise _malformed("a time that is not UTC")
    return Instant((moment - _EPOCH) // timedelta(microseconds=1) + us, "stated")


class _Reader:
    """Takes one DER value after the other from some bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def skip(self, tag: int) -> bytes | None:
        """Return the content of the next value if it has this tag, else None and stay."""
        if self._at < len(self._data) and self._data[self._at] == tag:
            return self.take(tag)
        return None

    def take(self, tag: int) -> bytes:
        """Return the content of the next value, which must have this tag."""
        if self._data[self._at : self._at + 1] != bytes((tag,)):
            raise _malformed("not the structure of a timestamp")
        length, start = self._length(self._at + 1)
        if start + length > len(self._data):
            raise _malformed("cut short")
        self._at = start + length
        return self._data[start : self._at]

    def _length(self, at: int) -> tuple[int, int]:
        first = self._data[at : at + 1]
        if not first:
            raise _malformed("cut short")
        if first[0] < 0x80:
            return first[0], at + 1
        count = first[0] & 0x7F
        raw = self._data[at + 1 : at + 1 + count]
        if not 1 <= count <= 4 or len(raw) != count:
            raise _malformed("an indefinite or oversized length")
        return int.from_bytes(raw, "big"), at + 1 + count

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._data)


def _only(data: bytes, tag: int) -> bytes:
    reader = _Reader(data)
    content = reader.take(tag)
    if not reader.ended:
        raise _malformed("something follows it")
    return content


def _malformed(why: str) -> BadInputError:
    return BadInputError("stamp-malformed", f"Not a timestamp response: {why}.")
