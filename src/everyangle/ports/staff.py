"""Who of an organization may sign in to a server, who is signed in, and where that is kept. Hashes, no passwords."""

from __future__ import annotations

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
    """Somebody who may sign in.

    Attributes:
        name: one of its kind.
        role: what they may do.
        password_hash: argon2id, or empty where no password opens it until a new one is chosen.
        disabled: whether they may not sign in for now.
        cases: ids of the cases that they see, or None for every case of the server.
    """

    name: str
    role: Role
    password_hash: str
    disabled: bool = False
    cases: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session of somebody who signed in. The token that opens it stands nowhere.

    Attributes:
        key: SHA-256 of the token, hexadecimal.
        name: of the account.
        began_us: when, microseconds since 1970.
        seen_us: when it was last used, within some minutes.
    """

    key: str
    name: str
    began_us: int
    seen_us: int


@dataclass(frozen=True, slots=True)
class Joining:
    """A one-time code that makes an account with this role, for these cases or, with None, for all."""

    role: Role
    cases: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Renewing:
    """A one-time code that sets a new password for this account."""

    name: str


Purpose = Joining | Renewing


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code that was given out and not used. The code itself stands nowhere.

    Attributes:
        key: SHA-256 of the code, hexadecimal.
        purpose: what it does.
        until_us: how long it is good, microseconds since 1970.
    """

    key: str
    purpose: Purpose
    until_us: int


@dataclass(frozen=True, slots=True)
class Staff:
    """All accounts, in the order in which they were made, all sessions, and all codes that were not used."""

    accounts: tuple[Account, ...] = ()
    sessions: tuple[SignedIn, ...] = ()
    codes: tuple[Code, ...] = ()


class StaffStore(Protocol):
    """Keeps the accounts, sessions and one-time codes of one server."""

    def load(self) -> Staff:
        """Return what is kept; nothing where nothing was kept yet.

        Raises:
            IntegrityError: ``staff-damaged``.
            RefusedError: ``key-exposed`` where others on this machine can read them.
        """
        ...

    def save(self, staff: Staff) -> None:
        """Replace all of it at once; it is durable then.

        Raises:
            StorageError: what was kept before stands.
        """
        ...
