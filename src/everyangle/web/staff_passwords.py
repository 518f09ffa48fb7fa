"""Passwords as argon2id hashes (RFC 9106): made, compared, and judged by their length. Keeps none."""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from everyangle.core.errors import BadInputError

SHORTEST, LONGEST = 12, 200
_AT_ONCE = 2
"""Passwords hashed at once: each takes 64 MiB."""


class Passwords:
    """Makes and compares hashes. May be used by several threads."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._hashing = threading.Semaphore(_AT_ONCE)
        # An unknown name takes as long as a wrong password.
        self.nobodys = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """Return a hash.

        Raises:
            BadInputError: ``password-short``, or it is too long.
        """
        check_password(password)
        with self._hashing:
            return self._hasher.hash(password)

    def fits(self, hashed: str, password: str) -> bool:
        """Whether a password is the one that was hashed; an empty hash takes as long, and none fits it."""
        if len(password) > LONGEST:
            return False
        try:
            with self._hashing:
                return self._hasher.verify(hashed or self.nobodys, password) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False


def check_password(password: str) -> None:
    """Refuse a password that is too short or too long.

    Raises:
        BadInputError: ``password-short``.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInputError(
            "password-short",
            f"A password has {SHORTEST} to {LONGEST} characters.",
            todo="Four words that you do not say every day make a good one.",
        )
