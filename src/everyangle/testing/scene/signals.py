"""Signals that are the same wherever they are heard: sirens, alarms, ring tones, chimes; and horns, dogs, crowds.

Each function returns float64 samples of shape (n,) whose loudest 100 ms have an RMS of 1, at the rate in Hz that it is
given; what chance decides comes from the generator or the model number. Plausible, not true to any make.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, sosfilt

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import loudness_one

Rng = np.random.Generator

SIRENS = ("wail", "yelp", "two-tone", "slow wail")
SIREN_PERIODS_S = {"wail": 4.9, "yelp": 0.32, "two-tone": 1.1, "slow wail": 7.3}
"""The models of siren, and after how long each repeats."""


def siren_model(rate_hz: int, duration_s: float, model: str) -> Floats:
    """Return a siren of one of ``SIRENS``, repeating exactly."""
    t = np.arange(int(duration_s * rate_hz)) / rate_hz
    turn = t / SIREN_PERIODS_S[model] % 1
    if model == "two-tone":
        hz = np.where(turn < 0.5, 450.0, 600.0)
    elif model == "yelp":
        hz = 600 * (1500 / 600) ** (1 - np.abs(2 * turn - 1))
    else:
        hz = 620 * (1450 / 620) ** (0.5 - 0.5 * np.cos(2 * np.pi * turn))
    phase = 2 * np.pi * np.cumsum(hz) / rate_hz
    tone = sum(np.sin(n * phase) / n for n in (1, 2, 3, 5))
    return loudness_one(np.asarray(tone) * _soft(len(t), rate_hz), rate_hz)


ALARM_PERIODS_S = (0.5, 0.9, 1.6)
"""After how long each model of alarm repeats."""


def alarm(rate_hz: int, duration_s: float, model: int) -> Floats:
    """Return the alarm of a shop or car, one of as many models as ``ALARM_PERIODS_S`` has."""
    period = ALARM_PERIODS_S[model]
    t = np.arange(int(duration_s * rate_hz)) / rate_hz
    turn = t / period % 1
    hz = (np.where(turn < 0.5, 2500.0, 0.0), 2000 + 1200 * turn, np.where(turn < 0.5, 1900.0, 2400.0))[model]
    phase = 2 * np.pi * np.cumsum(hz) / rate_hz
    return loudness_one(np.where(hz > 0, np.sign(np.sin(phase)), 0.0) * 0.7 + 0.3 * np.sin(phase), rate_hz)


def ring_tone(rate_hz: int, duration_s: float, model: int) -> Floats:
    """Return a telephone's tune, again and again; returns the same for the same model."""
    rng = np.random.default_rng([77, model])
    notes = rng.choice([523.3, 587.3, 659.3, 784.0, 880.0, 1046.5, 1174.7], 8)
    length = int(ring_period_s(model) / 10 * rate_hz)
    t = np.arange(length) / rate_hz
    parts = [
        np.sin(2 * np.pi * hz * t) * np.exp(-t * 9) + 0.4 * np.sin(4 * np.pi * hz * t) * np.exp(-t * 14) for hz in notes
    ]
    once = np.concatenate([*parts, np.zeros(int(ring_period_s(model) * rate_hz) - 8 * length)])
    return loudness_one(np.resize(once, int(duration_s * rate_hz)), rate_hz)


def ring_period_s(model: int) -> float:
    """Return after how many seconds a telephone's tune repeats."""
    return 1.8 + 0.23 * (model % 5)


def chime(rate_hz: int, model: int) -> Floats:
    """Return the tones that come before an announcement."""
    rng = np.random.default_rng([78, model])
    t = np.arange(int(0.9 * rate_hz)) / rate_hz
    tones = [
        np.sin(2 * np.pi * hz * t) * np.exp(-3.5 * t) for hz in sorted(rng.choice([392, 440, 523, 587, 659, 784], 3))
    ]
    out = np.zeros(int(2.0 * rate_hz))
    for number, tone in enumerate(tones):
        first = int(0.4 * number * rate_hz)
        out[first : first + len(tone)] += tone
    return loudness_one(out, rate_hz)


def horn(rate_hz: int, rng: Rng) -> Floats:
    """Return a car's horn: two reeds, pressed for a moment or longer."""
    t = np.arange(int(rng.uniform(0.15, 1.4) * rate_hz)) / rate_hz
    low = rng.uniform(340, 430)
    reeds = sum(np.sin(2 * np.pi * n * hz * t) / n for hz in (low, low * rng.uniform(1.19, 1.27)) for n in range(1, 9))
    return loudness_one(np.asarray(reeds) * _soft(len(t), rate_hz, 0.01), rate_hz)


def barks(rate_hz: int, rng: Rng) -> Floats:
    """Return a dog that barks a few times."""
    out = np.zeros(int(3.5 * rate_hz))
    at, hz = 0.0, rng.uniform(350, 800)
    for _ in range(int(rng.integers(1, 6))):
        t = np.arange(int(rng.uniform(0.1, 0.22) * rate_hz)) / rate_hz
        pitch = hz * rng.uniform(0.9, 1.1) * (1 + 0.5 * np.sin(np.pi * t / t[-1]))
        phase = 2 * np.pi * np.cumsum(pitch) / rate_hz
        voice = sum(np.sin(n * phase) / n**0.7 for n in range(1, 7)) + 0.6 * rng.standard_normal(len(t))
        first = int(at * rate_hz)
        part = (np.asarray(voice) * np.hanning(len(t)))[: len(out) - first]
        out[first : first + len(part)] += part
        at += rng.uniform(0.25, 0.7)
    return loudness_one(out, rate_hz)


def applause(rate_hz: int, duration_s: float, rng: Rng) -> Floats:
    """Return clapping hands of a crowd, swelling and falling."""
    count = int(duration_s * rate_hz)
    claps = np.zeros(count)
    at = rng.integers(0, count, int(duration_s * rng.uniform(40, 160)))
    np.add.at(claps, at, rng.uniform(0.2, 1, len(at)) * rng.choice([-1, 1], len(at)))
    burst = np.exp(-np.arange(int(0.01 * rate_hz)) / (0.002 * rate_hz)) * rng.standard_normal(int(0.01 * rate_hz))
    sos = butter(2, (700, min(5000, 0.45 * rate_hz)), "bandpass", fs=rate_hz, output="sos")
    sound = np.asarray(sosfilt(sos, np.convolve(claps, burst)[:count]), dtype=np.float64)
    return loudness_one(sound * np.hanning(count) ** 0.5, rate_hz)


def chant(words: Floats, rate_hz: int, people: int, rng: Rng) -> Floats:
    """Return a crowd that says the same words, each a little apart in time and pitch."""
    out = np.zeros(len(words) + rate_hz)
    for _ in range(people):
        speed = rng.uniform(0.94, 1.06)
        one = np.interp(np.arange(0, len(words) - 1, speed), np.arange(len(words)), words)
        first = int(rng.uniform(0, 0.12) * rate_hz)
        one = one[: len(out) - first]
        out[first : first + len(one)] += one * rng.uniform(0.4, 1)
    return loudness_one(out, rate_hz)


def _soft(count: int, rate_hz: int, fade_s: float = 0.05) -> Floats:
    edge = np.minimum(np.arange(count), np.arange(count)[::-1]) / max(1.0, fade_s * rate_hz)
    return np.sin(np.clip(edge, 0, 1) * np.pi / 2) ** 2
