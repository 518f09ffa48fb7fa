"""Band envelopes second by second: how much better each second of a pair agrees on a line of lag than elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyangle.sync.evidence import Line
from everyangle.sync.features import Features
from everyangle.sync.landmarks import I64
from everyangle.sync.spectra import F32, FRAMES_PER_S

F64 = npt.NDArray[np.float64]

CONTROL_LAGS = 48


@dataclass(frozen=True, slots=True, eq=False)
class Controls:
    """A pair's envelopes, and how each second of ``b`` agrees with windows spread over all of ``a``.

    Attributes:
        bands: ``(frames, BANDS)`` of what does not repeat in ``a``.
        seconds: ``(seconds, frames * BANDS)``, each whole second of ``b``.
        places: first frames of the control windows in ``a``.
        values: ``(seconds, places)``, the agreement of each second with each control window.
    """

    bands: F32
    seconds: F32
    places: I64
    values: F32


_SECOND_FRAMES = int(FRAMES_PER_S)


def controls(a: Features, b: Features) -> Controls:
    """Return what lets a second's agreement at one lag be compared with chance."""
    bands, other = a.novel.astype(np.float32), b.novel.astype(np.float32)
    starts = np.rint(np.arange(int(b.duration_s)) * FRAMES_PER_S).astype(np.int64)
    starts = starts[starts + _SECOND_FRAMES <= len(other)]
    places = np.linspace(0.03, 0.97, CONTROL_LAGS) * max(0, len(bands) - _SECOND_FRAMES)
    firsts = np.unique(places.astype(np.int64)) if len(bands) >= _SECOND_FRAMES else np.zeros(0, np.int64)
    seconds = _windows(other, starts)
    values = np.asarray(np.matmul(seconds, _windows(bands, firsts).T), dtype=np.float32)
    return Controls(bands, seconds, firsts, values)


def _windows(bands: F32, starts: I64) -> F32:
    """Return the second of frames from each start, flattened."""
    width = bands.shape[1]
    if len(bands) < _SECOND_FRAMES:
        return np.zeros((0, _SECOND_FRAMES * width), np.float32)
    flat = np.lib.stride_tricks.sliding_window_view(np.ascontiguousarray(bands).reshape(-1), _SECOND_FRAMES * width)
    return np.asarray(flat[starts * width], dtype=np.float32)


def envelope_seconds(known: Controls, line: Line) -> F64:
    """Return how much more each second's envelopes agree on the line than with control windows.

    One value a second of ``b`` (nan where not overlapping): the agreement, less the mean over the controls, divided by
    their spread.
    """
    count = len(known.seconds)
    t = np.arange(count)
    at = np.rint((t + line.lag_s + line.slope * (t + 0.5 - line.centre_s)) * FRAMES_PER_S).astype(np.int64)
    inside = (at >= 0) & (at + _SECOND_FRAMES <= len(known.bands))
    result = np.full(count, np.nan)
    if not inside.any() or len(known.places) < 8:
        return result
    rows = np.nonzero(inside)[0]
    values = np.einsum("sd,sd->s", _windows(known.bands, at[rows]), known.seconds[rows])
    apart = np.abs(known.places[None, :] - at[rows][:, None]) > 20
    count_apart = np.maximum(apart.sum(axis=1), 1)
    others = np.where(apart, known.values[rows], 0.0)
    mean = others.sum(axis=1) / count_apart
    spread = np.sqrt(np.maximum((others**2).sum(axis=1) / count_apart - mean**2, 0.0)) + 1e-3 * _SECOND_FRAMES
    result[rows] = (values - mean) / spread
    return result
