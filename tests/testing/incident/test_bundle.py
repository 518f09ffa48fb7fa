"""The committed incident: its truth agrees with its pictures and its sound, it is small, and it says it is fiction."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from everyangle.core.time import ClockMap, Jump
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.picture.clock import read_code

INCIDENT = Path(__file__).parents[3] / "examples" / "incident"
TRUTH: dict[str, Any] = json.loads((INCIDENT / "truth.json").read_text())
ROWS: dict[str, dict[str, Any]] = {row["file"]: row for row in TRUTH["recordings"]}
HZ = 8_000
WINDOW_S = 15.0
CODEC_S = 0.005
"""Codecs' own delay and the width of the peak."""


def _clock(name: str) -> ClockMap:
    row = ROWS[name]
    return ClockMap(row["offset_s"], row["rate"], 0.0, tuple(Jump(j["at_s"], j["lost_s"]) for j in row["jumps"]))


def _sound(name: str) -> Floats:
    """Return a recording's sound at 8 kHz from media time zero on."""
    resampler = av.AudioResampler("flt", "mono", HZ)
    with av.open(str(INCIDENT / "recordings" / name)) as opened:
        parts = [a.to_ndarray()[0] for f in opened.decode(audio=0) for a in resampler.resample(f)]
    return np.concatenate([*parts, *(a.to_ndarray()[0] for a in resampler.resample(None))]).astype(np.float64)


@pytest.fixture(scope="module")
def sounds() -> dict[str, Floats]:
    return {name: _sound(name) for name, row in ROWS.items() if row["sound"] and row["event"] == "the-stop"}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row["picture"]])
def test_the_clock_in_the_picture_agrees_with_the_truth_within_a_frame(name: str) -> None:
    clock, read = _clock(name), 0
    with av.open(str(INCIDENT / "recordings" / name)) as opened:
        rate = opened.streams.video[0].average_rate
        assert rate is not None
        for number, frame in enumerate(opened.decode(video=0)):
            if number % 20 == 0:
                shown = read_code(frame.to_ndarray(format="gray"))
                assert shown is not None
                assert frame.time is not None
                assert abs(shown - clock.event_from_media(frame.time)) < 0.5 / rate
                read += 1
    assert read >= 30


def test_the_livestream_lost_a_stretch_of_several_seconds() -> None:
    [jump] = ROWS["livestream-mira.webm"]["jumps"]
    assert jump["lost_s"] > 5
    assert not any(row["jumps"] for name, row in ROWS.items() if name != "livestream-mira.webm")


def test_recordings_overlap_in_a_chain_and_not_all_with_all(sounds: dict[str, Floats]) -> None:
    shared = {
        pair: min(ROWS[p]["ends_s"] for p in pair) - max(ROWS[p]["starts_s"] for p in pair)
        for pair in combinations(sounds, 2)
    }
    assert any(s < 0 for s in shared.values())
    joined = {next(iter(sounds))}
    for _ in sounds:
        joined |= {n for pair, s in shared.items() if s >= 15 and joined & set(pair) for n in pair}
    assert joined == set(sounds)


def test_sounds_lie_where_truth_and_the_speed_of_sound_put_them(sounds: dict[str, Floats]) -> None:
    """In windows where phase correlation is sure, its lag is that of a source which both recorders heard."""
    sure: dict[tuple[str, str], int] = {}
    for a, b in combinations(sounds, 2):
        for begin_s in np.arange(0.0, 260.0, 5.0):
            peak = _lag(sounds, a, b, float(begin_s))
            if peak is None or peak[1] < 30:
                continue
            expected = _lags_of_sources(a, b, float(begin_s))
            assert min(abs(peak[0] - lag) for lag in expected) < CODEC_S, (a, b, begin_s, peak, expected)
            sure[a, b] = sure.get((a, b), 0) + 1
    assert len(sure) >= 8
    assert sum(sure.values()) >= 50


def test_the_bundle_is_small() -> None:
    assert sum(p.stat().st_size for p in INCIDENT.rglob("*") if p.is_file()) <= 12_000_000


@pytest.mark.parametrize("path", sorted((INCIDENT / "documents").iterdir()), ids=lambda p: p.name)
def test_every_document_says_that_it_is_fiction(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "FICTIONAL DOCUMENT" in text
    assert "invented" in text


def test_the_truth_names_exactly_the_recordings_that_lie_there() -> None:
    there = {p.name for p in (INCIDENT / "recordings").iterdir() if p.suffix != ".jpg"}
    assert there == set(ROWS)
    assert [name for name, row in ROWS.items() if row["event"] != "the-stop"] == ["street-video-ines.mp4"]


def test_the_silent_camera_has_no_sound_stream() -> None:
    with av.open(str(INCIDENT / "recordings" / "cctv-pharmacy-ch2.mp4")) as opened:
        assert not opened.streams.audio


def _lag(sounds: dict[str, Floats], a: str, b: str, begin_s: float) -> tuple[float, float] | None:
    """Return (lag in s of a behind b, height of the peak in deviations) of a window of event time, or None."""
    pieces = []
    for name in (a, b):
        clock = _clock(name)
        begin, end = clock.media_from_event(begin_s), clock.media_from_event(begin_s + WINDOW_S)
        if begin is None or end is None or begin < 0 or end * HZ > len(sounds[name]) or end - begin < WINDOW_S - 0.1:
            return None
        first = round(begin * HZ)
        pieces.append(sounds[name][first : first + int(WINDOW_S * HZ)])
    size = 2 ** int(np.ceil(np.log2(2 * WINDOW_S * HZ)))
    cross = np.fft.rfft(pieces[0], size) * np.conj(np.fft.rfft(pieces[1], size))
    hz = np.fft.rfftfreq(size, 1 / HZ)
    wave = np.fft.irfft(cross / (np.abs(cross) + 1e-9) * ((hz > 200) & (hz < 3000)), size)
    top = int(np.argmax(np.abs(wave)))
    return (top if top < size / 2 else top - size) / HZ, float(np.abs(wave[top]) / np.std(wave))


def _lags_of_sources(a: str, b: str, begin_s: float) -> list[float]:
    """Return by how much each source that sounds in a window reaches a later than b, in seconds."""
    rows = {(r["source"], r["start_s"]): r["delay_s"] for r in TRUTH["heard"][b]}
    return [
        r["delay_s"] - rows[r["source"], r["start_s"]]
        for r in TRUTH["heard"][a]
        if (r["source"], r["start_s"]) in rows and r["start_s"] < begin_s + WINDOW_S and r["end_s"] > begin_s
    ]
