"""How sound gets from a source to a recorder: time, distance, echoes, closed cars. Arrays in, arrays out.

Delay and gain follow from positions (343 m/s, 1/r below a floor of 0.3 m), also for things that move, so sirens shift
in pitch by themselves. Echoes come from mirror images in flat surfaces. Not modelled: diffraction, frequency-dependent
walls, wind gradients.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import map_coordinates, spline_filter1d
from scipy.signal import butter, oaconvolve, sosfilt

from everyangle.testing.scene.echoes import images, response_of, still_images
from everyangle.testing.scene.paths import Floats, Path
from everyangle.testing.scene.world import (
    SPEED_OF_SOUND,
    Leak,
    Recorder,
    Scene,
    Source,
    pascal_from_db,
)

NEAREST_M = 0.3
"""Distances below this do not get louder."""

KNOT_S = 0.02
"""Spacing of the delay curve of something that moves."""

AIR_CORNER_HZ_M = 250_000.0
"""Air dulls sound: a low-pass at this many Hz divided by the distance in metres."""


def hear(scene: Scene, recorder: Recorder, begin_s: float, count: int) -> Floats:
    """Return the sound pressure in pascal at a recorder: shape (count,), from event time ``begin_s`` at scene rate."""
    pressure = np.zeros(count)
    for source in scene.sources:
        heard = _hear_one(scene, source, recorder, begin_s, count)
        if heard is not None:
            first, samples = heard
            pressure[first : first + len(samples)] += samples
    return pressure


def arrivals(source: Source, source_path: Path, recorder: Recorder, rate_hz: int) -> tuple[Floats, Floats, Floats]:
    """Return emission times, arrival times (s, event clock) and distances (m) along a source's sound.

    Shapes (k,), with k = 2 where nothing moves. The recorder's own motion is taken at arrival.
    """
    end_s = source.start_s + len(source.samples) / rate_hz
    moves = not (source_path.is_still and recorder.path.is_still)
    knots = max(2, int((end_s - source.start_s) / KNOT_S) + 1) if moves else 2
    emitted = np.linspace(source.start_s, end_s, knots)
    there = source_path.at(emitted)
    arrived = emitted
    distance = np.zeros(knots)
    for _ in range(3 if moves else 1):
        distance = np.linalg.norm(there - recorder.path.at(arrived), axis=1)
        arrived = emitted + distance / SPEED_OF_SOUND
    return emitted, arrived, distance


def leak_between(scene: Scene, source: Source, recorder: Recorder) -> Leak | None:
    """Return what the walls of closed cars between source and recorder take away, or None where there are none."""
    if source.room == recorder.room:
        return None
    walls = [e.leak_at(source.start_s) for e in map(scene.enclosure, (source.room, recorder.room)) if e]
    if not walls:
        return None
    return Leak(source.start_s, sum(w.loss_db for w in walls), min(w.cutoff_hz for w in walls))


def _hear_one(
    scene: Scene, source: Source, recorder: Recorder, begin_s: float, count: int
) -> tuple[int, Floats] | None:
    """Return (index of first sample, samples) of one source with its echoes at a recorder, or None if out of span."""
    rate = scene.rate_hz
    level = pascal_from_db(source.level_db)
    if source.diffuse:
        coefficients = spline_filter1d(_diffuse(source, recorder), order=3)
        found = _along(source, source.path, recorder, coefficients, rate, begin_s, count)
    elif source.path.is_still and recorder.path.is_still:
        found = _at_rest(scene, source, recorder, begin_s, count)
    else:
        found = _moving(scene, source, recorder, begin_s, count)
    return (found[0], _through(scene, source, recorder, found[1] * level)) if found else None


def _moving(scene: Scene, source: Source, recorder: Recorder, begin_s: float, count: int) -> tuple[int, Floats] | None:
    """Return one source along its path and its mirror images, where something moves; relative to its level."""
    coefficients, pieces = spline_of(source), []
    for path, gain in images(scene, source, recorder):
        piece = _along(source, path, recorder, coefficients, scene.rate_hz, begin_s, count)
        if piece is not None:
            pieces.append((piece[0], piece[1] * gain))
    if not pieces:
        return None
    first = min(i for i, _ in pieces)
    total = np.zeros(max(i + len(x) for i, x in pieces) - first)
    for i, x in pieces:
        total[i - first : i - first + len(x)] += x
    return first, total


def _at_rest(scene: Scene, source: Source, recorder: Recorder, begin_s: float, count: int) -> tuple[int, Floats] | None:
    """Return one source and all its echoes, where nothing moves: one convolution; relative to its level."""
    rate = scene.rate_hz
    here = np.asarray(recorder.path.where(source.start_s))
    places, gains = still_images(scene, source, recorder)
    metres = np.linalg.norm(places - here, axis=1)
    delays = ((source.start_s - begin_s) + metres / SPEED_OF_SOUND) * rate
    response, at = response_of(delays, gains / np.maximum(metres, NEAREST_M))
    # Only what can reach the span is convolved.
    low = max(0, -at - len(response))
    high = min(len(source.samples), count - at)
    if high <= low:
        return None
    first = at + low
    cut = max(0, -first)
    heard = oaconvolve(spline_of(source)[low:high], response)[cut : count - first]
    return (first + cut, np.asarray(heard, dtype=np.float64)) if len(heard) else None


@lru_cache(maxsize=400)
def spline_of(source: Source) -> Floats:
    """Return the cubic spline through a source's samples, for all who hear it; the last ones are kept."""
    return np.asarray(spline_filter1d(source.samples, order=3), dtype=np.float64)


