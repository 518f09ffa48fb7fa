"""One recorder's take of a scene: its samples and its true clock. Pictures and codecs come later.

The event clock is the simulation's; a recorder's media second lasts ``1 + ppm * 1e-6`` event seconds. Lost stretches
are cut at whole samples, and the truth says exactly where.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft, rfftfreq
from scipy.ndimage import map_coordinates, spline_filter1d

from everyangle.core.time import ClockMap, Jump
from everyangle.testing.scene import device
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.propagation import hear
from everyangle.testing.scene.world import Recorder, Scene

MARGIN_S = 0.5
"""Sound simulated before the start and after the end of a take, so that filters and echoes are settled."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """What one recorder made of a scene.

    Attributes:
        recorder: who.
        samples: shape (n,), in [-1, 1], at ``recorder.rate_hz``.
        clock: the true map from media time to event time.
    """

    recorder: Recorder
    samples: Floats
    clock: ClockMap

    @property
    def duration_s(self) -> float:
        """Length in media seconds."""
        return len(self.samples) / self.recorder.rate_hz


def record(scene: Scene, recorder: Recorder, rng: np.random.Generator) -> Take:
    """Return a recorder's take of a scene; the same generator state gives the same samples."""
    begin_s = recorder.start_s - MARGIN_S
    count = int((recorder.stop_s - begin_s + MARGIN_S) * scene.rate_hz)
    pressure = hear(scene, recorder, begin_s, count)
    pressure = device.with_late_echoes(pressure, recorder, scene.rate_hz, rng)
    pressure = _band_limited(pressure, scene.rate_hz, recorder.rate_hz)
    on_device = _sampled(pressure, scene.rate_hz, begin_s, recorder)
    on_device = device.with_noises(on_device, recorder, recorder.rate_hz, rng)
    samples = device.digital(on_device, recorder, recorder.rate_hz)
    clock, keep = clock_of(recorder, len(samples))
    return Take(recorder, samples[keep], clock)


def clock_of(recorder: Recorder, count: int) -> tuple[ClockMap, NDArray[np.intp]]:
    """Return a recorder's true clock, and which of ``count`` device samples it kept (indices, shape (m,))."""
    rate = 1 + recorder.ppm * 1e-6
    jumps: list[Jump] = []
    keep = np.ones(count, dtype=bool)
    removed = 0
    for lost in recorder.lost:
        first, last = (_sample_at(recorder, rate, t) for t in (lost.from_s, lost.from_s + lost.lost_s))
        keep[first:last] = False
        jumps.append(Jump((first - removed) / recorder.rate_hz, rate * (last - first) / recorder.rate_hz))
        removed += last - first
    return ClockMap(recorder.start_s, rate, 0.0, tuple(jumps)), np.flatnonzero(keep)


def planned_clock(recorder: Recorder) -> ClockMap:
    """Return a recorder's true clock without simulating its sound (for a camera that records none)."""
    return clock_of(recorder, device_count(recorder))[0]


def device_count(recorder: Recorder) -> int:
    """Return how many samples a device takes from start to stop, lost ones included."""
    return int((recorder.stop_s - recorder.start_s) / (1 + recorder.ppm * 1e-6) * recorder.rate_hz)


def _sample_at(recorder: Recorder, rate: float, t_event: float) -> int:
    return round((t_event - recorder.start_s) / rate * recorder.rate_hz)


def _band_limited(pressure: Floats, scene_hz: int, device_hz: int) -> Floats:
    """Return pressure without what the device's sample rate cannot hold (linear phase, no delay)."""
    if device_hz >= scene_hz:
        return pressure
    size = next_fast_len(len(pressure), real=True)
    spectrum = rfft(pressure, size) * np.clip(
        (0.48 * device_hz - rfftfreq(size, 1 / scene_hz)) / (0.06 * device_hz), 0, 1
    )
    return np.asarray(irfft(spectrum, size)[: len(pressure)], dtype=np.float64)


def _sampled(pressure: Floats, scene_hz: int, begin_s: float, recorder: Recorder) -> Floats:
    """Return the pressure at the ticks of the device's own clock."""
    ticks = np.arange(device_count(recorder)) / recorder.rate_hz
    t_event = recorder.start_s + (1 + recorder.ppm * 1e-6) * ticks
    position = (t_event - begin_s) * scene_hz
    coefficients = spline_filter1d(pressure, order=3)
    sampled = map_coordinates(coefficients, position[np.newaxis], order=3, mode="nearest", prefilter=False)
    return np.asarray(sampled, dtype=np.float64)
