"""What the same world plays in many places: songs, broadcasts, announcements, ring tones, sirens, alarms.

All incidents of a set draw from one repertoire, so that unrelated recordings hear the same content: a song with its own
start and speed, a broadcast that runs in two homes at once. Arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.ndimage import map_coordinates, spline_filter1d

from everyangle.testing.collection.material import MATERIAL_HZ, Material, Track
from everyangle.testing.scene import signals
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import loudness_one

BROADCASTS, ANNOUNCEMENTS, RING_TONES = 2, 2, 3
BROADCAST_S = 420.0


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Sound that may be heard elsewhere too: samples, the name of its content, its kind, its period (0 for none)."""

    samples: Floats
    kind: str
    content: str
    period_s: float = 0.0


@dataclass(frozen=True)
class Repertoire:
    """What is played in the world of one set.

    Attributes:
        seed: of the set.
        material: speech, music and sounds.
        songs: how many songs there are.
        speed_error: by how much a player of songs may be too fast or too slow.
    """

    seed: int
    material: Material
    songs: int = 5
    speed_error: float = 0.005

    def song(self, rng: np.random.Generator, seconds: float) -> Played:
        """Return a stretch of a song (the first of them are played most), at the speed of whoever plays it."""
        number = min(self.songs - 1, int(rng.exponential(1.4)))
        track = _track(self.material, self.seed * 100 + number)
        speed = 1 + float(rng.uniform(-self.speed_error, self.speed_error))
        if rng.random() < 0.2:
            return self._loop(track, number, float(rng.uniform(5, 16)), speed, seconds)
        longest = len(track.samples) / MATERIAL_HZ
        start_s = float(rng.choice([0.0, rng.uniform(0, longest * 0.7)]))
        taken = _stretch(track.samples, start_s, min(seconds, (longest - start_s) / speed), speed)
        return Played(taken, "music", f"song {number}", track.period_s / speed)

    def _loop(self, track: Track, number: int, loop_s: float, speed: float, seconds: float) -> Played:
        once = _stretch(track.samples, 10.0, loop_s, speed)
        return Played(np.resize(once, int(seconds * MATERIAL_HZ)), "music", f"song {number}", len(once) / MATERIAL_HZ)

    def broadcast(self, number: int, start_s: float, seconds: float) -> Played:
        """Return what a programme sends from ``start_s`` on."""
        sent = _broadcast(self.material, self.seed, number)
        begin = int(start_s * MATERIAL_HZ)
        return Played(sent[begin : begin + int(seconds * MATERIAL_HZ)], "tv", f"broadcast {number}")

    def announcement(self, rng: np.random.Generator) -> Played:
        """Return a recorded announcement, the same to the sample wherever it is made."""
        number = int(rng.integers(ANNOUNCEMENTS))
        return Played(_announcement(self.material, self.seed, number), "announcement", f"announcement {number}")

    def ring(self, rng: np.random.Generator) -> Played:
        """Return a telephone that rings."""
        model = self.seed * 10 + int(rng.integers(RING_TONES))
        samples = signals.ring_tone(MATERIAL_HZ, float(rng.uniform(4, 16)), model)
        return Played(samples, "ringtone", f"ringtone {model}", signals.ring_period_s(model))

    def siren(self, rng: np.random.Generator, seconds: float) -> Played:
        """Return a siren; most are of one model."""
        model = str(rng.choice(signals.SIRENS, p=(0.55, 0.2, 0.15, 0.1)))
        samples = signals.siren_model(MATERIAL_HZ, seconds, model)
        return Played(samples, "siren", f"siren {model}", signals.SIREN_PERIODS_S[model])

    def alarm(self, rng: np.random.Generator, seconds: float) -> Played:
        """Return the alarm of a shop or car."""
        model = int(rng.integers(len(signals.ALARM_PERIODS_S)))
        samples = signals.alarm(MATERIAL_HZ, seconds, model)
        return Played(samples, "alarm", f"alarm {model}", signals.ALARM_PERIODS_S[model])


def _stretch(samples: Floats, start_s: float, seconds: float, speed: float) -> Floats:
    """Return so many seconds of what a player at some speed makes of samples."""
    begin = start_s * MATERIAL_HZ
    positions = begin + speed * np.arange(int(seconds * MATERIAL_HZ))
    low, high = int(begin), min(len(samples), int(begin + speed * seconds * MATERIAL_HZ) + 4)
    cut = spline_filter1d(samples[low:high], order=3)
    out = map_coordinates(cut, (positions - low)[np.newaxis], order=3, mode="constant", prefilter=False)
    return loudness_one(np.asarray(out, dtype=np.float64), MATERIAL_HZ)


@lru_cache(maxsize=8)
def _track(material: Material, number: int) -> Track:
    return material.track(number)


@lru_cache(maxsize=4)
def _broadcast(material: Material, seed: int, number: int) -> Floats:
    """Return a programme: a presenter, jingles, and stretches of music."""
    rng = np.random.default_rng([seed, number, 31])
    voice, pieces, made = 900_000 + seed * 10 + number, [], 0
    while made < BROADCAST_S * MATERIAL_HZ:
        if rng.random() < 0.75:
            piece = loudness_one(material.words(voice, made, float(rng.uniform(4, 15))), MATERIAL_HZ)
        else:
            track = _track(material, seed * 100 + 50 + number)
            piece = 0.7 * _stretch(track.samples, float(rng.uniform(0, 40)), float(rng.uniform(3, 12)), 1.0)
        gap = np.zeros(int(rng.uniform(0.1, 0.8) * MATERIAL_HZ))
        pieces += [piece, gap]
        made += len(piece) + len(gap)
    return np.concatenate(pieces)[: int(BROADCAST_S * MATERIAL_HZ)]


@lru_cache(maxsize=8)
def _announcement(material: Material, seed: int, number: int) -> Floats:
    words = loudness_one(material.words(800_000 + seed * 10 + number, number, 7.0), MATERIAL_HZ)
    return np.concatenate([0.6 * signals.chime(MATERIAL_HZ, number), words])
