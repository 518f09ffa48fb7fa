"""Draws Tannery Row as each camera sees it at a moment of event time. Pixels out; reads no file.

Everything that moves takes its place from ``story``, so all cameras show the same moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from everyangle.testing.incident import story
from everyangle.testing.incident.inside import draw_dashboard, draw_passenger_side
from everyangle.testing.incident.marks import wall_text
from everyangle.testing.scene.paths import Path
from everyangle.testing.scene.picture import cars, town
from everyangle.testing.scene.picture.canvas import Canvas, Point
from everyangle.testing.scene.picture.cars import Car, draw_car
from everyangle.testing.scene.picture.people import Look, Pose, body_of, draw_person
from everyangle.testing.scene.picture.view import View, looking_at

LOOKS = {
    "hale": Look((52, 62, 58), (44, 46, 52), (36, 38, 42), cap=True, vest=(96, 108, 84)),
    "brandt": Look((48, 54, 62), (38, 40, 46), (58, 44, 36), vest=(86, 98, 82)),
    "oster": Look((36, 52, 98), (28, 36, 64), (26, 34, 62), cap=True),
    "joren": Look((206, 150, 52), (70, 82, 104), (44, 34, 30)),
    "mira": Look((62, 144, 140), (52, 56, 70), (58, 38, 30)),
    "fairlie": Look((150, 84, 74), (66, 62, 66), (168, 164, 158)),
    "medic": Look((210, 214, 206), (50, 74, 66), (70, 54, 44), vest=(214, 226, 84)),
    "driver": Look((112, 128, 160), (60, 60, 70), (50, 40, 34)),
}
FLASH_S = 0.5
Thing = tuple[Point, Callable[[Canvas], None]]


def view_of(kind: str, t_s: float) -> View:
    """Return where a camera stands and looks at a moment."""
    sway = _sway(t_s)
    if kind == "dash":
        x, y, _ = story.SUV.where(t_s)
        return View((x + story.DASH_AHEAD, y, 1.42), 0.0, -4.0, 62.0)
    if kind == "passenger":
        yaw, pitch = _passenger_look(t_s)
        return View(
            (0.32 + 0.01 * sway[0], -3.4, 1.12), yaw + 0.9 * sway[0], pitch + 0.7 * sway[1], 80.0, 0.8 * sway[0]
        )
    if kind == "bodycam":
        x, y, _ = story.OSTER.path.where(t_s)
        bob = 0.02 * float(np.sin(11 * t_s)) if _speed(story.OSTER.path, t_s) > 0.3 else 0.0
        aim = story.JOREN.path.where(t_s) if t_s > story.OUT_OF_CAR else (-0.1, -1.9, 0.0)
        eye = (x - 0.22, y - 0.05, 1.34 + bob)
        seen = looking_at(eye, (aim[0], aim[1], 0.95 if t_s < story.OUT_OF_CAR else 0.7), 88.0)
        return View(eye, seen.yaw_deg + 1.2 * sway[0], max(-16.0, seen.pitch_deg) + 0.8 * sway[1], 88.0, 0.6 * sway[1])
    if kind == "window":
        seen = looking_at(story.BABB_AT, (2.0, -3.0, 1.35), 64.0)
        return View(seen.eye, seen.yaw_deg + 0.8 * sway[0], seen.pitch_deg + 0.6 * sway[1], 64.0, 0.5 * sway[0])
    if kind == "pavement":
        seen = looking_at((7.0, 6.4, 1.55), (0.0, -2.4, 1.0), 56.0)
        return View(seen.eye, seen.yaw_deg + 0.9 * sway[0], seen.pitch_deg + 0.6 * sway[1], 56.0, 0.5 * sway[0])
    if kind == "photo":
        return looking_at((-3.6, 1.9, 1.6), (0.3, -2.1, 0.85), 58.0)
    return looking_at((15.0, -8.4, 5.2), (-0.8, -1.2, 0.4), 64.0)


def picture(kind: str, t_s: float, width: int, height: int) -> NDArray[np.uint8]:
    """Return what a camera sees at a moment, without the burned-in clock: shape (height, width, 3)."""
    canvas = Canvas(view_of(kind, t_s), width, height)
    other_day = kind == "pavement"
    day = 1.0 if other_day else 0.0
    town.draw_sky_and_ground(canvas, day)
    things = [*town.standing_things(canvas, _sign(t_s, other_day=other_day), day)]
    things += _other_day(t_s) if other_day else _incident(kind, t_s)
    if not other_day:
        _pools_of_light(canvas, t_s)
    canvas.nearest_last(things)
    if kind == "passenger":
        draw_passenger_side(canvas, t_s, LOOKS["joren"])
    if kind == "dash":
        draw_dashboard(canvas)
    pixels = canvas.pixels()
    return _as_cctv(pixels) if kind == "cctv" else pixels


def _incident(kind: str, t_s: float) -> list[Thing]:
    return [*_parked_and_moving(kind, t_s), *_figures(kind, t_s)]


def _parked_and_moving(kind: str, t_s: float) -> Iterator[Thing]:
    flash = 1 + int(t_s / FLASH_S) % 2
    if kind != "passenger":
        yield _car(story.CAR, t_s, _stopped_car(t_s))
    if kind != "dash":
        x, y, _ = story.SUV.where(t_s)
        lit = flash if t_s >= story.LIGHTS_ON else 0
        yield _car(story.SUV, t_s, Car(x, y, 1, (58, 62, 70), cars.WAGON, flash=lit))
    if t_s > 60:
        x, y, _ = story.PATROL.where(t_s)
        patrol = Car(x, y, -1, (226, 230, 236), cars.WAGON, flash=3 - flash, on_roof=True, stripe=(38, 74, 150))
        yield _car(story.PATROL, t_s, patrol)
    if t_s > 224:
        x, y, _ = story.AMBULANCE.where(t_s)
        box = Car(x, y, 1, (236, 236, 226), cars.BOX, flash=flash, on_roof=True, stripe=(214, 96, 44))
        yield _car(story.AMBULANCE, t_s, box)
    for path, paint, heading in ((story.VAN_ONE, (128, 76, 70), -1), (story.VAN_TWO, (86, 104, 122), 1)):
        first, last = path.knots[0][0], path.knots[-1][0]
        if first < t_s < last or (heading == 1 and t_s >= last):
            x, y, _ = path.where(t_s)
            yield _car(path, t_s, Car(x, y, heading, paint, lamps=t_s < last))


def _stopped_car(t_s: float) -> Car:
    x, y, _ = story.CAR.where(t_s)
    dx = x - 0.0
    seated = [(LOOKS["mira"], (story.PASSENGER_SEAT[0] + dx, story.PASSENGER_SEAT[1], 1.17))]
    if t_s < story.OUT_OF_CAR:
        seated.append((LOOKS["joren"], (story.DRIVER_SEAT[0] + dx, story.DRIVER_SEAT[1], 1.18)))
    opened = float(np.clip((t_s - story.DOOR_OPENS) / 0.8, 0, 1))
    return Car(
        x,
        y,
        1,
        (58, 122, 128),
        lamps=t_s < story.ENGINE_OFF,
        braking=8 < t_s < story.ENGINE_OFF,
        seated=seated,
        broken=t_s >= story.GLASS_BREAKS,
        open_door=opened,
    )


def _figures(kind: str, t_s: float) -> Iterator[Thing]:
    for actor in (story.HALE, story.BRANDT, story.OSTER, story.JOREN, story.FAIRLIE, story.MEDIC):
        if not actor.seen_from_s <= t_s <= actor.seen_to_s or (kind == "bodycam" and actor is story.OSTER):
            continue
        x, y, _ = actor.path.where(t_s)
        pose, heading, phase = _bearing(actor, t_s)
        body = body_of(x, y, heading, pose, phase)
        tool = _tool(actor.name, t_s)
        yield (x, y, 0.9), lambda c, n=actor.name, b=body, w=tool: draw_person(c, LOOKS[n], b, w)  # type: ignore[misc]


def _bearing(actor: story.Actor, t_s: float) -> tuple[Pose, float, float]:
    """Return (pose, heading in degrees, phase in radians) of a figure now."""
    if _speed(actor.path, t_s) > 0.25 and actor.name != "joren":
        here, there = actor.path.where(t_s - 0.1), actor.path.where(t_s + 0.1)
        heading = float(np.degrees(np.arctan2(there[1] - here[1], there[0] - here[0])))
        return Pose.WALK, heading, 2 * np.pi * 0.95 * t_s
    resting = {"hale": -95.0, "brandt": 95.0, "oster": 200.0, "fairlie": -40.0, "medic": -40.0, "joren": 150.0}
    heading = resting[actor.name]
    if actor.name == "joren":
        pose = Pose.STAND if t_s < 192.6 else Pose.PRONE if t_s < story.SITTING_UP else Pose.SIT
        return pose, heading, 0.0
    if t_s > 190 and actor.name in {"hale", "brandt"}:
        return _after_arrest(actor.name, t_s)
    if actor.name == "hale":
        return _hale_at_window(t_s)
    if actor.name == "oster" and (141 < t_s < 145 or 174 < t_s < 179):
        return Pose.POINT, heading, 0.0
    return (Pose.FILM if actor.name == "fairlie" else Pose.STAND), heading, 0.0


def _hale_at_window(t_s: float) -> tuple[Pose, float, float]:
    nearest = min(abs(t_s - blow) for blow in story.STRIKES)
    if t_s > 180.4:
        return Pose.RAISED, -95.0, float(np.pi * max(0.0, 1 - nearest / 0.35))
    if any(a < t_s < b for a, b in ((39.5, 41.5), (67, 70), (122.6, 126), (161, 163), (169, 171))):
        return Pose.POINT, -95.0, 0.0
    return Pose.LEAN, -95.0, 0.0


def _after_arrest(name: str, t_s: float) -> tuple[Pose, float, float]:
    if name == "hale":
        return (Pose.KNEEL, 25.0, 0.0) if t_s < 224 else (Pose.STAND, -100.0, 0.0)
    return (Pose.KNEEL, 190.0, 0.0) if t_s < 214 else (Pose.POINT, 95.0, 0.0)


def _tool(name: str, t_s: float) -> tuple[int, int, int] | None:
    if name == "hale" and 153 < t_s < 188:
        return (20, 20, 24)
    return (230, 236, 244) if name == "fairlie" and t_s > 188 else None


def _other_day(t_s: float) -> list[Thing]:
    flash = 1 + int(t_s / FLASH_S) % 2 if t_s < 5 else 0
    driver = [(LOOKS["driver"], (0.15, -2.42, 1.18))]
    first = Car(0, -2.8, 1, (152, 74, 66), lamps=t_s > 58, seated=driver)
    second = Car(-8.6, -2.6, 1, (226, 230, 236), cars.WAGON, flash=flash, on_roof=True, stripe=(38, 74, 150))
    body = body_of(0.1, -1.1, -95.0, Pose.LEAN)
    things: list[Thing] = [
        ((0, -2.8, 0.8), lambda c: draw_car(c, first)),
        ((-8.6, -2.6, 0.8), lambda c: draw_car(c, second)),
    ]
    if t_s > 6:
        things.append(((0.1, -1.1, 0.9), lambda c: draw_person(c, LOOKS["oster"], body)))
    if 24 < t_s < 40:
        van = Car(-110 + 220 * (t_s - 24) / 16, 2.0, 1, (96, 112, 88), cars.BOX)
        things.append(((van.x, 2.0, 0.8), lambda c: draw_car(c, van)))
    return things


def _pools_of_light(canvas: Canvas, t_s: float) -> None:
    """Light on the ground: the patrol car's spotlight, and the glass after the blow."""
    if t_s >= story.SPOTLIGHT_ON:
        canvas.face([(5.6, 1.6, 0.01), (5.6, 1.2, 0.01), (0.4, -4.4, 0.01), (-3.2, -1.2, 0.01)], (255, 250, 220, 90))
    if t_s >= story.GLASS_BREAKS:
        rng = np.random.default_rng(3)
        for x, y in rng.normal((0.1, -1.5), (0.5, 0.25), (46, 2)):
            canvas.face([(x, y, 0.02), (x + 0.07, y, 0.02), (x + 0.03, y + 0.07, 0.02)], (216, 236, 240))


