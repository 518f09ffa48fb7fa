"""The worked examples of ``everyangle.alignment/1``: five small scenes put through the real engine.

``docs/formats/examples`` holds what :func:`example` returns; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping

from everyangle.core.alignment_json import Document, Source, Unread
from everyangle.core.placements import Pin
from everyangle.core.time import ClockMap
from everyangle.sync.align import align
from everyangle.sync.features import features_from_sound, sound_digest
from everyangle.sync.recording import Recording
from everyangle.testing.sync_scenes import F32, RATE_HZ, Recorder, looped, record, song, street
from everyangle.testing.sync_scenes import Source as Sounding

NAMES = ("drift", "lost-stretch", "loop", "hand-placement", "stranger")

_SILENT = {"id": "yard-camera", "path": "yard-camera.mkv", "sha256": "c0" * 32}


def example(name: str) -> Document:
    """Return one of :data:`NAMES`.

    Raises:
        KeyError: no such example.
    """
    made = {
        "drift": _drift,
        "lost-stretch": _lost_stretch,
        "loop": _loop,
        "hand-placement": _hand_placement,
        "stranger": _stranger,
    }
    return made[name]()


def _aligned(sounds: Mapping[str, F32], *, silent_s: float | None = None, pins: tuple[Pin, ...] = ()) -> Document:
    recordings = [Recording(name, len(sound) / RATE_HZ) for name, sound in sounds.items()]
    sources = [Source(name, f"{name}.mp4", sound_digest(sound)) for name, sound in sounds.items()]
    if silent_s is not None:
        recordings.append(Recording(_SILENT["id"], silent_s))
        sources.append(Source(**_SILENT))
    features = {name: features_from_sound(sound) for name, sound in sounds.items()}
    return Document(align(recordings, features, sounds.__getitem__, pins), tuple(sources))


def _drift() -> Document:
    scene = street(401, 75)
    return _aligned(
        {
            "porch-phone": record(scene, Recorder(0.0, 70, 5, 5, ppm=45), 1),
            "window-phone": record(scene, Recorder(4.25, 70, -6, 8, ppm=-38), 2),
        }
    )


def _lost_stretch() -> Document:
    scene = street(402, 70)
    return _aligned(
        {
            "porch-phone": record(scene, Recorder(0.0, 60, 5, 5), 1),
            "livestream": record(scene, Recorder(3.5, 50, -6, 8, lost=((22.0, 3.2),)), 2),
            "window-phone": record(scene, Recorder(8.0, 55, 9, -4), 3),
        }
    )


def _loop() -> Document:
    music = looped(song(403, 8.0), 70)
    return _aligned(
        {
            "bar": record([Sounding(music, 3, 4, 3.0)], Recorder(3.0, 45, 1, 1), 1),
            "shop": record([Sounding(music, 5, -2, 3.0)], Recorder(9.0, 45, 1, 1), 2),
        }
    )


def _hand_placement() -> Document:
    scene = street(404, 50)
    sounds = {
        "porch-phone": record(scene, Recorder(0.0, 40, 5, 5), 1),
        "window-phone": record(scene, Recorder(6.0, 40, -6, 8), 2),
    }
    pin = Pin(_SILENT["id"], "porch-phone", ClockMap(-12.5, error_s=0.5))
    return _aligned(sounds, silent_s=90.0, pins=(pin,))


def _stranger() -> Document:
    scene = street(405, 50)
    document = _aligned(
        {
            "porch-phone": record(scene, Recorder(0.0, 40, 5, 5), 1),
            "window-phone": record(scene, Recorder(6.0, 40, -6, 8), 2),
            "another-day": record(street(999, 50), Recorder(2.0, 40, 2, 2), 3),
        }
    )
    unread = Unread("notes.mp4", "media-empty", "“notes.mp4” is empty.")
    return Document(document.solution, document.sources, (unread,))
