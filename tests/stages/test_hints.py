from __future__ import annotations

import pytest

from everyangle.core.items import MediaInfo
from everyangle.core.name_times import NamedTime
from everyangle.core.stated import DeviceFrom, Hints
from everyangle.core.time import Instant
from everyangle.stages.hints import Known, known_of

INFO = MediaInfo("mov", 60.0, None, None, Instant(1_934_215_200_500_000, "file"), device="Larkin L2 7788")
NAME = "VID_20310417_180000.mp4"
NAMED = NamedTime(1_934_215_200.0, utc=False)


@pytest.mark.parametrize(
    ("hints", "stated", "known"),
    [
        (Hints(), None, Known(1_934_215_200.5, NAMED)),
        (Hints(metadata=False), None, Known()),
        (Hints(device_from=DeviceFrom.FOLDER), None, Known(1_934_215_200.5, NAMED, "folder porch")),
        (Hints(metadata=False, device_from=DeviceFrom.FOLDER), None, Known(device="folder porch")),
        (Hints(device_from=DeviceFrom.METADATA), None, Known(1_934_215_200.5, NAMED, "metadata Larkin L2 7788")),
        (Hints(metadata=False, device_from=DeviceFrom.METADATA), None, Known()),
        (Hints(device_from=DeviceFrom.FOLDER), "Ada's phone", Known(1_934_215_200.5, NAMED, "stated Ada's phone")),
        (Hints(metadata=False), "Ada's phone", Known(device="stated Ada's phone")),
    ],
)
def test_what_is_known_is_what_people_let_be_weighed(hints: Hints, stated: str | None, known: Known) -> None:
    assert known_of(INFO, NAME, "porch", hints, stated) == known


def test_nothing_is_known_of_a_file_that_says_nothing() -> None:
    every = (Hints(device_from=each) for each in DeviceFrom)
    assert {known_of(MediaInfo("mov", 60.0, None, None), "clip.mp4", None, hints) for hints in every} == {Known()}
    assert known_of(None, "clip.mp4", None, Hints()) == Known()
