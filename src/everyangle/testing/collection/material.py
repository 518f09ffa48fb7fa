"""What made recordings consist of: speech, songs and single sounds; synthesized here, or brought in by a benchmark.

A material hands out sound by number, so that a seed decides everything; it never hands out the same words twice for
different numbers unless it has no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from everyangle.testing.scene import effects, signals
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.songs import song, style_of
from everyangle.testing.scene.voices import speechlike

MATERIAL_HZ = 16_000
"""Samples per second of everything that a material returns."""

SONG_S = 240.0
"""How long a synthesized song lasts."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A song: samples of shape (n,) at ``MATERIAL_HZ``, and after how long it repeats itself; 0 for never."""

    samples: Floats
    period_s: float = 0.0


class Material(Protocol):
    """Hands out sound at ``MATERIAL_HZ``, shape (n,), of any scale; pickled to the processes that render.

    Those that hand out the same are equal and have the same hash.
    """

    def __hash__(self) -> int:
        """Return the same for materials that hand out the same."""

    @property
    def name(self) -> str:
        """What it is, for the truth: the same name gives the same sound."""

    def words(self, voice: int, number: int, seconds: float) -> Floats:
        """Return speech of about so many seconds: voices and numbers of any size; the same gives the same."""

    def track(self, number: int) -> Track:
        """Return a song."""

    def sound(self, kind: str, number: int) -> Floats:
        """Return a single sound: slam, glass, clatter, bark, horn, strike, bird or squelch."""


@dataclass(frozen=True)
class Synthesized:
    """Makes everything from nothing."""

    name: str = "synthesized"

    def words(self, voice: int, number: int, seconds: float) -> Floats:
        """See :class:`Material`."""
        pitch_hz = float(np.random.default_rng([voice, 5]).uniform(90, 240))
        return speechlike(MATERIAL_HZ, seconds, np.random.default_rng([voice, 6, number]), pitch_hz=pitch_hz)

    def track(self, number: int) -> Track:
        """See :class:`Material`."""
        style = style_of(number)
        return Track(song(MATERIAL_HZ, SONG_S, number), 4 * style.bar_s if style.looped else 0.0)

    def sound(self, kind: str, number: int) -> Floats:
        """See :class:`Material`."""
        makers = {
            "slam": effects.slam,
            "glass": effects.glass,
            "clatter": effects.clatter,
            "strike": effects.strike,
            "bird": effects.bird,
            "squelch": effects.squelch,
            "bark": signals.barks,
            "horn": signals.horn,
        }
        return makers[kind](MATERIAL_HZ, np.random.default_rng([number, 9]))
