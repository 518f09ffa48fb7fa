"""Staff accounts, sessions and one-time codes as one JSON file beside the server's keys, for this user's eyes only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_file
from everyangle.adapters.keys_folder import FILE_MODE, FOLDER_MODE, refuse_exposed
from everyangle.core.errors import IntegrityError
from everyangle.ports.staff import Account, Code, Joining, Renewing, Role, SignedIn, Staff

_FORMAT = "everyangle.staff/1"


class FolderStaff:
    """Accounts, sessions and codes in ``server/staff.json`` below a folder.

    Reads files of earlier versions too, which knew no sessions, no codes, and let everybody see every case.

    Args:
        home: the folder of keys.
        disk: writes.
    """

    def __init__(self, home: Path, disk: Disk | None = None) -> None:
        self._home, self._disk = home, disk or Disk()
        self._path = home / "server" / "staff.json"

    def load(self) -> Staff:
        """Return what is kept; nothing where there is no file yet."""
        with storage_errors(f"Reading {self._path}"):
            if not self._path.exists():
                return Staff()
            refuse_exposed(self._path)
            data = self._path.read_bytes()
        try:
            value = json.loads(data)
            if value["format"] != _FORMAT:
                raise ValueError(value["format"])
            accounts = tuple(map(_account, value["accounts"]))
            sessions = value.get("sessions", []) if accounts else value["sessions"]
            codes = value.get("codes", [])
            return Staff(accounts, tuple(map(_signed_in, sessions)), tuple(map(_code, codes)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IntegrityError(
                "staff-damaged",
                f"{self._path} does not hold accounts.",
                holds="Footage and cases are not touched; nobody can sign in.",
                todo="Restore it from a copy, or move it away to make a new owner.",
            ) from error

    def save(self, staff: Staff) -> None:
        """Replace the file."""
        accounts = [
            {
                "name": one.name,
                "role": one.role.value,
                "password": one.password_hash,
                "disabled": one.disabled,
                "cases": one.cases,
            }
            for one in staff.accounts
        ]
        sessions = [
            {"key": one.key, "name": one.name, "began_us": one.began_us, "seen_us": one.seen_us}
            for one in staff.sessions
        ]
        codes = [{"key": one.key, "until_us": one.until_us, **_purpose(one)} for one in staff.codes]
        value = {"format": _FORMAT, "accounts": accounts, "sessions": sessions, "codes": codes}
        data = json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
        with storage_errors(f"Keeping accounts in {self._path}"):
            for folder in (self._home, self._path.parent):
                make_folder(self._disk, folder, FOLDER_MODE)
                refuse_exposed(folder)
            write_file(self._disk, self._path, data, self._path.with_suffix(".new"), FILE_MODE)


def _account(one: Any) -> Account:
    disabled = bool(one.get("disabled", False))
    return Account(str(one["name"]), Role(one["role"]), str(one["password"]), disabled, _cases(one.get("cases")))


def _cases(value: Any) -> tuple[str, ...] | None:
    return None if value is None else tuple(map(str, value))


def _purpose(code: Code) -> dict[str, Any]:
    match code.purpose:
        case Joining(role, cases):
            return {"role": role.value, "cases": cases}
        case Renewing(name):
            return {"name": name}


def _code(one: Any) -> Code:
    purpose = Renewing(str(one["name"])) if "name" in one else Joining(Role(one["role"]), _cases(one["cases"]))
    return Code(str(one["key"]), purpose, int(one["until_us"]))


def _signed_in(one: Any) -> SignedIn:
    return SignedIn(str(one["key"]), str(one["name"]), int(one["began_us"]), int(one["seen_us"]))
