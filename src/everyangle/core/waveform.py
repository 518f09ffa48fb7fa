"""The waveform that a page draws, from samples. Decodes and draws nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FULL_SCALE = 255
_BLOCK_STEPS = 50_000


def peak_levels(samples: NDArray[np.float32], rate_hz: int, steps_hz: int = 50) -> bytes:
    """Return one byte for each step of ``1 / steps_hz`` seconds: the largest absolute sample of that step.

    Args:
        samples: shape (n,), full scale 1.0; sample ``i`` is at ``i / rate_hz`` seconds.
        rate_hz: samples a second, at least ``steps_hz``.
        steps_hz: steps a second.

    Returns:
        ceil(n * steps_hz / rate_hz) bytes, 0 for silence to 255 for full scale and above. Any sound is at least 1.
    """
    count = -(-len(samples) * steps_hz // rate_hz)
    levels = np.zeros(count, np.uint8)
    for begin in range(0, count, _BLOCK_STEPS):
        steps = np.arange(begin, min(begin + _BLOCK_STEPS, count), dtype=np.int64)
        edges = steps * rate_hz // steps_hz
        last = (int(steps[-1]) + 1) * rate_hz // steps_hz
        end = len(samples) if steps[-1] == count - 1 else last
        block = np.abs(samples[int(edges[0]) : end])
        loudest = np.maximum.reduceat(block, edges - edges[0])
        levels[begin : begin + len(steps)] = np.minimum(np.ceil(loudest * _FULL_SCALE), _FULL_SCALE)
    return levels.tobytes()
