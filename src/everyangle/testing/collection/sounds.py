"""What is heard at an incident, and when: talkers, crowds, sirens, cars, dogs, music and the rest. Arrays only.

Levels are dB SPL at 1 m, from published measurements of such sources, rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from everyangle.testing.collection.levels import Level
from everyangle.testing.collection.material import MATERIAL_HZ, Material
from everyangle.testing.collection.places import Layout
from everyangle.testing.collection.replays import Played, Repertoire
from everyangle.testing.scene import effects, signals
from everyangle.testing.scene.paths import Floats, Path, still
from everyangle.testing.scene.world import OPEN_AIR, Source, loudness_one

Rng = np.random.Generator


@dataclass(frozen=True)
class Happening:
    """All that decides what an incident sounds like."""

    rng: Rng
    level: Level
    place: Layout
    repertoire: Repertoire
    material: Material
    number: int
    span_s: float
    programme: int | None = None
    """Which broadcast is on, for a home."""

    def sources(self) -> tuple[Source, ...]:
        """Return everything that sounds, the diffuse town included."""
        kinds: dict[str, tuple[Callable[[Happening], Iterator[Source]], ...]] = {
            "street": (_talk, _traffic, _animals, _impacts, _sirens, _alarms, _loudspeaker),
            "square": (_talk, _crowd, _address, _sirens, _impacts, _traffic),
            "yard": (_talk, _animals, _animals, _impacts, _loudspeaker, _rings),
            "stop": (_talk, _traffic, _sirens, _radio, _impacts, _impacts),
            "home": (_talk, _television, _rings, _impacts),
            "hall": (_talk, _address, _announcements, _rings, _crowd),
            "concert": (_concert, _crowd, _talk, _announcements),
        }
        found = [self.town()]
        for make in kinds[self.place.kind]:
            found += make(self)
        end_s = self.span_s + 3
        return tuple(s for s in found if s.diffuse or s.start_s < end_s)

    def town(self) -> Source:
        """Return the diffuse sound of the town."""
        low = -14.0 if self.place.box else 0.0
        level_db = float(self.rng.uniform(*self.level.town_db)) + low
        samples = effects.traffic(MATERIAL_HZ, self.span_s + 6, self.rng)
        return Source("town", samples, -3.0, still(0, 0), level_db, self.place.room, diffuse=True)

    def often(self, per_minute: float) -> list[float]:
        """Return times at which something happens by chance."""
        count = self.rng.poisson(per_minute * self.level.busy * self.span_s / 60)
        return sorted(float(t) for t in self.rng.uniform(0.5, self.span_s, count))

    def chance(self, share: float) -> bool:
        """Whether something happens at all."""
        return bool(self.rng.random() < share)

    def source(self, name: str, samples: Floats, t_s: float, path: Path, db: tuple[float, float], kind: str) -> Source:
        """Return a sound of this place, its level by chance."""
        loud = loudness_one(samples, MATERIAL_HZ)
        return Source(name, loud, t_s, path, float(self.rng.uniform(*db)), self.place.room, kind=kind)

    def played(self, name: str, what: Played, t_s: float, path: Path, db: tuple[float, float]) -> Source:
        """Return a sound that may be heard elsewhere too."""
        samples = loudness_one(what.samples, MATERIAL_HZ)
        level_db, room = float(self.rng.uniform(*db)), self.place.room
        return Source(
            name, samples, t_s, path, level_db, room, kind=what.kind, content=what.content, period_s=what.period_s
        )

    def words(self, voice: int, seconds: float) -> Floats:
        """Return speech that nobody has said before."""
        return self.material.words(self.number * 100 + voice, int(self.rng.integers(1 << 30)), seconds)


def speech(
    of: Happening, name: str, voice: int, where: Callable[[float], Path], db: tuple[float, float], pause_s: float
) -> Iterator[Source]:
    """Yield what one person says in turns, each from where they then are; some of it shouted."""
    rng, t_s = of.rng, float(of.rng.uniform(0, 4))
    while t_s < of.span_s:
        length_s = float(rng.uniform(0.8, 4.5))
        shouts = rng.random() < 0.12
        samples = of.words(voice, length_s)
        loud = (82.0, 96.0) if shouts else db
        yield of.source(name, samples, t_s, where(t_s), loud, "shout" if shouts else "voice")
        t_s += len(samples) / MATERIAL_HZ + float(rng.exponential(pause_s))


def _talk(of: Happening) -> Iterator[Source]:
    for talker in range(int(of.rng.integers(1, 5))):
        home = of.place.spot(of.rng).where(0)
        drift = of.rng.normal(0, 0.35, (int(of.span_s / 5) + 2, 2)).cumsum(axis=0).clip(-1.5, 1.5)

        def near(t_s: float, home: tuple[float, float, float] = home, drift: Floats = drift) -> Path:
            dx, dy = drift[int(t_s / 5) % len(drift)]
            return still(home[0] + float(dx) * (of.place.box is None), home[1] + float(dy) * (of.place.box is None))

        middle = float(of.rng.uniform(of.level.talk_db[0], of.level.talk_db[1] - 4))
        yield from speech(of, f"talker {talker}", talker, near, (middle, middle + 6), of.level.pause_s * 2)
    if of.place.kind == "stop":
        for part in speech(of, "driver", 9, lambda _: still(0.2, 0.4, 1.1), (62, 76), of.level.pause_s * 3):
            yield Source(part.name, part.samples, part.start_s, part.path, part.level_db, "car", kind=part.kind)


def _crowd(of: Happening) -> Iterator[Source]:
    for n, t_s in enumerate(of.often(0.7)):
        claps = signals.applause(MATERIAL_HZ, float(of.rng.uniform(3, 9)), of.rng)
        yield of.source(f"applause {n}", claps, t_s, of.place.spot(of.rng), (78, 90), "applause")
    if of.place.kind == "square" and of.chance(0.6):
        once = of.words(50, 2.5)
        for t_s in of.often(1.5):
            said = signals.chant(once, MATERIAL_HZ, int(of.rng.integers(6, 20)), of.rng)
            yield of.source("chant", said, t_s, of.place.spot(of.rng), (86, 98), "chant")


def _address(of: Happening) -> Iterator[Source]:
    if of.chance(0.6):
        stand = of.place.spot(of.rng, 2.2)
        horn = of.chance(0.5)
        for part in speech(of, "loudhailer", 40, lambda _: stand, (88, 104), of.level.pause_s):
            samples = effects.as_radio(part.samples, MATERIAL_HZ) if horn else part.samples
            yield Source(part.name, samples, part.start_s, stand, part.level_db, of.place.room, kind="pa")


def _traffic(of: Happening) -> Iterator[Source]:
    for n, t_s in enumerate(of.often(1.2)):
        speed = float(of.rng.uniform(6, 18)) * float(of.rng.choice([-1, 1]))
        lane, half = float(of.rng.uniform(2.5, 4.0)), 9.0
        path = Path(((t_s - half, -speed * half, lane, 0.8), (t_s + half, speed * half, lane, 0.8)))
        samples = effects.pass_by(MATERIAL_HZ, 2 * half, of.rng)
        yield of.source(f"car {n}", samples, t_s - half, path, (76, 90), "car")
        if of.chance(0.3):
            where = still(*path.where(t_s))
            yield of.source(f"horn {n}", of.material.sound("horn", of.number * 1000 + n), t_s, where, (96, 108), "horn")


def _animals(of: Happening) -> Iterator[Source]:
    if of.chance(0.4):
        dog, voice = of.place.spot(of.rng, 0.5), int(of.rng.integers(1 << 20))
        for t_s in of.often(1.5):
            yield of.source("dog", of.material.sound("bark", voice), t_s, dog, (84, 98), "dog")
            voice += 1
    for n, t_s in enumerate(of.often(0.6)):
        path = still(float(of.rng.uniform(-25, 25)), float(of.rng.uniform(-4, 4)), float(of.rng.uniform(3, 9)))
        bird = of.material.sound("bird", of.number * 1000 + n)
        yield of.source(f"bird {n}", bird, t_s, path, (70, 84), "bird")


def _impacts(of: Happening) -> Iterator[Source]:
    levels = {"slam": (86, 98), "glass": (92, 104), "clatter": (78, 90), "strike": (84, 98)}
    for t_s in of.often(1.6):
        kind = str(of.rng.choice(list(levels), p=(0.45, 0.1, 0.3, 0.15)))
        samples = of.material.sound(kind, int(of.rng.integers(1 << 30)))
        yield of.source(f"{kind} {t_s:.1f}", samples, t_s, of.place.spot(of.rng, 0.9), levels[kind], kind)


def _sirens(of: Happening) -> Iterator[Source]:
    share = 0.6 if of.place.kind in ("square", "stop") else 0.35
    if not of.chance(share):
        return
    length_s = float(np.exp(of.rng.uniform(*np.log((8, 70)))))
    t_s = float(of.rng.uniform(-10, of.span_s - 5))
    if of.chance(0.6):
        speed, lane = float(of.rng.uniform(6, 18)) * float(of.rng.choice([-1, 1])), float(of.rng.uniform(3, 30))
        passes_s = t_s + length_s * float(of.rng.uniform(0.2, 0.9))
        x = [speed * (t - passes_s) for t in (t_s, t_s + length_s)]
        path = Path(((t_s, x[0], lane, 1.8), (t_s + length_s, x[1], lane, 1.8)))
    else:
        path = still(float(of.rng.uniform(-80, 80)), float(of.rng.uniform(2, 4)), 1.8)
    yield of.played("siren", of.repertoire.siren(of.rng, length_s), t_s, path, (108, 118))


def _alarms(of: Happening) -> Iterator[Source]:
    if of.chance(0.12):
        length_s, path = float(of.rng.uniform(10, 50)), still(float(of.rng.uniform(-40, 40)), 3.5, 2.5)
        t_s = float(of.rng.uniform(-5, of.span_s))
        yield of.played("alarm", of.repertoire.alarm(of.rng, length_s), t_s, path, (94, 104))


def _loudspeaker(of: Happening) -> Iterator[Source]:
    if of.chance(of.level.music):
        t_s = float(of.rng.uniform(-20, of.span_s / 2))
        seconds = float(of.rng.uniform(20, of.span_s - t_s + 20))
        yield of.played("music", of.repertoire.song(of.rng, seconds), t_s, of.place.spot(of.rng, 1.0), (74, 90))


def _concert(of: Happening) -> Iterator[Source]:
    t_s, stage, n = float(of.rng.uniform(-30, 5)), still(float(of.rng.uniform(-4, 4)), 18.0, 3.0), 0
    level_db = float(of.rng.uniform(98, 112))
    while t_s < of.span_s:
        song = of.repertoire.song(of.rng, float(of.rng.uniform(40, 200)))
        yield of.played(f"stage {n}", song, t_s, stage, (level_db, level_db + 2))
        t_s += len(song.samples) / MATERIAL_HZ + float(of.rng.uniform(3, 15))
        n += 1


def _television(of: Happening) -> Iterator[Source]:
    path = of.place.spot(of.rng, 1.0)
    if of.programme is not None:
        yield of.played("television", of.repertoire.broadcast(of.programme, 0.0, of.span_s + 5), -2.0, path, (62, 74))
    elif of.chance(0.4):
        yield of.played("hi-fi", of.repertoire.song(of.rng, of.span_s), 0.0, path, (66, 82))


def _rings(of: Happening) -> Iterator[Source]:
    for n, t_s in enumerate(of.often(0.25)):
        yield of.played(f"phone {n}", of.repertoire.ring(of.rng), t_s, of.place.spot(of.rng, 0.9), (70, 82))


def _announcements(of: Happening) -> Iterator[Source]:
    if of.chance(0.5):
        path = of.place.spot(of.rng, 3.0)
        for t_s in of.often(0.4):
            yield of.played(f"announcement {t_s:.0f}", of.repertoire.announcement(of.rng), t_s, path, (78, 90))


def _radio(of: Happening) -> Iterator[Source]:
    path = still(float(of.rng.uniform(2, 7)), float(of.rng.uniform(1, 3)), 1.2)
    for n, t_s in enumerate(of.often(1.5)):
        samples = effects.as_radio(of.words(60, float(of.rng.uniform(1.5, 5))), MATERIAL_HZ)
        yield of.source(f"radio {n}", samples, t_s, path, (64, 78), "radio")


def holder(of: Happening, name: str, voice: int, path: Path, room: str) -> Iterator[Source]:
    """Yield what the holder of a recorder says, a hand's breadth from it."""

    def at_mouth(t_s: float) -> Path:
        x, y, z = path.where(t_s)
        return still(x + 0.25, y, z + 0.1)

    for part in speech(of, f"holder of {name}", 20 + voice, at_mouth, (60, 72), of.level.pause_s * 2):
        yield Source(part.name, part.samples, part.start_s, part.path, part.level_db, room or OPEN_AIR, kind="holder")
