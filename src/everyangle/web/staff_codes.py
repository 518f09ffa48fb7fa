"""One-time codes by which people let others in, or have them choose a new password. Of a code only its hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TypeVar

from everyangle.core.errors import RefusedError
from everyangle.ports.staff import Code, Joining, Purpose, Renewing
from everyangle.web.staff_secrets import key_of

CODE_S = 7 * 86_400

P = TypeVar("P", Joining, Renewing)

Codes = Mapping[str, Code]
"""Codes that were given out and not used, by key."""


def new_code() -> str:
    """Return a code that nobody can guess: 96 random bits."""
    return "-".join(secrets.token_hex(3) for _ in range(4))


def with_code(codes: Codes, code: str, purpose: Purpose, now_us: int) -> dict[str, Code]:
    """Return the codes with a new one, good for a week, and without those whose time is over.

    A new one for somebody's password takes the place of the one before it.
    """
    lasting = {
        key: one
        for key, one in codes.items()
        if one.until_us > now_us and not (isinstance(purpose, Renewing) and one.purpose == purpose)
    }
    made = Code(key_of(code), purpose, now_us + CODE_S * 1_000_000)
    return {**lasting, made.key: made}


def without_code(codes: Codes, code: str) -> dict[str, Code]:
    """Return the codes without one that was used."""
    return {key: one for key, one in codes.items() if key != _key(code)}


def look(codes: Codes, code: str, kind: type[P], now_us: int) -> P:
    """Return what a code of a kind is for.

    Raises:
        RefusedError: ``code-wrong``.
    """
    found = codes.get(_key(code))
    if found is None or not isinstance(found.purpose, kind) or found.until_us <= now_us:
        raise RefusedError(
            "code-wrong", "This code is not known here, or was used.", todo="Ask the owner for another one."
        )
    return found.purpose


def _key(code: str) -> str:
    return key_of(code.strip().lower())
