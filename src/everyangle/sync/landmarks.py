"""Spectral landmarks: peaks of the whitened spectrum, hashed in pairs, each hash flagged for what it cannot prove.

A flag says that a landmark repeats within its own recording (a loop, a siren) or lies on a sustained tone (music): such
landmarks find candidates but do not count as evidence that two recordings are of one event. Compares no recordings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import poisson

from everyangle.sync.spectra import BINS, F32, FRAMES_PER_S, Block

U32 = npt.NDArray[np.uint32]
U8 = npt.NDArray[np.uint8]
I64 = npt.NDArray[np.int64]

REPEATS = 1
"""Flag: repeats at one of the recording's own self-lags."""
TONAL = 2
"""Flag: lies on a sustained tone."""

PEAKS_PER_S = 40
_FAN = 10
_MAX_DT = 64
_MAX_DF = 64
_PEAK_NATS = 1.0
_SELF_LAGS = 8
_SELF_MIN_FRAMES = 16


@dataclass(frozen=True, slots=True)
class Peaks:
    """Spectral peaks in order of time: frame, bin, and whether on a sustained tone. Arrays of one length."""

    frame: I64
    bin: I64
    tonal: npt.NDArray[np.bool_]


def find_peaks(block: Block, white: F32 | None = None) -> Peaks:
    """Return the strongest local maxima of a block's whitened spectrum, at most :data:`PEAKS_PER_S` a second.

    Args:
        block: the spectra.
        white: what to look at instead of the block's own whitened spectrum, of the same shape.
    """
    white = block.white if white is None else white
    crest = (white == _highest_near(_highest_near(white, 3).T, 4).T) & (white > _PEAK_NATS)
    crest[: block.lead] = False
    crest[block.lead + block.count :] = False
    at, bins = np.nonzero(crest)
    frames = at - block.lead + block.start
    seconds = (frames / FRAMES_PER_S).astype(np.int64)
    order = np.lexsort((bins, frames, -white[at, bins], seconds))
    rank = np.arange(len(order)) - np.searchsorted(seconds[order], seconds[order])
    keep = np.sort(order[rank < PEAKS_PER_S])
    tonal = _sustained(block.log_power, at[keep], bins[keep])
    return Peaks(frames[keep], bins[keep], tonal)


def _highest_near(values: F32, reach: int) -> F32:
    """Return the highest value within ``reach`` rows (at least 2) of each, of the same shape."""
    order: Literal["C", "F"] = "C" if values.flags.c_contiguous else "F"
    padded = np.full((len(values) + 2 * reach, values.shape[1]), -np.inf, np.float32, order)
    padded[reach : reach + len(values)] = values
    span, highest = 1, padded
    while 2 * span <= 2 * reach + 1:
        highest = np.maximum(highest[:-span], highest[span:])
        span *= 2
    rest = 2 * reach + 1 - span
    return np.asarray(np.maximum(highest[: len(highest) - rest], highest[rest:]))


def _sustained(log_power: F32, frames: I64, bins: I64) -> npt.NDArray[np.bool_]:
    """Return at which of some places a spectral line stands at one frequency for a quarter of a second.

    A line stands there if, around one of the nine nearest frames, at least 14 of 17 frames have a ridge in that bin.
    """
    padded = np.pad(log_power, ((0, 0), (4, 4)), mode="edge")
    centre = padded[:, 4:-4]
    ridge = (centre >= padded[:, 3:-5]) & (centre >= padded[:, 5:-3])
    ridge &= centre - 0.5 * (padded[:, :-8] + padded[:, 8:]) > 1.5
    last = len(log_power) - 1
    middles = np.clip(frames[:, None] + np.arange(-4, 5), 0, last)
    counts = np.zeros(middles.shape, np.int64)
    for step in range(-8, 9):
        counts += ridge[np.clip(middles + step, 0, last), bins[:, None]]
    return np.asarray((counts >= 14).any(axis=1))


