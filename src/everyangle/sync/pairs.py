"""Which recordings may share sound, and at which lags, from the landmarks that they have in common.

A lag is ``t_a - t_b`` of the same sound, in seconds. Candidates are proposals: nothing here decides anything. What is
found for two recordings depends on these two only, so it is the same whatever else is in the collection and however
the join is cut into pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import poisson

from everyangle.sync.landmarks import I64, U32
from everyangle.sync.shelves import LEAST, MIN_OVERLAP_S, Landmarks, shared_by_few
from everyangle.sync.spectra import F32, FRAMES_PER_S

_KEEP = 6
_APART_FRAMES = 6
_CHANCE = 1e-4
_MARGIN_NATS = 1.0

PIECE_PAIRS = 60_000
"""Up to so many pairs of pieces of envelope, everything is correlated with everything."""

HINTS = 24
"""Beyond that, each recording's envelope is correlated with those of so many others that landmarks hint at most."""

MANY_PAIRS = 4_000
"""From so many pairs on, the compiled join is worth its start."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two recordings, by their number with ``a < b``, and a lag at which they may share sound."""

    a: int
    b: int
    lag_s: float
    strength: float


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


def join(
    rows: Sequence[Landmarks],
    columns: Sequence[Landmarks],
    numbers: tuple[Sequence[int], Sequence[int]],
    wanted: npt.NDArray[np.bool_],
    hints: int,
) -> Joined:
    """Return the candidates of recordings with others.

    Args:
        rows: some recordings.
        columns: others.
        numbers: the rows' and the columns' numbers in the collection.
        wanted: ``(rows, columns)``, which pairs to look at.
        hints: how many of its best hints to keep for each recording.
    """
    if not rows:
        return Joined((), np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.float32))
    if wanted.sum() >= MANY_PAIRS:
        from everyangle.sync.tiled import shared_by_many  # loads a compiler

        found = shared_by_many(rows, columns, wanted)
    else:
        found = shared_by_few(rows, columns, wanted)
    row_numbers = np.array(numbers[0], dtype=np.int64)
    lengths = np.array([r.length for r in rows], dtype=np.int64)
    candidates: list[Candidate] = []
    hinted: list[tuple[I64, int, F32]] = []
    for one in found:
        number, length = numbers[1][one.column], columns[one.column].length
        hinted.append((row_numbers[one.places], number, one.nats))
        least = _least_nats(lengths[one.places], length) - _MARGIN_NATS
        for place in one.places[one.nats > least].tolist():
            lags, both = one.lags(place), (int(lengths[place]), length)
            if int(row_numbers[place]) > number:
                lags, both = -lags[::-1], both[::-1]
            a, b = sorted((int(row_numbers[place]), number))
            for lag, strength in significant_lags(lags, *both):
                candidates.append(Candidate(a, b, lag / FRAMES_PER_S, strength))
    return Joined(tuple(sorted(candidates, key=_order)), *_best_hints(hinted, hints))


def _order(candidate: Candidate) -> tuple[int, int, float, float]:
    return candidate.a, candidate.b, -candidate.strength, candidate.lag_s


def _least_nats(lengths: I64, length: int) -> npt.NDArray[np.float64]:
    return np.asarray(np.log((lengths + length) / _CHANCE))


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
    if len(lags) < LEAST:
        return []
    base = -length_b
    counts = np.bincount(np.clip(lags - base, 0, length_a + length_b) + 1, minlength=length_a + length_b + 3)
    near = counts[:-2] + counts[1:-1] + counts[2:]
    top = np.nonzero(near >= max(LEAST, int(near.max()) // 8))[0]
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
