"""Sounds of a street, made from nothing: sirens, doors, glass, engines, steps, birds, traffic.

Each function takes a rate in Hz and, where chance has a part, a seeded generator; returns float64 samples of shape (n,)
whose loudest 100 ms have an RMS of 1. They are plausible, not true to any make.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, sosfilt

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import loudness_one

Rng = np.random.Generator


def click(rate_hz: int, length_s: float = 0.001) -> Floats:
    """Return a single sharp click whose peak is its first sample but one, for tests of timing."""
    out = np.zeros(max(8, int(length_s * rate_hz)))
    out[1] = 1.0
    return out


SIREN_PERIOD_S = 4.9
"""How often a siren repeats, where nothing else is said."""


def siren(
    rate_hz: int, duration_s: float, *, period_s: float = SIREN_PERIOD_S, low_hz: float = 650, high_hz: float = 1450
) -> Floats:
    """Return a wail: a tone that sweeps up and down once a period, with harmonics."""
    t = np.arange(int(duration_s * rate_hz)) / rate_hz
    sweep = 0.5 - 0.5 * np.cos(2 * np.pi * t / period_s)
    phase = 2 * np.pi * np.cumsum(low_hz * (high_hz / low_hz) ** sweep) / rate_hz
    tone = sum(np.sin(n * phase) / n for n in (1, 2, 3, 5))
    return loudness_one(np.asarray(tone) * _fade(len(t), rate_hz, 0.05), rate_hz)


def slam(rate_hz: int, rng: Rng) -> Floats:
    """Return a car door falling shut: a click of the latch and a low thud."""
    t = np.arange(int(0.45 * rate_hz)) / rate_hz
    thud = np.exp(-t / 0.05) * np.sin(2 * np.pi * rng.uniform(70, 110) * t)
    body = _band(rng.standard_normal(len(t)), rate_hz, 150, 1800) * np.exp(-t / 0.03)
    latch = _band(rng.standard_normal(len(t)), rate_hz, 1500, 6000) * np.exp(-t / 0.008)
    return loudness_one(thud + 1.4 * body + 0.9 * latch, rate_hz)


def glass(rate_hz: int, rng: Rng) -> Floats:
    """Return a pane breaking: a crack, then shards that ring and fall."""
    t = np.arange(int(1.4 * rate_hz)) / rate_hz
    out = _band(rng.standard_normal(len(t)), rate_hz, 400, 9000) * np.exp(-t / 0.03) * 2.2
    for _ in range(70):
        at = rng.exponential(0.28)
        ring = np.where(t >= at, np.exp(-(t - at) / rng.uniform(0.01, 0.05)), 0.0)
        out += rng.uniform(0.05, 0.5) * np.exp(-at / 0.5) * ring * np.sin(2 * np.pi * rng.uniform(2200, 9500) * t)
    return loudness_one(out, rate_hz)


def strike(rate_hz: int, rng: Rng) -> Floats:
    """Return a hard knock of metal on glass or sheet."""
    t = np.arange(int(0.25 * rate_hz)) / rate_hz
    rings = sum(np.sin(2 * np.pi * f * t) * np.exp(-t / 0.02) for f in rng.uniform(700, 4200, 6))
    return loudness_one(np.asarray(rings) + rng.standard_normal(len(t)) * np.exp(-t / 0.005), rate_hz)


def clatter(rate_hz: int, rng: Rng) -> Floats:
    """Return something small falling: three to five quick knocks."""
    out = np.zeros(int(0.9 * rate_hz))
    at = 0.0
    for _ in range(int(rng.integers(3, 6))):
        knock = strike(rate_hz, rng) * rng.uniform(0.3, 1)
        first = int(at * rate_hz)
        out[first : first + len(knock)] += knock[: len(out) - first]
        at += rng.uniform(0.06, 0.16)
    return loudness_one(out, rate_hz)


def steps(rate_hz: int, duration_s: float, rng: Rng, *, pace_hz: float = 1.9) -> Floats:
    """Return footsteps on asphalt."""
    out = np.zeros(int(duration_s * rate_hz))
    t = np.arange(int(0.09 * rate_hz)) / rate_hz
    at = 0.0
    while at < duration_s - 0.1:
        scuff = _band(rng.standard_normal(len(t)), rate_hz, 180, 3500) * np.exp(-t / 0.018)
        first = int(at * rate_hz)
        out[first : first + len(t)] += scuff * rng.uniform(0.6, 1)
        at += 1 / pace_hz * rng.uniform(0.92, 1.08)
    return loudness_one(out, rate_hz)


def engine(rate_hz: int, duration_s: float, rng: Rng, *, idle_hz: float = 24.0) -> Floats:
    """Return an engine: firing pulses with a wandering rate, and some hiss of tyres and air."""
    count = int(duration_s * rate_hz)
    knots = max(2, int(duration_s * 2) + 2)
    wander = np.interp(np.arange(count) / rate_hz, np.arange(knots) / 2, 1 + 0.04 * rng.standard_normal(knots))
    phase = 2 * np.pi * np.cumsum(idle_hz * wander) / rate_hz
    pulses = sum(np.sin(n * phase + n) / n**0.8 for n in range(1, 9))
    hiss = _band(rng.standard_normal(count), rate_hz, 200, 2500)
    return loudness_one((np.asarray(pulses) + 0.5 * hiss) * _fade(count, rate_hz, 0.4), rate_hz)


def pass_by(rate_hz: int, duration_s: float, rng: Rng) -> Floats:
    """Return the tyres of a car that passes; its path makes it come and go."""
    count = int(duration_s * rate_hz)
    roar = _band(rng.standard_normal(count), rate_hz, 120, 3200)
    return loudness_one(roar * _fade(count, rate_hz, 0.8), rate_hz)


def traffic(rate_hz: int, duration_s: float, rng: Rng) -> Floats:
    """Return the rumble of a town far off, slowly swelling."""
    count = int(duration_s * rate_hz)
    rumble = _band(rng.standard_normal(count), rate_hz, 60, 900)
    knots = max(2, int(duration_s / 3) + 2)
    swell = np.interp(np.arange(count) / rate_hz, 3 * np.arange(knots), rng.uniform(0.5, 1, knots))
    return loudness_one(rumble * swell, rate_hz)


def bird(rate_hz: int, rng: Rng) -> Floats:
    """Return one phrase of a bird: a few quick whistles."""
    notes = []
    for _ in range(int(rng.integers(3, 7))):
        t = np.arange(int(rng.uniform(0.05, 0.16) * rate_hz)) / rate_hz
        start, slide = rng.uniform(2600, 4800), rng.uniform(-9000, 9000)
        notes.append(np.sin(2 * np.pi * (start * t + slide * t**2 / 2)) * np.hanning(len(t)))
        notes.append(np.zeros(int(rng.uniform(0.03, 0.12) * rate_hz)))
    return loudness_one(np.concatenate(notes), rate_hz)


def squelch(rate_hz: int, rng: Rng) -> Floats:
    """Return the short burst of noise at the end of a radio message."""
    return loudness_one(_band(rng.standard_normal(int(0.12 * rate_hz)), rate_hz, 400, 3000), rate_hz)


def as_radio(samples: Floats, rate_hz: int) -> Floats:
    """Return a voice as a two-way radio gives it: 400 to 2,800 Hz, pressed flat."""
    narrow = _band(samples, rate_hz, 400, 2800)
    return loudness_one(np.tanh(3 * loudness_one(narrow, rate_hz)), rate_hz)


def _band(samples: Floats, rate_hz: int, low_hz: float, high_hz: float) -> Floats:
    sos = butter(2, (low_hz, min(high_hz, 0.45 * rate_hz)), "bandpass", fs=rate_hz, output="sos")
    return np.asarray(sosfilt(sos, samples), dtype=np.float64)


def _fade(count: int, rate_hz: int, fade_s: float) -> Floats:
    """Return a window of ones with soft ends."""
    edge = np.minimum(np.arange(count), np.arange(count)[::-1]) / max(1.0, fade_s * rate_hz)
    return np.sin(np.clip(edge, 0, 1) * np.pi / 2) ** 2
