"""The ports of one open case, in one value: what stages take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from everyangle.ports.blobs import Blobs
from everyangle.ports.log import Log
from everyangle.ports.openings import Openings
from everyangle.ports.signing import Signer
from everyangle.ports.time import Clock
from everyangle.ports.timestamps import Stamps


@dataclass(frozen=True, slots=True)
class CasePorts:
    """One open case.

    Attributes:
        id: of the case, 32 hexadecimal digits.
        originals: bytes as received.
        derivatives: bytes made from them that the log cites.
        log: every act.
        openings: of private fields.
        stamps: timestamps of checkpoints.
        signer: the case's key, or None where this machine has none (then nothing can be appended).
        seen: the last checkpoint of this case seen on this machine, or None.
        clock: the wall's.
        random: returns that many random bytes, fit for keys.
        folder: where the case lies on this machine, or None if it is no folder.
        exposed: in words, how others on this machine could reach the case's key; empty where they cannot.
    """

    id: str
    originals: Blobs
    derivatives: Blobs
    log: Log
    openings: Openings
    stamps: Stamps
    signer: Signer | None
    seen: Callable[[], bytes | None]
    clock: Clock
    random: Callable[[int], bytes]
    folder: Path | None = None
    exposed: str = ""
