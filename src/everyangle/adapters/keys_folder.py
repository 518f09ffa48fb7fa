"""Keys in a folder outside every case: ``keys/<case>.key`` and ``seen/<case>``, for this user's eyes only.

A key file is one line, ``PRIVATE+KEY+`` before the key's name, id and type-marked seed in Base64, as Go's note package
writes them. Files or folders that others can read are refused, not repaired: the key may have been copied.
"""

from __future__ import annotations

import base64
import binascii
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_file
from everyangle.core.errors import ConflictError, IntegrityError, RefusedError
from everyangle.record.notes import ED25519, VerifyKey

PREFIX = "PRIVATE+KEY+"
FOLDER_MODE = 0o700
FILE_MODE = 0o600


class FolderKeys:
    """The keys below one folder, such as ``~/.config/everyangle``.

    Args:
        folder: made with mode 0700 when the first key comes.
        disk: the steps that change the disk.
    """

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder = folder
        self._disk = disk or Disk()

    def create(self, case: str, nonce: bytes, seed: bytes) -> FolderSigner:
        """Make a case's key from random bytes and keep it."""
        private = Ed25519PrivateKey.from_private_bytes(seed)
        key = VerifyKey(f"everyangle/case-key/{nonce.hex()}", private.public_key().public_bytes_raw())
        path = self._key_path(case)
        if path.exists():
            raise ConflictError("key-exists", f"There is a key of this case already: {path}.")
        with storage_errors(f"Keeping the key {path}"):
            for folder in (self._folder, path.parent, self._folder / "seen"):
                make_folder(self._disk, folder, FOLDER_MODE)
                refuse_exposed(folder)
            line = f"{PREFIX}{key.name}+{key.id.hex()}+{base64.b64encode(ED25519 + seed).decode()}\n"
            write_file(self._disk, path, line.encode(), path.with_suffix(".new"), FILE_MODE)
        return FolderSigner(key, private, self._seen_path(case), self._disk)

    def signer(self, case: str) -> FolderSigner | None:
        """Return a case's key, or None if it is not here."""
        path = self._key_path(case)
        if not path.exists():
            return None
        for exposed in (self._folder, path.parent, path):
            refuse_exposed(exposed)
        with storage_errors(f"Reading the key {path}"):
            line = path.read_bytes()
        key, private = parse_key_line(path, line)
        return FolderSigner(key, private, self._seen_path(case), self._disk)

    def exposed(self, case: str) -> str:
        """Return in words how others on this machine could reach a case's key, or an empty string."""
        path = self._key_path(case)
        try:
            for place in (self._folder, path.parent, path) if path.exists() else ():
                refuse_exposed(place)
        except RefusedError as error:
            return error.what
        return ""

    def seen(self, case: str) -> bytes | None:
        """Return the last checkpoint of a case seen here, or None."""
        return _read_or_none(self._seen_path(case))

    def _key_path(self, case: str) -> Path:
        return self._folder / "keys" / f"{case}.key"

    def _seen_path(self, case: str) -> Path:
        return self._folder / "seen" / case


class FolderSigner:
    """One case's key, and the file that holds the last checkpoint seen."""

    def __init__(self, key: VerifyKey, private: Ed25519PrivateKey, seen: Path, disk: Disk) -> None:
        self._key = key
        self._private = private
        self._seen = seen
        self._disk = disk

    @property
    def key(self) -> VerifyKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 bytes."""
        return self._private.sign(message)

    def seen(self) -> bytes | None:
        """Return the last checkpoint seen, or None."""
        return _read_or_none(self._seen)

    def saw(self, checkpoint: bytes) -> None:
        """Remember a checkpoint, durably."""
        with storage_errors(f"Remembering the last checkpoint in {self._seen}"):
            make_folder(self._disk, self._seen.parent, FOLDER_MODE)
            write_file(self._disk, self._seen, checkpoint, self._seen.with_name(f"{self._seen.name}.new"), FILE_MODE)


def _read_or_none(path: Path) -> bytes | None:
    with storage_errors(f"Reading {path}"):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def refuse_exposed(path: Path) -> None:
    """Refuse a file or folder that others on this machine can reach.

    Raises:
        RefusedError: ``key-exposed``.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
        raise RefusedError(
            "key-exposed",
            f"Others on this machine can reach {path} (mode {mode:04o}).",
            holds="The key was not used.",
            todo=f"If nobody can have copied the key, run: chmod {wanted:o} {path}",
        )


def parse_key_line(path: Path, line: bytes) -> tuple[VerifyKey, Ed25519PrivateKey]:
    """Return the key that a key file's line spells.

    Raises:
        IntegrityError: ``key-damaged``.
    """
    text = line.decode("ascii", "replace")
    name, _, rest = text.removesuffix("\n").removeprefix(PREFIX).partition("+")
    digits, _, encoded = rest.partition("+")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if text.startswith(PREFIX) and raw[:1] == ED25519 and len(raw) == 1 + 32:
        private = Ed25519PrivateKey.from_private_bytes(raw[1:])
        key = VerifyKey(name, private.public_key().public_bytes_raw())
        if key.id.hex() == digits:
            return key, private
    raise IntegrityError("key-damaged", f"{path} holds no key.", todo="Restore it from a copy.")
