"""Sounds for synchronization: each recording's sound as one channel of 16-bit samples, kept so that it decodes once."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined
from everyangle.sync.spectra import RATE_HZ

__all__ = ["RATE_HZ", "keep_sound", "load_sound", "sound_key"]

_FULL_SCALE = 32767
_BLOCK = 1 << 20


def sound_key(one: Examined, bench: Workbench) -> str:
    """Return the name under which a recording's sound is kept."""
    return f"sound/1 {bench.media.recipe('sound', rate_hz=RATE_HZ)} {one.item.id}"


def keep_sound(one: Examined, bench: Workbench) -> NDArray[np.int16]:
    """Return a recording's sound, decoding it where that was not done yet; read from its file on demand.

    Returns:
        int16, shape (n,), at :data:`RATE_HZ`; sample ``i`` is at media time ``i / RATE_HZ``.

    Raises:
        EveryAngleError: as the media port raises it.
    """
    key = sound_key(one, bench)
    path = bench.derived.path(key)
    if path is None:
        with bench.case.originals.open(one.item.id) as source:
            sound = bench.media.sound(source, RATE_HZ, label=one.item.name)
        path = bench.derived.make(key, lambda out: _write(out, sound.samples))
    if path.stat().st_size == 0:
        return np.zeros(0, np.int16)
    return np.memmap(path, dtype="<i2", mode="r")


def load_sound(one: Examined, bench: Workbench) -> NDArray[np.float32]:
    """Return a recording's sound as float32, full scale 1."""
    return np.asarray(keep_sound(one, bench), dtype=np.float32) / np.float32(_FULL_SCALE)


def _write(out: BinaryIO, samples: NDArray[np.float32]) -> None:
    for start in range(0, len(samples), _BLOCK):
        block = np.clip(samples[start : start + _BLOCK], -1.0, 1.0)
        out.write(np.round(block * _FULL_SCALE).astype("<i2").tobytes())
