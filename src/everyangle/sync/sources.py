"""Whether two recordings share more than one source of sound: what is heard where the commonest source pauses.

A loudspeaker in two places, of one broadcast, agrees in everything that one source can agree in. What else there is in
one place is not heard in the other. So sound from elsewhere, in the pauses of the one source, shows that the place is
the same. An echo is no other source: it pauses with what it is an echo of.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from everyangle.sync import RATE_HZ
from everyangle.sync.match import Piece
from everyangle.sync.phase import PROFILE_STEP_S
from everyangle.sync.spectra import Sound
from everyangle.sync.windows import REACH, STEP, correlations, energy

WINDOW = 2000
HOP = 1000
MOST_WINDOWS = 480
INDEPENDENT_HEIGHT = 6.0
"""From this height on, sound from elsewhere is heard in the pauses; broadcasts in two homes reached 5.5."""

_HEARD = 1.5
_APART_COLUMNS = 10
_EDGE_COLUMNS = 50
_LEAST_PAUSES = 6
_SMOOTH_COLUMNS = 41


@dataclass(frozen=True, slots=True)
class Pauses:
    """What is heard in the pauses of the commonest source.

    Attributes:
        windows: quarter seconds in which it is not heard.
        height: the greatest sum of their phase correlation at another lag, above its surroundings, in units of chance.
        lag_s: that lag, against the commonest source's.
    """

    windows: int
    height: float
    lag_s: float


def in_pauses(a: Sound, b: Sound, first_s: float, last_s: float, lag_s: float, slope: float, centre_s: float) -> Pauses:
    """Return what two sounds share in the pauses of their commonest source.

    Args:
        a: first sound.
        b: second sound.
        first_s: start of the piece, media time of ``b``.
        last_s: its end.
        lag_s: the lag of the commonest source at ``centre_s``.
        slope: change of lag per second.
        centre_s: media time of ``b``.
    """
    first, last = round(first_s * RATE_HZ), round(last_s * RATE_HZ) - WINDOW
    count = min(MOST_WINDOWS, (last - first) // HOP + 1)
    if last < first or count < _LEAST_PAUSES:
        return Pauses(0, 0.0, 0.0)
    starts = [round(x) for x in np.linspace(first, last, count)]
    lags = [round((lag_s + slope * ((s + WINDOW / 2) / RATE_HZ - centre_s)) * RATE_HZ) for s in starts]
    grid = energy(correlations(a, b, starts, lags, window=WINDOW))
    middle = REACH // STEP
    main = grid[:, middle - 4 : middle + 5].max(axis=1)
    quiet = grid[main < _HEARD]
    if len(quiet) < _LEAST_PAUSES:
        return Pauses(len(quiet), 0.0, 0.0)
    total = quiet.sum(axis=0) / np.sqrt(len(quiet))
    even = np.full(_SMOOTH_COLUMNS, 1 / _SMOOTH_COLUMNS)
    above = total - np.convolve(np.pad(total, _SMOOTH_COLUMNS // 2, mode="edge"), even, "valid")
    above[middle - _APART_COLUMNS : middle + _APART_COLUMNS + 1] = 0
    above[:_EDGE_COLUMNS] = above[-_EDGE_COLUMNS:] = 0
    at = int(np.argmax(above))
    return Pauses(len(quiet), round(float(above[at]), 2), (at - middle) * STEP / RATE_HZ)


def heard_in_pauses(piece: Piece, a: Sound, b: Sound) -> Pauses | None:
    """Return what two sounds share in the pauses of the commonest source of a piece; None where phase found none."""
    phase = piece.phase
    if phase is None:
        return None
    lag_s = phase.profile_from_s + int(np.argmax(phase.profile)) * PROFILE_STEP_S
    return in_pauses(a, b, piece.first_s, piece.last_s, lag_s, phase.slope, phase.centre_s)
