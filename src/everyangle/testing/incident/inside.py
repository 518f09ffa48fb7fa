"""What is close to a camera inside a car: the driver, the door and window, the wheel, the dashboard. Drawing only."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from everyangle.testing.incident import story
from everyangle.testing.scene.picture.canvas import Canvas, Colour, Point, shade
from everyangle.testing.scene.picture.people import Look

LINING: Colour = (48, 50, 58)
LEATHER: Colour = (62, 64, 74)
LEFT, RIGHT = -1.92, -3.68
"""Where the two sides of the stopped car are, in metres across the street."""


def draw_passenger_side(canvas: Canvas, t_s: float, driver: Look) -> None:
    """Draw the stopped car's inside around the passenger's phone, over the street that is seen through its windows."""
    x0 = story.CAR.where(t_s)[0]
    if np.cos(np.radians(canvas.view.yaw_deg - 90)) > 0:
        _pane(canvas, x0, LEFT, broken=t_s >= story.GLASS_BREAKS)
        _side(canvas, x0, LEFT, open_door=t_s >= story.DOOR_OPENS + 0.5)
        _front(canvas, x0)
        if t_s < story.OUT_OF_CAR:
            _driver(canvas, x0, t_s, driver)
        if t_s >= story.SPOTLIGHT_ON:
            _spotlight(canvas, x0)
        _wheel(canvas, x0)
    else:
        _pane(canvas, x0, RIGHT, broken=False)
        _side(canvas, x0, RIGHT, open_door=False)


def draw_dashboard(canvas: Canvas) -> None:
    """Draw the bonnet and the edge of the dashboard below a dash camera's view."""
    canvas.on_screen(
        [(0.0, 0.92), (0.16, 0.8), (0.36, 0.765), (0.64, 0.765), (0.84, 0.8), (1.0, 0.92), (1, 1), (0, 1)], (46, 50, 58)
    )
    canvas.on_screen([(0.36, 0.765), (0.64, 0.765), (0.66, 0.785), (0.34, 0.785)], (78, 84, 94))


def _pane(canvas: Canvas, x0: float, y: float, *, broken: bool) -> None:
    """Draw the glass of the front window: a tint, wound down by a hand's breadth; or what the blow left of it."""
    if not broken:
        canvas.face(
            [(x0 - 0.42, y, 0.92), (x0 + 0.95, y, 0.92), (x0 + 0.5, y, 1.38), (x0 - 0.42, y, 1.38)], (150, 190, 210, 38)
        )
        canvas.line((x0 - 0.42, y, 1.38), (x0 + 0.5, y, 1.38), 0.012, (196, 214, 222))
        return
    rng = np.random.default_rng(5)
    for along in np.arange(-0.4, 0.9, 0.12):
        tall = float(rng.uniform(0.03, 0.13))
        canvas.face(
            [(x0 + along, y, 0.92), (x0 + along + 0.12, y, 0.92), (x0 + along + 0.05, y, 0.92 + tall)],
            (206, 230, 236, 190),
        )
        canvas.face(
            [
                (x0 - 0.42, y, 0.92 + along + 0.4),
                (x0 - 0.42, y, 1.04 + along + 0.4),
                (x0 - 0.42 + tall * 0.7, y, 1.0 + along + 0.4),
            ],
            (206, 230, 236, 150),
        )


def _side(canvas: Canvas, x0: float, y: float, *, open_door: bool) -> None:
    """Draw door panel, pillars and roof of one side, leaving the front and rear windows open."""
    inward = 0.08 if y == LEFT else -0.08
    if not open_door:
        canvas.face([(x0 - 0.45, y, 0.2), (x0 + 1.1, y, 0.2), (x0 + 1.1, y, 0.92), (x0 - 0.45, y, 0.92)], LINING)
        rest = [
            (x0 - 0.3, y - inward, 0.62),
            (x0 + 0.6, y - inward, 0.62),
            (x0 + 0.6, y - inward, 0.7),
            (x0 - 0.3, y - inward, 0.7),
        ]
        canvas.face(rest, LEATHER)
        canvas.line((x0 - 0.42, y, 0.92), (x0 + 1.05, y, 0.92), 0.05, shade(LINING, 1.3))
    canvas.face(
        [(x0 - 0.45, y, 0.1), (x0 - 0.62, y, 0.1), (x0 - 0.58, y, 1.6), (x0 - 0.42, y, 1.6)], shade(LINING, 0.82)
    )
    canvas.face([(x0 - 2.2, y, 0.1), (x0 - 0.6, y, 0.1), (x0 - 0.6, y, 0.92), (x0 - 2.2, y, 0.92)], shade(LINING, 0.9))
    canvas.face(
        [(x0 - 2.2, y, 1.6), (x0 + 0.6, y, 1.6), (x0 + 0.6, y - 3 * inward, 1.9), (x0 - 2.2, y - 3 * inward, 1.9)],
        shade(LINING, 1.25),
    )
    canvas.face(
        [(x0 + 1.25, y, 0.88), (x0 + 1.02, y, 0.92), (x0 + 0.42, y, 1.63), (x0 + 0.62, y, 1.63)], shade(LINING, 0.8)
    )


