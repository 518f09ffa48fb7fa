"""The keys of a capture server: two files below ``server/`` beside the cases' keys, for this user's eyes only.

``receipts.key`` is written as a case's key is (``keys_folder``), ``seal.pem`` is PKCS #8. A lost sealing key costs what
phones still hold sealed to it; a lost receipt key costs nothing that is kept: the log names the key of each recording.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_file
from everyangle.adapters.keys_folder import FILE_MODE, FOLDER_MODE, PREFIX, parse_key_line, refuse_exposed
from everyangle.capture.keys import ServerKeys
from everyangle.core.errors import IntegrityError
from everyangle.record.notes import ED25519, VerifyKey


def server_keys(home: Path, random: Callable[[int], bytes], disk: Disk | None = None) -> ServerKeys:
    """Return the keys below ``home``, made when they are first asked for.

    Raises:
        RefusedError: ``key-exposed`` where others can read them.
        IntegrityError: ``key-damaged``.
        StorageError: where they cannot be kept.
    """
    folder = home / "server"
    disk = disk or Disk()
    receipts, seal = folder / "receipts.key", folder / "seal.pem"
    with storage_errors(f"Keeping the server's keys in {folder}"):
        for place in (home, folder):
            make_folder(disk, place, FOLDER_MODE)
            refuse_exposed(place)
        if not receipts.exists():
            _keep(disk, receipts, _new_receipts(random))
        if not seal.exists():
            _keep(disk, seal, _new_seal())
        for path in (receipts, seal):
            refuse_exposed(path)
        key, private = parse_key_line(receipts, receipts.read_bytes())
        return ServerKeys(key, private.sign, _seal(seal))


def _keep(disk: Disk, path: Path, data: bytes) -> None:
    write_file(disk, path, data, path.with_suffix(".new"), FILE_MODE)


def _new_receipts(random: Callable[[int], bytes]) -> bytes:
    seed = random(32)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    key = VerifyKey(f"everyangle/receipt-key/{random(4).hex()}", public)
    return f"{PREFIX}{key.name}+{key.id.hex()}+{base64.b64encode(ED25519 + seed).decode()}\n".encode()


def _new_seal() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _seal(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise IntegrityError("key-damaged", f"{path} holds no key.", todo="Restore it from a copy.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise IntegrityError("key-damaged", f"{path} holds another kind of key.", todo="Restore it from a copy.")
    return key
