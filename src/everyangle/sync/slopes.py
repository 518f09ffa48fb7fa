"""How fast two clocks drift apart, from the lags of single windows, whichever sources each of them heard.

Windows hear several sources, each with its own lag; over time other sources sound, so that a line through all windows
leans from one source to the next. The sources' lines are parallel: the slope sought is the one along which most pairs
of windows agree to a fraction of a millisecond, however many lines they stand on. Moving sources agree with nothing.
"""

from __future__ import annotations

import numpy as np

from everyangle.sync.windows import F64, I64

PRIOR_PPM = 40.0
"""Standard deviation of the difference of two cheap clocks' rates, before anything is heard."""

MAX_PPM = 150.0
_STEP_S = 1e-4
_MOST_SLOPES = 400
_TOGETHER_S = 0.15e-3
_LEAST_S = 2e-5
_CERTAINTY = 1.5
_GAP_S = 0.15e-3


def shared_slope(t: F64, y: F64) -> tuple[float, float]:
    """Return the slope that windows share and the half-width of a 95 % interval of it.

    Args:
        t: seconds from a common moment, shape ``(windows,)``.
        y: lags in seconds, the same shape.
    """
    first, second = np.triu_indices(len(t), 1)
    apart, change = t[second] - t[first], y[second] - y[first]
    near = np.abs(change) < np.abs(apart) * MAX_PPM * 1e-6 + 3 * _TOGETHER_S
    apart, change = apart[near].astype(np.float32), change[near].astype(np.float32)
    half = max(float(np.abs(t).max(initial=0.0)), 1.0)
    count = 2 * min(_MOST_SLOPES, int(np.ceil(MAX_PPM * 1e-6 * half / _STEP_S))) + 1
    slopes = np.linspace(-MAX_PPM, MAX_PPM, count) * 1e-6
    agreement = _agreement(apart, change, slopes, len(t))
    best = float(slopes[np.argmax(agreement)])
    slope, error = _refined(t, y, best)
    weight = np.exp(_CERTAINTY * (agreement - agreement.max()))
    # Other slopes along which nearly as much agrees count as possible.
    doubt = float(np.sqrt((weight * (slopes - best) ** 2).sum() / weight.sum()))
    return slope, 1.96 * float(np.hypot(error, doubt))


def _agreement(apart: F64, change: F64, slopes: F64, count: int) -> F64:
    """Return how well windows agree in pairs along each slope, about in nats, the prior included."""
    away = (change[:, None] - apart[:, None] * slopes[None, :].astype(np.float32)) / np.float32(_TOGETHER_S)
    together = np.exp(np.float32(-0.5) * away * away).sum(axis=0).astype(np.float64)
    return np.asarray(2 * together / max(1, count) - 0.5 * (slopes / (PRIOR_PPM * 1e-6)) ** 2, np.float64)


def _refined(t: F64, y: F64, slope: float) -> tuple[float, float]:
    """Return the slope by least squares within the lines that windows stand on, and its standard error."""
    prior = (PRIOR_PPM * 1e-6) ** -2
    error = PRIOR_PPM * 1e-6
    for _ in range(3):
        rest = y - slope * t
        order = np.argsort(rest, kind="stable")
        line = np.empty(len(t), np.int64)
        line[order] = np.concatenate([[0], np.cumsum(np.diff(rest[order]) > _GAP_S)])
        off_t, off_y = (x - _means(x, line) for x in (t, y))
        residual = off_y - slope * off_t
        scale = max(_LEAST_S, 1.4826 * float(np.median(np.abs(residual))))
        weights = 1 / (1 + (residual / (2.5 * scale)) ** 2) ** 2
        off_t, off_y = (x - _means(x, line, weights) for x in (t, y))
        information = float((weights * off_t**2).sum()) / scale**2 + prior
        slope = float((weights * off_t * off_y).sum()) / scale**2 / information
        error = 1 / float(np.sqrt(information))
    return slope, error


def _means(x: F64, line: I64, weights: F64 | None = None) -> F64:
    weights = np.ones(len(x)) if weights is None else weights
    return np.asarray(
        (np.bincount(line, weights * x) / np.maximum(np.bincount(line, weights), 1e-300))[line], np.float64
    )
