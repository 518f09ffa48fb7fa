"""Who is signed in: one-time codes, passwords (argon2id, RFC 9106), sessions in memory, and how often one may try."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from everyangle.core.errors import BadInputError, ConflictError, LimitError, NotFoundError, RefusedError
from everyangle.ports.staff import Account, Role, StaffStore

SESSION_S = 12 * 3600.0
IDLE_S = 2 * 3600.0
CODE_S = 7 * 86_400.0
SHORTEST, LONGEST = 12, 200
NAME_LONGEST = 60
_TRIES, _TRIES_WITHIN_S = 6, 300.0
_MOST_REMEMBERED = 10_000
_AT_ONCE = 2
"""Passwords hashed at once: each takes 64 MiB."""


@dataclass(slots=True)
class Session:
    """Somebody who is signed in.

    Attributes:
        name: of the account.
        csrf: what each form must bring back.
        began_s: when, by the monotonic clock.
        seen_s: when it was last used.
    """

    name: str
    csrf: str
    began_s: float
    seen_s: float


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever asks: the session and the account."""

    session: Session
    account: Account

    def may(self, role: Role) -> bool:
        """Whether they may do what this role may."""
        return self.account.role.may(role)


@dataclass(frozen=True, slots=True)
class _Code:
    role: Role
    until_s: float


class Tries:
    """Counts what failed, by a key, for some minutes."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[float]] = {}

    def check(self, key: str) -> None:
        """Refuse where too much failed lately.

        Raises:
            LimitError: ``too-many``.
        """
        failed = self._failed.get(key)
        while failed and time.monotonic() - failed[0] > _TRIES_WITHIN_S:
            failed.popleft()
        if failed is not None and not failed:
            del self._failed[key]
        elif failed and len(failed) >= _TRIES:
            raise LimitError("too-many", "There were too many tries.", todo="Try again in five minutes.")

    def failed(self, key: str) -> None:
        """Count a failure."""
        if len(self._failed) >= _MOST_REMEMBERED:
            self._failed.pop(next(iter(self._failed)))
        self._failed.setdefault(key, deque(maxlen=_TRIES)).append(time.monotonic())


class Access:
    """Accounts and sessions of one server. May be used by several threads.

    Args:
        store: keeps accounts.
    """

    def __init__(self, store: StaffStore) -> None:
        self._store = store
        self._hasher = PasswordHasher()
        self._lock = threading.RLock()
        self._hashing = threading.Semaphore(_AT_ONCE)
        self._accounts = {one.name: one for one in store.load()}
        self._sessions: dict[str, Session] = {}
        self._codes: dict[str, _Code] = {}
        self._tries = Tries()
        # An unknown name takes as long as a wrong password.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    @property
    def empty(self) -> bool:
        """Whether nobody has an account yet."""
        return not self._accounts

    def accounts(self) -> list[Account]:
        """Return all accounts."""
        with self._lock:
            return list(self._accounts.values())

    def code(self, role: Role) -> str:
        """Return a one-time code that makes an account with a role; good for a week, until the server stops."""
        code = "-".join(secrets.token_hex(3) for _ in range(4))
        with self._lock:
            now = time.monotonic()
            self._codes = {key: one for key, one in self._codes.items() if one.until_s > now}
            self._codes[_key(code)] = _Code(role, now + CODE_S)
        return code

    def join(self, code: str, name: str, password: str, address: str) -> str:
        """Make an account by a one-time code and sign in; return the session's token.

        Raises:
            LimitError: ``too-many``.
            RefusedError: ``code-wrong``.
            BadInputError: ``name-malformed`` or ``password-short``.
            ConflictError: ``name-taken``.
            StorageError: no account was made, and the code is still good.
        """
        with self._lock:
            self._tries.check(address)
            key = _key(code.strip().lower())
            given = self._codes.get(key)
            if given is None or given.until_s <= time.monotonic():
                self._tries.failed(address)
                raise RefusedError(
                    "code-wrong", "This code is not known here, or was used.", todo="Ask the owner for another one."
                )
            name = _name(name)
            _check_password(password)
            if name in self._accounts:
                raise ConflictError("name-taken", "Somebody has this name already.", todo="Choose another one.")
        hashed = self._hash(password)
        with self._lock:
            if self._codes.pop(key, None) is None or name in self._accounts:
                raise ConflictError("name-taken", "This code or this name was just used.", todo="Try again.")
            try:
                self._save({**self._accounts, name: Account(name, given.role, hashed)})
            except BaseException:
                self._codes[key] = given
                raise
        return self._begin(name)

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Return the token of a new session.

        Raises:
            LimitError: ``too-many``.
            RefusedError: ``sign-in-wrong``, the same for a wrong name and a wrong password.
        """
        name = name.strip()[:NAME_LONGEST]
        with self._lock:
            self._tries.check(address)
            self._tries.check(f"name {name}")
            account = self._accounts.get(name)
        hashed = account.password_hash if account else self._nobody
        if not self._verify(hashed, password) or account is None:
            with self._lock:
                self._tries.failed(address)
                self._tries.failed(f"name {name}")
            raise RefusedError("sign-in-wrong", "Name and password do not fit.", todo="Try again.")
        return self._begin(name)

    def session(self, token: str) -> tuple[Session, Account] | None:
        """Return whose token this is, if anybody's."""
        key, now = _key(token), time.monotonic()
        with self._lock:
            found = self._sessions.get(key)
            if found is None:
                return None
            account = self._accounts.get(found.name)
            if account is None or now - found.began_s > SESSION_S or now - found.seen_s > IDLE_S:
                del self._sessions[key]
                return None
            found.seen_s = now
            return found, account

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_key(token), None)

    def remove(self, name: str) -> None:
        """Remove somebody's account and end their sessions.

        Raises:
            NotFoundError: ``name-missing``.
            ConflictError: ``owner-last``.
        """
        with self._lock:
            if name not in self._accounts:
                raise NotFoundError("name-missing", "Nobody has this name.")
            left = {other: one for other, one in self._accounts.items() if other != name}
            if not any(one.role is Role.OWNER for one in left.values()):
                raise ConflictError("owner-last", "The last owner cannot be removed.", todo="Make another owner first.")
            self._save(left)
            self._sessions = {key: one for key, one in self._sessions.items() if one.name != name}

    def _begin(self, name: str) -> str:
        token, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if now - one.began_s <= SESSION_S}
            self._sessions[_key(token)] = Session(name, secrets.token_urlsafe(24), now, now)
        return token

    def _save(self, accounts: dict[str, Account]) -> None:
        self._store.save(list(accounts.values()))
        self._accounts = accounts

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(password)

    def _verify(self, hashed: str, password: str) -> bool:
        if len(password) > LONGEST:
            return False
        try:
            with self._hashing:
                return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def same(a: str, b: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(a.encode(), b.encode())


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME_LONGEST or not name.isprintable():
        raise BadInputError("name-malformed", f"A name has 1 to {NAME_LONGEST} characters.", todo="Choose another one.")
    return name


def _check_password(password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInputError(
            "password-short",
            f"A password has {SHORTEST} to {LONGEST} characters.",
            todo="Four words that you do not say every day make a good one.",
        )
