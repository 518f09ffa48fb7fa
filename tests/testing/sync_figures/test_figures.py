"""The documentation's figures come from alignments, are well-formed, and are the same for the same alignment."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from everyangle.core.alignment_json import Document
from everyangle.sync import RATE_HZ
from everyangle.testing.sync_examples import example
from everyangle.testing.sync_figures.__main__ import densest, main
from everyangle.testing.sync_figures.canvas import Canvas, number
from everyangle.testing.sync_figures.groups import circles, clock
from everyangle.testing.sync_figures.known import table
from everyangle.testing.sync_figures.pairs import agreement, correlation
from everyangle.testing.sync_figures.sounds import landmarks
from everyangle.testing.sync_scenes import Recorder, record, street

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def lossy() -> Document:
    return example("lost-stretch")


def drawn(document: Document) -> list[bytes]:
    names = {s.id: s.id for s in document.sources}
    pair = document.solution.alignments[0]
    lengths = {p.id: p.duration_s for p in document.solution.placements}
    return [
        correlation(pair, names),
        agreement(pair, names, lengths[pair.b]),
        circles(document.solution, names),
        clock(document.solution, names),
    ]


def words(picture: bytes) -> str:
    return " | ".join(text.text or "" for text in ET.fromstring(picture).iter(f"{SVG}text"))


def test_the_same_alignment_gives_the_same_pictures(lossy: Document) -> None:
    assert drawn(lossy) == drawn(lossy)


def test_pictures_stay_on_their_paper(lossy: Document) -> None:
    for picture in drawn(lossy):
        root = ET.fromstring(picture)
        width, height = float(root.get("width", 0)), float(root.get("height", 0))
        for node in root.iter():
            for key, most in (
                ("x", width),
                ("x1", width),
                ("x2", width),
                ("y", height),
                ("y1", height),
                ("y2", height),
            ):
                assert -1 <= float(node.get(key, 0)) <= most + 1, (node.tag, node.attrib)


def test_a_correlation_names_its_sources(lossy: Document) -> None:
    pair = lossy.solution.alignments[0]
    root = ET.fromstring(correlation(pair, {s.id: s.id for s in lossy.sources}))
    sources = pair.evidence["source_offsets_s"]
    assert isinstance(sources, list)
    assert len([c for c in root.iter(f"{SVG}circle") if c.get("class") == "alarm"]) == len(sources)


def test_the_circle_of_three_and_the_lost_stretch_are_told(lossy: Document) -> None:
    _, over_time, graph, on_clock = map(words, drawn(lossy))
    assert over_time.count("| offset ") == 2
    assert "livestream, porch-phone, window-phone" in graph
    assert "the clock" in on_clock


def test_a_pair_without_a_profile_is_refused() -> None:
    pair = example("drift").solution.alignments[0]
    bare = type(pair)(pair.a, pair.b, pair.verdict, 0.0, 0.0, 0.1, 1.0, 1.0, (0.0,))
    with pytest.raises(ValueError, match="no profile"):
        correlation(bare, {pair.a: "a", pair.b: "b"})


def test_peaks_that_both_recordings_have_are_marked() -> None:
    scene = street(401, 75)
    sounds = {
        "porch-phone": record(scene, Recorder(0.0, 70, 5, 5, ppm=45), 1),
        "window-phone": record(scene, Recorder(4.25, 70, -6, 8, ppm=-38), 2),
    }
    pair = example("drift").solution.alignments[0]
    names = {name: name for name in sounds}
    root = ET.fromstring(landmarks(pair, names, sounds, 20.0))
    dots = [c.get("class") for c in root.iter(f"{SVG}circle")]
    noise = np.random.default_rng(5).normal(0, 0.1, 80 * RATE_HZ).astype(np.float32)
    other = ET.fromstring(landmarks(pair, names, {**sounds, "window-phone": noise}, 20.0))
    by_chance = [c.get("class") for c in other.iter(f"{SVG}circle")]
    assert dots.count("mark") > 3 * by_chance.count("mark")


def test_names_cannot_leave_their_text() -> None:
    picture = Canvas(10, 10, 'a"><script>')
    picture.text(1, 2, "</svg><script>alert(1)</script>")
    root = ET.fromstring(picture.svg())
    assert [node.tag for node in root.iter()].count(f"{SVG}script") == 0
    assert root.get("aria-label") == 'a"><script>'


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (1.5, "1.5"), (10.0, "10"), (-0.254, "-0.25"), (100.0, "100")])
def test_coordinates_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_the_script_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "ALIGNMENT OUT" in capsys.readouterr().err


def test_the_truth_stands_beside_what_was_measured(lossy: Document) -> None:
    rows = [
        {"file": "porch-phone.mp4", "offset_s": 100.0, "rate": 1.0, "jumps": []},
        {"file": "livestream.mp4", "offset_s": 103.5, "rate": 1.0, "jumps": [{"at_s": 22.0, "lost_s": 3.2}]},
        {"file": "window-phone.mp4", "offset_s": 108.0, "rate": 1.0, "jumps": []},
    ]
    lines = table(lossy, {"recordings": rows}).splitlines()
    assert len(lines) == 4
    for line, (name, start) in zip(lines[2:], (("livestream", "3.500 s"), ("window-phone", "8.000 s")), strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert (cells[0], cells[2]) == (f"{name}.mp4", start)
        assert abs(float(cells[3].removesuffix(" ms").replace("\u2212", "-"))) < 100


def test_five_seconds_are_drawn_only_where_both_recordings_have_them(lossy: Document) -> None:
    pair = lossy.solution.alignments[0]
    begins = densest(pair)
    assert begins >= 2
    late = replace(pair, offset_s=-begins)
    assert densest(late) - begins >= 2
