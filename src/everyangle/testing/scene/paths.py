"""Where something is over event time: positions in metres on straight lines between knots. Knows no sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""An array of float64; shapes are given where it is used."""


@dataclass(frozen=True, slots=True)
class Path:
    """Positions over event time, straight between knots, at rest before the first and after the last.

    Attributes:
        knots: (event time s, x m, y m, z m), in order of time; x along the street, y across it, z up.
    """

    knots: tuple[tuple[float, float, float, float], ...]

    @property
    def is_still(self) -> bool:
        """Whether the position never changes."""
        return len({knot[1:] for knot in self.knots}) == 1

    def at(self, t_s: Floats) -> Floats:
        """Return positions, shape (n, 3) in metres, at event times of shape (n,)."""
        table = np.asarray(self.knots, dtype=np.float64)
        return np.stack([np.interp(t_s, table[:, 0], table[:, axis]) for axis in (1, 2, 3)], axis=1)

    def where(self, t_s: float) -> tuple[float, float, float]:
        """Return the position in metres at one event time."""
        x, y, z = self.at(np.asarray([t_s]))[0]
        return float(x), float(y), float(z)

    def mirrored(self, axis: int, at_m: float) -> Path:
        """Return the mirror image in the plane where coordinate ``axis`` (0, 1, 2) equals ``at_m``."""
        return Path(tuple(_mirror(knot, axis + 1, at_m) for knot in self.knots))


def still(x_m: float, y_m: float, z_m: float = 1.5) -> Path:
    """Return the path of something that stays where it is."""
    return Path(((0.0, x_m, y_m, z_m),))


def _mirror(knot: tuple[float, float, float, float], column: int, at_m: float) -> tuple[float, float, float, float]:
    values = [*knot]
    values[column] = 2 * at_m - values[column]
    return values[0], values[1], values[2], values[3]
