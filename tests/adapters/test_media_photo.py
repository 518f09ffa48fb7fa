"""Photos: upright as their EXIF asks, small, and without what it tells of place and person."""

from __future__ import annotations

import io
import struct

import av
import numpy as np
import pytest

from everyangle.adapters.media_inprocess import InProcessMedia
from everyangle.adapters.media_pyav_picture import jpeg
from everyangle.testing.media_contract import as_file
from everyangle.testing.media_film import picture

SECRET = b"Somewhere 1, Nowhere"


def photo_with_exif(orientation: int) -> bytes:
    """A photo of 160 by 96 pixels, bright at its left, whose EXIF has an orientation and an address."""
    made = jpeg(picture(32.768, (160, 96), "yuvj420p"))
    entries = struct.pack(">HHHIHH", 2, 0x0112, 3, 1, orientation, 0) + struct.pack(">HHII", 0x010E, 2, len(SECRET), 38)
    tiff = b"MM\x00\x2a" + struct.pack(">I", 8) + entries + struct.pack(">I", 0) + SECRET
    body = b"Exif\x00\x00" + tiff
    return made[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + made[2:]


@pytest.mark.parametrize(
    ("orientation", "rotation", "size", "bright"),
    [(1, 0, (80, 48), "left"), (6, 90, (48, 80), "top"), (3, 180, (80, 48), "right"), (8, 270, (48, 80), "bottom")],
)
def test_a_photo_is_turned_upright_and_tells_nothing_else(
    orientation: int, rotation: int, size: tuple[int, int], bright: str
) -> None:
    media = InProcessMedia()
    with as_file(photo_with_exif(orientation)) as source:
        info = media.probe(source, label="photo")
        made = media.photo(source, 80, label="photo")
    assert info.video is not None
    assert info.video.rotation == rotation
    assert (made.width, made.height) == size
    assert SECRET not in made.jpeg
    assert b"Exif" not in made.jpeg
    with av.open(io.BytesIO(made.jpeg), "r", format="jpeg_pipe") as container:
        luma = np.asarray(next(container.decode(video=0)).reformat(format="gray8").to_ndarray())
    edges = {"left": luma[:, 1], "right": luma[:, -2], "top": luma[1], "bottom": luma[-2]}
    assert max(edges, key=lambda edge: float(edges[edge].mean())) == bright
