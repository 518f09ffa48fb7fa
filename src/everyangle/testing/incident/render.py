"""Renders the bundled incident: recordings, a photo and the truth, into a folder.

The same speech gives the same files wherever codecs are the same. Each recording draws its chance from its own seed,
so one can be rendered without the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
from PIL import Image

from everyangle.core.time import ClockMap
from everyangle.testing.incident import story
from everyangle.testing.incident.cameras import CAMERAS, STRANGER, Camera
from everyangle.testing.incident.dialogue import Line, bundled_lines, parse
from everyangle.testing.incident.drawing import picture
from everyangle.testing.incident.marks import marked
from everyangle.testing.incident.sounds import incident_scene, stranger_scene
from everyangle.testing.incident.speech import Speak
from everyangle.testing.scene.encode import Frame, write
from everyangle.testing.scene.film import device_count, planned_clock, record
from everyangle.testing.scene.picture.clock import stamped
from everyangle.testing.scene.truth import Known, heard, truth_json
from everyangle.testing.scene.world import Recorder, Scene

SCENE_SEED = 20_310_417
THE_STOP, ANOTHER_DAY = "the-stop", "another-day"
PHOTO = "photo-fairlie.jpg"
PHOTO_AT_S = 216.0

Told = Callable[[str], None]
"""Takes a line of progress."""


def render(out: Path, speak: Speak, told: Told, *, only: frozenset[str] = frozenset(), stop_s: float = 1e9) -> None:
    """Write recordings and photo into ``out/recordings`` and the truth into ``out/truth.json``.

    Args:
        out: the folder, made if missing.
        speak: gives the words a voice.
        told: takes progress.
        only: file names to render; all if empty. The truth always names all.
        stop_s: event time at which all recordings end, for quick trials.
    """
    folder = out / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    cameras = [c for c in (_cut(camera, stop_s) for camera in CAMERAS) if c is not None]
    scenes = scenes_of(speak, stop_s)
    known = []
    for camera in cameras:
        scene = scenes[event_of(camera)]
        if not only or camera.file in only:
            told(f"rendering {camera.file}")
            film(camera, scene, folder / camera.file)
        known.append(known_of(camera))
    if stop_s > PHOTO_AT_S and (not only or PHOTO in only):
        Image.fromarray(stamped(picture("photo", PHOTO_AT_S, 960, 640), PHOTO_AT_S, "PHOTO")).save(
            folder / PHOTO, quality=80
        )
    _write_truth(out / "truth.json", known, {c.file: heard(scenes[event_of(c)], c.recorder) for c in cameras})


def scenes_of(speak: Speak, stop_s: float = 1e9) -> dict[str, Scene]:
    """Return the scene of each event; words that begin after ``stop_s`` are left unsaid."""
    other = parse(resources.files("everyangle.testing.incident").joinpath("stranger.txt").read_text("utf-8"))
    said = {THE_STOP: bundled_lines(), ANOTHER_DAY: other}
    lines = {event: tuple(x for x in all_lines if x.start_s < stop_s) for event, all_lines in said.items()}
    return {
        THE_STOP: incident_scene(lines[THE_STOP], speak, np.random.default_rng(SCENE_SEED)),
        ANOTHER_DAY: stranger_scene(lines[ANOTHER_DAY], speak, np.random.default_rng(SCENE_SEED + 1)),
    }


def event_of(camera: Camera) -> str:
    """Return which event a camera filmed."""
    return ANOTHER_DAY if camera.file == STRANGER.file else THE_STOP


def film(camera: Camera, scene: Scene, path: Path) -> None:
    """Record a scene with one camera and write its file."""
    seed = SCENE_SEED + sum(camera.file.encode())
    rate = camera.recorder.rate_hz
    if camera.silent:
        clock, samples = planned_clock(camera.recorder), None
        duration_s = device_count(camera.recorder) / rate
    else:
        take = record(scene, camera.recorder, np.random.default_rng(seed))
        clock, samples, duration_s = take.clock, take.samples, take.duration_s
    frames = frames_of(camera, clock, duration_s) if camera.form.picture else iter(())
    write(path, camera.form, samples, rate, frames, created=camera.created)


def frames_of(camera: Camera, clock: ClockMap, duration_s: float) -> Iterator[Frame]:
    """Yield a camera's frames: frame k shows the event time of media time k / fps."""
    form = camera.form.picture
    if form is None:
        return
    for number in range(int(duration_s * form.fps)):
        t_event = clock.event_from_media(number / form.fps)
        seen = marked(picture(camera.kind, t_event, form.width, form.height), camera.kind, t_event)
        yield stamped(seen, t_event, camera.label)


def known_of(camera: Camera) -> Known:
    """Return the truth of one camera's recording."""
    lost = sum(x.lost_s for x in camera.recorder.lost)
    duration_s = device_count(camera.recorder) / camera.recorder.rate_hz - lost / (1 + camera.recorder.ppm * 1e-6)
    clock = planned_clock(camera.recorder)
    return Known(camera.file, event_of(camera), clock, duration_s, not camera.silent, camera.form.picture is not None)


def _cut(camera: Camera, stop_s: float) -> Camera | None:
    """Return a camera that stops at ``stop_s`` at the latest, or None if it would not record a second."""
    recorder = camera.recorder
    if recorder.start_s + 1 > stop_s:
        return None
    lost = tuple(x for x in recorder.lost if x.from_s + x.lost_s < stop_s)
    shorter: Recorder = replace(recorder, stop_s=min(recorder.stop_s, stop_s), lost=lost)
    return replace(camera, recorder=shorter)


def _said(line: Line) -> dict[str, object]:
    return {"at_s": line.start_s, "who": line.who, "words": line.words}


def _write_truth(path: Path, known: list[Known], reached: dict[str, list[dict[str, object]]]) -> None:
    moments = {
        "emergency lights on": story.LIGHTS_ON,
        "car stops": story.STOPPED,
        "engine off": story.ENGINE_OFF,
        "pharmacy sign turns to 19:53": story.SIGN_FLIPS,
        "patrol car stops": story.PATROL_STOPS,
        "patrol car's spotlight on": story.SPOTLIGHT_ON,
        "first blow, window breaks": story.GLASS_BREAKS,
        "second blow": story.STRIKES[1],
        "door opens": story.DOOR_OPENS,
        "driver out of the car": story.OUT_OF_CAR,
        "livestream ends": story.STREAM_ENDS,
        "ambulance stops": story.AMBULANCE_STOPS,
    }
    truth = truth_json(
        known,
        fictional="Everything here is invented and simulated.",
        time_zero=story.TIME_ZERO,
        moments=[{"at_s": t, "what": what} for what, t in moments.items()],
        said=[_said(line) for line in bundled_lines()],
        heard=reached,
    )
    path.write_text(json.dumps(truth, indent=1) + "\n", "utf-8")
