"""What probing found survives being kept as JSON."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.items import AudioStream, MediaInfo, VideoStream
from everyangle.core.media_json import media_info_from_json, media_info_json
from everyangle.core.time import Instant

fractions = st.fractions(min_value=Fraction(1, 90000), max_value=1000)
videos = st.builds(
    VideoStream,
    codec=st.text(max_size=8),
    width=st.integers(1, 8000),
    height=st.integers(1, 8000),
    rotation=st.sampled_from([0, 90, 180, 270]),
    time_base=fractions,
    start_ticks=st.integers(-(2**40), 2**40),
    frame_rate=st.none() | fractions,
    variable=st.booleans(),
)
sounds = st.builds(
    AudioStream,
    codec=st.text(max_size=8),
    sample_rate=st.integers(8000, 192000),
    channels=st.integers(1, 8),
    time_base=fractions,
    start_ticks=st.integers(-(2**40), 2**40),
)
infos = st.builds(
    MediaInfo,
    container=st.text(max_size=9),
    duration_s=st.floats(0, 1e6),
    video=st.none() | videos,
    audio=st.none() | sounds,
    created=st.none() | st.builds(Instant, st.integers(0, 2**52), st.just("unknown")),
    warnings=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    device=st.none() | st.text(max_size=9),
)


@given(infos)
def test_it_reads_back_equal(info: MediaInfo) -> None:
    assert media_info_from_json(media_info_json(info)) == info
