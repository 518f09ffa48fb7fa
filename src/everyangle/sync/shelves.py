"""Which landmarks some recordings share with others: coincidences of hashes, by pair and lag, and how striking.

In arrays, one recording after the other: for few pairs. :mod:`everyangle.sync.tiled` finds the same of many, compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from everyangle.sync.landmarks import I64, U32
from everyangle.sync.spectra import F32, FRAMES_PER_S

MIN_OVERLAP_S = 3.0
LEAST = 3
"""Coincidences at one lag that are looked at at all."""
SECONDS_BITS = 20
"""A key holds a coincidence's second in its lowest bits, and its lag above."""
TWO_SECONDS_FRAMES = round(2 * FRAMES_PER_S)
_MOST_ALIKE = 64
_LAG_BITS = 26
_LAG_MASK = (1 << _LAG_BITS) - 1
COINCIDENCES = 6_000_000
"""Coincidences looked at together, and of one pair at most; each takes about 40 bytes while it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """What joining needs of a recording: landmark hashes in order, each one's frame, and the length in frames."""

    codes: U32
    frames: U32
    length: int


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What some recordings share with one.

    Attributes:
        column: which one.
        places: which of the rows share landmarks with it at some lag.
        nats: about how unlikely the best lag of each is by chance.
        lags: gives a row's coincident lags by its place: sorted, in frames, each at most once a second.
    """

    column: int
    places: I64
    nats: F32
    lags: Callable[[int], I64]


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """Some recordings' hashes in one order.

    Attributes:
        starts: where each hash begins, by hash; one more at the end.
        codes: hash of each entry.
        place: which recording it is of, by place on the shelf.
        frames: its frame.
        lengths: the recordings' lengths, by place.
    """

    starts: I64
    codes: U32
    place: I64
    frames: I64
    lengths: I64


def landmarks_of(codes: U32, frames: U32, duration_s: float) -> Landmarks:
    """Return what joining needs; a hash that occurs more than 64 times in the recording says nothing and is left out.

    Args:
        codes: landmark hashes, sorted.
        frames: frame of each.
        duration_s: length of the recording.
    """
    length = max(1, round(duration_s * FRAMES_PER_S))
    edges = np.flatnonzero(codes[1:] != codes[:-1]) + 1
    counts = np.diff(np.concatenate([np.zeros(1, np.int64), edges, np.array([len(codes)])]))
    kept = (np.repeat(counts, counts) <= _MOST_ALIKE) & (frames <= length)
    return Landmarks(codes[kept], frames[kept], length)


def shared_by_few(
    rows: Sequence[Landmarks], columns: Sequence[Landmarks], wanted: npt.NDArray[np.bool_]
) -> Iterator[Shared]:
    """Yield what rows share with each column; a column may come several times, each row with it at most once.

    Args:
        rows: recordings whose hashes are laid on a shelf together.
        columns: recordings looked up there one after the other.
        wanted: ``(rows, columns)``, which pairs to look at.
    """
    shelf = _shelf(rows)
    for column, other in enumerate(columns):
        for places, nats, keys in _looked_up(shelf, other, wanted[:, column]):
            yield Shared(column, places, nats, _lags(keys, other.length))


def _shelf(rows: Sequence[Landmarks]) -> _Shelf:
    codes = np.concatenate([r.codes for r in rows])
    place = np.repeat(np.arange(len(rows), dtype=np.int64), [len(r.codes) for r in rows])
    frames = np.concatenate([r.frames for r in rows]).astype(np.int64)
    order = np.argsort(codes, kind="stable")
    lengths = np.array([r.length for r in rows], dtype=np.int64)
    return _Shelf(_starts(codes), codes[order], place[order], frames[order], lengths)


def _starts(codes: U32) -> I64:
    counts = np.bincount(codes, minlength=1)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


def _part(shelf: _Shelf, kept: npt.NDArray[np.bool_]) -> _Shelf:
    codes = shelf.codes[kept]
    return _Shelf(_starts(codes), codes, shelf.place[kept], shelf.frames[kept], shelf.lengths)


def _looked_up(shelf: _Shelf, other: Landmarks, wanted: npt.NDArray[np.bool_]) -> Iterator[tuple[I64, F32, I64]]:
    """Yield ``(places, nats, keys)``: who shares landmarks with a recording, how strikingly, and the coincidences.

    A key is place and lag in one number, once for each second in which it occurs; in order.
    """
    known = int(np.searchsorted(other.codes, len(shelf.starts) - 1))
    codes, frames = other.codes[:known], other.frames[:known].astype(np.int64)
    low = shelf.starts[codes]
    count = shelf.starts[codes.astype(np.int64) + 1] - low
    total = int(count.sum())
    if total > COINCIDENCES:
        both = np.nonzero(wanted)[0]
        if len(both) != 1 or (shelf.place != both[0]).any():
            for part in (both[: len(both) // 2], both[len(both) // 2 :]):
                if not len(part):
                    continue
                some = np.isin(np.arange(len(wanted)), part)
                yield from _looked_up(_part(shelf, some[shelf.place]), other, some)
            return
        count[scattered(codes) > COINCIDENCES / total] = 0
    i = np.repeat(np.arange(len(codes)), count)
    j = np.arange(len(i)) - np.repeat(np.cumsum(count) - count - low, count)
    place = shelf.place[j]
    if not wanted.all():
        kept = wanted[place]
        i, j, place = i[kept], j[kept], place[kept]
    mine, theirs = frames[i], shelf.frames[j]
    key = (place << _LAG_BITS) + (theirs - mine + other.length + LEAST)
    key <<= SECONDS_BITS
    # The middle of both times, so that a pair is counted alike from either side.
    key += (theirs + mine) // TWO_SECONDS_FRAMES
    key.sort()
    fresh = np.ones(len(key), dtype=np.bool_)
    np.not_equal(key[1:], key[:-1], out=fresh[1:])
    key = key[fresh] >> SECONDS_BITS
    yield (*_striking(key, shelf.lengths, other.length), key)


def scattered(codes: U32) -> npt.NDArray[np.float64]:
    """Return for each hash a number from 0 to 1 that has nothing to do with what it stands for."""
    return np.asarray((codes * np.uint32(2654435761)).astype(np.float64) / 2**32)


def _striking(key: I64, lengths: I64, length: int) -> tuple[I64, F32]:
    """Return the places with a lag that occurs three times or more, and how unlikely the best such lag is, in nats.

    The measure is the Poisson probability of that very count: at least what ``pairs.significant_lags`` measures.
    """
    if len(key) < LEAST:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    total = np.bincount(key >> _LAG_BITS, minlength=len(lengths))
    start = np.nonzero(key[LEAST - 1 :] - key[: 1 - LEAST] <= 2)[0]
    low = key[start]
    end = np.searchsorted(key, low + 2, side="right")
    count, place = end - start, low >> _LAG_BITS
    # Twice the middle of the lags found, in whole numbers: the same from either side.
    twice = (low & _LAG_MASK) + (key[end - 1] & _LAG_MASK) - 2 * (LEAST + length)
    overlap = (np.minimum(2 * lengths[place], 2 * length + twice) - np.maximum(0, twice)) / 2
    mean = 3.0 * total[place] * np.maximum(overlap, 1) / (lengths[place] * float(length)) + 1e-9
    nats = np.where((count > mean) & (overlap >= MIN_OVERLAP_S * FRAMES_PER_S), mean, np.inf)
    nats = np.where(np.isinf(nats), 0.0, mean - count * np.log(mean) + gammaln(count + 1.0))
    places, first = np.unique(place, return_index=True)
    best = np.maximum.reduceat(nats, first) if len(first) else np.zeros(0)
    good = best > 0
    return places[good], best[good].astype(np.float32)


def _lags(keys: I64, length: int) -> Callable[[int], I64]:
    """Return what gives one recording's lags."""

    def lags(place: int) -> I64:
        low, high = np.searchsorted(keys, [place << _LAG_BITS, (place + 1) << _LAG_BITS])
        return np.asarray((keys[low:high] & _LAG_MASK) - LEAST - length)

    return lags
