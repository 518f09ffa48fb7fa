"""Cars as simple solids: a body, a cabin of glass, wheels, lights. Headings along the street only (+x or -x)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from everyangle.testing.scene.picture.canvas import Canvas, Colour, Point, shade
from everyangle.testing.scene.picture.people import Look, draw_seated

RED, BLUE = (255, 64, 64), (84, 132, 255)
GLASS: Colour = (42, 58, 78, 150)
LAMP: Colour = (255, 240, 196)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes in metres: half length and width, sill, waist and roof heights, cabin from rear to front (bottom, top)."""

    half: float = 2.2
    wide: float = 0.9
    sill: float = 0.3
    waist: float = 0.88
    roof: float = 1.45
    bottom: tuple[float, float] = (-1.75, 1.0)
    top: tuple[float, float] = (-1.25, 0.35)


SEDAN = Shape()
WAGON = Shape(2.35, 0.97, 0.36, 1.02, 1.78, (-2.25, 1.05), (-2.05, 0.4))
BOX = Shape(2.8, 1.05, 0.36, 1.15, 2.5, (-2.75, 2.1), (-2.7, 1.3))


@dataclass(frozen=True, slots=True)
class Car:
    """A car now.

    Attributes:
        x: metres along the street, of its middle.
        y: metres across.
        heading: 1 faces +x, -1 faces -x.
        paint: its colour.
        shape: its sizes.
        lamps: whether head and tail lamps burn.
        braking: whether the brake lamps do.
        flash: 0 none, 1 or 2 for the two states of its emergency lights.
        on_roof: whether those stand on the roof.
        stripe: a coloured band along its sides, or None.
        seated: who sits in it, with where the head is.
        broken: whether the front left side pane is gone.
        open_door: share by which the front left door is open.
    """

    x: float
    y: float
    heading: int
    paint: Colour
    shape: Shape = SEDAN
    lamps: bool = True
    braking: bool = False
    flash: int = 0
    on_roof: bool = False
    stripe: Colour | None = None
    seated: Sequence[tuple[Look, Point]] = ()
    broken: bool = False
    open_door: float = 0.0

    def at(self, along: float, left: float, up: float) -> Point:
        """Return a point of the car (ahead, to its left, up, in metres from its middle) in the world."""
        return self.x + self.heading * along, self.y + self.heading * left, up


def draw_car(canvas: Canvas, car: Car) -> None:
    """Draw a car with its lights."""
    s = car.shape
    canvas.face(_ring(car, s.half + 0.1, s.wide + 0.12, 0.01), (0, 0, 0, 90))
    far, near = _far_side_first(canvas, car)
    _wheels(canvas, car, far)
    _lower(canvas, car)
    if _faces(canvas, car, near):
        _wheels(canvas, car, near)
    for look, head in car.seated:
        draw_seated(canvas, look, head)
    _cabin(canvas, car)
    _lights(canvas, car)


def _lower(canvas: Canvas, car: Car) -> None:
    s, paint = car.shape, car.paint
    canvas.face(_ring(car, s.half, s.wide, s.waist), shade(paint, 1.1))
    for side in (1, -1):
        corners = [
            car.at(a * s.half, side * s.wide, z) for a, z in ((-1, s.sill), (1, s.sill), (1, s.waist), (-1, s.waist))
        ]
        _outward(canvas, car, corners, shade(paint, 0.86))
        if car.stripe is not None:
            band = [
                car.at(a * s.half, side * (s.wide + 0.005), z)
                for a, z in ((-1, 0.56), (1, 0.56), (1, 0.72), (-1, 0.72))
            ]
            _outward(canvas, car, band, car.stripe)
    for end in (1, -1):
        corners = [
            car.at(end * s.half, w * s.wide, z) for w, z in ((-1, s.sill), (1, s.sill), (1, s.waist), (-1, s.waist))
        ]
        _outward(canvas, car, corners, shade(paint, 0.74))
        plate = [car.at(end * (s.half + 0.01), w * 0.26, z) for w, z in ((-1, 0.46), (1, 0.46), (1, 0.6), (-1, 0.6))]
        _outward(canvas, car, plate, (226, 222, 204))


def _cabin(canvas: Canvas, car: Car) -> None:
    s, paint = car.shape, car.paint
    (b0, b1), (t0, t1) = s.bottom, s.top
    narrow = s.wide * 0.8
    for end, b, t in ((-1, b0, t0), (1, b1, t1)):
        corners = [car.at(b, end * s.wide * 0.95, s.waist), car.at(b, -end * s.wide * 0.95, s.waist)]
        corners += [car.at(t, -end * narrow, s.roof), car.at(t, end * narrow, s.roof)]
        _outward(canvas, car, corners, GLASS)
    for side in (1, -1):
        _side_glass(canvas, car, side, narrow)
    canvas.face([car.at(t, w * narrow, s.roof) for t, w in ((t0, 1), (t0, -1), (t1, -1), (t1, 1))], shade(paint, 1.02))


