"""Rendering the incident: the words are read, the story is the same from every camera, files come out the same."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from everyangle.core.errors import BadInputError
from everyangle.testing.incident import story
from everyangle.testing.incident.__main__ import main
from everyangle.testing.incident.cameras import CAMERAS
from everyangle.testing.incident.dialogue import bundled_lines, parse
from everyangle.testing.incident.drawing import picture
from everyangle.testing.incident.render import render
from everyangle.testing.incident.speech import VOICES
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.picture.clock import read_code
from everyangle.testing.scene.voices import speechlike


def _stand_in(who: str, words: str, rate_hz: int) -> Floats:
    """Return something like the words, without a synthesizer."""
    return speechlike(rate_hz, 0.06 * len(words), np.random.default_rng(list(f"{who} {words}".encode())))


def test_the_words_are_in_order_and_every_speaker_has_a_voice() -> None:
    lines = bundled_lines()
    assert [x.start_s for x in lines] == sorted(x.start_s for x in lines)
    assert {x.who for x in lines} <= set(VOICES)


@pytest.mark.parametrize("line", ["0:12 mira whispers Hello.", "12 mira says Hello.", "0:12 mira says"])
def test_a_line_that_is_no_utterance_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(BadInputError, match="Line 2"):
        parse(f"# words\n{line}\n")


@pytest.mark.parametrize("kind", ["passenger", "window", "bodycam"])
def test_the_breaking_window_is_seen_at_once_from_every_side(kind: str) -> None:
    before, after = (picture(kind, story.GLASS_BREAKS + dt, 240, 136) for dt in (-0.002, 0.002))
    still = picture(kind, story.GLASS_BREAKS - 0.006, 240, 136)
    assert _changed(before, after) > 3 * _changed(still, before) + 20


@pytest.mark.parametrize("kind", ["cctv", "passenger", "window", "bodycam"])
def test_the_spotlight_that_places_the_cctv_is_seen_at_once(kind: str) -> None:
    before, after = (picture(kind, story.SPOTLIGHT_ON + dt, 240, 136) for dt in (-0.002, 0.002))
    assert _changed(before, after) > 100


def test_the_same_speech_gives_the_same_files_and_a_clock_that_agrees(tmp_path: Path) -> None:
    name, outs = "agency-dashcam.mp4", [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        render(out, _stand_in, lambda _: None, only=frozenset({name}), stop_s=4.0)
    one, two = ((out / "recordings" / name).read_bytes() for out in outs)
    assert one == two
    truth = json.loads((outs[0] / "truth.json").read_text())
    row = next(r for r in truth["recordings"] if r["file"] == name)
    with av.open(str(outs[0] / "recordings" / name)) as opened:
        for frame in opened.decode(video=0):
            shown = read_code(frame.to_ndarray(format="gray"))
            assert shown is not None
            assert frame.time is not None
            assert abs(shown - row["offset_s"] - row["rate"] * frame.time) < 1e-3


def test_every_camera_stops_after_it_starts_and_within_the_story() -> None:
    for camera in CAMERAS:
        assert 0 <= camera.recorder.start_s < camera.recorder.stop_s <= story.ENDS


def test_without_a_folder_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().err


def _changed(
    a: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], b: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> int:
    """Return how many pixels differ visibly."""
    return int((np.abs(a.astype(int) - b.astype(int)).max(axis=2) > 12).sum())
