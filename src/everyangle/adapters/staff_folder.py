"""Staff accounts as one JSON file beside the server's keys, for this user's eyes only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_file
from everyangle.adapters.keys_folder import FILE_MODE, FOLDER_MODE, refuse_exposed
from everyangle.core.errors import IntegrityError
from everyangle.ports.staff import Account, Role

_FORMAT = "everyangle.staff/1"


class FolderStaff:
    """Accounts in ``server/staff.json`` below a folder.

    Args:
        home: the folder of keys.
        disk: writes.
    """

    def __init__(self, home: Path, disk: Disk | None = None) -> None:
        self._home, self._disk = home, disk or Disk()
        self._path = home / "server" / "staff.json"

    def load(self) -> Sequence[Account]:
        """Return all accounts; none where there is no file yet."""
        with storage_errors(f"Reading {self._path}"):
            if not self._path.exists():
                return ()
            refuse_exposed(self._path)
            data = self._path.read_bytes()
        try:
            value = json.loads(data)
            if value["format"] != _FORMAT:
                raise ValueError(value["format"])
            return [Account(str(one["name"]), Role(one["role"]), str(one["password"])) for one in value["accounts"]]
        except (ValueError, KeyError, TypeError) as error:
            raise IntegrityError(
                "staff-damaged",
                f"{self._path} does not hold accounts.",
                holds="Footage and cases are not touched; nobody can sign in.",
                todo="Restore it from a copy, or move it away to make a new owner.",
            ) from error

    def save(self, accounts: Sequence[Account]) -> None:
        """Replace the file."""
        rows = [{"name": one.name, "role": one.role.value, "password": one.password_hash} for one in accounts]
        data = json.dumps({"format": _FORMAT, "accounts": rows}, ensure_ascii=False, indent=1).encode() + b"\n"
        with storage_errors(f"Keeping accounts in {self._path}"):
            for folder in (self._home, self._path.parent):
                make_folder(self._disk, folder, FOLDER_MODE)
                refuse_exposed(folder)
            write_file(self._disk, self._path, data, self._path.with_suffix(".new"), FILE_MODE)
