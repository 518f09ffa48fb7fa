"""What a device writes over its own picture: a wrong CCTV clock, a body camera's number, a stream's badge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from everyangle.testing.scene.picture.canvas import Colour, font

CCTV_CLOCK_AHEAD_S = 221.0
"""The pharmacy's recorder shows a time this many seconds ahead of the right one."""

DATE = "2031-04-17"


def wall_text(t_s: float, ahead_s: float = 0.0) -> str:
    """Return the wall clock's hours, minutes and seconds at an event time."""
    seconds = 19 * 3600 + 51 * 60 + 40 + int(t_s + ahead_s)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def marked(pixels: NDArray[np.uint8], kind: str, t_s: float) -> NDArray[np.uint8]:
    """Return a frame (height, width, 3) with what the device of that kind writes over its own picture."""
    image = Image.fromarray(pixels)
    draw = ImageDraw.Draw(image, "RGBA")
    if kind == "cctv":
        _tag(draw, 8, f"CH2  17-04-2031  {wall_text(t_s, CCTV_CLOCK_AHEAD_S)}", (0, 0, 0, 150))
    elif kind == "bodycam":
        _tag(draw, image.width - 236, f"WPD 412  {DATE} {wall_text(t_s)}", (0, 0, 0, 130))
    elif kind == "dash":
        _tag(draw, 8, f"UNIT 7  {DATE} {wall_text(t_s)[:5]}", (0, 0, 0, 130))
    elif kind == "passenger":
        _tag(draw, 8, "LIVE", (206, 44, 52, 230))
        _tag(draw, 58, f"{18 + int(1.35 * max(0.0, t_s - 12) ** 0.98)} watching", (0, 0, 0, 130))
    return np.asarray(image)


def _tag(draw: ImageDraw.ImageDraw, left: float, text: str, ground: Colour) -> None:
    typeface = font(13)
    box = draw.textbbox((left + 6, 10), text, font=typeface)
    draw.rounded_rectangle((box[0] - 6, box[1] - 4, box[2] + 6, box[3] + 4), 3, fill=ground)
    draw.text((left + 6, 10), text, fill=(244, 246, 248), font=typeface)
