"""The event clock in every frame: digits for people, and a strip of cells that a program reads to the millisecond.

The strip runs along the bottom edge: 60 cells wide if it filled the picture; cell 0 is white, cell 1 black, then 24
bits, most significant first: 20 bits of milliseconds and a 4-bit check sum. Positions are shares of the picture, so
the strip survives scaling and re-encoding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from everyangle.testing.scene.picture.canvas import font

CELLS_ACROSS = 60
TIME_BITS, CHECK_BITS = 20, 4
LONGEST_S = (2**TIME_BITS - 1) / 1000
FICTIONAL = "FICTIONAL - SIMULATED"


def stamped(pixels: NDArray[np.uint8], t_event: float, label: str) -> NDArray[np.uint8]:
    """Return a frame (height, width, 3) with clock, camera name, the word that it is fictional, and the code strip."""
    image = Image.fromarray(pixels)
    draw = ImageDraw.Draw(image, "RGBA")
    width, height = image.size
    cell = width / CELLS_ACROSS
    bar = round(height * 0.092)
    top = height - bar - round(cell)
    draw.rectangle((0, top, width, height), fill=(12, 14, 20, 255))
    middle = top + bar / 2
    draw.text((8, middle), clock_text(t_event), fill=(255, 226, 92), font=font(round(bar * 0.86)), anchor="lm")
    small = font(round(bar * 0.54))
    draw.text((width * 0.27, middle), label, fill=(236, 238, 242), font=small, anchor="lm")
    draw.text((width - 8, middle), FICTIONAL, fill=(176, 182, 194), font=small, anchor="rm")
    for number, lit in enumerate(_cells(t_event)):
        left = number * cell
        box = (round(left), height - round(cell), round(left + cell) - 1, height)
        draw.rectangle(box, fill=(240, 240, 240) if lit else (10, 10, 10))
    return np.asarray(image)


def clock_text(t_event: float) -> str:
    """Return event time as ``T+01:23.4`` (cut, not rounded, so that it never runs ahead)."""
    tenths = int(t_event * 10 + 1e-6)
    return f"T+{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def read_code(pixels: NDArray[np.generic]) -> float | None:
    """Return the event time in seconds that a decoded frame (height, width, 3 or grey) shows, or None if unreadable."""
    grey = pixels.astype(np.float64)
    grey = grey.mean(axis=2) if grey.ndim == 3 else grey
    cell = grey.shape[1] / CELLS_ACROSS
    row = int(grey.shape[0] - cell / 2)
    lit = [grey[row - 1 : row + 1, int(cell * (n + 0.3)) : int(cell * (n + 0.7)) + 1].mean() > 124 for n in range(26)]
    if not lit[0] or lit[1]:
        return None
    value = int("".join("1" if bit else "0" for bit in lit[2:]), 2)
    milliseconds, check = value >> CHECK_BITS, value % 2**CHECK_BITS
    return milliseconds / 1000 if check == _check(milliseconds) else None


def _cells(t_event: float) -> list[bool]:
    milliseconds = round(t_event * 1000)
    if not 0 <= milliseconds < 2**TIME_BITS:
        raise ValueError(f"The code strip holds 0 to {LONGEST_S} s, not {t_event}.")
    value = milliseconds << CHECK_BITS | _check(milliseconds)
    return [True, False, *(bool(value >> bit & 1) for bit in reversed(range(TIME_BITS + CHECK_BITS)))]


def _check(milliseconds: int) -> int:
    return sum(milliseconds >> shift & 15 for shift in range(0, TIME_BITS, 4)) * 7 % 16
