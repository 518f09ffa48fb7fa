"""Which device a container names."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from everyangle.adapters.media_inprocess import InProcessMedia


def made(path: Path, tags: dict[str, str]) -> Path:
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update(tags)
        stream = out.add_stream("aac", rate=16_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 16_000, 0
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("tags", "device"),
    [
        ({"com.apple.quicktime.make": "Larkin", "com.example.model": "L2", "serial_number": "7"}, "Larkin L2 7"),
        ({"make": "Ost", "camera-serial-number": "A-1"}, "Ost A-1"),
        ({"Device Serial": "X81"}, "X81"),
        ({"make": "Larkin", "model": "L2"}, None),
        ({"serial_number": " "}, None),
        ({}, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_device_is_known_by_its_serial_number_alone(
    tmp_path: Path, suffix: str, tags: dict[str, str], device: str | None
) -> None:
    with made(tmp_path / f"clip{suffix}", tags).open("rb") as file:
        assert InProcessMedia().probe(file, label="clip").device == device
