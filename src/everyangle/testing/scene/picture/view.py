"""Perspective: where a point of the world falls in a picture. Pure geometry; metres in, pixels out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from everyangle.testing.scene.paths import Floats

NEAR_M = 0.12
"""What is closer than this is cut away."""


@dataclass(frozen=True, slots=True)
class View:
    """A camera's pose and lens.

    Attributes:
        eye: position (x, y, z) in metres.
        yaw_deg: heading; 0 looks along +x, 90 along +y.
        pitch_deg: upwards positive.
        fov_deg: horizontal angle of view.
        roll_deg: clockwise tilt of the camera.
    """

    eye: tuple[float, float, float]
    yaw_deg: float
    pitch_deg: float
    fov_deg: float
    roll_deg: float = 0.0

    def axes(self) -> Floats:
        """Return the camera's right, up and forward unit vectors, shape (3, 3)."""
        yaw, pitch, roll = np.radians([self.yaw_deg, self.pitch_deg, self.roll_deg])
        forward = np.array([np.cos(yaw) * np.cos(pitch), np.sin(yaw) * np.cos(pitch), np.sin(pitch)])
        right = np.array([np.sin(yaw), -np.cos(yaw), 0.0])
        up = np.cross(right, forward)
        turned = np.cos(roll) * right - np.sin(roll) * up
        return np.stack([turned, np.cos(roll) * up + np.sin(roll) * right, forward])

    def relative(self, points: Floats) -> Floats:
        """Return points (n, 3) as seen from the eye: metres to the right, up and ahead, shape (n, 3)."""
        return np.asarray((points - np.asarray(self.eye)) @ self.axes().T, dtype=np.float64)


def looking_at(
    eye: tuple[float, float, float], target: tuple[float, float, float], fov_deg: float, roll_deg: float = 0.0
) -> View:
    """Return the view from ``eye`` towards ``target``."""
    dx, dy, dz = (t - e for t, e in zip(target, eye, strict=True))
    yaw = float(np.degrees(np.arctan2(dy, dx)))
    pitch = float(np.degrees(np.arctan2(dz, np.hypot(dx, dy))))
    return View(eye, yaw, pitch, fov_deg, roll_deg)


def in_sight(points: Floats, widest: float, tallest: float) -> Floats:
    """Return the part of a polygon (n, 3) of camera coordinates that can be seen; may be empty.

    ``widest`` and ``tallest`` are the half extents of the picture at one metre; what is nearer than ``NEAR_M`` is cut
    away too.
    """
    sides = ((0, 0, 1, -NEAR_M), (1, 0, widest, 0), (-1, 0, widest, 0), (0, 1, tallest, 0), (0, -1, tallest, 0))
    kept: list[tuple[float, ...]] = [tuple(p) for p in points.tolist()]
    for side in sides:
        if not kept:
            break
        kept = _cut(kept, side)
    return np.asarray(kept).reshape(-1, 3)


def _cut(points: list[tuple[float, ...]], side: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Return the part of a polygon on the inner side of a plane (Sutherland and Hodgman, 1974)."""
    a, b, c, d = side
    inside = [a * x + b * y + c * z + d for x, y, z in points]
    if min(inside) >= 0:
        return points
    kept: list[tuple[float, ...]] = []
    for n, here in enumerate(points):
        after, now, then = points[(n + 1) % len(points)], inside[n], inside[(n + 1) % len(points)]
        if now >= 0:
            kept.append(here)
        if (now >= 0) != (then >= 0):
            share = now / (now - then)
            kept.append(tuple(h + (t - h) * share for h, t in zip(here, after, strict=True)))
    return kept
