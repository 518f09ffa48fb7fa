"""What is kept of one recording's sound: flagged landmark hashes, band envelopes, and which seconds sound at all."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d

from everyangle.sync import RATE_HZ
from everyangle.sync.landmarks import U8, U32, Peaks, find_peaks, hash_peaks, repeating, self_lags, united
from everyangle.sync.novelty import novel_bands, repeating_parts
from everyangle.sync.spectra import BANDS, F32, FRAMES_PER_S, HOP, WINDOW, Sound, as_float, blocks, frame_count

_HIGH_PASS_FRAMES = 63
_RMS_FRAMES = 251
_CHUNK_FRAMES = round(600 * FRAMES_PER_S)
SILENCE_DB = -70.0
"""Sound below this level of full scale is silence."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One recording's features.

    Attributes:
        digest: SHA-256 of the sound as 16-bit samples; breaks ties, so that names and order never do.
        duration_s: seconds of sound.
        codes: landmark hashes, sorted.
        frames: frame of each hash.
        flags: what each hash cannot prove (see :mod:`everyangle.sync.landmarks`).
        bands: ``(frames, BANDS)`` float16, log band energy, high-passed at one second and scaled to unit power.
        novel: the same of what does not repeat at the recording's self-lags; the same values where it has none.
        levels: for each whole or started second, its level in dB of full scale (float32, at least -120).
        self_lags_s: lags at which the recording repeats itself, seconds, the strongest first.
    """

    digest: str
    duration_s: float
    codes: U32
    frames: U32
    flags: U8
    bands: npt.NDArray[np.float16]
    novel: npt.NDArray[np.float16]
    levels: F32
    self_lags_s: tuple[float, ...]

    @property
    def silent(self) -> bool:
        """Whether there is nothing to hear at all."""
        return not bool((self.levels > SILENCE_DB).any())

    def to_bytes(self) -> bytes:
        """Return the features as bytes for a cache; :func:`from_bytes` takes them back unchanged."""
        out = io.BytesIO()
        np.savez(
            out,
            digest=np.frombuffer(bytes.fromhex(self.digest), dtype=np.uint8),
            duration_s=np.float64(self.duration_s),
            codes=self.codes,
            frames=self.frames,
            flags=self.flags,
            bands=self.bands,
            novel=self.novel if self.self_lags_s else np.zeros(0, np.float16),
            levels=self.levels,
            self_lags_s=np.array(self.self_lags_s, dtype=np.float64),
        )
        return out.getvalue()


def from_bytes(data: bytes) -> Features:
    """Return features from :meth:`Features.to_bytes`.

    Raises:
        ValueError, KeyError, OSError: the bytes are not that.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        bands, lags = stored["bands"], tuple(float(x) for x in stored["self_lags_s"])
        return Features(
            digest=stored["digest"].tobytes().hex(),
            duration_s=float(stored["duration_s"]),
            codes=stored["codes"],
            frames=stored["frames"],
            flags=stored["flags"],
            bands=bands,
            novel=stored["novel"] if lags else bands,
            levels=stored["levels"],
            self_lags_s=lags,
        )


def hashes_from_bytes(data: bytes) -> tuple[U32, U32, float]:
    """Return only the codes, frames and duration of features from :meth:`Features.to_bytes`.

    Raises:
        ValueError, KeyError, OSError: the bytes are not that.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return stored["codes"], stored["frames"], float(stored["duration_s"])


def sound_digest(sound: Sound) -> str:
    """Return the SHA-256 of a sound's 16-bit samples, little-endian, as hexadecimal digits."""
    digest = hashlib.sha256()
    for start in range(0, len(sound), 1 << 20):
        piece = sound[start : start + (1 << 20)]
        if piece.dtype != np.int16:
            piece = np.clip(np.rint(as_float(piece) * 32768), -32768, 32767).astype(np.int16)
        digest.update(piece.astype("<i2").tobytes())
    return digest.hexdigest()


