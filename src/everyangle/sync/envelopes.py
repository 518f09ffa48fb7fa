"""Band envelopes of two recordings correlated over all lags: survives reverberation, where phase does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, rfft

from everyangle.sync.features import Features
from everyangle.sync.pairs import Candidate
from everyangle.sync.spectra import F32, FRAMES_PER_S

PIECE = 4096
"""Frames that are transformed at a time (65 s)."""

MIN_OVERLAP_S = 6.0
_KEEP = 3
_APART_FRAMES = 12
_CANDIDATE_Z = 5.0
PIECE_PAIRS = 60_000
"""Beyond so many pairs of pieces the correlation of everything with everything is left out."""

C64 = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Spectra:
    """Transforms of one recording's envelope, ``(pieces, BANDS, PIECE + 1)``, and its length in frames."""

    pieces: C64
    frames: int


def transform(features: Features) -> Spectra:
    """Return the transforms of a recording's band envelopes, piece by piece."""
    bands = features.bands.astype(np.float32)
    count = max(1, -(-len(bands) // PIECE))
    padded = np.zeros((count * PIECE, bands.shape[1]), np.float32)
    padded[: len(bands)] = bands
    pieces = padded.reshape(count, PIECE, -1).transpose(0, 2, 1)
    return Spectra(rfft(pieces, 2 * PIECE, axis=2).astype(np.complex64), len(bands))


def correlate(a: Spectra, b: Spectra) -> F32:
    """Return z over lags ``-frames_b .. frames_a`` (frames): how far the envelopes agree beyond this pair's own chance.

    Zero where they overlap less than :data:`MIN_OVERLAP_S`. The scale is the pair's own spread over all lags.
    """
    size = 2 * PIECE
    total = np.zeros(size * 2 + (len(a.pieces) + len(b.pieces)) * PIECE, np.float32)
    centre = size + len(b.pieces) * PIECE
    for i, one in enumerate(a.pieces):
        for j, other in enumerate(b.pieces):
            product = np.einsum("kf,kf->f", one, np.conj(other), optimize=False)
            wave = irfft(product, size)
            at = centre + (i - j) * PIECE
            total[at : at + PIECE] += wave[:PIECE]
            total[at - PIECE : at] += wave[PIECE:]
    lags = np.arange(-b.frames, a.frames + 1)
    values = total[centre - b.frames : centre + a.frames + 1]
    overlap = np.minimum(a.frames, b.frames + lags) - np.maximum(0, lags)
    enough = overlap >= MIN_OVERLAP_S * FRAMES_PER_S
    if enough.sum() < 200:
        return np.zeros(len(lags), np.float32)
    scaled = values / np.sqrt(np.maximum(overlap, 1))
    inner = scaled[enough]
    middle = float(np.median(inner))
    spread = max(1.4826 * float(np.median(np.abs(inner - middle))), float(np.std(np.clip(inner, -4, 4))) * 1e-3, 1e-6)
    return np.where(enough, (scaled - middle) / spread, 0).astype(np.float32)


def envelope_peaks(z: F32, frames_b: int, least: float = _CANDIDATE_Z) -> list[tuple[float, float]]:
    """Return ``(lag in frames, z)`` of the highest peaks of a correlation, the highest first, at most three."""
    left = z.copy()
    found: list[tuple[float, float]] = []
    for _ in range(_KEEP):
        at = int(np.argmax(left))
        if left[at] < least:
            break
        found.append((float(at - frames_b), float(z[at])))
        left[max(0, at - _APART_FRAMES) : at + _APART_FRAMES + 1] = 0
    return found


def envelope_candidates(features: Sequence[Features], first: int, last: int) -> Iterator[Candidate]:
    """Yield candidates of recordings ``first .. last - 1`` with all later ones, from their envelopes."""
    cache = {number: transform(features[number]) for number in range(first, last)}
    for b in range(first + 1, len(features)):
        other = cache.get(b) or transform(features[b])
        for a in range(first, min(b, last)):
            z = correlate(cache[a], other)
            for lag, height in envelope_peaks(z, other.frames):
                yield Candidate(a, b, lag / FRAMES_PER_S, height * height / 2)


def piece_pairs(features: Sequence[Features]) -> int:
    """Return how many pairs of pieces correlating everything with everything would take."""
    pieces = np.array([max(1, -(-len(f.bands) // PIECE)) for f in features], dtype=np.int64)
    return int((pieces.sum() ** 2 - (pieces**2).sum()) // 2)
