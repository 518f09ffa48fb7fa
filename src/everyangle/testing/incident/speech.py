"""Speaks the dialogue with the free synthesizer flite: one clip a line, one voice a person.

Needs the ``flite`` program (Debian package of that name). The same version speaks the same samples every time. A
person's voice is one of flite's, at a pitch of its own; a factor on the playing speed changes the size of the throat.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from everyangle.core.errors import NotFoundError
from everyangle.testing.scene.paths import Floats

Speak = Callable[[str, str, int], Floats]
"""Takes who speaks, the words and a rate in Hz; returns the samples, shape (n,)."""

FLITE_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Voice:
    """One of flite's voices, its mean pitch (Hz), its slowness (1 is normal) and a playing speed."""

    name: str
    pitch_hz: int
    stretch: float = 1.0
    speed: Fraction = Fraction(1)


VOICES: dict[str, Voice] = {
    "hale": Voice("rms", 100, 0.95),
    "brandt": Voice("rms", 92, 0.92, Fraction(9, 10)),
    "joren": Voice("awb", 130, 0.95),
    "mira": Voice("slt", 190, 0.95),
    "oster": Voice("slt", 160, 0.9, Fraction(9, 10)),
    "babb": Voice("slt", 210, 1.0, Fraction(10, 9)),
    "fairlie": Voice("awb", 110, 1.05, Fraction(9, 10)),
    "radio": Voice("kal16", 105, 0.95),
    "ines": Voice("slt", 175, 1.0),
    "driver": Voice("kal16", 120, 1.0, Fraction(10, 9)),
}
"""Who speaks with which voice."""


def speak_with_flite(who: str, words: str, rate_hz: int) -> Floats:
    """Return the words spoken by a person's voice: shape (n,), at ``rate_hz``.

    Raises:
        NotFoundError: ``flite-missing`` if the program is not installed.
    """
    program = shutil.which("flite")
    if program is None:
        raise NotFoundError(
            "flite-missing",
            "The speech synthesizer flite is not installed.",
            holds="The rendered recordings in examples/incident are complete without it.",
            todo="Install the package flite (apt-get install flite) to render them anew.",
        )
    voice = VOICES[who]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        options = ["--setf", f"int_f0_target_mean={voice.pitch_hz}", "--setf", f"duration_stretch={voice.stretch}"]
        subprocess.run([program, "-voice", voice.name, *options, "-t", words, str(path)], check=True, timeout=60)
        samples, spoken_hz = _read(path)
    ratio = Fraction(rate_hz, spoken_hz) / voice.speed
    return np.asarray(resample_poly(samples, ratio.numerator, ratio.denominator), dtype=np.float64)


def _read(path: Path) -> tuple[Floats, int]:
    with wave.open(str(path)) as clip:
        raw = clip.readframes(clip.getnframes())
        return np.frombuffer(raw, dtype="<i2").astype(np.float64) / 32_768, clip.getframerate()
