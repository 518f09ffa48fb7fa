"""Whole random scenes from a seed: one incident filmed by several, and a stranger from another one. Arrays only.

Seeds below ``REPORTING_FROM`` are for development, those from there on for figures that are reported: nobody tunes on
them. The stranger's scene has other voices and times, but may play the same tune and the same siren, as the world does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

import numpy as np

from everyangle.testing.scene import effects
from everyangle.testing.scene.encode import FORMATS, write
from everyangle.testing.scene.film import Take, record
from everyangle.testing.scene.music import tune
from everyangle.testing.scene.paths import Path, still
from everyangle.testing.scene.truth import Known
from everyangle.testing.scene.voices import speechlike
from everyangle.testing.scene.world import Agc, Lost, Recorder, Scene, Source, Surface

REPORTING_FROM = 10_000
"""Seeds from here on are for reporting only."""

SCENE_HZ = 16_000
SHORTEST_OVERLAP_S = 15.0
DEVICE_HZ = {"wav": 16_000, "m4a": 44_100, "mp3": 44_100, "opus": 48_000, "3gp-amr": 8_000, "webm": 48_000}
"""Samples per second that a device of each format writes."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How hard a scene is.

    Attributes:
        recorders: how many film the incident.
        far_m: how far from the middle they may stand.
        noise_db: their own noise, from and to, in dB SPL.
        reverb_s: longest reverberation.
        ppm: largest clock error.
        losing: share of recorders that lose a stretch.
        formats: what they may write.
        busy: talkers.
    """

    recorders: int
    far_m: float
    noise_db: tuple[float, float]
    reverb_s: float
    ppm: float
    losing: float
    formats: tuple[str, ...]
    busy: int


DIFFICULTIES = {
    "easy": Difficulty(4, 8, (24, 32), 0.2, 20, 0.0, ("wav", "m4a"), 2),
    "medium": Difficulty(5, 18, (28, 40), 0.5, 40, 0.25, ("m4a", "mp3", "opus", "webm"), 3),
    "hard": Difficulty(6, 35, (32, 48), 0.9, 50, 0.4, ("m4a", "mp3", "opus", "webm", "3gp-amr"), 4),
}
"""The difficulties by name."""


@dataclass(frozen=True, slots=True, eq=False)
class Filmed:
    """One recording of a ready-made scene: its take, the name of its format, and which event it belongs to."""

    take: Take
    form: str
    event: str

    @property
    def file(self) -> str:
        """File name that it gets."""
        return self.take.recorder.name + FORMATS[self.form].suffix

    @property
    def known(self) -> Known:
        """Its truth."""
        return Known(self.file, self.event, self.take.clock, self.take.duration_s)


def random_scene(seed: int, difficulty: str = "medium", *, span_s: float = 80.0) -> tuple[Filmed, ...]:
    """Return the recordings of one incident and, last, a stranger; the same seed gives the same samples.

    Args:
        seed: development below ``REPORTING_FROM``, reporting from there on.
        difficulty: a name of ``DIFFICULTIES``.
        span_s: length of the incident in seconds, at least 40.
    """
    return tuple(filmed for _, filmed in random_scene_known(seed, difficulty, span_s=span_s))


def random_scene_known(
    seed: int, difficulty: str = "medium", *, span_s: float = 80.0
) -> tuple[tuple[Scene, Filmed], ...]:
    """Return what :func:`random_scene` returns, each recording with the scene that it heard."""
    level = DIFFICULTIES[difficulty]
    rng = np.random.default_rng([seed, sorted(DIFFICULTIES).index(difficulty)])
    tune_seed = int(rng.integers(1 << 30))
    incident = _scene(rng, level, span_s, tune_seed)
    elsewhere = _scene(rng, level, span_s, tune_seed)
    filmed = [
        (incident, Filmed(record(incident, recorder, rng), form, "incident"))
        for recorder, form in _recorders(rng, level, span_s)
    ]
    recorder, form = next(_recorders(rng, replace(level, recorders=1), span_s))
    stranger = record(elsewhere, replace(recorder, name="stranger"), rng)
    return (*filmed, (elsewhere, Filmed(stranger, form, "elsewhere")))


def write_all(filmed: tuple[Filmed, ...], folder: FilePath) -> None:
    """Write every recording of a ready-made scene into a folder, with its codec."""
    for one in filmed:
        write(folder / one.file, FORMATS[one.form], one.take.samples, one.take.recorder.rate_hz)


def _scene(rng: np.random.Generator, level: Difficulty, span_s: float, tune_seed: int) -> Scene:
    sources = (*_talkers(rng, level, span_s), *_happenings(rng, span_s), *_music(rng, span_s, tune_seed))
    walls = (Surface(2, 0.0, 0.5), Surface(1, 40.0, 0.4), Surface(1, -40.0, 0.4))
    return Scene(SCENE_HZ, sources, walls)


def _talkers(rng: np.random.Generator, level: Difficulty, span_s: float) -> Iterator[Source]:
    """Yield talkers who take turns, with pauses."""
    for talker in range(level.busy):
        pitch_hz, t_s = float(rng.uniform(95, 230)), float(rng.uniform(0, 4))
        place = still(float(rng.uniform(-4, 4)), float(rng.uniform(-4, 4)), 1.5)
        while t_s < span_s:
            length_s = float(rng.uniform(1.2, 4.5))
            words = speechlike(SCENE_HZ, length_s, rng, pitch_hz=pitch_hz)
            yield Source(f"talker {talker}", words, t_s, place, float(rng.uniform(66, 84)))
            t_s += length_s + float(rng.exponential(1.5 * level.busy))


def _happenings(rng: np.random.Generator, span_s: float) -> Iterator[Source]:
    yield Source("town", effects.traffic(SCENE_HZ, span_s + 4, rng), -2, still(0, 0), 45, diffuse=True)
    makers = {"slam": (effects.slam, 97), "glass": (effects.glass, 100), "clatter": (effects.clatter, 88)}
    for name, (make, level_db) in makers.items():
        place = still(float(rng.uniform(-6, 6)), float(rng.uniform(-6, 6)), 0.9)
        for t_s in rng.uniform(1, span_s - 1, 2):
            yield Source(name, make(SCENE_HZ, rng), float(t_s), place, level_db)
    t_s = float(rng.uniform(0, span_s / 2))
    drive = Path(((t_s, -120, 3, 1), (t_s + 18, 120, 3, 1)))
    yield Source("passing car", effects.pass_by(SCENE_HZ, 18, rng), t_s, drive, 86)
    if rng.random() < 0.5:
        yield Source("siren", effects.siren(SCENE_HZ, 14), float(rng.uniform(0, span_s - 14)), still(30, 3, 1.5), 100)


def _music(rng: np.random.Generator, span_s: float, tune_seed: int) -> Iterator[Source]:
    if rng.random() < 0.5:
        start_s = float(rng.uniform(0, span_s / 2))
        yield Source("tune", tune(SCENE_HZ, 12, tune_seed), start_s, still(3, -5, 1), 76)


def _recorders(rng: np.random.Generator, level: Difficulty, span_s: float) -> Iterator[tuple[Recorder, str]]:
    """Yield recorders that each overlap an earlier one by ``SHORTEST_OVERLAP_S`` or more."""
    spans: list[tuple[float, float]] = []
    for number in range(level.recorders):
        start_s, stop_s = _span(rng, spans, span_s)
        spans.append((start_s, stop_s))
        form = str(rng.choice(level.formats))
        angle, far_m = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(2, level.far_m))
        lost: tuple[Lost, ...] = ()
        if rng.random() < level.losing and stop_s - start_s > 40:
            lost = (Lost(float(rng.uniform(start_s + 15, stop_s - 20)), float(rng.uniform(0.5, 5))),)
        recorder = Recorder(
            f"recorder-{number}",
            still(far_m * np.cos(angle), far_m * np.sin(angle), 1.4),
            start_s,
            stop_s,
            DEVICE_HZ[form],
            ppm=float(rng.uniform(-level.ppm, level.ppm)),
            noise_db=float(rng.uniform(*level.noise_db)),
            band_hz=(float(rng.uniform(80, 200)), float(rng.uniform(3500, 12_000))),
            agc=Agc(max_gain_db=float(rng.uniform(15, 32))) if rng.random() < 0.7 else None,
            reverb_s=float(rng.uniform(0, level.reverb_s)),
            handling_per_min=float(rng.uniform(0, 8)),
            lost=lost,
        )
        yield recorder, form


def _span(rng: np.random.Generator, spans: list[tuple[float, float]], span_s: float) -> tuple[float, float]:
    """Return when one more recorder starts and stops, in event seconds."""
    length_s = max(SHORTEST_OVERLAP_S + 3, float(rng.uniform(0.35, 0.7)) * span_s)
    if not spans:
        start_s = (span_s - length_s) / 2
        return start_s, start_s + length_s
    begin_s, end_s = spans[int(rng.integers(len(spans)))]
    low = max(0.0, begin_s + SHORTEST_OVERLAP_S - length_s)
    high = max(low, min(span_s - length_s, end_s - SHORTEST_OVERLAP_S))
    start_s = float(rng.uniform(low, high))
    return start_s, start_s + length_s
