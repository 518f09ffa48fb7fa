"""Which recordings may share sound, and at which lags: landmark hashes joined, one shelf of recordings at a time.

A lag is ``t_a - t_b`` of the same sound, in seconds. Candidates are proposals: nothing here decides anything. What is
found for two recordings depends on these two only, so it is the same whatever else is in the collection and however
the join is cut into pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import poisson

from everyangle.sync.landmarks import I64, U32
from everyangle.sync.spectra import F32, FRAMES_PER_S

MIN_OVERLAP_S = 3.0
_KEEP = 6
_APART_FRAMES = 6
_CHANCE = 1e-4
_MOST_ALIKE = 64
_LEAST = 3
_MARGIN_NATS = 1.0
_SECONDS_BITS = 20
_LAG_BITS = 26
_LAG_MASK = (1 << _LAG_BITS) - 1
_TWO_SECONDS_FRAMES = round(2 * FRAMES_PER_S)
COINCIDENCES = 6_000_000
"""Coincidences looked at together; each takes about 40 bytes while it is."""


PIECE_PAIRS = 60_000
"""Up to so many pairs of pieces of envelope, everything is correlated with everything."""

HINTS = 24
"""Beyond that, each recording's envelope is correlated with those of so many others that landmarks hint at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two recordings, by their number with ``a < b``, and a lag at which they may share sound."""

    a: int
    b: int
    lag_s: float
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """What joining needs of a recording: landmark hashes in order, each one's frame, and the length in frames."""

    codes: U32
    frames: U32
    length: int


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """What a join found.

    Attributes:
        candidates: lags at which two recordings share more landmarks than chance, at most six a pair.
        a: first recording of each hint.
        b: second recording, ``a < b``.
        nats: about how unlikely the best lag of the pair is by chance, whether or not that makes it a candidate.
    """

    candidates: tuple[Candidate, ...]
    a: U32
    b: U32
    nats: F32


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
    first = np.searchsorted(codes, codes, side="left")
    often = np.searchsorted(codes, codes, side="right") - first > _MOST_ALIKE
    return Landmarks(codes[~often], frames[~often], max(1, round(duration_s * FRAMES_PER_S)))


def join(
    rows: Sequence[Landmarks],
    columns: Sequence[Landmarks],
    numbers: tuple[Sequence[int], Sequence[int]],
    wanted: npt.NDArray[np.bool_],
    hints: int,
) -> Joined:
    """Return the candidates of recordings with others.

    Args:
        rows: recordings whose hashes are laid on a shelf together.
        columns: recordings looked up there one after the other.
        numbers: the rows' and the columns' numbers in the collection.
        wanted: ``(rows, columns)``, which pairs to look at.
        hints: how many of its best hints to keep for each recording.
    """
    if not rows:
        return Joined((), np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.float32))
    row_numbers = np.array(numbers[0], dtype=np.int64)
    shelf = _shelf(rows)
    candidates: list[Candidate] = []
    found: list[tuple[I64, int, F32]] = []
    for column, other in enumerate(columns):
        number = numbers[1][column]
        for places, nats, keys in _looked_up(shelf, other, wanted[:, column]):
            found.append((row_numbers[places], number, nats))
            for place in places[nats > _least_nats(shelf.lengths[places], other.length) - _MARGIN_NATS]:
                mirrored = int(row_numbers[place]) > number
                lags = _lags(keys, int(place), other.length)
                lengths = (int(shelf.lengths[place]), other.length)
                if mirrored:
                    lags, lengths = -lags[::-1], lengths[::-1]
                a, b = sorted((int(row_numbers[place]), number))
                for lag, strength in significant_lags(lags, *lengths):
                    candidates.append(Candidate(a, b, lag / FRAMES_PER_S, strength))
    return Joined(tuple(sorted(candidates, key=_order)), *_best_hints(found, hints))


