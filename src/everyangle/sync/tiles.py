"""Many recordings' hashes compared with many others', compiled: :mod:`everyangle.sync.pairs` does the same for few.

Two laid-out groups of recordings are walked through side by side, so that memory is read in order. Decides nothing.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from everyangle.sync.compiling import compiled
from everyangle.sync.landmarks import I64, U32

I32 = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
F64 = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int64] | npt.NDArray[np.uint32]
Group = tuple[U32, I32, I32]
"""Recordings' hashes in order, and for each the recording, by its place in the group, and its frame."""


@compiled
def counted(rows: Group, columns: Group, wanted: Bools, counts: I64) -> None:
    """Add to ``counts``, ``(rows, columns)``, how many coincidences each wanted pair has."""
    codes, places, _ = rows
    others, other_places, _ = columns
    i, j = 0, 0
    while i < len(codes) and j < len(others):
        if codes[i] < others[j]:
            i += 1
        elif codes[i] > others[j]:
            j += 1
        else:
            code, start = codes[i], j
            while j < len(others) and others[j] == code:
                j += 1
            while i < len(codes) and codes[i] == code:
                for k in range(start, j):
                    counts[places[i], other_places[k]] += wanted[places[i], other_places[k]]
                i += 1


@compiled
def gathered(
    rows: Group, columns: Group, wanted: Bools, shifts: I64, period: int, bits: int, to: I64, keys: Keys
) -> None:
    """Write each coincidence's lag and second as one number to the place of its pair in ``keys``.

    Args:
        rows: some recordings.
        columns: others.
        wanted: ``(rows, columns)``, which pairs to look at.
        shifts: for each column, what is added to a lag so that none is negative.
        period: frames of two seconds: the middle of both frames counts, so that a pair is counted alike either way.
        bits: how far the lag stands above the second.
        to: ``(rows, columns)``, where a pair's next key goes; moved on.
        keys: takes the keys.
    """
    codes, places, frames = rows
    others, other_places, other_frames = columns
    i, j = 0, 0
    while i < len(codes) and j < len(others):
        if codes[i] < others[j]:
            i += 1
        elif codes[i] > others[j]:
            j += 1
        else:
            code, start = codes[i], j
            while j < len(others) and others[j] == code:
                j += 1
            while i < len(codes) and codes[i] == code:
                row, theirs = places[i], np.int64(frames[i])
                for k in range(start, j):
                    column, mine = other_places[k], np.int64(other_frames[k])
                    if wanted[row, column]:
                        keys[to[row, column]] = ((theirs - mine + shifts[column]) << bits) + (theirs + mine) // period
                        to[row, column] += 1
                i += 1


@compiled
def weighed(
    keys: Keys,
    starts: I64,
    lengths: I64,
    other_lengths: I64,
    shifts: I64,
    bits: int,
    least_frames: float,
    near: I32,
    again: Keys,
    nats: F64,
) -> None:
    """Write for each pair how unlikely its best lag is by chance, or zero: as ``pairs._striking`` does.

    Args:
        keys: from :func:`gathered`.
        starts: where each pair's keys begin, row by row; one more at the end.
        lengths: the rows' lengths in frames.
        other_lengths: the columns'.
        shifts: for each column, what was added to a lag.
        bits: how far the lag stands above the second.
        least_frames: shortest overlap that counts.
        near: zeros, at least two more than there are lags; zeros again afterwards.
        again: room for as many keys as a pair has.
        nats: ``(rows, columns)``, takes the result.
    """
    for row in range(len(lengths)):
        for column in range(len(other_lengths)):
            pair = row * len(other_lengths) + column
            first, last = starts[pair], starts[pair + 1]
            if last - first < 3:
                continue
            mine, theirs, shift = lengths[row], other_lengths[column], shifts[column]
            for k in range(first, last):
                near[np.int64(keys[k]) >> bits] += 1
            count = 0
            for k in range(first, last):
                again[count] = keys[k]
                count += near[np.int64(keys[k]) >> bits] > 1
            some = again[:count]
            some.sort()
            total = last - first
            for k in range(1, count):
                if some[k] == some[k - 1]:
                    near[np.int64(some[k]) >> bits] -= 1
                    total -= 1
            best = 0.0
            for k in range(first, last):
                low = np.int64(keys[k]) >> bits
                found = near[low] + near[low + 1] + near[low + 2]
                if found >= 3:
                    high = low + 2 if near[low + 2] else low + 1 if near[low + 1] else low
                    twice = low + high - 2 * shift
                    overlap = (min(2 * mine, 2 * theirs + twice) - max(0, twice)) / 2
                    mean = 3.0 * total * max(overlap, 1.0) / (mine * float(theirs)) + 1e-9
                    if found > mean and overlap >= least_frames:
                        best = max(best, mean - found * math.log(mean) + math.lgamma(found + 1.0))
            nats[row, column] = best
            for k in range(first, last):
                near[np.int64(keys[k]) >> bits] = 0
