"""The sounds of the bundled incident: the story and its words as a scene for the simulator. Arrays only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from everyangle.testing.incident import story
from everyangle.testing.incident.dialogue import LEVEL_DB, Line
from everyangle.testing.incident.speech import Speak
from everyangle.testing.scene import effects
from everyangle.testing.scene.music import tune
from everyangle.testing.scene.paths import Path, still
from everyangle.testing.scene.world import (
    OPEN_AIR,
    Enclosure,
    Leak,
    Scene,
    Source,
    Surface,
    loudness_one,
)

RATE_HZ = 24_000
CAR, SUV = "car", "suv"
JINGLE_SEED = 7

STREET = (Surface(2, 0.0, 0.55), Surface(1, 9.3, 0.5), Surface(1, -9.3, 0.5))
"""The asphalt and the two rows of houses."""

CLOSED_SPACES = (
    Enclosure(
        CAR,
        (
            Leak(-1e3, 18, 1500),
            Leak(27, 5, 6000),
            Leak(story.GLASS_BREAKS, 2, 12_000),
            Leak(story.DOOR_OPENS, 1, 14_000),
        ),
    ),
    Enclosure(SUV, (Leak(-1e3, 14, 2200),)),
)
"""The stopped car (its window wound down by a hand's breadth from 0:27) and the agents' car."""


def incident_scene(lines: tuple[Line, ...], speak: Speak, rng: np.random.Generator) -> Scene:
    """Return everything that sounds on Tannery Row."""
    sources = (*_spoken(lines, speak), *_cars(rng), *_doors_and_blows(rng), *_steps(rng), *_around(rng))
    return Scene(RATE_HZ, sources, STREET, CLOSED_SPACES)


def stranger_scene(lines: tuple[Line, ...], speak: Speak, rng: np.random.Generator) -> Scene:
    """Return the other day: other words, a car door, a passing van, the same siren and the same jingle."""
    at = {"ines": (7.0, 6.2, 1.6), "driver": (0.1, -2.0, 1.2), "oster": (0.2, -1.0, 1.6)}
    spoken = tuple(
        Source(f"speech: {x.who}", _clip(x, speak), x.start_s, still(*at[x.who]), LEVEL_DB[x.how]) for x in lines
    )
    wail = effects.siren(RATE_HZ, 4.0)
    van = Path(((24, -110, 2.0, 0.6), (40, 110, 2.0, 0.6)))
    others = (
        Source("siren", wail, 0.4, still(-8, -2.6, 1.0), 104),
        Source("radio jingle", tune(RATE_HZ, 12.0, JINGLE_SEED), 3.0, still(0.6, -2.6, 1.0), 80),
        Source("car door", effects.slam(RATE_HZ, rng), 5.6, still(-7.5, -1.8, 0.9), 96),
        Source("van passes", effects.pass_by(RATE_HZ, 16, rng), 24, van, 84),
        Source("car starts", effects.engine(RATE_HZ, 6, rng), 58, still(0, -2.8, 0.5), 82),
        Source("town", effects.traffic(RATE_HZ, 70, rng), -1, still(0, 0), 48, diffuse=True),
        *(Source("bird", effects.bird(RATE_HZ, rng), float(t), still(-3, -8.5, 5), 82) for t in rng.uniform(0, 64, 14)),
    )
    return Scene(RATE_HZ, (*spoken, *others), STREET, ())


def _clip(line: Line, speak: Speak) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    spoken = loudness_one(speak(line.who, line.words, RATE_HZ), RATE_HZ)
    return np.asarray(effects.as_radio(spoken, RATE_HZ) if line.how == "radio" else spoken)


def _spoken(lines: tuple[Line, ...], speak: Speak) -> Iterator[Source]:
    for line in lines:
        room = CAR if story.is_in_car(line.who, line.start_s) else OPEN_AIR
        mouth = story.mouth_of(line.who, line.start_s)
        yield Source(f"speech: {line.who}", _clip(line, speak), line.start_s, mouth, LEVEL_DB[line.how], room)


def _cars(rng: np.random.Generator) -> Iterator[Source]:
    engine = effects.engine
    yield Source("engine: car", engine(RATE_HZ, story.ENGINE_OFF, rng), 0, story.moved(story.CAR, 1.2, 0, 0.6), 82)
    suv = story.moved(story.SUV, 1.2, 0, 0.6)
    yield Source("engine: agents' car", engine(RATE_HZ, 19.4, rng, idle_hz=19), 0, suv, 84)
    patrol = story.moved(story.PATROL, -1.2, 0, 0.6)
    yield Source("engine: patrol car", engine(RATE_HZ, 21.5, rng, idle_hz=21), 66, patrol, 86)
    ambulance = story.moved(story.AMBULANCE, 1.2, 0, 0.8)
    yield Source("engine: ambulance", engine(RATE_HZ, 36, rng, idle_hz=17), 228, ambulance, 86)
    bar = story.moved(story.PATROL, 0, 0, 1.6)
    yield Source("siren: agents' car", effects.siren(RATE_HZ, 3.6, period_s=0.45), 6.2, suv, 103)
    yield Source("siren: patrol car", effects.siren(RATE_HZ, 10.5), 72.5, bar, 105)
    yield Source("siren: ambulance", effects.siren(RATE_HZ, 17, period_s=4.3), 229, ambulance, 106)
    yield Source("van passes", effects.pass_by(RATE_HZ, 16, rng), 44, story.moved(story.VAN_ONE, 0, 0, 0.5), 86)
    yield Source("car parks", effects.pass_by(RATE_HZ, 30, rng), 142, story.moved(story.VAN_TWO, 0, 0, 0.5), 80)
    jingle = tune(RATE_HZ, story.JINGLE_TO - story.JINGLE_FROM, JINGLE_SEED)
    yield Source("radio jingle", jingle, story.JINGLE_FROM, story.moved(story.CAR, 0.8, 0, 0.9), 78, CAR)


def _doors_and_blows(rng: np.random.Generator) -> Iterator[Source]:
    doors = {
        "agents' car, left door": (20.4, (-8.2, -1.7, 0.9)),
        "agents' car, right door": (21.2, (-8.2, -3.6, 0.9)),
        "patrol car door": (88.0, (8.6, 1.3, 0.9)),
        "car door opens": (story.DOOR_OPENS, (0.1, -1.9, 0.8)),
        "car parked, door": (172.4, (4.0, 4.4, 0.9)),
        "ambulance door": (250.2, (-16.5, -0.6, 1.0)),
    }
    for name, (t_s, place) in doors.items():
        yield Source(f"door: {name}", effects.slam(RATE_HZ, rng), t_s, still(*place), 98)
    for t_s in story.STRIKES:
        yield Source("blow on the window", effects.strike(RATE_HZ, rng), t_s, still(*story.WINDOW), 102)
    yield Source("glass breaks", effects.glass(RATE_HZ, rng), story.GLASS_BREAKS + 0.012, still(*story.WINDOW), 104)
    yield Source("phone falls", effects.clatter(RATE_HZ, rng), 222.8, still(0.3, -3.3, 0.5), 92, CAR)
    yield Source("squelch", effects.squelch(RATE_HZ, rng), 34.9 + 60, story.mouth_of("radio", 94), 66)
    yield Source("cuffs", effects.clatter(RATE_HZ, rng), 198.2, still(0, 0.3, 0.3), 84)


def _steps(rng: np.random.Generator) -> Iterator[Source]:
    walks = {"hale": [(20.8, 5.8)], "brandt": [(21.6, 6.4), (184.2, 7.5)], "oster": [(88.2, 6.8), (190.5, 7)]}
    paths = {"hale": story.HALE, "brandt": story.BRANDT, "oster": story.OSTER}
    for who, spans in walks.items():
        for t_s, length_s in spans:
            tread = effects.steps(RATE_HZ, length_s, rng)
            yield Source(f"steps: {who}", tread, t_s, story.moved(paths[who].path, 0, 0, 0.05), 66)
    yield Source(
        "steps: fairlie", effects.steps(RATE_HZ, 16, rng), 171, story.moved(story.FAIRLIE.path, 0, 0, 0.05), 66
    )


def _around(rng: np.random.Generator) -> Iterator[Source]:
    yield Source("town", effects.traffic(RATE_HZ, story.ENDS + 4, rng), -2, still(0, 0), 44, diffuse=True)
    for t_s in rng.uniform(0, 120, 10):
        yield Source("bird", effects.bird(RATE_HZ, rng), float(t_s), still(-12, -8.8, 5), 78)
    for t_s in (66.0, 66.5, 129.2, 129.7, 130.2, 201.0, 201.4):
        bark = effects.as_radio(effects.siren(RATE_HZ, 0.16, period_s=0.3, low_hz=300, high_hz=620), RATE_HZ)
        yield Source("dog", bark, t_s, still(-22, 14, 0.6), 96)
