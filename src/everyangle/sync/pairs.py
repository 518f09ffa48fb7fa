"""Which recordings may share sound, and at which lags: a sorted join of landmark hashes, and band envelopes.

A lag is ``t_a - t_b`` of the same sound, in seconds. Candidates are proposals: nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import poisson

from everyangle.sync.features import Features
from everyangle.sync.landmarks import I64, U32, coincidences
from everyangle.sync.spectra import FRAMES_PER_S

MIN_OVERLAP_S = 3.0
_KEEP = 6
_APART_FRAMES = 6
_CHANCE = 1e-4
_BLOCK_HASHES = 300_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two recordings, by their number with ``a < b``, and a lag at which they may share sound."""

    a: int
    b: int
    lag_s: float
    strength: float


@dataclass(frozen=True, slots=True)
class Table:
    """All recordings' hashes in one table sorted by hash: code, owner, frame. Arrays of one length."""

    codes: U32
    owner: U32
    frames: U32
    lengths: I64


def table(features: Sequence[Features]) -> Table:
    """Return the joined table of all recordings' hashes."""
    codes = np.concatenate([f.codes for f in features]) if features else np.zeros(0, np.uint32)
    owner = np.repeat(np.arange(len(features), dtype=np.uint32), [len(f.codes) for f in features])
    frames = np.concatenate([f.frames for f in features]) if features else np.zeros(0, np.uint32)
    order = np.lexsort((frames, owner, codes))
    lengths = np.array([max(1, round(f.duration_s * FRAMES_PER_S)) for f in features], dtype=np.int64)
    return Table(codes[order], owner[order], frames[order], lengths)


def landmark_candidates(features: Sequence[Features]) -> list[Candidate]:
    """Return lags at which two recordings share more landmarks than chance, at most six a pair.

    Joins a block of recordings at a time against all later ones, so that memory stays bounded.
    """
    whole = table(features)
    found: list[Candidate] = []
    for first, last in _runs([len(f.codes) for f in features]):
        mine = (whole.owner >= first) & (whole.owner < last)
        part = Table(whole.codes[mine], whole.owner[mine], whole.frames[mine], whole.lengths)
        found.extend(_join(part, whole))
    return sorted(found, key=lambda c: (c.a, c.b, -c.strength, c.lag_s))


def _runs(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield consecutive ranges of recordings of about ``_BLOCK_HASHES`` hashes."""
    first, held = 0, 0
    for number, size in enumerate(sizes):
        if held and held + size > _BLOCK_HASHES:
            yield first, number
            first, held = number, 0
        held += size
    if held:
        yield first, len(sizes)


def _join(part: Table, whole: Table) -> Iterator[Candidate]:
    """Yield the candidates of a block of recordings with later recordings."""
    limit = 64 + 2 * len(whole.lengths)
    i, j = coincidences(part.codes, whole.codes, limit)
    later = whole.owner[j] > part.owner[i]
    i, j = i[later], j[later]
    a, b = part.owner[i].astype(np.int64), whole.owner[j].astype(np.int64)
    frame_b = whole.frames[j].astype(np.int64)
    lag = part.frames[i].astype(np.int64) - frame_b
    second = (frame_b / FRAMES_PER_S).astype(np.int64)
    pair, place = np.unique(a * len(whole.lengths) + b, return_inverse=True)
    order = np.lexsort((second, lag, place))
    keys = np.stack([place[order], lag[order], second[order]])
    fresh = np.ones(keys.shape[1], dtype=np.bool_)
    fresh[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    place, lag = keys[0][fresh], keys[1][fresh]
    bounds = np.searchsorted(place, np.arange(len(pair) + 1))
    for number, code in enumerate(pair):
        one, other = divmod(int(code), len(whole.lengths))
        lags = lag[bounds[number] : bounds[number + 1]]
        for lag_frames, strength in significant_lags(lags, int(whole.lengths[one]), int(whole.lengths[other])):
            yield Candidate(one, other, lag_frames / FRAMES_PER_S, strength)


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
    if len(lags) < 3:
        return []
    base = -length_b
    counts = np.bincount(np.clip(lags - base, 0, length_a + length_b) + 1, minlength=length_a + length_b + 3)
    near = counts[:-2] + counts[1:-1] + counts[2:]
    top = np.nonzero(near >= max(3, int(near.max()) // 8))[0]
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
