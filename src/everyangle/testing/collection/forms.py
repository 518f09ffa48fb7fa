"""What devices write: container, codec, rate; livestreams are encoded, decoded and encoded again. Touches files."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import gcd
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from scipy.signal import resample_poly

from everyangle.testing.scene.encode import FileFormat, SoundFormat, write
from everyangle.testing.scene.paths import Floats


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a recording: the file, its rate in Hz, and what a stream was encoded in before, or None."""

    file: FileFormat
    rate_hz: int
    before: FileFormat | None = None


def _opus(bit_rate: int, container: str = "ogg", suffix: str = ".opus") -> FileFormat:
    return FileFormat(container, SoundFormat("libopus", bit_rate), suffix=suffix)


def _aac(bit_rate: int, container: str = "ipod", suffix: str = ".m4a") -> FileFormat:
    return FileFormat(container, SoundFormat("aac", bit_rate), suffix=suffix)


def _amr(bit_rate: int) -> FileFormat:
    return FileFormat("3gp", SoundFormat("libopencore_amrnb", bit_rate), suffix=".3gp")


FORMS = {
    "wav": Form(FileFormat("wav", SoundFormat("pcm_s16le"), suffix=".wav"), 16_000),
    "m4a-96": Form(_aac(96_000), 48_000),
    "m4a-64": Form(_aac(64_000), 44_100),
    "m4a-32": Form(_aac(32_000), 32_000),
    "mp4-64": Form(_aac(64_000, "mp4", ".mp4"), 48_000),
    "mp3-64": Form(FileFormat("mp3", SoundFormat("libmp3lame", 64_000), suffix=".mp3"), 44_100),
    "opus-24": Form(_opus(24_000), 48_000),
    "opus-16": Form(_opus(16_000), 48_000),
    "webm-32": Form(_opus(32_000, "webm", ".webm"), 48_000),
    "amr-12": Form(_amr(12_200), 8_000),
    "amr-7": Form(_amr(7_950), 8_000),
    "stream": Form(_aac(64_000, "mp4", ".mp4"), 48_000, before=_opus(20_000)),
}
"""The forms by name."""


def write_form(path: Path, form: Form, samples: Floats, rate_hz: int, *, created: str | None) -> None:
    """Write samples of shape (n,) at ``rate_hz`` in a form; time stays as it is, but for 1.25 ms in AMR."""
    common = gcd(form.rate_hz, rate_hz)
    if common != form.rate_hz:
        samples = resample_poly(samples, form.rate_hz // common, rate_hz // common)
    if form.before is not None:
        samples = _again(samples, form.before, form.rate_hz)
    write(path, form.file, samples, form.rate_hz, created=created)


def _again(samples: Floats, before: FileFormat, rate_hz: int) -> Floats:
    """Return what is left of samples that were encoded and decoded, of the same length."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"first{before.suffix}"
        write(path, before, samples, rate_hz)
        decoded = decode(path.read_bytes(), rate_hz)[: len(samples)]
    return np.pad(decoded, (0, len(samples) - len(decoded)))


def decode(data: bytes, rate_hz: int, *, form: str | None = None) -> Floats:
    """Return the sound of a file, mixed to one channel at ``rate_hz``, shape (n,) in [-1, 1].

    ``form`` names the container where the bytes do not tell it.
    """
    pieces = []
    with av.open(BytesIO(data), "r", format=form) as opened:
        resampler = av.AudioResampler("flt", "mono", rate_hz)
        for frame in opened.decode(audio=0):
            pieces += [out.to_ndarray()[0] for out in resampler.resample(frame)]
        pieces += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.concatenate(pieces).astype(np.float64) if pieces else np.zeros(0)
