"""Whole songs from a seed: drums, bass, chords and a lead, in bars and verses that come again, as in real ones.

The same seed is the same song anywhere. Some songs are made of loops: their bars repeat to the sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import loudness_one

CHORDS = ((0, 4, 7), (2, 5, 9), (4, 7, 11), (5, 9, 12), (7, 11, 14), (9, 12, 16))
"""Chords of a major key, in semitones above its root."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a song's seed decides first: beats per second, its key in Hz, and whether its bars are loops."""

    beats_per_s: float
    root_hz: float
    looped: bool

    @property
    def bar_s(self) -> float:
        """Seconds of one bar of four beats."""
        return 4 / self.beats_per_s


def style_of(seed: int) -> Style:
    """Return a song's style."""
    rng = np.random.default_rng([seed, 1])
    return Style(float(rng.uniform(1.4, 2.4)), float(110 * 2 ** (rng.integers(12) / 12)), bool(rng.random() < 0.35))


def song(rate_hz: int, duration_s: float, seed: int) -> Floats:
    """Return a song of shape (n,), its loudest 100 ms with an RMS of 1."""
    style = style_of(seed)
    rng = np.random.default_rng([seed, 2])
    beat = 1 / style.beats_per_s
    count = int(duration_s * rate_hz)
    out = np.zeros(count + 2 * rate_hz)
    kick, snare, hat = _drums(rate_hz, rng)
    parts = [_verse(rng) for _ in range(1 if style.looped else 3)]
    bars = int(np.ceil(duration_s / style.bar_s))
    for bar in range(bars):
        part = parts[(bar // 8) % len(parts)]
        chord = CHORDS[part.chords[bar % 4]]
        played = bar % 2 if style.looped else bar % 4
        varied = np.random.default_rng([seed, 3, 0 if style.looped else bar])
        for step in range(8):
            at = (bar * 4 + step / 2) * beat
            if step in (0, 4):
                _put(out, kick, at, rate_hz, 1.0)
            if step in (2, 6):
                _put(out, snare, at, rate_hz, 0.6)
            _put(out, hat, at, rate_hz, 0.25 * float(varied.uniform(0.5, 1)))
            note = part.lead[played][step]
            if note is not None:
                hz = 4 * style.root_hz * 2 ** ((chord[note % 3] + 12 * (note // 3)) / 12)
                _put(out, _tone(rate_hz, hz, beat * 0.9, 5), at, rate_hz, 0.5 * float(varied.uniform(0.7, 1)))
        _put(out, _tone(rate_hz, style.root_hz / 2 * 2 ** (chord[0] / 12), beat * 3.5, 3), bar * 4 * beat, rate_hz, 0.8)
        for semitone in chord:
            tone = _tone(rate_hz, 2 * style.root_hz * 2 ** (semitone / 12), beat * 3.8, 1)
            _put(out, tone, bar * 4 * beat, rate_hz, 0.25)
    return loudness_one(np.tanh(out[:count] * 0.8), rate_hz)


@dataclass(frozen=True, slots=True)
class _Part:
    chords: tuple[int, ...]
    lead: tuple[tuple[int | None, ...], ...]


def _verse(rng: np.random.Generator) -> _Part:
    chords = tuple(int(x) for x in rng.integers(0, len(CHORDS), 4))
    lead = tuple(tuple(int(rng.integers(0, 6)) if rng.random() < 0.6 else None for _ in range(8)) for _ in range(4))
    return _Part(chords, lead)


def _drums(rate_hz: int, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    t = np.arange(int(0.25 * rate_hz)) / rate_hz
    kick = np.sin(2 * np.pi * (50 * t + 3 * (1 - np.exp(-t * 30)))) * np.exp(-t * 12)
    noise = rng.standard_normal(len(t))
    high = butter(2, min(5500, 0.4 * rate_hz), "highpass", fs=rate_hz, output="sos")
    mid = butter(2, (700, 4000), "bandpass", fs=rate_hz, output="sos")
    snare = np.asarray(sosfilt(mid, noise)) * np.exp(-t * 22)
    return kick, snare, np.asarray(sosfilt(high, noise), dtype=np.float64) * np.exp(-t * 60)


def _tone(rate_hz: int, hz: float, length_s: float, decay: float) -> Floats:
    t = np.arange(int(length_s * rate_hz)) / rate_hz
    partials = sum(np.sin(2 * np.pi * n * hz * t) * np.exp(-t * decay * (1 + 0.3 * n)) / n for n in range(1, 6))
    return np.asarray(partials, dtype=np.float64) * np.minimum(1, (length_s - t) * 50)


def _put(out: Floats, sound: Floats, at_s: float, rate_hz: int, gain: float) -> None:
    first = int(at_s * rate_hz)
    sound = sound[: max(0, len(out) - first)]
    out[first : first + len(sound)] += gain * sound