def _order(candidate: Candidate) -> tuple[int, int, float, float]:
    return candidate.a, candidate.b, -candidate.strength, candidate.lag_s


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
        if wanted.sum() > 1:
            both = np.nonzero(wanted)[0]
            for part in (both[: len(both) // 2], both[len(both) // 2 :]):
                some = np.isin(np.arange(len(wanted)), part)
                yield from _looked_up(_part(shelf, some[shelf.place]), other, some)
            return
        count[_scattered(codes) > COINCIDENCES / total] = 0
    i = np.repeat(np.arange(len(codes)), count)
    j = np.arange(len(i)) - np.repeat(np.cumsum(count) - count - low, count)
    place = shelf.place[j]
    if not wanted.all():
        kept = wanted[place]
        i, j, place = i[kept], j[kept], place[kept]
    mine, theirs = frames[i], shelf.frames[j]
    key = (place << _LAG_BITS) + (theirs - mine + other.length + _LEAST)
    key <<= _SECONDS_BITS
    # The middle of both times, so that a pair is counted alike from either side.
    key += (theirs + mine) // _TWO_SECONDS_FRAMES
    key.sort()
    fresh = np.ones(len(key), dtype=np.bool_)
    np.not_equal(key[1:], key[:-1], out=fresh[1:])
    key = key[fresh] >> _SECONDS_BITS
    yield (*_striking(key, shelf.lengths, other.length), key)


def _scattered(codes: U32) -> npt.NDArray[np.float64]:
    """Return for each hash a number from 0 to 1 that has nothing to do with what it stands for."""
    return np.asarray((codes * np.uint32(2654435761)).astype(np.float64) / 2**32)


def _striking(key: I64, lengths: I64, length: int) -> tuple[I64, F32]:
    """Return the places with a lag that occurs three times or more, and how unlikely the best such lag is, in nats.

    The measure is the Poisson probability of that very count: at least what :func:`significant_lags` measures.
    """
    if len(key) < _LEAST:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    total = np.bincount(key >> _LAG_BITS, minlength=len(lengths))
    start = np.nonzero(key[_LEAST - 1 :] - key[: 1 - _LEAST] <= 2)[0]
    low = key[start]
    end = np.searchsorted(key, low + 2, side="right")
    count, place = end - start, low >> _LAG_BITS
    # Twice the middle of the lags found, in whole numbers: the same from either side.
    twice = (low & _LAG_MASK) + (key[end - 1] & _LAG_MASK) - 2 * (_LEAST + length)
    overlap = (np.minimum(2 * lengths[place], 2 * length + twice) - np.maximum(0, twice)) / 2
    mean = 3.0 * total[place] * np.maximum(overlap, 1) / (lengths[place] * float(length)) + 1e-9
    nats = np.where((count > mean) & (overlap >= MIN_OVERLAP_S * FRAMES_PER_S), mean, np.inf)
    nats = np.where(np.isinf(nats), 0.0, mean - count * np.log(mean) + gammaln(count + 1.0))
    places, first = np.unique(place, return_index=True)
    best = np.maximum.reduceat(nats, first) if len(first) else np.zeros(0)
    good = best > 0
    return places[good], best[good].astype(np.float32)


def _least_nats(lengths: I64, length: int) -> npt.NDArray[np.float64]:
    return np.asarray(np.log((lengths + length) / _CHANCE))


def _lags(keys: I64, place: int, length: int) -> I64:
    """Return the lags of one recording's coincidences, in order."""
    low, high = np.searchsorted(keys, [place << _LAG_BITS, (place + 1) << _LAG_BITS])
    return np.asarray((keys[low:high] & _LAG_MASK) - _LEAST - length)


def _best_hints(found: Sequence[tuple[I64, int, F32]], most: int) -> tuple[U32, U32, F32]:
    if not found:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.float32)
    one = np.concatenate([rows for rows, _, _ in found])
    other = np.repeat(np.array([n for _, n, _ in found], dtype=np.int64), [len(rows) for rows, _, _ in found])
    nats = np.concatenate([values for _, _, values in found])
    a, b = np.minimum(one, other), np.maximum(one, other)
    kept = best_for_each(a, b, nats, most)
    return a[kept].astype(np.uint32), b[kept].astype(np.uint32), nats[kept]


def best_for_each(
    a: npt.NDArray[np.integer], b: npt.NDArray[np.integer], nats: F32, most: int
) -> npt.NDArray[np.int64]:
    """Return the numbers of the hints that are among the ``most`` best ones of either recording, in order of pairs.

    Between equals the lower numbers win, so that the best of the parts' best are the best of all.
    """
    kept = []
    for mine, theirs in ((a, b), (b, a)):
        order = np.lexsort((theirs, -nats, mine))
        sorted_mine = mine[order]
        rank = np.arange(len(order)) - np.searchsorted(sorted_mine, sorted_mine)
        kept.append(order[rank < most])
    chosen = np.unique(np.concatenate(kept))
    return np.asarray(chosen[np.lexsort((b[chosen], a[chosen]))])


def chosen_for_envelopes(pieces: Sequence[int], joined: Joined) -> list[tuple[int, int]]:
    """Return the pairs whose envelopes to correlate: all of a small collection, the hopeful ones of a large one.

    Hopeful are pairs with a candidate by landmarks, and each recording's best hints. A larger collection never adds a
    pair of recordings that were there before.

    Args:
        pieces: for each recording, how many pieces its envelope is transformed in.
        joined: what joining the whole collection found.
    """
    count = np.array(pieces, dtype=np.int64)
    if (count.sum() ** 2 - (count**2).sum()) // 2 <= PIECE_PAIRS:
        return [(a, b) for a in range(len(pieces)) for b in range(a + 1, len(pieces))]
    best = best_for_each(joined.a, joined.b, joined.nats, HINTS)
    hinted = zip(joined.a[best].tolist(), joined.b[best].tolist(), strict=True)
    return sorted({*((c.a, c.b) for c in joined.candidates), *hinted})


def significant_lags(
    lags: npt.NDArray[np.int64], length_a: int, length_b: int, chance: float = _CHANCE
) -> list[tuple[float, float]]:
    """Return ``(lag in frames, nats)`` of the lags that occur beyond chance, the strongest first.

    Args:
        lags: sorted lags of coincident landmarks, each at most once a second, in frames.
        length_a: frames of the first recording.
        length_b: frames of the second.
        chance: accepted probability that unrelated recordings give any candidate.
    """
    if len(lags) < _LEAST:
        return []
    base = -length_b
    counts = np.bincount(np.clip(lags - base, 0, length_a + length_b) + 1, minlength=length_a + length_b + 3)
    near = counts[:-2] + counts[1:-1] + counts[2:]
    top = np.nonzero(near >= max(_LEAST, int(near.max()) // 8))[0]
    overlap = np.minimum(length_a, length_b + base + top) - np.maximum(0, base + top)
    expected = 3.0 * len(lags) * np.maximum(overlap, 1) / (length_a * length_b)
    nats = -poisson.logsf(near[top] - 1, expected + 1e-9)
    good = (nats > np.log((length_a + length_b) / chance)) & (overlap >= MIN_OVERLAP_S * FRAMES_PER_S)
    result: list[tuple[float, float]] = []
    for index in np.lexsort((top, -nats)):
        if not good[index]:
            continue
        at = int(top[index])
        weights = counts[at : at + 3]
        lag = base + at + float(np.dot(weights, (-1, 0, 1)) / weights.sum())
        if all(abs(lag - other) > _APART_FRAMES for other, _ in result):
            result.append((lag, float(nats[index])))
        if len(result) == _KEEP:
            break
    return result
