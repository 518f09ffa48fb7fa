"""Whether two recordings share more than one source of sound: what is heard where the commonest source pauses.

A loudspeaker in two places, of one broadcast, agrees in everything that one source can agree in. What else there is in
one place is not heard in the other. So sound from elsewhere, in the pauses of the one source, shows that the place is
the same. An echo is no other source: it sounds when what it is an echo of sounds. So what is heard in the pauses counts
only as far as it is heard better there than while the source sounds. And a source that has moved, or whose recording
lost some milliseconds, is no other source either: so the two must be heard in turn, not one after the other for good,
and no recorder that walks may explain them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyangle.sync import RATE_HZ
from everyangle.sync.match import Piece
from everyangle.sync.phase import PROFILE_STEP_S
from everyangle.sync.spectra import F32, Sound
from everyangle.sync.walking import FOLLOWED_COLUMNS, followed, two_rather_than_one
from everyangle.sync.windows import F64, REACH, STEP, correlations, energy

WINDOW = 2000
HOP = 1000
MOST_WINDOWS = 480
INDEPENDENT_HEIGHT = 4.4
"""From this height on, sound from elsewhere is heard in the pauses.

One broadcast in two homes reached 4.16 at most, in 272 pairs of development sets; 4.08 in 1,338 before walks were
followed.
"""

_FOLLOWED_HEIGHT = 3.4
_TWO_RATHER_THAN_ONE = 0.95
_CLEAR_NATS = 2.5
_UNHEARD = 1.5
_HEARD = 3.0
_LEAST_HEARD = 3
_IN_TURN = 0.92
_LEAST_PAUSES = 12
_FARTHER_COSTS = 0.01
_NEAR_ECHO_COLUMNS = 30
_FAR_ECHO_SHARE = 0.5
_APART_COLUMNS = 4
_WANDERS_SHARE = 0.25
_EDGE_COLUMNS = 50
_SMOOTH_COLUMNS = 41


@dataclass(frozen=True, slots=True)
class Pauses:
    """What is heard in the pauses of the commonest source.

    Attributes:
        windows: quarter seconds in which it is not heard, though it is before and after.
        height: the greatest sum of their phase correlation at another lag, above its surroundings and above what an
            echo would give, in units of chance, less a hundredth for each half millisecond of distance.
        lag_s: that lag, against the commonest source's.
    """

    windows: int
    height: float
    lag_s: float


def in_pauses(
    a: Sound,
    b: Sound,
    first_s: float,
    last_s: float,
    lag_s: float,
    slope: float,
    centre_s: float,
    *,
    wanders: bool = False,
) -> Pauses:
    """Return what two sounds share in the pauses of their commonest source.

    Args:
        a: first sound.
        b: second sound.
        first_s: start of the piece, media time of ``b``.
        last_s: its end.
        lag_s: the lag of the commonest source at ``centre_s``.
        slope: change of lag per second.
        centre_s: media time of ``b``.
        wanders: whether the source may be played at changing speeds, so that its lag wanders.
    """
    first, last = round(first_s * RATE_HZ), round(last_s * RATE_HZ) - WINDOW
    count = min(MOST_WINDOWS, (last - first) // HOP + 1)
    if last < first or count < _LEAST_PAUSES:
        return Pauses(0, 0.0, 0.0)
    starts = [round(x) for x in np.linspace(first, last, count)]
    lags = [round((lag_s + slope * ((s + WINDOW / 2) / RATE_HZ - centre_s)) * RATE_HZ) for s in starts]
    grid = energy(correlations(a, b, starts, lags, window=WINDOW))
    middle = REACH // STEP
    main = grid[:, middle - 1 : middle + 2].max(axis=1)
    wandered = _around(_above(grid.mean(axis=0)), middle) if wanders else slice(0)
    still = _beside(grid, main, _APART_COLUMNS, wandered)
    times = (np.array(starts) + WINDOW / 2) / RATE_HZ
    along = followed(grid, times, middle)
    main = np.maximum(main, along[:, middle - 2 : middle + 3].max(axis=1))
    walking = _beside(along, main, FOLLOWED_COLUMNS, wandered)
    if walking.height >= INDEPENDENT_HEIGHT:
        return max(still, walking, key=lambda found: found.height)
    if still.height < INDEPENDENT_HEIGHT or walking.height >= _FOLLOWED_HEIGHT:
        return still
    other = middle + round(still.lag_s * RATE_HZ / STEP)
    if two_rather_than_one(grid, times, middle, other) >= _TWO_RATHER_THAN_ONE:
        return still
    return Pauses(still.windows, 0.0, 0.0)


def _beside(grid: F32, main: F32, apart: int, wandered: slice) -> Pauses:
    """Return what is heard while the source in the middle of a grid is not.

    Args:
        grid: energy of each window at each lag, ``(windows, lags)``.
        main: how well each window hears the source, ``(windows,)``.
        apart: columns on either side of the middle that belong to the source.
        wandered: columns that belong to it besides.
    """
    middle = REACH // STEP
    heard = np.flatnonzero(main > _HEARD)
    if len(heard) < _LEAST_HEARD:
        return Pauses(0, 0.0, 0.0)
    unheard = main < _UNHEARD
    unheard[: heard[0]] = unheard[heard[-1] :] = False
    count = int(unheard.sum())
    if count < _LEAST_PAUSES:
        return Pauses(count, 0.0, 0.0)
    above = _above(grid[unheard].sum(axis=0) / np.sqrt(count))
    far = np.abs(np.arange(len(above)) - middle)
    share = np.where(far <= _NEAR_ECHO_COLUMNS, 1.0, _FAR_ECHO_SHARE)
    above -= share * np.sqrt(count) * np.maximum(_above(grid[heard].mean(axis=0)), 0)
    above -= _FARTHER_COSTS * far
    above[middle - apart : middle + apart + 1] = 0
    above[wandered] = 0
    above[:_EDGE_COLUMNS] = above[-_EDGE_COLUMNS:] = 0
    at = int(np.argmax(above))
    other = np.flatnonzero(unheard & (grid[:, max(0, at - 1) : at + 2].max(axis=1) > _HEARD))
    if len(other) < _LEAST_HEARD or _moved(heard, other):
        return Pauses(count, 0.0, 0.0)
    return Pauses(count, round(float(above[at]), 2), (at - middle) * STEP / RATE_HZ)


def _moved(ones: npt.NDArray[np.intp], others: npt.NDArray[np.intp]) -> bool:
    """Return whether what is heard at one lag and at another follows one on the other, as one source that moved does.

    Args:
        ones: windows that hear the first, ascending.
        others: windows that hear the second, ascending.
    """
    first = float(np.searchsorted(ones, others).mean()) / len(ones)
    return not 1 - _IN_TURN < first < _IN_TURN


def _around(mean: F64, middle: int) -> slice:
    """Return the columns about the middle in which the source itself, or what it wanders over, is heard."""
    least = _WANDERS_SHARE * mean[middle - 1 : middle + 2].max()
    first, last = middle - _APART_COLUMNS, middle + _APART_COLUMNS
    while first > 0 and mean[first - 1 : first + 1].max() > least:
        first -= 1
    while last < len(mean) - 1 and mean[last : last + 2].max() > least:
        last += 1
    return slice(first, last + 1)


def _above(values: F32) -> F64:
    """Return by how much values exceed the mean of their surroundings."""
    even = np.full(_SMOOTH_COLUMNS, 1 / _SMOOTH_COLUMNS)
    return np.asarray(
        values - np.convolve(np.pad(values, _SMOOTH_COLUMNS // 2, mode="edge"), even, "valid"), np.float64
    )


def heard_in_pauses(piece: Piece, a: Sound, b: Sound, *, wanders: bool) -> Pauses | None:
    """Return what two sounds share in the pauses of the commonest source of a piece.

    None where phase does not show one source clearly: any other would then look like a second one.

    Args:
        piece: of the match.
        a: first sound.
        b: second sound.
        wanders: whether what they share may be music or a siren, played at changing speeds.
    """
    phase = piece.phase
    if phase is None or piece.phase_nats < _CLEAR_NATS:
        return None
    lag_s = phase.profile_from_s + int(np.argmax(phase.profile)) * PROFILE_STEP_S
    return in_pauses(a, b, piece.first_s, piece.last_s, lag_s, phase.slope, phase.centre_s, wanders=wanders)
