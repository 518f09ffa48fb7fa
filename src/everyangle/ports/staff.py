"""Who of an organization may sign in to a server: accounts, and where they are kept. Holds hashes, no passwords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Role(Enum):
    """What somebody may do; each may do what the ones before may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    OWNER = "owner"

    def may(self, needed: Role) -> bool:
        """Whether this role is enough where ``needed`` is asked for."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in: a name that is one of its kind, a role, and an argon2 hash of the password."""

    name: str
    role: Role
    password_hash: str


class StaffStore(Protocol):
    """Keeps the accounts of one server."""

    def load(self) -> Sequence[Account]:
        """Return all accounts, in the order in which they were made.

        Raises:
            IntegrityError: ``staff-damaged``.
            RefusedError: ``key-exposed`` where others on this machine can read them.
        """
        ...

    def save(self, accounts: Sequence[Account]) -> None:
        """Replace all accounts; they are durable then.

        Raises:
            StorageError: the old ones stand.
        """
        ...