def _car(path: Path, t_s: float, car: Car) -> Thing:
    x, y, _ = path.where(t_s)
    return (x, y, 0.8), lambda c: draw_car(c, car)


def _passenger_look(t_s: float) -> tuple[float, float]:
    """Return the (yaw, pitch) in degrees in which the passenger points her phone."""
    knots = (
        (12, 60, 0),
        (20, 62, 0),
        (25, 120, 2),
        (28, 90, 3),
        (50, 90, 3),
        (51.5, -80, 8),
        (54.5, -80, 8),
        (56, 90, 3),
    )
    more = ((97, 90, 3), (99, 62, 3), (105, 62, 3), (107, 90, 3), (189, 90, 3), (192, 100, -1), (214, 100, -1))
    last = ((218, -80, 8), (222.4, -80, 8), (223, -20, -40))
    table = np.asarray(knots + more + last, dtype=np.float64)
    return float(np.interp(t_s, table[:, 0], table[:, 1])), float(np.interp(t_s, table[:, 0], table[:, 2]))


def _sign(t_s: float, *, other_day: bool) -> str:
    return "09:21" if other_day else wall_text(t_s)[:5]


def _sway(t_s: float) -> tuple[float, float]:
    """Return the slow unrest of a hand, two numbers within about [-1, 1]."""
    return float(0.6 * np.sin(0.9 * t_s) + 0.4 * np.sin(1.73 * t_s + 1)), float(np.sin(1.21 * t_s + 2))


def _speed(path: Path, t_s: float) -> float:
    return float(np.linalg.norm(np.subtract(path.where(t_s + 0.1), path.where(t_s - 0.1)))) / 0.2


def _as_cctv(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pixels in the pale green-grey of an old security camera."""
    grey = pixels @ np.array([0.3, 0.55, 0.15])
    mixed = 0.35 * pixels + 0.65 * grey[..., np.newaxis] * np.array([0.94, 1.04, 0.98])
    return np.asarray(np.clip(mixed, 0, 255), dtype=np.uint8)