def _side_glass(canvas: Canvas, car: Car, side: int, narrow: float) -> None:
    s = car.shape
    (b0, b1), (t0, t1) = s.bottom, s.top
    rear = [car.at(b0, side * s.wide * 0.95, s.waist), car.at(-0.42, side * s.wide * 0.95, s.waist)]
    rear += [car.at(-0.42, side * narrow, s.roof), car.at(t0, side * narrow, s.roof)]
    front = [car.at(-0.36, side * s.wide * 0.95, s.waist), car.at(b1, side * s.wide * 0.95, s.waist)]
    front += [car.at(t1, side * narrow, s.roof), car.at(-0.36, side * narrow, s.roof)]
    _outward(canvas, car, rear, GLASS)
    if not (car.broken and side == 1):
        _outward(canvas, car, front, GLASS)
    for b, t in ((b0, t0), (-0.39, -0.39), (b1, t1)):
        ends = car.at(b, side * s.wide * 0.95, s.waist), car.at(t, side * narrow, s.roof)
        if _faces(canvas, car, side):
            canvas.line(*ends, 0.07, shade(car.paint, 0.8))
    if side == 1 and car.open_door > 0:
        swing = np.radians(65 * car.open_door)
        hinge, length = 0.85, 1.15
        tip_a, tip_l = hinge - length * np.cos(swing), s.wide + length * np.sin(swing)
        door = [car.at(hinge, s.wide, s.sill), car.at(tip_a, tip_l, s.sill)]
        door += [car.at(tip_a, tip_l, s.waist), car.at(hinge, s.wide, s.waist)]
        canvas.face(door, shade(car.paint, 0.7))


def _lights(canvas: Canvas, car: Car) -> None:
    s = car.shape
    for left in (-0.66, 0.66):
        front, rear = (
            car.at(s.half + 0.02, left * s.wide / 0.9, 0.68),
            car.at(-s.half - 0.02, left * s.wide / 0.9, 0.74),
        )
        if _end_faces(canvas, car, 1) and car.lamps:
            canvas.disc(front, 0.11, LAMP)
            canvas.glow(front, 0.5, LAMP)
        if _end_faces(canvas, car, -1):
            canvas.disc(rear, 0.09, (255, 58, 48) if car.braking else (150, 34, 34))
            if car.braking:
                canvas.glow(rear, 0.42, (255, 60, 50))
    if car.flash:
        _flashing(canvas, car)


def _flashing(canvas: Canvas, car: Car) -> None:
    s = car.shape
    left_on = car.flash == 1
    along, up = (-0.35, s.roof + 0.1) if car.on_roof else (s.half + 0.03, 0.86)
    if car.on_roof:
        canvas.line(car.at(along, -0.6, up - 0.04), car.at(along, 0.6, up - 0.04), 0.12, (34, 36, 44))
    elif not _end_faces(canvas, car, 1):
        along, up = s.top[0], s.roof + 0.03
    for left, colour, lit in ((0.42, RED, left_on), (-0.42, BLUE, not left_on)):
        lamp = car.at(along, left, up)
        canvas.disc(lamp, 0.13, colour if lit else shade(colour, 0.4), 0.7)
        if lit:
            canvas.glow(lamp, 1.5, colour)


def _wheels(canvas: Canvas, car: Car, side: int) -> None:
    s = car.shape
    for along in (-s.half * 0.62, s.half * 0.64):
        rim = [(along + 0.34 * np.cos(a), 0.34 + 0.34 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 17)[:-1]]
        canvas.face([car.at(a, side * (s.wide + 0.01), z) for a, z in rim], (22, 23, 27))
        hub = [(along + 0.5 * (a - along), 0.34 + 0.5 * (z - 0.34)) for a, z in rim]
        canvas.face([car.at(a, side * (s.wide + 0.02), z) for a, z in hub], (120, 124, 132))


def _ring(car: Car, half: float, wide: float, up: float) -> list[Point]:
    return [car.at(a * half, w * wide, up) for a, w in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def _outward(canvas: Canvas, car: Car, corners: list[Point], colour: Colour) -> None:
    """Fill a face of the car if its outside is seen: the side away from the car's middle."""
    points = np.asarray(corners)
    centre = points.mean(axis=0)
    normal = np.cross(points[1] - points[0], points[2] - points[1])
    if np.dot(normal, centre - np.asarray(car.at(0, 0, 0.9))) < 0:
        normal = -normal
    if np.dot(normal, np.asarray(canvas.view.eye) - centre) > 0:
        canvas.face(corners, colour)


def _faces(canvas: Canvas, car: Car, side: int) -> bool:
    return (canvas.view.eye[1] - car.y) * car.heading * side > car.shape.wide


def _end_faces(canvas: Canvas, car: Car, end: int) -> bool:
    return (canvas.view.eye[0] - car.x) * car.heading * end > car.shape.half


def _far_side_first(canvas: Canvas, car: Car) -> tuple[int, int]:
    return (-1, 1) if (canvas.view.eye[1] - car.y) * car.heading > 0 else (1, -1)
