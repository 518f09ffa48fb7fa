"""People as calm, flat figures: a head, a trunk, limbs. Faceless on purpose; told apart by colour and cap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from everyangle.testing.scene.picture.canvas import Canvas, Colour, Point, shade

Place = Callable[[float, float, float], Point]
"""Takes metres ahead, to the left and up, as a figure has them; returns the point of the world."""

SKIN: Colour = (196, 146, 116)


class Pose(Enum):
    """How a figure holds itself."""

    STAND = auto()
    WALK = auto()
    LEAN = auto()
    POINT = auto()
    RAISED = auto()
    KNEEL = auto()
    SIT = auto()
    PRONE = auto()
    FILM = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """What someone wears: coat, trousers, hair or cap, skin, and whether there is a bright vest."""

    coat: Colour
    trousers: Colour
    head: Colour
    skin: Colour = SKIN
    cap: bool = False
    vest: Colour | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The joints of a figure in the world, in metres."""

    head: Point
    neck: Point
    hip: Point
    feet: tuple[Point, Point]
    hands: tuple[Point, Point]
    side: tuple[float, float]
    ahead: tuple[float, float]


def body_of(x: float, y: float, heading_deg: float, pose: Pose, phase: float = 0.0) -> Body:
    """Return the joints of someone at (x, y), facing ``heading_deg`` (0 along +x); ``phase`` in radians of a stride."""
    a = np.radians(heading_deg)
    ahead, side = (float(np.cos(a)), float(np.sin(a))), (float(-np.sin(a)), float(np.cos(a)))

    def at(forward: float, left: float, up: float) -> Point:
        return (x + forward * ahead[0] + left * side[0], y + forward * ahead[1] + left * side[1], up)

    if pose is Pose.PRONE:
        head, neck, hip = at(0.85, 0, 0.16), at(0.6, 0, 0.2), at(0, 0, 0.2)
        return Body(
            head, neck, hip, (at(-0.8, 0.14, 0.1), at(-0.8, -0.14, 0.1)), (at(0.1, 0.1, 0.34),) * 2, side, ahead
        )
    if pose is Pose.SIT:
        feet = (at(0.75, 0.16, 0.1), at(0.7, -0.16, 0.1))
        return Body(at(0.02, 0, 0.86), at(0, 0, 0.64), at(0, 0, 0.16), feet, (at(-0.12, 0.08, 0.3),) * 2, side, ahead)
    drop = 0.42 if pose is Pose.KNEEL else 0.0
    bend = {Pose.LEAN: 0.26, Pose.KNEEL: 0.3}.get(pose, 0.03)
    swing = 0.3 * float(np.sin(phase)) if pose is Pose.WALK else 0.05
    head = at(bend + 0.03, 0, 1.66 - drop - bend * 0.35)
    neck, hip = at(bend, 0, 1.44 - drop - bend * 0.3), at(0, 0, 0.92 - drop)
    feet = (at(swing, 0.11, 0.05), at(-swing, -0.11, 0.05))
    return Body(head, neck, hip, feet, _hands(at, pose, swing, phase, drop), side, ahead)


def _hands(at: Place, pose: Pose, swing: float, phase: float, drop: float) -> tuple[Point, Point]:
    """Return where both hands are, left first."""
    if pose is Pose.POINT:
        return at(0.6, 0.18, 1.36), at(-0.02, -0.3, 0.95)
    if pose is Pose.RAISED:
        lift = 0.5 + 0.5 * float(np.cos(phase))
        return at(0.3 + 0.3 * (1 - lift), 0.1, 1.3 + 0.55 * lift), at(0.3, -0.26, 1.2)
    if pose is Pose.LEAN:
        return at(0.42, 0.24, 1.06), at(0.12, -0.3, 0.95)
    if pose is Pose.KNEEL:
        return at(0.5, 0.15, 0.4), at(0.5, -0.15, 0.4)
    if pose is Pose.FILM:
        return at(0.36, 0.05, 1.5), at(0.34, -0.05, 1.46)
    return at(-swing * 0.9, 0.29, 0.9 - drop), at(swing * 0.9, -0.29, 0.9 - drop)


