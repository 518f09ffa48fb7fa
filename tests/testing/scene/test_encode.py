"""Every format is written so that a player hears each sound at the media time that the truth says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from everyangle.testing.scene.encode import FORMATS, X264, FileFormat, PictureFormat, write
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.ready import DEVICE_HZ

CODEC_DELAY_S = {"3gp-amr": 0.006}
"""What the codec's own look-ahead may shift; 2 ms elsewhere."""


def _burst(rate_hz: int) -> Floats:
    """Return three seconds of faint noise with a sharp onset at 2 s."""
    samples = 0.001 * np.random.default_rng(0).standard_normal(3 * rate_hz)
    t = np.arange(rate_hz // 20) / rate_hz
    samples[2 * rate_hz : 2 * rate_hz + len(t)] += 0.8 * np.sin(2 * np.pi * 1000 * t) * np.exp(-t / 0.01)
    return samples


def _onset(path: Path) -> float:
    """Return when the decoded sound rises, counted from what a player presents first."""
    with av.open(str(path)) as opened:
        resampler = av.AudioResampler("flt", "mono", opened.streams.audio[0].codec_context.sample_rate)
        frames = list(opened.decode(audio=0))
        rate, begin_s = frames[0].sample_rate, frames[0].time
        zero_s = (opened.start_time or 0) / av.time_base
        decoded = np.concatenate([a.to_ndarray()[0] for f in frames for a in resampler.resample(f)])
    assert begin_s is not None
    return begin_s - zero_s + float(np.argmax(np.abs(decoded) > 0.25 * np.abs(decoded).max())) / rate


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_sharp_sound_is_decoded_where_it_was(name: str, tmp_path: Path) -> None:
    rate = DEVICE_HZ[name]
    path = tmp_path / f"burst{FORMATS[name].suffix}"
    write(path, FORMATS[name], _burst(rate), rate)
    assert _onset(path) == pytest.approx(2.0, abs=CODEC_DELAY_S.get(name, 0.002))


@pytest.mark.parametrize(("container", "codec"), [("mp4", "libx264"), ("webm", "libvpx"), ("webm", "libvpx-vp9")])
def test_pictures_lie_evenly_beside_the_sound(container: str, codec: str, tmp_path: Path) -> None:
    sound = FORMATS["webm" if container == "webm" else "m4a"].sound
    form = FileFormat(container, sound, PictureFormat(codec, 10, 64, 48, X264 if codec == "libx264" else {"b": "200k"}))
    frames = [np.full((48, 64, 3), 8 * n, dtype=np.uint8) for n in range(30)]
    path = tmp_path / "film"
    write(path, form, _burst(48_000), 48_000, frames, created="2031-04-17T20:00:00Z")
    with av.open(str(path)) as opened:
        shown = [(f.time, float(f.to_ndarray(format="gray").mean())) for f in opened.decode(video=0)]
    assert [t for t, _ in shown] == pytest.approx([n / 10 for n in range(30)], abs=1e-3)
    assert [level for _, level in shown] == pytest.approx([8 * n for n in range(30)], abs=6)


def test_the_creation_time_is_in_the_container(tmp_path: Path) -> None:
    path = tmp_path / "memo.m4a"
    write(path, FORMATS["m4a"], _burst(44_100), 44_100, created="2031-04-17T20:00:00Z")
    with av.open(str(path)) as opened:
        assert opened.metadata["creation_time"].startswith("2031-04-17T20:00:00")


def test_the_same_samples_give_the_same_file(tmp_path: Path) -> None:
    for name, form in FORMATS.items():
        paths = [tmp_path / f"{n}{form.suffix}" for n in (1, 2)]
        for path in paths:
            write(path, replace(form), _burst(DEVICE_HZ[name]), DEVICE_HZ[name])
        assert paths[0].read_bytes() == paths[1].read_bytes(), name
