"""The street that everything stands in: sky, ground, houses, trees, lamps. The same houses from every camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from everyangle.testing.scene.picture.canvas import Canvas, Colour, Point, shade

DUSK = ((38, 48, 84), (70, 78, 118), (126, 110, 138), (198, 146, 132), (232, 184, 142))
MORNING = ((112, 160, 206), (140, 182, 218), (172, 204, 226), (202, 222, 232), (224, 234, 236))
WALLS: tuple[Colour, ...] = (
    (132, 98, 88),
    (104, 112, 124),
    (146, 128, 104),
    (96, 116, 112),
    (124, 104, 122),
    (112, 98, 84),
)
ROOFS: tuple[Colour, ...] = ((70, 58, 62), (60, 64, 76), (78, 66, 58))
LIT: Colour = (250, 214, 140)
WEST, EAST = -170, 110


@dataclass(frozen=True, slots=True)
class House:
    """A house: from x0 to x1 along the street, on the north (1) or south (-1) side, so high, in this colour."""

    x0: float
    x1: float
    side: int
    high: float
    wall: Colour
    roof: Colour
    number: int


def houses() -> tuple[House, ...]:
    """Return the two rows of houses, always the same."""
    rng = np.random.default_rng(412)
    rows: list[House] = []
    for side in (1, -1):
        x, number = float(WEST), 0
        while x < EAST:
            wide = float(rng.uniform(7, 11))
            wall, roof = WALLS[int(rng.integers(len(WALLS)))], ROOFS[int(rng.integers(len(ROOFS)))]
            rows.append(House(x, x + wide, side, float(rng.uniform(5.4, 7.6)), wall, roof, number))
            x += wide + (float(rng.uniform(2.5, 4)) if number % 3 == 2 else 0.25)
            number += 1
    return tuple(rows)


HOUSES = houses()


def draw_sky_and_ground(canvas: Canvas, day: float) -> None:
    """Draw the sky down to the horizon and the ground; ``day`` 0 is dusk, 1 is morning."""
    horizon = canvas.horizon()
    sky = MORNING if day > 0.5 else DUSK
    bands = len(sky) * 3
    high = canvas.height * 0.9
    canvas.band(0, canvas.height, sky[0])
    for band in range(bands):
        top = horizon - high * (1 - band / bands)
        canvas.band(top, top + high / bands + 1, _between(sky, band / (bands - 1)))
    light = 1.45 if day > 0.5 else 1.0
    lawn, path, kerb, road = (shade(c, light) for c in ((66, 80, 66), (122, 118, 120), (150, 146, 146), (66, 68, 78)))
    _strip(canvas, -400, 400, lawn)
    for side in (1, -1):
        _strip(canvas, side * 4.0, side * 6.8, path)
        _strip(canvas, side * 4.0, side * 4.22, kerb)
    _strip(canvas, -4.0, 4.0, road)
    for x in range(-168, 108, 6):
        if canvas.distance((x, 0.0, 0.0)) < 95:
            dash = [(x, -0.07, 0.0), (x + 2.6, -0.07, 0.0), (x + 2.6, 0.07, 0.0), (x, 0.07, 0.0)]
            canvas.face(dash, shade((190, 186, 170), light))


def standing_things(canvas: Canvas, sign: str, day: float) -> Iterator[tuple[Point, Callable[[Canvas], None]]]:
    """Yield houses, trees, lamps and the pharmacy's sign, each with where it stands."""
    eye = canvas.view.eye
    for house in HOUSES:
        if house.x0 - 1 < eye[0] < house.x1 + 1 and house.side * eye[1] > 8:
            continue
        middle = ((house.x0 + house.x1) / 2, house.side * 16.0, 3.0)
        yield middle, lambda c, h=house: _house(c, h, day)  # type: ignore[misc]
    for n, x in enumerate(range(-150, 100, 17)):
        side = 1 if n % 2 else -1
        place = (float(x), side * 7.8, 0.0)
        if np.hypot(x - eye[0], side * 7.8 - eye[1]) > 4:
            yield place, lambda c, p=place: _tree(c, p, day)  # type: ignore[misc]
    for x in range(-140, 100, 28):
        place = (float(x), 4.6, 0.0)
        yield place, lambda c, p=place: _lamp(c, p, day)  # type: ignore[misc]
    yield (9.0, -8.9, 3.4), lambda c: _pharmacy(c, sign)