def _front(canvas: Canvas, x0: float) -> None:
    """Draw the dashboard under the windscreen."""
    canvas.face(
        [(x0 + 1.0, LEFT, 0.5), (x0 + 1.0, RIGHT, 0.5), (x0 + 1.0, RIGHT, 0.93), (x0 + 1.0, LEFT, 0.93)],
        shade(LINING, 0.9),
    )
    canvas.face(
        [(x0 + 0.98, -2.2, 0.82), (x0 + 0.98, -2.64, 0.82), (x0 + 0.98, -2.64, 0.93), (x0 + 0.98, -2.2, 0.93)],
        (22, 26, 30),
    )


def _spotlight(canvas: Canvas, x0: float) -> None:
    """Draw the patrol car's spotlight as it comes through the windscreen onto wheel, driver and seat."""
    beam = [(x0 + 0.9, -2.3, 1.45), (x0 + 0.95, -2.5, 0.95), (x0 - 0.4, -2.6, 0.6), (x0 - 0.4, -2.3, 1.42)]
    canvas.face(beam, (255, 248, 214, 34))


def _wheel(canvas: Canvas, x0: float) -> None:
    ring = [(x0 + 0.7, -2.4 + 0.19 * np.cos(a), 0.92 + 0.19 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 25)]
    for a, b in pairwise(ring):
        canvas.line(a, b, 0.03, (26, 28, 34))


def _driver(canvas: Canvas, x0: float, t_s: float, look: Look) -> None:
    """Draw the driver from his right: seat, trunk, arm to the wheel, head in profile."""
    nod = 0.012 * float(np.sin(2.1 * t_s))
    head: Point = (x0 + 0.04 + nod, -2.42, 1.2)
    canvas.line((x0 - 0.22, -2.44, 0.5), (x0 - 0.3, -2.44, 1.12), 0.2, LEATHER)
    canvas.line((x0 - 0.33, -2.44, 1.24), (x0 - 0.33, -2.44, 1.3), 0.17, LEATHER)
    canvas.line((x0 + 0.05, -2.44, 0.5), (x0 + 0.06, -2.44, 0.9), 0.34, look.coat)
    canvas.line((x0 + 0.12, -2.44, 1.0), head, 0.1, shade(look.skin, 0.9))
    wrist = (x0 + 0.66, -2.5, 1.06) if not 63 < t_s < 68 else (x0 + 0.4, -2.1, 1.12)
    canvas.line((x0 + 0.06, -2.62, 0.94), (x0 + 0.34, -2.64, 0.82), 0.11, shade(look.coat, 0.86))
    canvas.line((x0 + 0.34, -2.64, 0.82), wrist, 0.09, shade(look.coat, 0.86))
    canvas.disc(wrist, 0.05, look.skin)
    if 63 < t_s < 68:
        canvas.face(
            [(x0 + 0.36, -2.06, 1.12), (x0 + 0.46, -2.06, 1.12), (x0 + 0.46, -2.06, 1.19), (x0 + 0.36, -2.06, 1.19)],
            (236, 232, 216),
        )
    canvas.disc(head, 0.1, look.skin, 1.16)
    canvas.disc((head[0] + 0.098, head[1], head[2] - 0.005), 0.024, look.skin)
    canvas.disc((head[0] - 0.022, head[1], head[2] + 0.048), 0.1, look.head, 0.82)
    canvas.disc((head[0] - 0.035, head[1] - 0.02, head[2] - 0.01), 0.024, shade(look.skin, 0.86), 1.3)
