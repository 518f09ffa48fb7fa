"""Stamping: asking timestamping authorities about the case's current checkpoint, and keeping their raw answers.

A stamp says that everything up to the checkpoint existed by the authority's time. Only a digest leaves this machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from everyangle.core.errors import RefusedError, StorageError
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Advanced, Events, Finished, Started, silent
from everyangle.ports.timestamps import Authority

STEP = "stamp"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was kept: which authority gave it, and where it lies below ``log/stamps/``."""

    url: str
    place: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An authority that gave no timestamp, and why."""

    url: str
    error: StorageError | RefusedError


@dataclass(frozen=True, slots=True)
class StampResult:
    """What stamping a checkpoint brought."""

    checkpoint: bytes
    kept: tuple[Kept, ...]
    failed: tuple[Failed, ...]


def stamp(case: CasePorts, authorities: Sequence[Authority], *, events: Events = silent) -> StampResult:
    """Have the current checkpoint stamped. An authority that fails does not stop the others.

    Raises:
        NotFoundError: ``case-missing``.
        ConflictError: ``case-locked``.
        StorageError: ``disk-full`` or ``storage-failed`` if an answer cannot be kept.
    """
    kept: list[Kept] = []
    failed: list[Failed] = []
    checkpoint = case.log.checkpoint()
    events(Started(STEP, len(authorities), "authorities"))
    for authority in authorities:
        try:
            response = authority.stamp(checkpoint)
        except (StorageError, RefusedError) as error:
            failed.append(Failed(authority.url, error))
        else:
            with case.log.writer():
                kept.append(Kept(authority.url, case.stamps.add(checkpoint, response)))
        events(Advanced(STEP, 1, authority.url))
    events(Finished(STEP))
    return StampResult(checkpoint, tuple(kept), tuple(failed))