def hash_peaks(peaks: Peaks, repeats: npt.NDArray[np.bool_]) -> tuple[U32, U32, U8]:
    """Return hashes of pairs of peaks, the frame of each pair's first peak, and flags; sorted by hash, then frame."""
    order = np.lexsort((peaks.bin, peaks.frame))
    frame, bins = peaks.frame[order], peaks.bin[order]
    flag = (repeats[order] * REPEATS + peaks.tonal[order] * TONAL).astype(np.uint8)
    used = np.zeros(len(frame), dtype=np.int64)
    parts: list[tuple[I64, I64, U8]] = []
    for step in range(1, len(frame)):
        dt = frame[step:] - frame[:-step]
        if dt.min() >= _MAX_DT:
            break
        df = bins[step:] - bins[:-step]
        good = np.nonzero((dt >= 2) & (dt < _MAX_DT) & (np.abs(df) < _MAX_DF) & (used[:-step] < _FAN))[0]
        used[good] += 1
        code = (bins[good] << 13) | ((df[good] + _MAX_DF) << 6) | dt[good]
        parts.append((code, frame[good], flag[good] | flag[good + step]))
    if not parts:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8)
    codes, frames, flags = (np.concatenate(column) for column in zip(*parts, strict=True))
    by = np.lexsort((frames, codes))
    return codes[by].astype(np.uint32), frames[by].astype(np.uint32), flags[by].astype(np.uint8)


def united(one: tuple[U32, U32, U8], other: tuple[U32, U32, U8]) -> tuple[U32, U32, U8]:
    """Return landmarks of both, each once; what either says of a landmark that both have, the second's flags hold."""
    codes, frames, flags = (np.concatenate([y, x]) for x, y in zip(one, other, strict=True))
    by = np.lexsort((frames, codes))
    codes, frames, flags = codes[by], frames[by], flags[by]
    again = np.zeros(len(codes), dtype=np.bool_)
    again[1:] = (codes[1:] == codes[:-1]) & (frames[1:] == frames[:-1])
    return codes[~again], frames[~again], flags[~again]


def coincidences(codes: U32, others: U32, limit: int = 64) -> tuple[I64, I64]:
    """Return all index pairs ``(i, j)`` with ``codes[i] == others[j]``; both arrays are sorted.

    A hash that occurs more than ``limit`` times in ``others`` says nothing and is left out.
    """
    low = np.searchsorted(others, codes, side="left")
    shared = np.nonzero(low < len(others))[0]
    shared = shared[others[low[shared]] == codes[shared]]
    count = np.zeros(len(codes), dtype=np.int64)
    count[shared] = np.searchsorted(others, codes[shared], side="right") - low[shared]
    count[count > limit] = 0
    i = np.repeat(np.arange(len(codes)), count)
    starts = np.cumsum(count) - count
    j = np.arange(len(i)) - np.repeat(starts - low, count)
    return i.astype(np.int64), j.astype(np.int64)


def self_lags(codes: U32, frames: U32, total: int) -> list[int]:
    """Return up to eight lags, in frames, at which a recording repeats itself beyond chance (p < 1e-6 in all)."""
    i, j = coincidences(codes, codes)
    lag = frames[j].astype(np.int64) - frames[i].astype(np.int64)
    keep = lag >= _SELF_MIN_FRAMES
    lag, second = lag[keep], (frames[i][keep] / FRAMES_PER_S).astype(np.int64)
    if not len(lag):
        return []
    distinct = np.unique(lag * (1 << 24) + second) >> 24
    counts = np.bincount(distinct, minlength=total + 2).astype(np.float64)
    near = counts[:-2] + counts[1:-1] + counts[2:]
    lags = np.arange(1, len(near) + 1)
    room = np.maximum(total - lags, 0.0)
    expected = 3 * counts.sum() * room / max(room.sum(), 1.0)
    significant = (near >= 4) & (poisson.logsf(near - 1, expected + 1e-9) < np.log(1e-6 / total))
    found: list[int] = []
    excess = np.where(significant, near - expected, 0.0)
    for _ in range(_SELF_LAGS):
        best = int(np.argmax(excess))
        if excess[best] <= 0:
            break
        found.append(int(lags[best]))
        excess[max(0, best - 3) : best + 4] = 0
    return found


def repeating(peaks: Peaks, lags: list[int], of: Peaks | None = None) -> npt.NDArray[np.bool_]:
    """Return which peaks occur again at one of the lags, before or after, give or take a frame and a bin.

    Args:
        peaks: where they may occur again.
        lags: in frames.
        of: the peaks asked about, if not the same.
    """
    of = peaks if of is None else of
    result = np.zeros(len(of.frame), dtype=np.bool_)
    if not lags or not len(peaks.frame) or not len(of.frame):
        return result
    length = int(max(peaks.frame[-1], of.frame[-1])) + 3
    grid = np.zeros((length + 2, BINS + 2), dtype=np.bool_)
    for frame in range(3):
        for step in range(3):
            grid[peaks.frame + frame, peaks.bin + step] = True
    grid = grid[1:-1, 1:-1]
    for lag in lags:
        for at in (of.frame + lag, of.frame - lag):
            inside = (at >= 0) & (at < length)
            result[inside] |= grid[at[inside], of.bin[inside]]
    return result
