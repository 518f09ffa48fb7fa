"""Who may do what on a server: accounts, made by one-time codes, and sessions, which last over restarts."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from everyangle.core.errors import BadInputError, ConflictError, NotFoundError, RefusedError, StorageError
from everyangle.ports.staff import Account, Code, Joining, Purpose, Renewing, Role, SignedIn, Staff, StaffStore
from everyangle.ports.time import Clock
from everyangle.web.staff_codes import P, look, new_code, with_code, without_code
from everyangle.web.staff_passwords import Passwords, check_password
from everyangle.web.staff_secrets import csrf_of, key_of
from everyangle.web.staff_tries import Tries

SESSION_S, IDLE_S = 12 * 3600, 2 * 3600
NAME_LONGEST = 60
_SEEN_EVERY_S = 300
"""How often it is kept that a session was used."""
_AHEAD_S = 60
"""A session from further ahead than this is over: the clock was set back since."""
_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever asks.

    Attributes:
        account: theirs.
        csrf: what each form must bring back.
    """

    account: Account
    csrf: str

    def may(self, role: Role) -> bool:
        """Whether they may do what this role may."""
        return self.account.role.may(role)

    def sees(self, case: str) -> bool:
        """Whether a case is one of theirs; owners see all."""
        cases = self.account.cases
        return cases is None or self.account.role is Role.OWNER or case in cases


