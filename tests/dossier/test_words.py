"""Times, sizes and errors read as people write them, and never say more than is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.core.time import ClockMap, Instant
from everyangle.dossier import words
from everyangle.dossier.json_script import script
from everyangle.dossier.model import PlacedBy, ShownPlacement
from everyangle.dossier.render import safe_path


@pytest.mark.parametrize(
    ("t", "text"),
    [(0, "0:00.0"), (83.24, "1:23.2"), (-12.04, "−0:12.0"), (59.96, "1:00.0"), (3661, "1:01:01.0"), (-0.01, "0:00.0")],
)
def test_event_time_reads_as_a_clock(t: float, text: str) -> None:
    assert words.clock_time(t) == text


@pytest.mark.parametrize(
    ("bytes_", "text"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1400, "1.4 kB"), (12_345_678, "12.3 MB"), (10**13, "10 TB")],
)
def test_sizes_have_three_figures(bytes_: int, text: str) -> None:
    assert words.size(bytes_).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("error_s", "text"),
    [(0.021, "±0.03 s"), (0.03, "±0.03 s"), (0.0004, "±0.001 s"), (0.0, "±0.001 s"), (2.0, "±2.0 s"), (31.2, "±32 s")],
)
def test_errors_are_rounded_up(error_s: float, text: str) -> None:
    assert words.error(error_s).replace("\u00a0", " ") == text


@given(st.floats(0, 1e5))
def test_an_error_is_never_stated_smaller_than_it_is(error_s: float) -> None:
    number = re.fullmatch(r"±([\d.]+)\u00a0s", words.error(error_s))
    assert number is not None
    assert float(number[1]) >= error_s * (1 - 1e-6) - 1e-6


def test_how_it_was_placed_says_who_and_how_well() -> None:
    clock = ClockMap(1.0, error_s=0.03)
    assert words.placed(ShownPlacement(clock, 0)) == "placed within ±0.03\u00a0s by sound"
    assert words.placed(ShownPlacement(clock, 0, by=PlacedBy.CONFIRMED)).endswith("by sound, confirmed by a person")
    by_hand = ShownPlacement(clock, 0, by=PlacedBy.PERSON, error_known=False)
    assert words.placed(by_hand) == "placed by hand, no error stated"


def test_what_rests_on_the_times_of_files_says_so() -> None:
    placement = ShownPlacement(ClockMap(1.0, 1.0, 0.1), 0, prior="the times that files say decided")
    assert words.placed(placement) == "placed within ±0.10\u00a0s by sound and the files’ times"


def test_wall_time_is_shown_in_the_offset_in_which_it_was_stated() -> None:
    said = "2025-05-03T10:04:12-05:00"
    when = Instant(1_746_284_652_000_000)
    assert words.instant(when, offset_min=words.utc_offset_min(said)) == "3 May 2025, 10:04:12 UTC−05:00"
    assert words.instant(when, offset_min=words.utc_offset_min("no time")) == "3 May 2025, 15:04:12 UTC"


@given(st.text())
def test_a_line_is_one_line_without_controls(text: str) -> None:
    shown = words.line(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert words.line(shown) == shown


@given(st.text())
def test_a_documents_words_all_survive(text: str) -> None:
    shown = "".join(words.paragraphs(text))
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text())
def test_no_text_can_leave_its_script(text: str) -> None:
    content = script("X", {"text": text}).decode("ascii")
    assert "<" not in content
    assert content.count("\n") == 1


@pytest.mark.parametrize("path", ["items/ab/clip.mp4", "a", "media/x-1_2.mp4"])
def test_paths_within_the_dossier_are_taken(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../b", "a//b", "javascript:alert(1)", "a\\b", "ä", "a/.", "x\n", "a b"]
)
def test_paths_out_of_the_dossier_are_refused(path: str) -> None:
    with pytest.raises(BadInputError) as refused:
        safe_path(path)
    assert refused.value.code == "dossier-path-unsafe"
