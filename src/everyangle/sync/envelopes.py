"""Band envelopes of two recordings correlated over all lags: survives reverberation, where phase does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, rfft

from everyangle.sync.features import Features
from everyangle.sync.pairs import Candidate
from everyangle.sync.spectra import F32, FRAMES_PER_S

PIECE = 4096
"""Frames that are transformed at a time (65 s)."""

MANY_PAIRS = 1_000
"""From so many pairs on, compiled code is worth its start."""

MIN_OVERLAP_S = 6.0
_KEEP = 3
_APART_FRAMES = 12
_CANDIDATE_Z = 5.0
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


def _crossed(one: C64, other: C64, total: C64) -> None:
    """Write to ``total`` the sum over bands of ``one`` times the conjugate of ``other``."""
    np.einsum("kf,kf->f", one, np.conj(other), optimize=False, out=total)


def correlate(a: Spectra, b: Spectra, crossed: Callable[[C64, C64, C64], None] = _crossed) -> F32:
    """Return z over lags ``-frames_b .. frames_a`` (frames): how far the envelopes agree beyond this pair's own chance.

    Zero where they overlap less than :data:`MIN_OVERLAP_S`. The scale is the pair's own spread over all lags.
    """
    size = 2 * PIECE
    total = np.zeros(size * 2 + (len(a.pieces) + len(b.pieces)) * PIECE, np.float32)
    centre = size + len(b.pieces) * PIECE
    product = np.zeros(PIECE + 1, np.complex64)
    for i, one in enumerate(a.pieces):
        for j, other in enumerate(b.pieces):
            crossed(one, other, product)
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


def piece_count(duration_s: float) -> int:
    """Return in how many pieces a recording's envelope is transformed."""
    return max(1, int(np.ceil(duration_s * FRAMES_PER_S / PIECE)))


def envelope_candidates(features: Callable[[int], Features], pairs: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the candidates of some pairs from their envelopes.

    Holds the transforms of all first recordings (0.8 MB a piece), and of one second recording at a time: what has the
    same second recording should stand together.

    Args:
        features: gives a recording's features by number.
        pairs: numbers ``(a, b)`` with ``a < b``.
    """
    cross = _crossed
    if len(pairs) >= MANY_PAIRS:
        from everyangle.sync.crossing import crossed as cross  # loads a compiler

    held: dict[int, Spectra] = {}
    firsts = {a for a, _ in pairs}
    for b, some in groupby(pairs, key=itemgetter(1)):
        other = held[b] if b in held else transform(features(b))
        if b in firsts:
            held[b] = other
        for a, _ in some:
            if a not in held:
                held[a] = transform(features(a))
            for lag, height in envelope_peaks(correlate(held[a], other, cross), other.frames):
                yield Candidate(a, b, lag / FRAMES_PER_S, height * height / 2)
