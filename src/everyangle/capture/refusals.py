"""Refusals: why something that a phone sent is not taken. One place, so that each has one code and one wording."""

from __future__ import annotations

from everyangle.core.errors import BadInputError, ConflictError, IntegrityError, LimitError

HOLDS = "What was acknowledged before is kept."


def malformed(code: str, what: str) -> BadInputError:
    """Return the refusal of bytes that do not have the form of the protocol."""
    return BadInputError(code, what, holds=HOLDS, todo="Send it as docs/formats/capture.md says.")


def forged(code: str, what: str) -> IntegrityError:
    """Return the refusal of bytes that this recording's key did not sign, or that were changed on the way."""
    return IntegrityError(code, what, holds=HOLDS, todo="Connect anew and send it again.")


def conflict(code: str, what: str, todo: str) -> ConflictError:
    """Return the refusal of something that the recording's state does not allow."""
    return ConflictError(code, what, holds=HOLDS, todo=todo)


def too_large(code: str, what: str, todo: str) -> LimitError:
    """Return the refusal of something beyond a limit."""
    return LimitError(code, what, holds=HOLDS, todo=todo)
