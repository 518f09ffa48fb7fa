"""The keys of a server, in one value. Where they are kept is an adapter's matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from everyangle.record.notes import VerifyKey


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """What a server signs receipts with, and what phones seal their queue to.

    Attributes:
        receipts: the public key of receipts.
        sign: returns the Ed25519 signature of a message.
        seal: the private sealing key, on P-256.
    """

    receipts: VerifyKey
    sign: Callable[[bytes], bytes]
    seal: ec.EllipticCurvePrivateKey
