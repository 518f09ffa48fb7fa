"""Names of things: digests of bytes and the short forms that people read. Computes no digests itself."""

from __future__ import annotations

import re
from typing import NewType

from everyangle.core.errors import BadInputError

Digest = NewType("Digest", str)
"""SHA-256 of some bytes, as 64 lower-case hexadecimal digits."""

ItemId = Digest
"""An item is named by the digest of its original."""

SHORT_DIGITS = 10
"""How many digits of a digest are shown to people."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def parse_digest(text: str) -> Digest:
    """Return ``text`` as a digest.

    Raises:
        BadInputError: ``digest-malformed`` if it is not 64 lower-case hexadecimal digits.
    """
    if not _DIGEST.fullmatch(text):
        raise BadInputError(
            "digest-malformed",
            f"{text[:80]!r} is not a SHA-256 digest.",
            todo="Give 64 lower-case hexadecimal digits.",
        )
    return Digest(text)


def short(digest: Digest) -> str:
    """Return the first digits of a digest, for people."""
    return digest[:SHORT_DIGITS]
