from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.name_times import NamedTime, time_in_name

MOMENT = datetime(2031, 4, 17, 18, 15, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("name", "utc"),
    [
        ("IMG_20310417_181500.mp4", False),
        ("VID_20310417_181500.3gp", False),
        ("20310417_181500.mp4", False),
        ("20310417181500.mkv", False),
        ("2031-04-17 18.15.00.mov", False),
        ("2031-04-17 18-15-00.mkv", False),
        ("2031_04_17_18_15_00.avi", False),
        ("Screen Recording 2031-04-17 at 18.15.00.mov", False),
        ("ch02_20310417181500_front door.mp4", False),
        ("WhatsApp Video 2031-04-17 at 18.15.00.mp4", False),
        ("PXL_20310417_181500000.mp4", True),
        ("2031-04-17T18:15:00Z.webm", True),
    ],
)
def test_names_as_devices_write_them(name: str, utc: bool) -> None:
    assert time_in_name(name) == NamedTime(MOMENT, utc)


def test_a_fraction_counts() -> None:
    assert time_in_name("PXL_20310417_181500250.TS.mp4") == NamedTime(MOMENT + 0.25, utc=True)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "bodycam.mp4",
        "VID-20310417-WA0003.mp4",
        "IMG_20311317_181500.mp4",
        "IMG_20310431_181500.mp4",
        "IMG_20310417_251500.mp4",
        "IMG_20310417_186100.mp4",
        "18500417_181500.mp4",
        "report-120310417181500.mp4",
        "20310417_1815001234.mp4",
        "2031-04.17 18.15.00.mov",
        "٢٠٣١0417_181500.mp4",
    ],
)
def test_names_without_a_time_that_exists(name: str) -> None:
    assert time_in_name(name) is None


@given(st.text())
def test_no_name_does_harm(name: str) -> None:
    time_in_name(name)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31, 23, 59, 59)),  # noqa: DTZ001 - a name has no zone
    st.sampled_from(["%Y%m%d_%H%M%S", "%Y-%m-%d %H.%M.%S", "%Y%m%d%H%M%S", "%Y.%m.%d-%H-%M-%S"]),
)
def test_what_is_written_is_read(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    found = time_in_name(f"clip {moment.strftime(form)}.mp4")
    assert found == NamedTime(moment.timestamp(), utc=False)