class Access:
    """Accounts and sessions of one server. May be used by several threads.

    Every change is durable before it counts, so that a restart takes nothing back: who was removed, disabled or
    signed out stays so.

    Args:
        store: keeps them.
        clock: the wall's.
    """

    def __init__(self, store: StaffStore, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._lock = threading.RLock()
        kept = store.load()
        self._accounts = {one.name: one for one in kept.accounts}
        self._sessions = {one.key: one for one in kept.sessions}
        self._codes = {one.key: one for one in kept.codes}
        self._passwords, self._tries = Passwords(), Tries()

    @property
    def empty(self) -> bool:
        """Whether nobody has an account yet."""
        return not self._accounts

    def accounts(self) -> list[Account]:
        """Return all accounts."""
        with self._lock:
            return list(self._accounts.values())

    def code(self, role: Role, cases: tuple[str, ...] | None = None) -> str:
        """Return a one-time code that makes an account; good for a week.

        Args:
            role: of the account.
            cases: ids of the cases that it sees, or None for all.
        """
        return self._give(Joining(role, cases))

    def first_code(self) -> str:
        """Return a one-time code for the first owner, while nobody has an account; earlier ones are good no more."""
        with self._lock:
            self._codes = {}
            return self._give(Joining(Role.OWNER))

    def renewal(self, name: str) -> str:
        """Return a one-time code that sets a new password for an account; the old one is good until then.

        Raises:
            NotFoundError: ``name-missing``.
        """
        with self._lock:
            return self._give(Renewing(self._account(name).name))

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
            given = self._look(code, Joining, address)
            name = _name(name)
            check_password(password)
            if name in self._accounts:
                raise ConflictError("name-taken", "Somebody has this name already.", todo="Choose another one.")
        hashed = self._passwords.hash(password)
        with self._lock:
            if self._look(code, Joining, address) != given or name in self._accounts:
                raise ConflictError("name-taken", "This name was just taken.", todo="Choose another one.")
            account = Account(name, given.role, hashed, cases=given.cases)
            self._put(account, codes=without_code(self._codes, code))
        return self._begin(account)

    def renew(self, code: str, password: str, address: str) -> tuple[str, str]:
        """Set a new password by a one-time code, end all sessions of the account, and sign in.

        Returns:
            The account's name, and the session's token.

        Raises:
            LimitError: ``too-many``.
            RefusedError: ``code-wrong`` or ``account-disabled``.
            BadInputError: ``password-short``.
            StorageError: nothing was changed, and the code is still good.
        """
        with self._lock:
            name = self._look(code, Renewing, address).name
        hashed = self._passwords.hash(password)
        with self._lock:
            account = replace(self._account(self._look(code, Renewing, address).name), password_hash=hashed)
            _check_enabled(account)
            self._put(account, ends=name, codes=without_code(self._codes, code))
        return name, self._begin(account)

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Return the token of a new session.

        Raises:
            LimitError: ``too-many``.
            RefusedError: ``sign-in-wrong``, the same for a wrong name and a wrong password; ``account-disabled``.
            ConflictError: ``account-changed`` where it was changed meanwhile.
        """
        name = name.strip()[:NAME_LONGEST]
        return self._begin(self._check(name, password, address, "Name and password do not fit."))

    def change_password(self, who: Who, old: str, new: str, address: str) -> str:
        """Set another password for one's own account, end all its sessions, and return the token of a new one.

        Raises:
            LimitError: ``too-many``.
            RefusedError: ``sign-in-wrong`` where the old one is not right.
            BadInputError: ``password-short``.
            StorageError: the old password stands.
        """
        name = who.account.name
        check_password(new)
        checked = self._check(name, old, address, "The password that you have now is another one.")
        hashed = self._passwords.hash(new)
        with self._lock:
            self._check_unchanged(checked)
            changed = replace(checked, password_hash=hashed)
            self._put(changed, ends=name)
        return self._begin(changed)

    def session(self, token: str) -> Who | None:
        """Return who is signed in by a token, if anybody."""
        key, now_us = key_of(token), self._clock.now().us
        with self._lock:
            found = self._sessions.get(key)
            account = self._accounts.get(found.name) if found else None
            if found is None or account is None or account.disabled or not _lasts(found, now_us):
                return None
            if now_us - found.seen_us >= _SEEN_EVERY_S * _US:
                self._sessions[key] = replace(found, seen_us=now_us)
                # It is used all the same where this cannot be kept; after a restart it may end a little early.
                with suppress(StorageError):
                    self._save(self._accounts, self._sessions)
            return Who(account, csrf_of(token))

    def sign_out(self, token: str) -> None:
        """End a session.

        Raises:
            StorageError: it goes on.
        """
        key = key_of(token)
        with self._lock:
            self._save(self._accounts, {other: one for other, one in self._sessions.items() if other != key})

    def remove(self, name: str) -> None:
        """Remove somebody's account and end their sessions and codes; of an owner, who may know any, all codes.

        Raises:
            NotFoundError: ``name-missing``.
            ConflictError: ``owner-last``.
        """
        with self._lock:
            account = self._account(name)
            self._check_not_last_owner(account)
            left = {other: one for other, one in self._accounts.items() if other != name}
            codes = {key: one for key, one in self._codes.items() if one.purpose != Renewing(name)}
            self._save(left, self._without(name), {} if account.role is Role.OWNER else codes)

    def disable(self, name: str) -> None:
        """Let somebody sign in no more, and end their sessions and, of an owner, all codes; the account stays.

        Raises:
            NotFoundError: ``name-missing``.
            ConflictError: ``owner-last``.
        """
        with self._lock:
            account = self._account(name)
            self._check_not_last_owner(account)
            codes = {} if account.role is Role.OWNER else self._codes
            self._put(replace(account, disabled=True), ends=name, codes=codes)

    def enable(self, name: str) -> None:
        """Let somebody sign in again, with the password that they had.

        Raises:
            NotFoundError: ``name-missing``.
        """
        with self._lock:
            self._put(replace(self._account(name), disabled=False))

    def reset(self, name: str) -> str:
        """Let an account's password be good no more, end its sessions, and return a one-time code for a new password.

        Raises:
            NotFoundError: ``name-missing``.
            StorageError: the old password stands.
        """
        with self._lock:
            code = new_code()
            codes = with_code(self._codes, code, Renewing(name), self._clock.now().us)
            self._put(replace(self._account(name), password_hash=""), ends=name, codes=codes)
            return code

    def _give(self, purpose: Purpose) -> str:
        code = new_code()
        with self._lock:
            self._codes = with_code(self._codes, code, purpose, self._clock.now().us)
            # Who looks after a full disk must get in; a code that cannot be kept is good until the server stops.
            with suppress(StorageError):
                self._save(self._accounts, self._sessions)
        return code

    def _look(self, code: str, kind: type[P], address: str) -> P:
        """Return what a code is for, if it is for this, and count a wrong one."""
        self._tries.check(address)
        try:
            return look(self._codes, code, kind, self._clock.now().us)
        except RefusedError:
            self._tries.failed(address)
            raise

    def _check(self, name: str, password: str, address: str, wrong: str) -> Account:
        keys = (address, f"name {name}")
        with self._lock:
            self._tries.check(*keys)
            account = self._accounts.get(name)
        fits = self._passwords.fits(account.password_hash if account else "", password)
        with self._lock:
            if account is None or not fits or account != self._accounts.get(name):
                self._tries.failed(*keys)
                raise RefusedError("sign-in-wrong", wrong, todo="Try again.")
        _check_enabled(account)
        return account

    def _account(self, name: str) -> Account:
        found = self._accounts.get(name)
        if found is None:
            raise NotFoundError("name-missing", "Nobody has this name.")
        return found

    def _check_not_last_owner(self, account: Account) -> None:
        others = (one for one in self._accounts.values() if one.name != account.name)
        if not any(one.role is Role.OWNER and not one.disabled for one in others):
            raise ConflictError(
                "owner-last", "Nobody else is an owner who can sign in.", todo="Make another owner first."
            )

    def _check_unchanged(self, account: Account) -> None:
        if self._accounts.get(account.name) != account:
            raise ConflictError("account-changed", "This account was just changed.", todo="Sign in again.")

    def _begin(self, account: Account) -> str:
        name, token, now_us = account.name, secrets.token_urlsafe(32), self._clock.now().us
        with self._lock:
            # Whoever was disabled or given a new password since it was checked must not slip in behind that.
            self._check_unchanged(account)
            lasting = {key: one for key, one in self._sessions.items() if _lasts(one, now_us)}
            self._sessions = {**lasting, key_of(token): SignedIn(key_of(token), name, now_us, now_us)}
            # Who looks after a full disk must get in; a session that cannot be kept lasts until the server stops.
            with suppress(StorageError):
                self._save(self._accounts, self._sessions)
        return token

    def _put(self, account: Account, ends: str = "", codes: Mapping[str, Code] | None = None) -> None:
        sessions = self._without(ends) if ends else self._sessions
        self._save({**self._accounts, account.name: account}, sessions, codes)

    def _without(self, name: str) -> dict[str, SignedIn]:
        return {key: one for key, one in self._sessions.items() if one.name != name}

    def _save(
        self,
        accounts: Mapping[str, Account],
        sessions: Mapping[str, SignedIn],
        codes: Mapping[str, Code] | None = None,
    ) -> None:
        codes = self._codes if codes is None else codes
        self._store.save(Staff(tuple(accounts.values()), tuple(sessions.values()), tuple(codes.values())))
        self._accounts, self._sessions, self._codes = dict(accounts), dict(sessions), dict(codes)


def _lasts(session: SignedIn, now_us: int) -> bool:
    ages = (now_us - session.began_us, now_us - session.seen_us)
    most = (SESSION_S * _US, IDLE_S * _US)
    return all(-_AHEAD_S * _US <= age <= longest for age, longest in zip(ages, most, strict=True))


def _check_enabled(account: Account) -> None:
    if account.disabled:
        raise RefusedError("account-disabled", "This account is disabled.", todo="Ask the owner.")


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME_LONGEST or not name.isprintable():
        raise BadInputError("name-malformed", f"A name has 1 to {NAME_LONGEST} characters.", todo="Choose another one.")
    return name
