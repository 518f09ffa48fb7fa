"""One incident of a set as arrays: what sounds, who films it, and each take with what it heard. No files.

``number`` of an incident within its set and the set's seed decide everything; how many film it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from everyangle.testing.collection.levels import Level
from everyangle.testing.collection.material import MATERIAL_HZ, Material
from everyangle.testing.collection.people import Filming, filming
from everyangle.testing.collection.places import enclosures, layout
from everyangle.testing.collection.replays import BROADCASTS, Repertoire
from everyangle.testing.collection.sounds import Happening, holder
from everyangle.testing.scene.film import Take, record
from everyangle.testing.scene.propagation import spline_of
from everyangle.testing.scene.truth import floor_db, heard_in_pieces, piece_levels
from everyangle.testing.scene.world import SPEED_OF_SOUND, Recorder, Scene, Source

INAUDIBLE_DB = 25.0
"""Sources so far below the noise of a recorder are left out of its take."""

MIXED = 0.5
"""Share of homes where a broadcast is on that other homes also see."""


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """One recording: its take, how it was filmed, and the rows of what it heard."""

    take: Take
    filming: Filming
    heard: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Incident:
    """One incident: the kind of place, the wall time of event second zero (s after the set's base), its recordings."""

    kind: str
    wall_s: float
    recorded: tuple[Recorded, ...]


def sizes(seed: int, level: Level, clips: int) -> list[int]:
    """Return how many recordings each incident has, so that there are ``clips``; the last may have fewer."""
    rng, found = np.random.default_rng([seed, 41]), []
    low, high = level.recorders
    while clips > 0:
        count = 1 if rng.random() < level.alone else int(rng.integers(low, high + 1))
        found.append(min(count, clips))
        clips -= found[-1]
    return found


def incident(seed: int, number: int, level: Level, count: int, material: Material, *, hours: float = 3.0) -> Incident:
    """Return one incident with ``count`` recordings; it began within so many hours of the set's base."""
    rng = np.random.default_rng([seed, number, 43])
    place = layout(rng)
    span_s = float(np.exp(rng.uniform(*np.log(level.span_s))))
    on_air = place.kind == "home" and rng.random() < MIXED
    programme = int(rng.integers(BROADCASTS)) if on_air else None
    # Two homes that see one broadcast do so at the same hour.
    wall_s = 1800.0 * (1 + programme) if programme is not None else float(rng.uniform(0, hours * 3600))
    number_in_world = seed * 1000 + number
    repertoire = Repertoire(seed, material, level.songs, level.speed_error)
    of = Happening(rng, level, place, repertoire, material, number_in_world, span_s, programme)
    walls, sources = enclosures(place, rng), list(of.sources())
    people = list(filming(rng, level, place, span_s, count))
    for one in people:
        walls += one.needs
        if one.speaks:
            r = one.recorder
            said = holder(of, f"device {one.device}", one.device, r.path, r.room)
            sources += [s for s in said if r.start_s < s.start_s < r.stop_s]
    scene = Scene(MATERIAL_HZ, tuple(sources), place.surfaces, walls)
    made = Incident(place.kind, wall_s, tuple(_recorded(scene, one, rng) for one in people))
    spline_of.cache_clear()
    piece_levels.cache_clear()
    return made


def _recorded(scene: Scene, one: Filming, rng: np.random.Generator) -> Recorded:
    near = replace(scene, sources=tuple(_reaching(scene, one.recorder)))
    return Recorded(record(near, one.recorder, rng), one, heard_in_pieces(scene, one.recorder))


def _reaching(scene: Scene, recorder: Recorder) -> Iterator[Source]:
    """Yield the sources that could matter to a recorder."""
    least_db = floor_db(scene, recorder) - INAUDIBLE_DB
    for source in scene.sources:
        end_s = source.start_s + len(source.samples) / scene.rate_hz
        if source.diffuse:
            yield source
        elif end_s + 1 > recorder.start_s and source.start_s < recorder.stop_s:
            times = np.linspace(source.start_s, end_s, 9)
            metres = float(np.linalg.norm(source.path.at(times) - recorder.path.at(times), axis=1).min())
            if metres / SPEED_OF_SOUND < 2 and source.level_db - 20 * np.log10(max(metres, 0.3)) > least_db:
                yield source