def _diffuse(source: Source, recorder: Recorder) -> Floats:
    """Return noise of a source's spectrum that only this recorder hears, shape (n,).

    In a diffuse field, sound is not coherent at two places further apart than half a wavelength (Cook and others,
    JASA 27, 1955): nothing in it tells of a common clock.
    """
    rng = np.random.default_rng(list(f"{source.name}/{recorder.name}".encode()))
    size = next_fast_len(len(source.samples), real=True)
    spectrum = rfft(source.samples, size)
    turned = np.abs(spectrum) * np.exp(2j * np.pi * rng.random(len(spectrum)))
    return np.asarray(irfft(turned, size)[: len(source.samples)], dtype=np.float64)


def _along(
    source: Source, path: Path, recorder: Recorder, coefficients: Floats, rate: int, begin_s: float, count: int
) -> tuple[int, Floats] | None:
    """Return (index of first sample, samples) of one source along one path, 1/r applied."""
    if source.diffuse:
        emitted = arrived = np.asarray([source.start_s, source.start_s + len(source.samples) / rate])
        gains = np.ones(2)
    else:
        emitted, arrived, distance = arrivals(source, path, recorder, rate)
        gains = 1 / np.maximum(distance, NEAREST_M)
    first = max(0, int(np.ceil((arrived[0] - begin_s) * rate)))
    last = min(count, int(np.floor((arrived[-1] - begin_s) * rate)) + 1)
    if last <= first:
        return None
    t_s = begin_s + np.arange(first, last) / rate
    position = (np.interp(t_s, arrived, emitted) - source.start_s) * rate
    samples = map_coordinates(coefficients, position[np.newaxis], order=3, mode="constant", prefilter=False)
    return first, np.asarray(samples * np.interp(t_s, arrived, gains), dtype=np.float64)


def _through(scene: Scene, source: Source, recorder: Recorder, samples: Floats) -> Floats:
    """Return samples dulled by the air between and by closed cars between."""
    leak = leak_between(scene, source, recorder)
    at_s = source.start_s
    distance = float(np.linalg.norm(np.subtract(source.path.where(at_s), recorder.path.where(at_s))))
    air_hz = np.inf if source.diffuse else AIR_CORNER_HZ_M / max(distance, 1.0)
    corner = min(air_hz, leak.cutoff_hz if leak else np.inf)
    gain = 10 ** (-leak.loss_db / 20) if leak else 1.0
    if corner < 0.45 * scene.rate_hz:
        samples = np.asarray(sosfilt(butter(1, corner, fs=scene.rate_hz, output="sos"), samples), dtype=np.float64)
    return samples * gain
