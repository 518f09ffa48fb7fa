"""Secrets that only their bearers keep: what is stored of them, what follows from them, how they are compared."""

from __future__ import annotations

import hashlib
import hmac


def key_of(secret: str) -> str:
    """Return what is stored of a secret: its SHA-256, hexadecimal. For secrets that nobody can guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """Return what each form of a session must bring back. Whoever reads what is stored cannot make it."""
    return hmac.digest(token.encode(), b"everyangle form", "sha256").hex()


def same(a: str, b: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(a.encode(), b.encode())
