"""What is known of simulated recordings: each one's true clock, and how every source reached it. JSON-ready values.

``everyangle.scene-truth/1``: times in seconds, clocks as in ``everyangle.alignment/1``:
``t_event = offset_s + rate * t_media + sum of lost_s over jumps with at_s <= t_media``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from everyangle.core.time import ClockMap
from everyangle.testing.scene.propagation import leak_between
from everyangle.testing.scene.world import SPEED_OF_SOUND, Recorder, Scene, Source

FORMAT = "everyangle.scene-truth/1"
AUDIBLE_OVER_NOISE_DB = -3.0
"""A source counts as heard where its loudest stretch is at least this far above the recorder's own noise."""

PIECE_S = 1.0
"""How long a piece of a source is for which one delay is told."""

DROWNED_DB = 18.0
"""How far below all other sound of the same second a source can still be made out."""

WIND_BELOW_DB = 15.0
"""Wind rumbles below speech: it masks by so much less than its level."""


@dataclass(frozen=True, slots=True)
class Known:
    """The truth of one recording.

    Attributes:
        file: its file name.
        event: which incident it belongs to; recordings of different events share no clock.
        clock: its true map from media time to that event's time.
        duration_s: media seconds.
        has_sound: whether it has a sound stream.
        has_picture: whether it has a picture stream.
    """

    file: str
    event: str
    clock: ClockMap
    duration_s: float
    has_sound: bool = True
    has_picture: bool = False


def truth_json(known: Iterable[Known], **more: object) -> dict[str, object]:
    """Return the truth of a set of recordings as JSON-ready values; ``more`` is added at the top level."""
    return {"format": FORMAT, **more, "recordings": [_recording(k) for k in known]}


def heard(scene: Scene, recorder: Recorder) -> list[dict[str, object]]:
    """Return the sources that reached a recorder loud enough: name, start, level (dB SPL) and delay (s)."""
    return [row for source in scene.sources if (row := _reached(scene, source, recorder))]


def _recording(known: Known) -> dict[str, object]:
    clock = known.clock
    return {
        "file": known.file,
        "event": known.event,
        "offset_s": clock.offset_s,
        "rate": clock.rate,
        "jumps": [{"at_s": j.at_s, "lost_s": j.lost_s} for j in clock.jumps],
        "duration_s": known.duration_s,
        "starts_s": clock.offset_s,
        "ends_s": clock.event_from_media(known.duration_s),
        "sound": known.has_sound,
        "picture": known.has_picture,
    }


def _reached(scene: Scene, source: Source, recorder: Recorder) -> dict[str, object] | None:
    end_s = source.start_s + len(source.samples) / scene.rate_hz
    if source.diffuse or end_s <= recorder.start_s or source.start_s >= recorder.stop_s:
        return None
    at_s = float(np.clip((source.start_s + end_s) / 2, recorder.start_s, recorder.stop_s))
    return _row(scene, source, recorder, (source.start_s, end_s), at_s, 0.0, recorder.noise_db)


def heard_in_pieces(scene: Scene, recorder: Recorder) -> list[dict[str, object]]:
    """Return what :func:`heard` does, a row for each ``PIECE_S`` of a source, so that what moves has its own delays.

    Each row also says the source's ``kind``, ``content`` and ``period_s``; its level is that of the loudest 100 ms of
    the piece. A piece counts against all noise at the recorder, which is also there as ``noise_db``, and not where
    everything else that sounds meanwhile drowns it by more than ``DROWNED_DB``.
    """
    noise_db = floor_db(scene, recorder)
    rows: list[dict[str, Any]] = []
    for source in scene.sources:
        if source.diffuse:
            continue
        for number, loud_db in enumerate(piece_levels(source, scene.rate_hz)):
            begin = source.start_s + number * PIECE_S
            end = min(begin + PIECE_S, source.start_s + len(source.samples) / scene.rate_hz)
            if end <= recorder.start_s or begin >= recorder.stop_s or loud_db < -80:
                continue
            row = _row(scene, source, recorder, (begin, end), (begin + end) / 2, loud_db, noise_db)
            if row is not None:
                more = {"kind": source.kind, "content": source.content, "period_s": source.period_s}
                rows.append({**row, **more, "noise_db": round(noise_db, 1)})
    return _not_drowned(rows)


def _not_drowned(rows: list[dict[str, Any]]) -> list[dict[str, object]]:
    """Return the rows of what can be made out beside all that sounds in the same seconds."""
    if not rows:
        return []
    first = int(min(row["start_s"] for row in rows))
    power = np.zeros(int(max(row["end_s"] for row in rows)) - first + 2)
    spans = [(int(row["start_s"]) - first, int(np.ceil(row["end_s"])) - first) for row in rows]
    for row, (begin, end) in zip(rows, spans, strict=True):
        power[begin:end] += 10 ** (row["level_db"] / 10)
    return [
        row
        for row, (begin, end) in zip(rows, spans, strict=True)
        if row["level_db"] > 10 * np.log10(power[begin:end].min()) - DROWNED_DB
    ]


def floor_db(scene: Scene, recorder: Recorder) -> float:
    """Return the level of all that masks at a recorder, in dB SPL: its own noise, wind, and diffuse sound."""
    levels = [recorder.noise_db]
    if recorder.wind_db is not None:
        levels.append(recorder.wind_db - WIND_BELOW_DB)
    for source in scene.sources:
        if source.diffuse:
            leak = leak_between(scene, source, recorder)
            levels.append(source.level_db - (leak.loss_db if leak else 0.0))
    return 10 * float(np.log10(sum(10 ** (level / 10) for level in levels)))


@cache
def piece_levels(source: Source, rate_hz: int) -> tuple[float, ...]:
    """Return the level of each piece of a source against its loudest 100 ms, in dB; kept until cleared."""
    block, each = rate_hz // 10, round(PIECE_S * 10)
    padded = np.pad(source.samples, (0, -len(source.samples) % block)).reshape(-1, block)
    power = np.mean(padded**2, axis=1)
    loudest = [float(power[n : n + each].max()) for n in range(0, len(power), each)]
    return tuple(10 * float(np.log10(x + 1e-12)) for x in loudest)


def _row(
    scene: Scene,
    source: Source,
    recorder: Recorder,
    span: tuple[float, float],
    at_s: float,
    loud_db: float,
    noise_db: float,
) -> dict[str, object] | None:
    metres = float(np.linalg.norm(np.subtract(source.path.where(at_s), recorder.path.where(at_s))))
    leak = leak_between(scene, source, recorder)
    level = source.level_db + loud_db - 20 * float(np.log10(max(metres, 0.3))) - (leak.loss_db if leak else 0.0)
    if level < noise_db + AUDIBLE_OVER_NOISE_DB:
        return None
    delay = metres / SPEED_OF_SOUND
    return {
        "source": source.name,
        "start_s": round(span[0], 3),
        "end_s": round(span[1], 3),
        "delay_s": round(delay, 5),
        "level_db": round(level, 1),
    }
