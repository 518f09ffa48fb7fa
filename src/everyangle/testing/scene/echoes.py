"""Where echoes come from: mirror images in a street's surfaces and a room's walls (JASA 65, 943, 1979).

Positions and gains only; ``propagation`` makes sound of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from everyangle.testing.scene.paths import Floats, Path
from everyangle.testing.scene.world import Box, Recorder, Scene, Source, Surface


def images(scene: Scene, source: Source, recorder: Recorder) -> Iterator[tuple[Path, float]]:
    """Yield the source's path and its mirror images, each with the gain of its echoes; a room's of first order."""
    yield source.path, 1.0
    box = _box(scene, source, recorder)
    if box is not None:
        for axis in range(3):
            yield source.path.mirrored(axis, box.low[axis]), box.gain
            yield source.path.mirrored(axis, box.high[axis]), box.gain
    if source.diffuse or source.room:
        return
    facing = [s for s in scene.surfaces if _same_side(s, source, recorder)]
    for surface in facing:
        yield source.path.mirrored(surface.axis, surface.at_m), surface.gain
    for one in facing:
        for two in facing:
            if one.axis == two.axis and one.at_m != two.at_m:
                twice = source.path.mirrored(one.axis, one.at_m).mirrored(two.axis, two.at_m)
                yield twice, one.gain * two.gain


def still_images(scene: Scene, source: Source, recorder: Recorder) -> tuple[Floats, Floats]:
    """Return places, shape (k, 3) in metres, and gains, shape (k,), of a source at rest and its mirror images."""
    box = _box(scene, source, recorder)
    if box is not None:
        return in_box(box, source.path.where(source.start_s))
    found = list(images(scene, source, recorder))
    places = np.asarray([path.where(source.start_s) for path, _ in found])
    return places, np.asarray([gain for _, gain in found])


def in_box(box: Box, place: tuple[float, float, float]) -> tuple[Floats, Floats]:
    """Return the mirror images of a place in a room, up to ``box.order`` reflections: places (k, 3), gains (k,)."""
    axes = [_along_axis(low, high, at, box.order) for low, high, at in zip(box.low, box.high, place, strict=True)]
    rows = [((x, y, z), i + j + k) for (x, i), (y, j), (z, k) in product(*axes) if i + j + k <= box.order]
    return np.asarray([where for where, _ in rows]), box.gain ** np.asarray([float(n) for _, n in rows])


def response_of(delays: Floats, gains: Floats) -> tuple[Floats, int]:
    """Return an impulse response for cubic spline coefficients, shape (n,), and the sample that its first tap means.

    Delays are in samples, of any sign and between samples; gains have the same shape (k,).
    """
    whole = np.ceil(delays).astype(np.intp)
    at = int(whole.min()) - 2
    out = np.zeros(int(whole.max()) + 2 - at)
    for k, weights in zip((-1, 0, 1, 2), _spline_weights(whole - delays), strict=True):
        np.add.at(out, whole - k - at, gains * weights)
    return out, at


def _spline_weights(part: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what the four nearest coefficients weigh in a cubic B-spline, ``part`` of a sample after the second."""
    square, cube = part**2, part**3
    return (1 - part) ** 3 / 6, (4 - 6 * square + 3 * cube) / 6, (1 + 3 * part + 3 * square - 3 * cube) / 6, cube / 6


def _along_axis(low: float, high: float, at: float, order: int) -> list[tuple[float, int]]:
    """Return the coordinates of images along one axis and how often each was reflected."""
    length, inside = high - low, at - low
    rows = []
    for n in range(-order, order + 1):
        rows.append((low + 2 * n * length + inside, abs(2 * n)))
        rows.append((low + 2 * n * length - inside, abs(2 * n - 1)))
    return [(x, bounces) for x, bounces in rows if bounces <= order]


def _box(scene: Scene, source: Source, recorder: Recorder) -> Box | None:
    """Return the room that both are in."""
    enclosure = scene.enclosure(source.room) if source.room == recorder.room else None
    return enclosure.box if enclosure else None


def _same_side(surface: Surface, source: Source, recorder: Recorder) -> bool:
    there = source.path.where(source.start_s)[surface.axis] - surface.at_m
    here = recorder.path.where(source.start_s)[surface.axis] - surface.at_m
    return there * here > 0