def _house(canvas: Canvas, house: House, day: float) -> None:
    light = 1.35 if day > 0.5 else 0.86
    near, far = house.side * 9.3, house.side * 19.0
    wall = shade(house.wall, light)
    x0, x1, z = house.x0, house.x1, house.high
    eye_x, eye_y = canvas.view.eye[0], canvas.view.eye[1]
    for x, seen in ((x0, eye_x < x0), (x1, eye_x > x1)):
        if seen:
            canvas.face(
                [(x, near, 0), (x, far, 0), (x, far, z), (x, (near + far) / 2, z + 2.6), (x, near, z)], shade(wall, 0.8)
            )
    if abs(eye_y) < 9.3 or eye_y * house.side < 0:
        canvas.face([(x0, near, 0), (x1, near, 0), (x1, near, z), (x0, near, z)], wall)
        _front(canvas, house, near, wall, day)
    ridge = (near + far) / 2
    canvas.face(
        [(x0 - 0.2, near, z), (x1 + 0.2, near, z), (x1 + 0.2, ridge, z + 2.6), (x0 - 0.2, ridge, z + 2.6)],
        shade(house.roof, light),
    )


def _front(canvas: Canvas, house: House, near: float, wall: Colour, day: float) -> None:
    if canvas.distance(((house.x0 + house.x1) / 2, near, 2.0)) > 60:
        return
    y = near - house.side * 0.02
    wide = house.x1 - house.x0
    count = max(2, int(wide / 2.6))
    for floor, z in enumerate((1.0, 3.7)):
        for n in range(count):
            x = house.x0 + wide * (n + 0.5) / count
            if floor == 0 and n == house.number % count:
                canvas.face([(x - 0.5, y, 0), (x + 0.5, y, 0), (x + 0.5, y, 2.1), (x - 0.5, y, 2.1)], shade(wall, 0.55))
                continue
            lit = (house.number * 7 + floor * 3 + n * 5) % 4 == 0 and day < 0.5
            pane = LIT if lit else ((150, 172, 186) if day > 0.5 else (58, 70, 92))
            canvas.face(
                [(x - 0.62, y, z - 0.06), (x + 0.62, y, z - 0.06), (x + 0.62, y, z + 1.36), (x - 0.62, y, z + 1.36)],
                shade(wall, 1.22),
            )
            canvas.face([(x - 0.52, y, z), (x + 0.52, y, z), (x + 0.52, y, z + 1.28), (x - 0.52, y, z + 1.28)], pane)


def _tree(canvas: Canvas, place: Point, day: float) -> None:
    x, y, _ = place
    light = 1.5 if day > 0.5 else 1.0
    canvas.line((x, y, 0), (x, y, 2.6), 0.26, shade((64, 50, 44), light))
    for dx, z, r, c in ((-0.5, 3.3, 1.25, (46, 70, 58)), (0.6, 3.6, 1.2, (52, 78, 62)), (0.0, 4.4, 1.3, (58, 86, 66))):
        canvas.disc((x + dx, y, z), r, shade(c, light))


def _lamp(canvas: Canvas, place: Point, day: float) -> None:
    x, y, _ = place
    canvas.line((x, y, 0), (x, y, 5.4), 0.11, (48, 50, 58))
    canvas.line((x, y, 5.4), (x, y - 1.1, 5.6), 0.09, (48, 50, 58))
    canvas.disc((x, y - 1.1, 5.52), 0.17, (255, 232, 178) if day < 0.5 else (210, 212, 214), 0.6)
    if day < 0.5:
        canvas.glow((x, y - 1.1, 5.5), 1.1, (255, 224, 160))


def _pharmacy(canvas: Canvas, sign: str) -> None:
    """The shop front on the south side, x 4 to 14: awning, window and a sign that shows the time."""
    y = -9.2
    if canvas.view.eye[1] < y:
        return
    canvas.face([(4.4, y, 0.4), (13.6, y, 0.4), (13.6, y, 2.6), (4.4, y, 2.6)], (226, 222, 190))
    canvas.face([(4.0, y, 2.6), (14.0, y, 2.6), (14.0, y, 3.0), (4.0, y, 3.0)], (40, 112, 92))
    canvas.face(
        [(6.6, y + 0.06, 3.05), (11.4, y + 0.06, 3.05), (11.4, y + 0.06, 4.75), (6.6, y + 0.06, 4.75)], (16, 24, 24)
    )
    if canvas.view.eye[1] < y + 2:
        return
    canvas.words(sign, (9.0, y + 0.07, 4.2), 0.98, (116, 255, 178))
    canvas.words("PHARMACY", (9.0, y + 0.07, 3.4), 0.55, (230, 255, 240))


def _strip(canvas: Canvas, y0: float, y1: float, colour: Colour) -> None:
    canvas.face([(-400, y0, 0), (400, y0, 0), (400, y1, 0), (-400, y1, 0)], colour)


def _between(colours: tuple[Colour, ...], share: float) -> Colour:
    at = share * (len(colours) - 1)
    low = min(int(at), len(colours) - 2)
    return tuple(round(a + (b - a) * (at - low)) for a, b in zip(colours[low], colours[low + 1], strict=True))
