"""Whatever a device writes, and however often it was encoded, the sound is where it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.signal import resample_poly

from everyangle.testing.collection.forms import FORMS, decode, write_form
from everyangle.testing.scene.voices import speechlike

AMR_S = 0.00125
"""What AMR-NB shifts sound by."""


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_file_keeps_the_time_of_its_sound(name: str, tmp_path: Path) -> None:
    form = FORMS[name]
    rate = min(16_000, form.rate_hz)
    samples = 0.2 * speechlike(16_000, 6.0, np.random.default_rng(1))
    if rate == 8_000:
        samples = resample_poly(samples, 1, 2)
    path = tmp_path / f"one{form.file.suffix}"
    write_form(path, form, samples, rate, created=None)
    heard = decode(path.read_bytes(), rate)
    assert len(heard) == pytest.approx(len(samples), abs=0.05 * rate)
    size = 2 * max(len(heard), len(samples))
    found = int(np.argmax(np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(samples, size)))))
    late_s = (found if found < size // 2 else found - size) / rate
    assert late_s == pytest.approx(-AMR_S if "amr" in name else 0, abs=1 / rate)


def test_a_stream_is_worse_than_what_it_was_encoded_from(tmp_path: Path) -> None:
    samples = 0.2 * speechlike(16_000, 6.0, np.random.default_rng(2))
    missed = []
    for name in ("mp4-64", "stream"):
        path = tmp_path / f"{name}.mp4"
        write_form(path, FORMS[name], samples, 16_000, created=None)
        heard = decode(path.read_bytes(), 16_000)[: len(samples)]
        missed.append(float(np.std(heard - samples[: len(heard)])))
    assert missed[1] > 1.2 * missed[0]
