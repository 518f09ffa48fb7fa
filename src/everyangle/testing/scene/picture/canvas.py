"""A picture in the making: polygons, lines and discs of the world drawn in perspective, twice as large, then shrunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.picture.view import NEAR_M, View, in_sight

Colour = tuple[int, ...]
"""RGB or RGBA, 0 to 255."""

Point = tuple[float, float, float]
FINE = 2
"""How many times larger the picture is drawn, for smooth edges."""


class Canvas:
    """Draws one frame of ``width`` by ``height`` pixels seen by ``view``. Later drawing covers earlier."""

    def __init__(self, view: View, width: int, height: int) -> None:
        """Begin a frame."""
        self.view = view
        self.width, self.height = width * FINE, height * FINE
        self.focal = self.width / 2 / np.tan(np.radians(view.fov_deg) / 2)
        self.image = Image.new("RGB", (self.width, self.height))
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self._solid = ImageDraw.Draw(self.image)
        self._axes = view.axes()
        self._eye = np.asarray(view.eye)
        self._reach = (1.02 * self.width / 2 / self.focal, 1.02 * self.height / 2 / self.focal)

    def pixels(self) -> NDArray[np.uint8]:
        """Return the finished frame, shape (height, width, 3)."""
        return np.asarray(self.image.reduce(FINE))

    def relative(self, points: Sequence[Point] | Floats) -> Floats:
        """Return camera coordinates (right, up, ahead) of world points, shape (n, 3)."""
        return np.asarray((np.asarray(points, dtype=np.float64) - self._eye) @ self._axes.T)

    def distance(self, point: Point) -> float:
        """Return metres from the eye."""
        return float(np.linalg.norm(np.asarray(point) - self._eye))

    def face(self, points: Sequence[Point] | Floats, colour: Colour) -> None:
        """Fill a flat polygon of world points."""
        seen = in_sight(self.relative(points), *self._reach)
        if len(seen) >= 3:
            self._brush(colour).polygon([tuple(p) for p in self._flat(seen).tolist()], fill=colour)

    def line(self, a: Point, b: Point, thick_m: float, colour: Colour) -> None:
        """Draw a round-ended bar between two world points."""
        seen = self.relative([a, b])
        if seen[:, 2].min() < NEAR_M:
            return
        flat = self._flat(seen)
        if not self._in_sight(flat):
            return
        px = max(1.0, thick_m * self.focal / float(seen[:, 2].mean()))
        self._brush(colour).line([tuple(p) for p in flat.tolist()], fill=colour, width=max(1, round(px)))
        for x, y in flat:
            self._ellipse(x, y, px / 2, px / 2, colour)

    def disc(self, centre: Point, radius_m: float, colour: Colour, squeeze: float = 1.0) -> None:
        """Draw a disc that faces the eye; ``squeeze`` is height over width."""
        seen = self.relative([centre])
        if seen[0, 2] < NEAR_M:
            return
        (x, y), px = self._flat(seen)[0], radius_m * self.focal / seen[0, 2]
        self._ellipse(x, y, px, px * squeeze, colour)

    def glow(self, centre: Point, radius_m: float, colour: Colour) -> None:
        """Draw a soft light around a point."""
        for part, alpha in ((1.0, 26), (0.66, 36), (0.36, 60)):
            self.disc(centre, radius_m * part, (*colour[:3], alpha))

    def words(self, text: str, at: Point, height_m: float, colour: Colour) -> None:
        """Write text that faces the eye, centred on a world point."""
        seen = self.relative([at])
        if seen[0, 2] < NEAR_M:
            return
        size = height_m * self.focal / seen[0, 2]
        if size < 5:
            return
        x, y = self._flat(seen)[0]
        self.draw.text((x, y), text, fill=colour, font=font(round(size)), anchor="mm")

    def on_screen(self, corners: Iterable[tuple[float, float]], colour: Colour) -> None:
        """Fill a polygon given in shares of the picture's width and height."""
        self.draw.polygon([(x * self.width, y * self.height) for x, y in corners], fill=colour)

    def band(self, top: float, bottom: float, colour: Colour) -> None:
        """Fill the rows from ``top`` to ``bottom``, in fine pixels."""
        if bottom > max(0.0, top) and top < self.height:
            self._solid.rectangle((0, top, self.width, bottom), fill=colour)

    def horizon(self) -> float:
        """Return the row, in fine pixels, of the horizon at the middle of the picture."""
        return float(self.height / 2 + np.tan(np.radians(self.view.pitch_deg)) * self.focal)

    def nearest_last(self, things: Iterable[tuple[Point, Callable[[Canvas], None]]]) -> None:
        """Draw things, each with where it stands, from the furthest to the nearest."""
        for _, draw in sorted(things, key=lambda thing: -self.distance(thing[0])):
            draw(self)

    def _brush(self, colour: Colour) -> ImageDraw.ImageDraw:
        """Return what paints a colour: covering, or blending where it has an alpha."""
        return self.draw if len(colour) == 4 else self._solid

    def _flat(self, seen: Floats) -> Floats:
        x = self.width / 2 + self.focal * seen[:, 0] / seen[:, 2]
        y = self.height / 2 - self.focal * seen[:, 1] / seen[:, 2]
        return np.stack([x, y], axis=1)

    def _in_sight(self, flat: Floats) -> bool:
        low, high = flat.min(axis=0), flat.max(axis=0)
        return bool(high[0] >= 0 and low[0] <= self.width and high[1] >= 0 and low[1] <= self.height)

    def _ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        if -rx < x < self.width + rx and -ry < y < self.height + ry:
            self._brush(colour).ellipse((x - rx, y - ry, x + rx, y + ry), fill=colour)


_FONTS: dict[int, ImageFont.FreeTypeFont] = {}


def font(size_px: int) -> ImageFont.FreeTypeFont:
    """Return Pillow's own typeface at a size, so that frames do not depend on the machine's fonts."""
    if size_px not in _FONTS:
        made = ImageFont.load_default(size_px)
        assert isinstance(made, ImageFont.FreeTypeFont)
        _FONTS[size_px] = made
    return _FONTS[size_px]


def shade(colour: Colour, factor: float) -> Colour:
    """Return a colour made lighter (above 1) or darker."""
    return tuple(min(255, round(c * factor)) for c in colour[:3])