def features_from_sound(sound: Sound) -> Features:
    """Return the features of a sound.

    Args:
        sound: ``(samples,)`` at 8 kHz, float32 in ±1 or int16. Values that are not finite count as silence.
    """
    if sound.dtype != np.int16:
        sound = np.nan_to_num(np.asarray(sound, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    found: list[Peaks] = []
    bands: list[F32] = []
    for block in blocks(sound):
        found.append(find_peaks(block))
        bands.append(block.bands[block.lead : block.lead + block.count])
    total = frame_count(len(sound))
    peaks = _joined(found)
    codes, frames, _ = hash_peaks(peaks, np.zeros(len(peaks.frame), dtype=np.bool_))
    lags = self_lags(codes, frames, total)
    scaled = _envelopes(np.concatenate(bands) if bands else np.zeros((0, BANDS), np.float32))
    codes, frames, flags = hash_peaks(peaks, repeating(peaks, lags))
    novel = scaled
    if lags:
        fresh, novel = _novel(sound, lags)
        codes, frames, flags = united((codes, frames, flags), hash_peaks(fresh, repeating(peaks, lags, of=fresh)))
    return Features(
        digest=sound_digest(sound),
        duration_s=len(sound) / RATE_HZ,
        codes=codes,
        frames=frames,
        flags=flags,
        bands=scaled,
        novel=novel,
        levels=_levels(sound),
        self_lags_s=tuple(lag / FRAMES_PER_S for lag in lags),
    )


def _novel(sound: Sound, lags: list[int]) -> tuple[Peaks, npt.NDArray[np.float16]]:
    """Return peaks and envelopes of what does not repeat at some lags (frames), ten minutes at a time."""
    found: list[Peaks] = []
    bands: list[F32] = []
    total = frame_count(len(sound))
    for start in range(0, total, _CHUNK_FRAMES):
        stop = min(total, start + _CHUNK_FRAMES)
        part = sound[start * HOP : (stop - 1) * HOP + WINDOW]
        spectra = list(blocks(part))
        mask = repeating_parts(np.concatenate([b.white[b.lead : b.lead + b.count] for b in spectra]), lags)
        for block in spectra:
            first = block.start - block.lead
            masked = mask[first : first + len(block.white)]
            peaks = find_peaks(block, np.where(masked, np.float32(-np.inf), block.white))
            found.append(Peaks(peaks.frame + start, peaks.bin, peaks.tonal))
            bands.append(novel_bands(block, masked)[block.lead : block.lead + block.count])
    return _joined(found), _envelopes(np.concatenate(bands))


def _joined(parts: list[Peaks]) -> Peaks:
    if not parts:
        return Peaks(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_))
    return Peaks(
        np.concatenate([p.frame for p in parts]),
        np.concatenate([p.bin for p in parts]),
        np.concatenate([p.tonal for p in parts]),
    )


def _envelopes(bands: F32) -> npt.NDArray[np.float16]:
    """Return log band energies with their one-second mean removed and their power over four seconds made one."""
    if not len(bands):
        return np.zeros((0, BANDS), np.float16)
    fast = bands - uniform_filter1d(bands, _HIGH_PASS_FRAMES, axis=0, mode="nearest")
    power = uniform_filter1d((fast**2).mean(axis=1), _RMS_FRAMES, mode="nearest")
    scaled = fast / np.sqrt(power + 0.05)[:, None]
    return np.clip(scaled, -4, 4).astype(np.float16)


def _levels(sound: Sound) -> F32:
    seconds = -(-len(sound) // RATE_HZ)
    result = np.full(seconds, -120.0, np.float32)
    for second in range(seconds):
        piece = as_float(sound[second * RATE_HZ : (second + 1) * RATE_HZ])
        result[second] = 10 * np.log10(max(float(np.mean(piece.astype(np.float64) ** 2)), 1e-12))
    return result
