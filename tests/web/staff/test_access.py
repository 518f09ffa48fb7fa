"""Accounts and sessions last over restarts, and end for whom they are meant to end, at once and for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from everyangle.adapters.staff_folder import FolderStaff
from everyangle.core.errors import ConflictError, NotFoundError, RefusedError, StorageError
from everyangle.core.time import Instant
from everyangle.ports.staff import Role
from everyangle.testing.capture_house import SetClock
from everyangle.testing.faults import FullDisk
from everyangle.web.staff_access import IDLE_S, SESSION_S, Access, Who

ADA, PASSWORD, OTHER = "Ada Example", "ferry lantern oblique", "thirteen quiet windows"


class Server:
    """What a server knows of its people, started anew as often as one likes."""

    def __init__(self, home: Path) -> None:
        self.home, self.clock, self.addresses = home, SetClock(), iter(f"192.0.2.{n}" for n in range(250))
        self.start()

    def start(self, disk: FullDisk | None = None) -> Access:
        self.access = Access(FolderStaff(self.home, disk), self.clock)
        return self.access

    def join(self, role: Role, name: str = ADA) -> str:
        return self.access.join(self.access.code(role), name, PASSWORD, next(self.addresses))

    def sign_in(self, name: str = ADA, password: str = PASSWORD) -> str:
        return self.access.sign_in(name, password, next(self.addresses))

    def who(self, token: str) -> Who:
        found = self.access.session(token)
        assert found is not None
        return found

    def signed_in(self, *tokens: str) -> list[bool]:
        """Return which of them open something, now and after the server was started anew."""
        now = [self.access.session(token) is not None for token in tokens]
        self.start()
        assert [self.access.session(token) is not None for token in tokens] == now
        return now


@pytest.fixture
def one(tmp_path: Path) -> Server:
    return Server(tmp_path)


def test_a_session_goes_on_when_the_server_is_started_anew_and_its_token_stands_nowhere(one: Server) -> None:
    token = one.join(Role.OWNER)
    before = one.who(token)
    one.start()
    assert one.who(token) == before
    kept = (one.home / "server" / "staff.json").read_text()
    assert token not in kept
    assert before.csrf not in kept


def test_a_session_ends_after_its_time_and_without_use(one: Server) -> None:
    token = one.join(Role.OWNER)
    for _ in range(SESSION_S // 3600 - 1):
        one.clock.move(3600)
        assert one.signed_in(token) == [True]
    one.clock.move(3601)
    assert one.signed_in(token) == [False]
    idle = one.sign_in()
    one.clock.move(IDLE_S + 1)
    assert one.signed_in(idle) == [False]


def test_a_clock_that_is_set_back_lengthens_no_session(one: Server) -> None:
    token = one.join(Role.OWNER)
    one.clock.move(-30)
    assert one.signed_in(token) == [True]
    one.clock.move(-3600)
    assert one.signed_in(token) == [False]


def test_who_signed_out_stays_signed_out(one: Server) -> None:
    token, other = one.join(Role.OWNER), one.sign_in()
    one.access.sign_out(token)
    assert one.signed_in(token, other) == [False, True]


def test_ones_own_password_is_changed_by_who_knows_it_and_ends_every_other_session(one: Server) -> None:
    token, other, somebody = one.join(Role.OWNER), one.sign_in(), one.join(Role.VIEWER, "Bo Example")
    with pytest.raises(RefusedError, match="another one"):
        one.access.change_password(one.who(token), "not this one, surely", OTHER, "192.0.2.1")
    assert one.signed_in(token, other) == [True, True]
    new = one.access.change_password(one.who(token), PASSWORD, OTHER, next(one.addresses))
    assert one.signed_in(new, token, other, somebody) == [True, False, False, True]
    with pytest.raises(RefusedError):
        one.sign_in()
    assert one.sign_in(password=OTHER)


def test_who_is_disabled_is_out_at_once_and_back_with_the_same_password(one: Server) -> None:
    one.join(Role.OWNER)
    token = one.join(Role.REVIEWER, "Bo Example")
    one.access.disable("Bo Example")
    assert one.signed_in(token) == [False]
    with pytest.raises(RefusedError, match="disabled"):
        one.sign_in("Bo Example")
    with pytest.raises(RefusedError, match="do not fit"):  # whoever does not know the password learns nothing
        one.sign_in("Bo Example", OTHER)
    one.access.enable("Bo Example")
    assert one.signed_in(token, one.sign_in("Bo Example")) == [False, True]


def test_a_reset_password_opens_nothing_and_its_code_sets_a_new_one_once(one: Server) -> None:
    one.join(Role.OWNER)
    token = one.join(Role.VIEWER, "Bo Example")
    code = one.access.reset("Bo Example")
    with pytest.raises(RefusedError):
        one.sign_in("Bo Example")
    with pytest.raises(RefusedError, match="not known"):  # it makes no account
        one.access.join(code, "Eve", PASSWORD, next(one.addresses))
    name, new = one.access.renew(code, OTHER, next(one.addresses))
    with pytest.raises(RefusedError, match="was used"):
        one.access.renew(code, PASSWORD, next(one.addresses))
    assert (name, one.signed_in(new, token)) == ("Bo Example", [True, False])
    assert one.who(new).account.role is Role.VIEWER


def test_a_code_for_a_new_password_opens_no_disabled_account(one: Server) -> None:
    one.join(Role.OWNER)
    one.join(Role.VIEWER, "Bo Example")
    code = one.access.renewal("Bo Example")
    one.access.disable("Bo Example")
    with pytest.raises(RefusedError, match="disabled"):
        one.access.renew(code, OTHER, next(one.addresses))
    with pytest.raises(NotFoundError):
        one.access.renewal("Nobody")


def test_the_last_owner_who_can_sign_in_is_neither_removed_nor_disabled(one: Server) -> None:
    one.join(Role.OWNER)
    one.join(Role.OWNER, "Bo Example")
    one.access.disable("Bo Example")
    for act in (one.access.remove, one.access.disable):
        with pytest.raises(ConflictError):
            act(ADA)
    one.access.enable("Bo Example")
    one.access.remove(ADA)
    assert [account.name for account in one.start().accounts()] == ["Bo Example"]


def test_with_a_full_disk_people_get_in_and_nothing_that_was_refused_counts(one: Server) -> None:
    one.join(Role.OWNER)
    token = one.join(Role.VIEWER, "Bo Example")
    disk = FullDisk(1)
    one.start(disk)
    assert one.access.session(one.sign_in())
    with pytest.raises(StorageError):
        one.access.disable("Bo Example")
    assert one.access.session(token)
    with pytest.raises(StorageError):
        one.access.sign_out(token)
    assert one.access.session(token)


class Meanwhile(SetClock):
    """A clock at whose next look something happens: a session begins with one, once the password was found right."""

    does: Callable[[], object] | None = None

    def now(self) -> Instant:
        does, self.does = self.does, None
        if does:
            does()
        return super().now()


def test_who_is_given_a_new_password_while_signing_in_with_the_old_one_is_not_signed_in(one: Server) -> None:
    one.join(Role.OWNER)
    clock = Meanwhile()
    access = Access(FolderStaff(one.home), clock)
    clock.does = partial(access.reset, ADA)
    with pytest.raises(ConflictError, match="just changed"):
        access.sign_in(ADA, PASSWORD, "192.0.2.1")


def test_a_code_is_good_once_for_a_week_over_restarts_and_stands_nowhere(one: Server) -> None:
    one.join(Role.OWNER)
    code, late = one.access.code(Role.VIEWER, ("a" * 32,)), one.access.code(Role.VIEWER)
    one.start()
    token = one.access.join(f" {code.upper()} ", "Zoë Example", PASSWORD, next(one.addresses))
    assert one.who(token).account.cases == ("a" * 32,)
    one.start()
    for used in (code, "x"):
        with pytest.raises(RefusedError, match="not known here, or was used"):
            one.access.join(used, "Another", PASSWORD, next(one.addresses))
    kept = (one.home / "server" / "staff.json").read_text()
    assert code not in kept
    assert late not in kept
    one.clock.move(7 * 86_400)
    with pytest.raises(RefusedError):
        one.access.join(late, "Another", PASSWORD, next(one.addresses))


def test_a_code_for_a_new_password_lasts_over_restarts_until_there_is_a_newer_one(one: Server) -> None:
    one.join(Role.OWNER)
    one.join(Role.VIEWER, "Zoë Example")
    old = one.access.reset("Zoë Example")
    one.start()
    new = one.access.renewal("Zoë Example")
    one.start()
    with pytest.raises(RefusedError):
        one.access.renew(old, OTHER, next(one.addresses))
    assert one.access.renew(new, OTHER, next(one.addresses))[0] == "Zoë Example"


@pytest.mark.parametrize("act", ["remove", "disable"])
def test_codes_that_an_owner_may_know_end_with_the_owner(one: Server, act: str) -> None:
    one.join(Role.OWNER)
    one.join(Role.OWNER, "Bo Example")
    one.join(Role.VIEWER, "Zoë Example")
    code, renewal = one.access.code(Role.OWNER), one.access.renewal("Zoë Example")
    getattr(one.access, act)("Zoë Example")
    with pytest.raises(RefusedError, match="not known here" if act == "remove" else "disabled"):
        one.access.renew(renewal, OTHER, next(one.addresses))
    getattr(one.access, act)("Bo Example")
    one.start()
    with pytest.raises(RefusedError, match="not known here"):
        one.access.join(code, "Bo again", PASSWORD, next(one.addresses))


def test_of_codes_for_the_first_owner_the_last_one_counts(one: Server) -> None:
    first = one.access.first_code()
    one.start()
    second = one.access.first_code()
    with pytest.raises(RefusedError):
        one.access.join(first, ADA, PASSWORD, next(one.addresses))
    one.access.join(second, ADA, PASSWORD, next(one.addresses))
