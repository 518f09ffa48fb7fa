"""Where an incident happens: a street with facades, a square, a yard, a room, a hall, a kerb. Values only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from everyangle.testing.collection.levels import Level
from everyangle.testing.scene.paths import Floats, Path, still
from everyangle.testing.scene.world import OPEN_AIR, Box, Enclosure, Leak, Surface

Rng = np.random.Generator
KINDS = {"street": 0.27, "square": 0.15, "yard": 0.12, "stop": 0.14, "home": 0.12, "hall": 0.08, "concert": 0.12}
"""Kinds of place, each with its share."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A place.

    Attributes:
        kind: one of ``KINDS``.
        room: the enclosure where it happens, or open air.
        surfaces: what reflects outside.
        box: the room itself, or None outside.
        reach_m: how far from the middle people act.
    """

    kind: str
    room: str
    surfaces: tuple[Surface, ...]
    box: Box | None
    reach_m: float

    def spot(self, rng: Rng, height_m: float = 1.5) -> Path:
        """Return a place where something may happen."""
        if self.box is not None:
            return _inside(self.box, rng, height_m)
        radius, angle = self.reach_m * float(np.sqrt(rng.random())), float(rng.uniform(0, 2 * np.pi))
        return still(radius * np.cos(angle), radius * np.sin(angle), height_m)


def layout(rng: Rng) -> Layout:
    """Return a place of any kind."""
    kind = str(rng.choice(list(KINDS), p=np.asarray(list(KINDS.values()))))
    ground = Surface(2, 0.0, float(rng.uniform(0.3, 0.7)))
    if kind == "home":
        size = rng.uniform((3.5, 3, 2.4), (8, 6, 3))
        return Layout(kind, "room", (), _box(size, float(rng.uniform(0.55, 0.8))), 3)
    if kind == "hall":
        size = rng.uniform((12, 9, 4), (28, 20, 9))
        return Layout(kind, "hall", (), _box(size, float(rng.uniform(0.6, 0.85))), 8)
    if kind in ("street", "stop"):
        near, far = float(rng.uniform(4, 12)), -float(rng.uniform(4, 16))
        facades = (Surface(1, near, float(rng.uniform(0.4, 0.8))), Surface(1, far, float(rng.uniform(0.4, 0.8))))
        return Layout(kind, OPEN_AIR, (ground, *facades), None, float(rng.uniform(3, 10)))
    if kind == "yard":
        walls = (Surface(0, float(rng.uniform(8, 20)), 0.6), Surface(1, -float(rng.uniform(5, 15)), 0.6))
        return Layout(kind, OPEN_AIR, (ground, *walls), None, 5)
    wall = Surface(1, float(rng.uniform(25, 60)), float(rng.uniform(0.2, 0.6)))
    return Layout(kind, OPEN_AIR, (ground, wall), None, float(rng.uniform(5, 20)))


def _box(size: Floats, gain: float) -> Box:
    x, y, z = (float(v) for v in size)
    return Box((-x / 2, -y / 2, 0.0), (x / 2, y / 2, z), gain)


def _inside(box: Box, rng: Rng, height_m: float) -> Path:
    x, y = (float(rng.uniform(low + 0.3, high - 0.3)) for low, high in zip(box.low[:2], box.high[:2], strict=True))
    return still(x, y, min(height_m, box.high[2] - 0.3))


def post(place: Layout, level: Level, rng: Rng, name: str) -> tuple[Path, str, tuple[Enclosure, ...]]:
    """Return where a recorder stands, in which enclosure, and the enclosures that this needs."""
    if place.box is not None:
        if rng.random() < 1 - level.indoors * 0.8:
            return _inside(place.box, rng, float(rng.uniform(0.8, 1.8))), place.room, ()
        x = place.box.high[0] + float(rng.uniform(1, 8))
        beyond = Enclosure(name, (Leak(0.0, float(rng.uniform(3, 10)), float(rng.uniform(1200, 4000))),))
        return still(x, float(rng.uniform(-3, 3)), 1.4), name, (beyond,)
    metres = float(np.exp(rng.uniform(*np.log(level.metres))))
    x, y = _around(place, metres, rng)
    path = still(x, y, float(rng.uniform(1.1, 1.8)))
    if place.kind == "stop" and metres < 8 and rng.random() < 0.4:
        return still(1.0, 0.5, 1.1), "car", ()
    if rng.random() < level.indoors:
        losses = {"window": (6, 12, 1800, 4000), "closed": (16, 26, 500, 1000), "corner": (7, 14, 900, 2500)}
        low_db, high_db, low_hz, high_hz = losses[str(rng.choice(list(losses)))]
        leak = Leak(0.0, float(rng.uniform(low_db, high_db)), float(rng.uniform(low_hz, high_hz)))
        return path, name, (Enclosure(name, (leak,)),)
    return path, OPEN_AIR, ()


def enclosures(place: Layout, rng: Rng) -> tuple[Enclosure, ...]:
    """Return the enclosures of the place itself."""
    if place.box is not None:
        leak = Leak(0.0, float(rng.uniform(6, 18)), float(rng.uniform(800, 3000)))
        return (Enclosure(place.room, (leak,), place.box),)
    if place.kind == "stop":
        shut = Leak(-1e9, float(rng.uniform(16, 24)), float(rng.uniform(500, 1100)))
        opened = Leak(float(rng.uniform(0, 40)), float(rng.uniform(4, 9)), float(rng.uniform(2500, 4500)))
        return (Enclosure("car", (shut, opened)),)
    return ()


def _around(place: Layout, metres: float, rng: Rng) -> tuple[float, float]:
    """Return a point about so far from the middle, on this side of all walls."""
    angle = float(rng.uniform(0, 2 * np.pi))
    point = [metres * float(np.cos(angle)), metres * float(np.sin(angle))]
    for surface in place.surfaces:
        beyond = surface.axis < 2 and point[surface.axis] * np.sign(surface.at_m) >= abs(surface.at_m) - 0.5
        if beyond:
            point[surface.axis] = surface.at_m * float(rng.uniform(0.3, 0.9))
            point[1 - surface.axis] = metres * float(rng.choice([-1, 1]))
    return point[0], point[1]
