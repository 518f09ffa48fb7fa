"""One-time codes by which people let others in, or have them choose a new password. In memory, hashed."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TypeVar

from everyangle.core.errors import RefusedError
from everyangle.ports.staff import Role
from everyangle.web.staff_secrets import key_of

CODE_S = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Joining:
    """The code makes an account with this role, for these cases or, with None, for all."""

    role: Role
    cases: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Renewing:
    """The code sets a new password for this account."""

    name: str


Purpose = Joining | Renewing

P = TypeVar("P", Joining, Renewing)


class Codes:
    """Codes that were given out and not used. For one thread at a time."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[Purpose, float]] = {}

    def give(self, purpose: Purpose) -> str:
        """Return a new code; it is good once, for a week, until the server stops."""
        code = "-".join(secrets.token_hex(3) for _ in range(4))
        now = time.monotonic()
        self._given = {key: one for key, one in self._given.items() if one[1] > now}
        self._given[key_of(code)] = purpose, now + CODE_S
        return code

    def look(self, code: str, kind: type[P]) -> P:
        """Return what a code of a kind is for.

        Raises:
            RefusedError: ``code-wrong``.
        """
        purpose, until_s = self._given.get(_key(code), (None, 0.0))
        if not isinstance(purpose, kind) or until_s <= time.monotonic():
            raise RefusedError(
                "code-wrong", "This code is not known here, or was used.", todo="Ask the owner for another one."
            )
        return purpose

    def use(self, code: str) -> None:
        """Let a code be good no more."""
        self._given.pop(_key(code), None)


def _key(code: str) -> str:
    return key_of(code.strip().lower())
