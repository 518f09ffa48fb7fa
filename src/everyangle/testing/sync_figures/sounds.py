"""The figure of what is compared: peaks of two recordings' spectra over the same seconds, and which both have."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from everyangle.core.alignment import Alignment
from everyangle.sync import RATE_HZ
from everyangle.sync.landmarks import Peaks, find_peaks
from everyangle.sync.spectra import FRAMES_PER_S, LOW_BIN, WINDOW, Sound, blocks
from everyangle.testing.sync_figures.canvas import Canvas

WIDTH = 760
SECONDS = 5.0


def landmarks(found: Alignment, names: Mapping[str, str], sounds: Mapping[str, Sound], from_b_s: float) -> bytes:
    """Return the spectral peaks of both recordings over the same five seconds of the event.

    Args:
        found: a decided pair.
        names: by id.
        sounds: both sounds by id.
        from_b_s: where to begin, media time of the second recording.
    """
    offset = found.offset_s or 0.0
    rate = 1 + found.drift_ppm * 1e-6
    starts = {found.a: offset + rate * from_b_s, found.b: from_b_s}
    peaks = {name: _peaks(sounds[name], start) for name, start in starts.items()}
    shared = {found.a: _shared(peaks[found.a], peaks[found.b]), found.b: _shared(peaks[found.b], peaks[found.a])}
    picture = Canvas(WIDTH, 396, f"Peaks of the spectra of {names[found.a]} and {names[found.b]}")
    picture.text(58, 28, "Peaks of the spectrum; large ones stand in both recordings at the same moment", "strong")
    for row, name in enumerate((found.a, found.b)):
        _panel(picture, 46 + 164 * row, peaks[name], shared[name])
        picture.text(64, 60 + 164 * row, f"{names[name]}, from {_clock(starts[name])}", "small strong")
    for k in range(int(SECONDS) + 1):
        picture.text(_x(k), 366, f"{k} s", "small", "middle")
    count = int(shared[found.b].sum())
    words = f"{count} of {len(peaks[found.b].frame)} peaks of the second one are shared"
    picture.text(WIDTH - 24, 386, words, "small muted", "end")
    return picture.svg()


def _clock(t: float) -> str:
    return f"{int(t) // 60}:{t % 60:05.2f}"


def _x(t: float) -> float:
    return 58 + t / SECONDS * (WIDTH - 58 - 24)


def _peaks(sound: Sound, start_s: float) -> Peaks:
    """Return the peaks of five seconds, frames counted from their start."""
    first = round((start_s - 1.0) * RATE_HZ)
    part = sound[first : first + round((SECONDS + 2.0) * RATE_HZ)]
    (block,) = blocks(part)
    every = find_peaks(block)
    inside = (every.frame >= FRAMES_PER_S) & (every.frame < (SECONDS + 1.0) * FRAMES_PER_S)
    return Peaks(every.frame[inside] - round(FRAMES_PER_S), every.bin[inside], every.tonal[inside])


def _shared(mine: Peaks, theirs: Peaks) -> npt.NDArray[np.bool_]:
    """Return which peaks the other recording has, too, give or take a frame and a bin."""
    apart = np.abs(mine.frame[:, None] - theirs.frame[None, :]) <= 1
    return np.asarray((apart & (np.abs(mine.bin[:, None] - theirs.bin[None, :]) <= 1)).any(axis=1))


def _panel(picture: Canvas, top: float, peaks: Peaks, shared: npt.NDArray[np.bool_]) -> None:
    height = 142.0
    picture.box(58, top, WIDTH - 58 - 24, height, "axis")
    for khz in range(4):
        y = top + height * (1 - khz / 4)
        picture.text(50, y + 4, f"{khz} kHz", "small", "end")
    for frame, bin_, both in zip(peaks.frame.tolist(), peaks.bin.tolist(), shared.tolist(), strict=True):
        hz = (bin_ + LOW_BIN) * RATE_HZ / WINDOW
        picture.dot(
            _x(frame / FRAMES_PER_S), top + height * (1 - hz / 4000), 2.6 if both else 1.7, "mark" if both else "other"
        )
