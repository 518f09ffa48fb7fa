"""Whether one source and a recorder that walks explain what is heard at two lags.

A source that is heard at one lag, then at another, then at the first again, may be two sources, or one whose recorder
walked there and back. Who walks passes every lag between: the path is followed on which most is heard, no faster than
a walk. Two sources are believed where two fixed lags hold about as much as that path, or where the other one is heard
in the pauses of the source as it is followed.
"""

from __future__ import annotations

import numpy as np

from everyangle.sync import RATE_HZ
from everyangle.sync.spectra import F32
from everyangle.sync.windows import F64, I64, STEP

FOLLOWED_COLUMNS = 20
"""How far from its mean lag a source is followed, in half milliseconds: a walk of three metres either way."""

_CLEAR = 2.5
_LEG_S = 8.0
_SHORT_LEG_S = 3.0
_BIN = 2
_SPEED = 0.004
_MOVING_COSTS = 2.0
_NEAR = 1
_BIN_S = _BIN * STEP / RATE_HZ


def two_rather_than_one(grid: F32, times: F64, first: int, second: int) -> float:
    """Return how much is heard at two fixed lags, over how much is heard along the best path of a walk.

    Args:
        grid: energy of each window at each lag, ``(windows, lags)``, from :func:`everyangle.sync.windows.energy`.
        times: seconds of each window, ascending, ``(windows,)``.
        first: column of one lag.
        second: column of the other.

    Returns:
        Above 1 where two fixed lags hold more; 0 where nothing is heard clearly.
    """
    clear = _clear(grid)
    path = _walk(clear, times, _LEG_S)
    columns = np.arange(grid.shape[1])
    along = np.where(np.abs(columns - path[:, np.newaxis]) <= _NEAR + 1, clear, 0).max(axis=1).sum()
    ones, others = (clear[:, c - _NEAR : c + _NEAR + 1].max(axis=1) for c in (first, second))
    return float(np.maximum(ones, others).sum() / along) if along else 0.0


def followed(grid: F32, times: F64, column: int) -> F32:
    """Return a grid with each window's lags counted from where a source is that is heard about one column.

    Args:
        grid: energy of each window at each lag, ``(windows, lags)``.
        times: seconds of each window, ascending, ``(windows,)``.
        column: of the source's mean lag, more than :data:`FOLLOWED_COLUMNS` from either edge.

    Returns:
        The same shape; the source as it is followed stands at ``column``, and what lies beyond an edge repeats it.
    """
    first = column - FOLLOWED_COLUMNS
    path = _walk(_clear(grid[:, first : column + FOLLOWED_COLUMNS + 1]), times, _SHORT_LEG_S) + first
    moved = np.arange(grid.shape[1]) + np.rint(path - column).astype(np.int64)[:, np.newaxis]
    return np.asarray(np.take_along_axis(grid, np.clip(moved, 0, grid.shape[1] - 1), axis=1))


def _clear(grid: F32) -> F32:
    return np.asarray(np.maximum(grid - np.float32(_CLEAR), 0), np.float32)


def _walk(clear: F32, times: F64, leg_s: float) -> F64:
    """Return the column at each window of the path along which most is heard, straight over each leg."""
    bins = clear.shape[1] // _BIN
    heard = clear[:, : bins * _BIN].reshape(len(clear), bins, _BIN).max(axis=2)
    legs = max(1, int(np.ceil((times[-1] - times[0]) / leg_s)))
    knots = np.linspace(times[0], times[-1] + 1e-6, legs + 1)
    farthest = min(bins - 1, int(np.ceil(_SPEED * (knots[1] - knots[0]) / _BIN_S)))
    leg = np.minimum(np.searchsorted(knots, times, side="right") - 1, legs - 1)
    total, back = np.zeros(bins), []
    for number in range(legs):
        inside = leg == number
        share = (times[inside] - knots[number]) / (knots[number + 1] - knots[number])
        total, came_from = _leg(total, heard[inside], share, farthest)
        back.append(came_from)
    stops = [int(np.argmax(total))]
    for came_from in reversed(back):
        stops.append(int(came_from[stops[-1]]))
    return np.asarray(np.interp(times, knots, np.array(stops[::-1], np.float64)) * _BIN + _BIN / 2, np.float64)


def _leg(total: F64, heard: F32, share: F64, farthest: int) -> tuple[F64, I64]:
    """Return the most that is heard up to each bin at the end of one leg, and the bin in which that leg began.

    Args:
        total: the same at its beginning, ``(bins,)``.
        heard: its windows, ``(windows, bins)``.
        share: how far along the leg each window lies, from 0 to 1.
        farthest: bins that a walk reaches.
    """
    bins = len(total)
    width = ((0, 0), (farthest, farthest))
    shifted = np.lib.stride_tricks.sliding_window_view(np.pad(heard, width), bins, axis=1)
    begun = np.pad(total, farthest, constant_values=-np.inf)
    windows = np.arange(len(heard))
    best, came_from = np.full(bins, -np.inf), np.zeros(bins, np.int64)
    for moved in range(-farthest, farthest + 1):
        start = farthest - moved
        along = shifted[windows, np.rint(moved * share).astype(np.int64) + start].sum(axis=0)
        gained = begun[start : start + bins] + along - _MOVING_COSTS * abs(moved)
        better = gained > best
        best[better] = gained[better]
        came_from[better] = np.flatnonzero(better) - moved
    return best, came_from
