"""Small scenes for the synchronization engine: arrays at 8 kHz without codecs, quick to make, truth known.

For whole filmed encounters with real codecs see :mod:`everyangle.testing.scene`. Everything is decided by the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve

from everyangle.core.time import ClockMap, Jump
from everyangle.testing.scene.music import tune
from everyangle.testing.scene.voices import speechlike

F64 = npt.NDArray[np.float64]
F32 = npt.NDArray[np.float32]

RATE_HZ = 8000
SPEED_M_S = 343.0


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Something that sounds.

    Attributes:
        samples: at 8 kHz, about unit power, from event time ``start_s`` on.
        x_m: position east.
        y_m: position north.
        level: factor at one metre.
        start_s: event time of its first sample.
    """

    samples: F64
    x_m: float = 0.0
    y_m: float = 0.0
    level: float = 1.0
    start_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Recorder:
    """A recorder and its flaws.

    Attributes:
        start_s: event time of its media time zero.
        length_s: seconds of media time.
        x_m: position east.
        y_m: position north.
        ppm: how much slower than event time its clock counts: ``rate = 1 + ppm * 1e-6``.
        lost: lost stretches, ``(media time, seconds lost)``.
        noise: factor of its own noise; a source at ten metres has about ``level / 10``.
        echo: energy of late echoes against the direct sound.
    """

    start_s: float
    length_s: float
    x_m: float = 0.0
    y_m: float = 0.0
    ppm: float = 0.0
    lost: tuple[tuple[float, float], ...] = ()
    noise: float = 0.01
    echo: float = 0.3

    @property
    def clock(self) -> ClockMap:
        """The true map from media time to event time."""
        return ClockMap(self.start_s, 1 + self.ppm * 1e-6, jumps=tuple(Jump(at, lost) for at, lost in self.lost))

    def delay_s(self, source: Source) -> float:
        """Return the travel time of a source's sound to the recorder."""
        return float(np.hypot(self.x_m - source.x_m, self.y_m - source.y_m)) / SPEED_M_S


def record(sources: Sequence[Source], recorder: Recorder, seed: int) -> F32:
    """Return what a recorder records, scaled to a peak of 0.7."""
    rng = np.random.default_rng(seed)
    count = round(recorder.length_s * RATE_HZ)
    t_media = np.arange(count) / RATE_HZ
    t_event = recorder.start_s + (1 + recorder.ppm * 1e-6) * t_media
    for lost_at, lost in recorder.lost:
        t_event = t_event + np.where(t_media >= lost_at, lost, 0.0)
    total: F64 = np.asarray(recorder.noise * rng.standard_normal(count), dtype=np.float64)
    for source in sources:
        distance = max(1.0, recorder.delay_s(source) * SPEED_M_S)
        at = (t_event - recorder.delay_s(source) - source.start_s) * RATE_HZ
        heard = np.asarray(np.interp(at, np.arange(len(source.samples)), source.samples, left=0.0, right=0.0))
        total = total + source.level / distance * _echoing(heard, recorder.echo, rng)
    peak = max(float(np.abs(total).max()), 1e-9)
    return (0.7 * total / peak).astype(np.float32)


def _echoing(heard: F64, echo: float, rng: np.random.Generator) -> F64:
    taps = rng.standard_normal(1600) * np.exp(-np.arange(1600) / 320)
    taps *= np.sqrt(echo / float(np.sum(taps**2)))
    taps[:24] = 0.0
    taps[0] = 1.0
    return np.asarray(fftconvolve(heard, taps)[: len(heard)], dtype=np.float64)


def speech(seed: int, length_s: float) -> F64:
    """Return someone speaking, with pauses, at unit power."""
    rng = np.random.default_rng(seed)
    parts: list[F64] = []
    filled = 0.0
    while filled < length_s:
        parts += [_unit(speechlike(RATE_HZ, float(rng.uniform(1.5, 4.0)), rng)), np.zeros(int(rng.uniform(2e3, 8e3)))]
        filled += sum(len(p) for p in parts[-2:]) / RATE_HZ
    return np.concatenate(parts)[: round(length_s * RATE_HZ)]


def clatter(seed: int, length_s: float, each_s: float = 1.5) -> F64:
    """Return sharp noises at random times."""
    rng = np.random.default_rng(seed)
    result = np.zeros(round(length_s * RATE_HZ))
    for _ in range(rng.poisson(length_s / each_s)):
        size = int(rng.integers(400, 2400))
        at = int(rng.integers(0, max(1, len(result) - size)))
        burst = rng.standard_normal(size) * np.exp(-np.arange(size) / (size / 5)) * rng.uniform(2, 6)
        result[at : at + size] += burst[: len(result) - at]
    return result


def song(seed: int, length_s: float) -> F64:
    """Return a tune that does not repeat exactly, at unit power."""
    return _unit(tune(RATE_HZ, length_s, seed))[: round(length_s * RATE_HZ)]


def looped(samples: F64, length_s: float) -> F64:
    """Return the samples over and over."""
    count = round(length_s * RATE_HZ)
    return np.tile(samples, -(-count // len(samples)))[:count]


def siren(length_s: float, period_s: float = 4.9) -> F64:
    """Return a wailing siren at unit power."""
    t = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    hz = 900 + 550 * np.sin(2 * np.pi * t / period_s)
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    return _unit(np.sin(phase) + 0.5 * np.sin(2 * phase))


def street(seed: int, length_s: float, spread_m: float = 15.0) -> list[Source]:
    """Return three sources of an incident: two voices and clatter, at random places."""
    rng = np.random.default_rng(seed)
    sounds = [speech(seed * 31 + 1, length_s), speech(seed * 31 + 2, length_s), clatter(seed * 31 + 3, length_s)]
    return [
        Source(sound, float(rng.uniform(-1, 1) * spread_m), float(rng.uniform(-1, 1) * spread_m), level)
        for sound, level in zip(sounds, (1.0, 0.8, 0.7), strict=True)
    ]


def _unit(samples: npt.NDArray[np.floating]) -> F64:
    values = np.asarray(samples, dtype=np.float64)
    return np.asarray(values / (float(np.sqrt(np.mean(values**2))) or 1.0), dtype=np.float64)
