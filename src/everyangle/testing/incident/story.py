"""What happens on Tannery Row, and where: the one plan from which sound and pictures are both made. Values only.

Metres: x along the street towards the east, y across it towards the north, z up; the stopped car stands at x = 0 in
the south lane. Seconds of event time; zero is an arbitrary moment shortly before the stop. Everything is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.testing.scene.paths import Path, still

STOPPED = 15.0
LIGHTS_ON = 6.0
JINGLE_FROM, JINGLE_TO = 9.0, 20.0
ENGINE_OFF = 19.2
SIGN_FLIPS = 80.0
PATROL_STOPS = 84.0
SPOTLIGHT_ON = 112.0
STRIKES = (182.0, 183.1)
"""Event times of the two blows; the first breaks the pane."""
GLASS_BREAKS = STRIKES[0]
DOOR_OPENS = 188.6
OUT_OF_CAR = 190.6
ON_GROUND = 194.0
SITTING_UP = 235.5
STREAM_ENDS = 224.0
AMBULANCE_STOPS = 247.0
ENDS = 265.0

TIME_ZERO = "2031-04-17T19:51:40-05:00"
"""Wall time of event time zero: the pharmacy's sign turns to 19:53 at ``SIGN_FLIPS``."""

DRIVER_SEAT = (0.15, -2.42, 1.16)
PASSENGER_SEAT = (0.25, -3.2, 1.12)
WINDOW = (0.05, -1.95, 1.15)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that moves: its path on the ground, and from when to when it is outside to be seen."""

    name: str
    path: Path
    seen_from_s: float = -1e9
    seen_to_s: float = 1e9


def _walk(*knots: tuple[float, float, float]) -> Path:
    return Path(tuple((t, x, y, 0.0) for t, x, y in knots))


CAR = _walk((0, -118, -2.8), (6, -58, -2.8), (10, -22, -2.8), (13, -4, -2.8), (STOPPED, 0, -2.8))
SUV = _walk((0, -138, -2.8), (6, -80, -2.8), (10, -40, -2.8), (14, -14, -2.8), (17, -8.6, -2.6))
PATROL = _walk((66, 150, 2.0), (78, 40, 2.0), (82, 13, 2.2), (PATROL_STOPS, 9, 2.3))
AMBULANCE = _walk((226, -240, -2.0), (242, -40, -2.0), (AMBULANCE_STOPS, -18.5, -1.4))
VAN_ONE = _walk((44, 110, 2.1), (60, -110, 2.1))
VAN_TWO = _walk((142, -130, -2.0), (148, -70, -1.8), (152, -26, 0.4), (158, -8.5, 3.6), (164, 0, 4.2), (176, 4, 4.2))

HALE = Actor(
    "hale",
    _walk(
        (20.6, -9.0, -1.35),
        (26.6, 0.5, -1.22),
        (150, 0.5, -1.22),
        (152, -0.3, -1.0),
        (156, 0.45, -1.2),
        (188, 0.45, -1.2),
        (190.4, -0.6, -0.7),
        (194, -0.75, 0.45),
        (226, -0.75, 0.45),
        (229, 1.5, -0.6),
    ),
    20.6,
)
BRANDT = Actor(
    "brandt",
    _walk(
        (21.4, -9.0, -4.0),
        (28.0, 0.35, -4.35),
        (184, 0.35, -4.35),
        (187, 3.2, -3.9),
        (189.5, 3.3, -1.4),
        (192, 0.9, 0.3),
        (216, 0.9, 0.3),
        (220, 3.3, -1.6),
        (222.5, 0.6, -4.3),
    ),
    21.4,
)
OSTER = Actor(
    "oster",
    _walk(
        (86.5, 8.3, 0.9),
        (88.5, 7.6, 0.6),
        (95, 2.9, -0.2),
        (116, 2.9, -0.2),
        (119, 2.1, -0.55),
        (141, 2.1, -0.55),
        (143, 1.7, -0.6),
        (174, 1.7, -0.6),
        (176, 1.5, -0.35),
        (190, 1.9, 0.2),
        (198, 1.2, 1.5),
        (234, 0.5, 1.3),
    ),
    86.5,
)
JOREN = Actor(
    "joren",
    _walk((OUT_OF_CAR, 0.2, -1.5), (192, 0.1, -0.4), (ON_GROUND, 0.0, 0.3), (SITTING_UP, 0.0, 0.3)),
    OUT_OF_CAR,
)
FAIRLIE = Actor("fairlie", _walk((170, -34, 6.0), (187, -7.6, 5.6), (265, -7.2, 5.5)), 170)
MEDIC = Actor("medic", _walk((252, -14.0, 0.2), (259, -1.0, 1.2)), 252)

BABB_AT = (3.0, 8.6, 4.6)
DASH_AHEAD = 0.9


def moved(path: Path, dx: float, dy: float, height: float) -> Path:
    """Return a ground path shifted by (dx, dy) and lifted to a height, all in metres."""
    return Path(tuple((t, x + dx, y + dy, height) for t, x, y, _ in path.knots))


def mouth_of(who: str, t_s: float) -> Path:
    """Return where a person's voice comes from at an event time."""
    places = {
        "hale": moved(HALE.path, 0, -0.15, 1.55),
        "brandt": moved(BRANDT.path, 0, 0.1, 1.6),
        "oster": moved(OSTER.path, 0, 0, 1.6),
        "radio": moved(OSTER.path, -0.1, 0.05, 1.25),
        "fairlie": moved(FAIRLIE.path, 0, 0, 1.6),
        "babb": still(*BABB_AT[:2], BABB_AT[2] + 0.15),
        "mira": still(*PASSENGER_SEAT),
        "joren": still(*DRIVER_SEAT) if t_s < OUT_OF_CAR else moved(JOREN.path, 0.3, 0, 0.6),
    }
    return places[who]


def is_in_car(who: str, t_s: float) -> bool:
    """Return whether a speaker sits in the stopped car at an event time."""
    return who == "mira" or (who == "joren" and t_s < OUT_OF_CAR)
