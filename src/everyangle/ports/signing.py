"""Signing: the key of a case, and beside it the last checkpoint seen, both outside the case."""

from __future__ import annotations

from typing import Protocol

from everyangle.record.notes import VerifyKey


class Signer(Protocol):
    """The key of one case. Its private half never leaves the adapter."""

    @property
    def key(self) -> VerifyKey:
        """The public half."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of a message, 64 bytes."""
        ...

    def seen(self) -> bytes | None:
        """Return the last checkpoint seen, or None."""
        ...

    def saw(self, checkpoint: bytes) -> None:
        """Remember a checkpoint, durably.

        Raises:
            StorageError: ``disk-full`` or ``storage-failed``.
        """
        ...


class Keys(Protocol):
    """The keys of this machine's cases."""

    def create(self, case: str, nonce: bytes, seed: bytes) -> Signer:
        """Make a case's key and keep it.

        Args:
            case: id of the case.
            nonce: 4 random bytes for the key's name.
            seed: 32 random bytes, the private key.

        Raises:
            ConflictError: ``key-exists``.
            RefusedError: ``key-exposed`` where others can read the folder.
        """
        ...

    def signer(self, case: str) -> Signer | None:
        """Return a case's key, or None if this machine has none.

        Raises:
            RefusedError: ``key-exposed`` if others can read it.
            IntegrityError: ``key-damaged``.
        """
        ...

    def seen(self, case: str) -> bytes | None:
        """Return the last checkpoint of a case seen on this machine, or None."""
        ...
