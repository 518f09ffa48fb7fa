"""A pair's pictures for people: the correlation over lags, and what each window of sound said. Small; judges nothing.

Numbers are rounded to what can be seen: a picture of a pair takes one to three kilobytes of JSON.
"""

from __future__ import annotations

import numpy as np

from everyangle.sync import RATE_HZ
from everyangle.sync.agree import Pair, own_time
from everyangle.sync.match import Piece
from everyangle.sync.phase import PROFILE_STEP_S, Phase
from everyangle.sync.windows import WINDOW

POOLED = 3
"""So many neighbouring lags become one value of the picture, their highest: 167 values instead of 501."""


def profile_of(piece: Piece, *, swapped: bool) -> dict[str, object] | None:
    """Return the correlation picture of a piece: the windows' summed correlation over lags, or None without phase.

    ``tenths`` are tenths of the standard deviation that unrelated sound gives, at least 0. The first one stands for
    the offset ``from_s``, each next one for ``step_s`` more. The offsets hold at media time ``at_s`` of the second
    recording.
    """
    phase = piece.phase
    if phase is None or not phase.profile:
        return None
    values = np.array(phase.profile, dtype=np.float64)
    count = -(-len(values) // POOLED)
    padded = np.pad(values, (0, count * POOLED - len(values)), constant_values=-np.inf)
    pooled = np.maximum(padded.reshape(count, POOLED).max(axis=1), 0.0)
    step = POOLED * PROFILE_STEP_S
    first = phase.profile_from_s + (POOLED - 1) / 2 * PROFILE_STEP_S
    at = phase.centre_s
    if swapped:
        pooled, first = pooled[::-1], -(first + (count - 1) * step)
        at = phase.centre_s + phase.lag_s
    return {
        "at_s": round(at, 3),
        "from_s": round(first, 6) + 0.0,
        "step_s": round(step, 6),
        "tenths": np.rint(10 * pooled).astype(int).tolist(),
    }


def windows_of(pair: Pair, piece: Piece, *, swapped: bool) -> dict[str, object] | None:
    """Return what each window of sound said, or None without phase.

    ``b_s`` are the media times of the second recording at which the windows begin; ``off_ms`` by how many milliseconds
    each one's own offset differs from the line through all, None where it does not agree with it.
    """
    phase = piece.phase
    if phase is None or not phase.looked_s:
        return None
    own = dict(zip(phase.seconds, _deviations_ms(phase), strict=True))
    sign = -1 if swapped else 1
    name = pair.a if swapped else pair.b
    return {
        "b_s": [round(own_time(pair, piece, name, t), 2) + 0.0 for t in phase.looked_s],
        "off_ms": [None if t not in own else round(sign * own[t], 2) + 0.0 for t in phase.looked_s],
    }


def _deviations_ms(phase: Phase) -> list[float]:
    """Return the agreeing windows' lags less the piece's line at their middles, in milliseconds."""
    half = WINDOW / RATE_HZ / 2
    return [
        1000 * (lag - phase.lag_s - phase.slope * (t + half - phase.centre_s))
        for t, lag in zip(phase.seconds, phase.offsets, strict=True)
    ]
