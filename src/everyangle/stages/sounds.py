"""Sounds for synchronization: each recording's sound as one channel of 16-bit samples, kept so that it decodes once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from everyangle.core.errors import EveryAngleError
from everyangle.ports.events import Advanced, Finished, Started, Warned
from everyangle.ports.work import OnFile
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined
from everyangle.stages.footage import footage
from everyangle.sync import RATE_HZ

STEP = "sounds"

_FULL_SCALE = 32767
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class SentSound:
    """A recording's sound that travelled to where it is needed."""

    samples: NDArray[np.int16]

    def __call__(self) -> NDArray[np.int16]:
        """Return the samples, as :class:`KeptSound` does."""
        return self.samples


@dataclass(frozen=True, slots=True)
class KeptSound(OnFile):
    """Where a recording's sound is kept. Called, it gives the samples, read from the file on demand."""

    path: Path

    def __call__(self) -> NDArray[np.int16]:
        """Return int16, shape (n,), at :data:`RATE_HZ`; sample ``i`` is at media time ``i / RATE_HZ``."""
        if self.path.stat().st_size == 0:
            return np.zeros(0, np.int16)
        return np.memmap(self.path, dtype="<i2", mode="r")

    def carrying(self, data: memoryview) -> SentSound:
        """Return the sound that the file holds."""
        return SentSound(np.frombuffer(data, dtype="<i2"))


def sound_recipe(bench: Workbench) -> str:
    """Return what makes a sound."""
    return f"sound/1 {bench.media.recipe('sound', rate_hz=RATE_HZ)}"


def keep_sounds(items: Sequence[Examined], bench: Workbench) -> list[KeptSound | None]:
    """Return each item's sound, decoding what was not decoded yet; None where there is none.

    A sound that cannot be decoded is told as a warning, and the recording counts as one without sound.
    """
    bench.events(Started(STEP, len(items), "recordings"))
    found: list[KeptSound | None] = []
    for one, outcome in zip(items, bench.waiting.map(lambda one: _try_sound(one, bench), items), strict=True):
        if isinstance(outcome, EveryAngleError):
            bench.events(Warned(outcome.code, str(outcome)))
        found.append(None if isinstance(outcome, EveryAngleError) else outcome)
        bench.events(Advanced(STEP, 1, one.item.name))
    bench.events(Finished(STEP))
    return found


def keep_sound(one: Examined, bench: Workbench) -> KeptSound:
    """Return where a recording's sound is kept, decoding it where that was not done yet.

    Raises:
        EveryAngleError: as the media port raises it.
    """
    key = f"{sound_recipe(bench)} {one.item.id}"
    path = bench.derived.path(key)
    if path is None:
        with footage(one.item.id, bench) as source:
            sound = bench.media.sound(source, RATE_HZ, label=one.item.name)
        path = bench.derived.make(key, lambda out: write_sound(out, sound.samples))
    return KeptSound(path)


def load_sound(one: Examined, bench: Workbench) -> NDArray[np.float32]:
    """Return a recording's sound as float32, full scale 1."""
    return np.asarray(keep_sound(one, bench)(), dtype=np.float32) / np.float32(_FULL_SCALE)


def _try_sound(one: Examined, bench: Workbench) -> KeptSound | EveryAngleError | None:
    if not one.has_sound:
        return None
    try:
        return keep_sound(one, bench)
    except EveryAngleError as error:
        return error


def write_sound(out: BinaryIO, samples: NDArray[np.float32]) -> None:
    """Write samples as 16-bit integers, little-endian; what is beyond full scale is clipped."""
    for start in range(0, len(samples), _BLOCK):
        block = np.clip(samples[start : start + _BLOCK], -1.0, 1.0)
        out.write(np.round(block * _FULL_SCALE).astype("<i2").tobytes())
