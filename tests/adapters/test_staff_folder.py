"""Accounts and sessions of staff come back as they were kept, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle.adapters.staff_folder import FolderStaff
from everyangle.core.errors import IntegrityError, RefusedError
from everyangle.ports.staff import Account, Code, Joining, Renewing, Role, SignedIn, Staff
from everyangle.testing.faults import CountingDisk, CrashingDisk, SimulatedCrash

ADA = Account("Ada Example", Role.OWNER, "$argon2id$one")
FIRST = Staff((ADA,))
SECOND = Staff(
    (ADA, Account("Zoë 例", Role.VIEWER, "", disabled=True, cases=("0" * 32,))),
    (SignedIn("ab" * 32, "Ada Example", 5, 7),),
    (
        Code("cd" * 32, Joining(Role.REVIEWER, ("0" * 32,)), 2**50),
        Code("ef" * 32, Joining(Role.OWNER), 2**51),
        Code("01" * 32, Renewing("Zoë 例"), 2**52),
    ),
)


def test_accounts_and_sessions_come_back_in_order(tmp_path: Path) -> None:
    store = FolderStaff(tmp_path / "home")
    assert store.load() == Staff()
    store.save(SECOND)
    assert FolderStaff(tmp_path / "home").load() == SECOND


def test_a_crash_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    disk = CountingDisk()
    FolderStaff(tmp_path / "counted").save(FIRST)
    FolderStaff(tmp_path / "counted", disk).save(SECOND)
    assert disk.steps >= 4
    for step in range(1, disk.steps + 1):
        home = tmp_path / f"{step}"
        FolderStaff(home).save(FIRST)
        with pytest.raises(SimulatedCrash):
            FolderStaff(home, CrashingDisk(step)).save(SECOND)
        assert FolderStaff(home).load() in (FIRST, SECOND)


def test_files_of_earlier_versions_are_read_with_what_held_then(tmp_path: Path) -> None:
    store = FolderStaff(tmp_path)
    store.save(FIRST)
    path = tmp_path / "server" / "staff.json"
    account = '{"name": "Ada Example", "role": "owner", "password": "$argon2id$one"}'
    path.write_text(f'{{"format": "everyangle.staff/1", "accounts": [{account}]}}')
    assert store.load() == FIRST
    session = '{"key": "ab", "name": "Ada Example", "began_us": 5, "seen_us": 7}'
    account = account.replace("}", ', "disabled": true, "cases": ["0"]}')
    path.write_text(f'{{"format": "everyangle.staff/1", "accounts": [{account}], "sessions": [{session}]}}')
    assert store.load() == Staff(
        (Account("Ada Example", Role.OWNER, "$argon2id$one", disabled=True, cases=("0",)),),
        (SignedIn("ab", "Ada Example", 5, 7),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"format": "other", "accounts": []}',
        '{"format": "everyangle.staff/1"}',
        '{"format": "everyangle.staff/1", "accounts": []}',
        '{"format": "everyangle.staff/1", "accounts": ["Ada Example"]}',
        '{"format": "everyangle.staff/1", "accounts": [], "sessions": [], "codes": [{"key": "ab", "until_us": 5}]}',
    ],
)
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    store = FolderStaff(tmp_path)
    store.save(FIRST)
    (tmp_path / "server" / "staff.json").write_text(text)
    with pytest.raises(IntegrityError, match="Restore it"):
        store.load()


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    store = FolderStaff(tmp_path)
    store.save(FIRST)
    (tmp_path / "server" / "staff.json").chmod(0o644)
    with pytest.raises(RefusedError):
        store.load()
