"""What a simulated scene consists of: sources, surfaces, closed cars and recorders. Values only.

Levels are in dB SPL (re 20 µPa), positions in metres, times in seconds of event time. A source's samples are scaled
so that their loudest 100 ms have an RMS of 1; ``level_db`` is that stretch's level at 1 m.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from everyangle.testing.scene.paths import Floats, Path

SPEED_OF_SOUND = 343.0
"""Metres per second, in air at 20 °C."""

OPEN_AIR = ""
"""The room of everything that stands outside."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Something that sounds.

    Attributes:
        name: for the truth.
        samples: shape (n,), at the scene's rate, scaled by ``loudness_one``.
        start_s: event time of the first sample at the source.
        path: where it is while it sounds.
        level_db: dB SPL at 1 m of its loudest 100 ms.
        room: name of the enclosure it is in, or ``OPEN_AIR``.
        diffuse: comes from everywhere (distant traffic): heard at ``level_db``, without echo, and by every recorder as
            noise of its own with this spectrum, as a diffuse field is at places metres apart.
        kind: what it is (voice, siren, music …), for the truth; empty where nobody asks.
        content: names what is played, where the same may be heard elsewhere (a song, a model of siren), or empty.
        period_s: after how many seconds it repeats itself; 0 for never.
    """

    name: str
    samples: Floats
    start_s: float
    path: Path
    level_db: float
    room: str = OPEN_AIR
    diffuse: bool = False
    kind: str = ""
    content: str = ""
    period_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Surface:
    """A flat reflector: the plane where coordinate ``axis`` (0 x, 1 y, 2 z) equals ``at_m``; ``gain`` of the echo."""

    axis: int
    at_m: float
    gain: float


@dataclass(frozen=True, slots=True)
class Leak:
    """How sound passes an enclosure from event time ``from_s`` on: loss in dB and a low-pass corner in Hz."""

    from_s: float
    loss_db: float
    cutoff_hz: float


@dataclass(frozen=True, slots=True)
class Box:
    """A room with flat walls: two opposite corners (m), the gain of one reflection, and how many are followed."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    gain: float
    order: int = 6


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A closed space (a car, a room), and how it leaks over time (a window opened); leaks in order of time.

    What sounds in it and is heard in it echoes from the walls of ``box``, where there is one.
    """

    name: str
    leaks: tuple[Leak, ...]
    box: Box | None = None

    def leak_at(self, t_s: float) -> Leak:
        """Return the leak that holds at an event time."""
        held = [leak for leak in self.leaks if leak.from_s <= t_s]
        return held[-1] if held else self.leaks[0]


@dataclass(frozen=True, slots=True)
class Agc:
    """Automatic gain: towards ``target_db`` full scale, at most ``max_gain_db``, with time constants in seconds."""

    target_db: float = -20.0
    max_gain_db: float = 30.0
    attack_s: float = 0.02
    release_s: float = 1.5


@dataclass(frozen=True, slots=True)
class Lost:
    """A stretch that a recording lost: from event time ``from_s``, ``lost_s`` seconds."""

    from_s: float
    lost_s: float


@dataclass(frozen=True, slots=True)
class Recorder:
    """A device with a microphone, and its flaws.

    Attributes:
        name: of the recording.
        path: where it is.
        start_s: event time of its first sample.
        stop_s: event time of its end.
        rate_hz: samples per second that it writes.
        ppm: its clock error: event seconds per media second minus one, in parts per million.
        room: the enclosure it is in, or ``OPEN_AIR``.
        full_scale_db: dB SPL whose RMS would be digital full scale; louder sound clips.
        noise_db: dB SPL of its own noise.
        band_hz: lowest and highest frequency that it keeps.
        agc: automatic gain, or None for a fixed gain.
        reverb_s: seconds in which late echoes around it fall by 60 dB; 0 for none.
        reverb_db: level of the late echoes against the direct sound.
        wind_db: dB SPL of wind in gusts, or None.
        handling_per_min: bumps of the hand per minute.
        lost: stretches lost, in order.
        suppress_db: by how much noise suppression may lower what does not rise above the noise; 0 for none.
    """

    name: str
    path: Path
    start_s: float
    stop_s: float
    rate_hz: int = 48_000
    ppm: float = 0.0
    room: str = OPEN_AIR
    full_scale_db: float = 100.0
    noise_db: float = 30.0
    band_hz: tuple[float, float] = (80.0, 16_000.0)
    agc: Agc | None = None
    reverb_s: float = 0.0
    reverb_db: float = -12.0
    wind_db: float | None = None
    handling_per_min: float = 0.0
    lost: tuple[Lost, ...] = ()
    suppress_db: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything that sounds, and where sound bounces.

    Attributes:
        rate_hz: samples per second of all sources.
        sources: what sounds.
        surfaces: reflectors; echoes of first order from each, and of second order between two facing ones.
        enclosures: closed spaces by name.
    """

    rate_hz: int
    sources: tuple[Source, ...]
    surfaces: tuple[Surface, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()

    def enclosure(self, name: str) -> Enclosure | None:
        """Return the enclosure of that name, or None for open air."""
        return next((e for e in self.enclosures if e.name == name), None)


def loudness_one(samples: Floats, rate_hz: int) -> Floats:
    """Return samples of shape (n,) scaled so that the loudest 100 ms have an RMS of 1; silence stays silence."""
    block = max(1, rate_hz // 10)
    padded = np.pad(samples, (0, -len(samples) % block)).reshape(-1, block)
    loudest = float(np.sqrt(np.max(np.mean(padded**2, axis=1)))) if padded.size else 0.0
    return samples / loudest if loudest > 0 else samples


def pascal_from_db(level_db: float) -> float:
    """Return the RMS sound pressure in pascal of a level in dB SPL."""
    return 20e-6 * float(10 ** (level_db / 20))
