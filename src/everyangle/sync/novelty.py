"""Which parts of a recording's spectrum repeat at its own self-lags, so that what does not repeat can be heard alone.

A siren, an alarm or a looped song fits itself at every period: it says that two recordings share it, and neither where
on the clock nor of which event they are. Finds no lags: :mod:`everyangle.sync.landmarks` does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter

from everyangle.sync.spectra import BINS, F32, LOW_BIN, MEL, Block

_PATCH = (17, 7)
"""Frames and bins over which likeness is judged: a quarter of a second, 110 Hz."""

_ALIKE = 0.5
_LEVEL = 0.25
MOST_LAGS = 4


def repeating_parts(white: F32, lags: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Return where a whitened spectrum is like itself at one of some lags, before or after.

    Args:
        white: ``(frames, bins)``, natural logarithm of power less its running mean.
        lags: in frames, positive; at most the first :data:`MOST_LAGS` are looked at.

    Returns:
        ``(frames, bins)``: the patch around has a normalized correlation above 0.5 with the patch one lag away, and
        is not silence.
    """
    mask = np.zeros(white.shape, dtype=np.bool_)
    power = np.maximum(uniform_filter(white * white, _PATCH, mode="nearest"), 0)
    for lag in lags[:MOST_LAGS]:
        if not 0 < lag < len(white):
            continue
        product = uniform_filter(white[lag:] * white[:-lag], _PATCH, mode="nearest")
        both = np.sqrt(power[lag:] * power[:-lag])
        alike = (product > _ALIKE * both) & (both > _LEVEL)
        mask[lag:] |= alike
        mask[:-lag] |= alike
    return mask


def novel_bands(block: Block, masked: npt.NDArray[np.bool_]) -> F32:
    """Return the log energy in bands of a block's parts that do not repeat, ``(frames, BANDS)``.

    A band is the mean over its bins that are not masked; where all are, it has its running mean: it says nothing.

    Args:
        block: the spectra.
        masked: ``(frames, BINS)``, of all the block's frames.
    """
    mel = MEL[LOW_BIN : LOW_BIN + BINS]
    open_ = (~masked).astype(np.float32)
    weight = open_ @ mel
    white = (block.white * open_) @ mel
    return np.asarray(white / np.maximum(weight, np.float32(0.05)), dtype=np.float32)
