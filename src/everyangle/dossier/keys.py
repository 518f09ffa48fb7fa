"""Which keys a dossier may be sealed with: Ed25519 keys that bind a signature to its message. Signs nothing."""

from __future__ import annotations

import re

from everyangle.core.errors import BadInputError
from everyangle.record.notes import VerifyKey, parse_key

_NAME = re.compile(r"[!-*,-~]+")
"""Printable ASCII without '+': two names that look alike are alike."""

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_ORDER_8_Y = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8_Y, _P - _ORDER_8_Y})
"""Heights of the curve's eight points of small order; under such a key some signatures fit every message."""


def parse_case_key(text: str) -> VerifyKey:
    """Return the key that a vkey spells, if it is fit to seal a case.

    Raises:
        BadInputError: ``key-malformed``.
    """
    key = parse_key(text)
    if not _NAME.fullmatch(key.name) or not is_sound(key.public):
        raise BadInputError("key-malformed", f"{text[:120]!r} is not a usable key.")
    return key


def is_sound(public: bytes) -> bool:
    """Tell whether 32 bytes are the one spelling of a curve point that is not of small order (RFC 8032, 5.1.3)."""
    number = int.from_bytes(public, "little")
    y = number & (2**255 - 1)
    if len(public) != 32 or y >= _P or y in _SMALL_ORDER_Y:
        return False
    x_squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    return pow(x_squared, (_P - 1) // 2, _P) == 1
