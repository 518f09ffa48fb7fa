"""What is known of simulated recordings: each one's true clock, and how every source reached it. JSON-ready values.

``everyangle.scene-truth/1``: times in seconds, clocks as in ``everyangle.alignment/1``:
``t_event = offset_s + rate * t_media + sum of lost_s over jumps with at_s <= t_media``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from everyangle.core.time import ClockMap
from everyangle.testing.scene.propagation import leak_between
from everyangle.testing.scene.world import SPEED_OF_SOUND, Recorder, Scene, Source

FORMAT = "everyangle.scene-truth/1"
AUDIBLE_OVER_NOISE_DB = -3.0
"""A source counts as heard where its loudest stretch is at least this far above the recorder's own noise."""


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
    metres = float(np.linalg.norm(np.subtract(source.path.where(at_s), recorder.path.where(at_s))))
    leak = leak_between(scene, source, recorder)
    level = source.level_db - 20 * float(np.log10(max(metres, 0.3))) - (leak.loss_db if leak else 0.0)
    if level < recorder.noise_db + AUDIBLE_OVER_NOISE_DB:
        return None
    delay = metres / SPEED_OF_SOUND
    return {
        "source": source.name,
        "start_s": round(source.start_s, 3),
        "end_s": round(end_s, 3),
        "delay_s": round(delay, 5),
        "level_db": round(level, 1),
    }