def draw_person(canvas: Canvas, look: Look, body: Body, tool: Colour | None = None) -> None:
    """Draw a figure; ``tool`` is the colour of a short bar in the first hand (a baton, a phone)."""
    nearer = _nearer_first(canvas, body)
    far, near = nearer[1], nearer[0]
    shadow = (body.hip[0], body.hip[1], 0.01)
    canvas.face([(shadow[0] + 0.34 * c, shadow[1] + 0.34 * s, 0.01) for c, s in _ROUND], (0, 0, 0, 70))
    _arm(canvas, look, body, far)
    for number in (far, near):
        hip = _beside(body, body.hip, number, 0.08)
        canvas.line(hip, body.feet[number], 0.16, look.trousers if number == near else shade(look.trousers, 0.82))
        foot = body.feet[number]
        toe = (foot[0] + 0.1 * body.ahead[0], foot[1] + 0.1 * body.ahead[1], max(0.05, foot[2]))
        canvas.line(foot, toe, 0.11, (24, 24, 28))
    _trunk(canvas, look, body)
    canvas.disc(body.head, 0.125, look.skin, 1.14)
    _hair(canvas, look, body)
    _arm(canvas, look, body, near)
    if tool is not None:
        hand = body.hands[0]
        tip = (hand[0] + 0.14 * body.ahead[0], hand[1] + 0.14 * body.ahead[1], hand[2] + 0.34)
        canvas.line(hand, tip, 0.045, tool)


def draw_seated(canvas: Canvas, look: Look, head: Point) -> None:
    """Draw the head and shoulders of someone in a car."""
    x, y, z = head
    canvas.line((x - 0.05, y - 0.12, z - 0.34), (x - 0.05, y + 0.12, z - 0.34), 0.3, look.coat)
    canvas.disc(head, 0.12, look.skin, 1.14)
    canvas.disc((x - 0.02, y, z + 0.05), 0.115, look.head, 0.8)


def _trunk(canvas: Canvas, look: Look, body: Body) -> None:
    coat = look.vest or look.coat
    corners = [
        _beside(body, body.neck, 0, 0.21),
        _beside(body, body.neck, 1, 0.21),
        _beside(body, body.hip, 1, 0.16),
        _beside(body, body.hip, 0, 0.16),
    ]
    middle = tuple(0.55 * n + 0.45 * h for n, h in zip(body.neck, body.hip, strict=True))
    canvas.line(body.hip, (middle[0], middle[1], middle[2]), 0.27, coat)
    canvas.line((middle[0], middle[1], middle[2]), body.neck, 0.29, coat)
    canvas.face(corners, coat)
    canvas.line(corners[0], corners[1], 0.14, look.coat)
    if look.vest is not None:
        canvas.line(
            _beside(body, (middle[0], middle[1], middle[2]), 0, 0.17),
            _beside(body, (middle[0], middle[1], middle[2]), 1, 0.17),
            0.05,
            (236, 236, 228),
        )


def _hair(canvas: Canvas, look: Look, body: Body) -> None:
    x, y, z = body.head
    canvas.disc((x - 0.015 * body.ahead[0], y - 0.015 * body.ahead[1], z + 0.055), 0.128, look.head, 0.72)
    if look.cap:
        brim = (x + 0.14 * body.ahead[0], y + 0.14 * body.ahead[1], z + 0.045)
        canvas.line((x, y, z + 0.05), brim, 0.045, look.head)


def _arm(canvas: Canvas, look: Look, body: Body, number: int) -> None:
    shoulder, hand = _beside(body, body.neck, number, 0.22), body.hands[number]
    elbow = tuple((s + h) / 2 for s, h in zip(shoulder, hand, strict=True))
    bent = (elbow[0] - 0.06 * body.ahead[0], elbow[1] - 0.06 * body.ahead[1], elbow[2] - 0.03)
    canvas.line(shoulder, bent, 0.12, shade(look.coat, 0.88))
    canvas.line(bent, hand, 0.1, shade(look.coat, 0.88))
    canvas.disc(hand, 0.06, look.skin)


def _beside(body: Body, joint: Point, number: int, by_m: float) -> Point:
    sign = 1 if number == 0 else -1
    return joint[0] + sign * by_m * body.side[0], joint[1] + sign * by_m * body.side[1], joint[2]


def _nearer_first(canvas: Canvas, body: Body) -> tuple[int, int]:
    left, right = (canvas.distance(_beside(body, body.neck, n, 0.2)) for n in (0, 1))
    return (0, 1) if left < right else (1, 0)


_ROUND = [(float(np.cos(a)), float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 15)[:-1]]
