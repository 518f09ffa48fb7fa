"""A small SVG canvas with the documentation's colours, light or dark as the reader's screen is. Knows no recordings."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

_STYLE = """
.paper{fill:#fdfcfa;stroke:#e0dbd1}
text{font:13px "Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;fill:#201e1b}
.small{font-size:11.5px}.muted{fill:#625d55}.strong{font-weight:600}.onfill{fill:#fff}
.axis{stroke:#c9c2b5;fill:none}.grid{stroke:#ece7dd}.curve{stroke:#1c5b73;fill:none;stroke-width:1.6}
.area{fill:#dfebef}.mark{fill:#1c5b73}.other{fill:#b9b1a3}.alarm{fill:#a63c1d}.alarmline{stroke:#a63c1d;fill:none}
.dash{stroke-dasharray:4 3}.bar{fill:#cbdde3}.hatch{stroke:#a63c1d;stroke-width:1}.edge{stroke:#1c5b73;fill:none}
.node{fill:#fff;stroke:#1c5b73;stroke-width:1.6}.apart{fill:none;stroke:#c9c2b5;stroke-width:1.4;stroke-dasharray:5 4}
@media (prefers-color-scheme:dark){
.paper{fill:#1e2024;stroke:#33353b}text{fill:#ebe8e2}.muted{fill:#a5a099}.onfill{fill:#16171a}
.axis{stroke:#4a4d54}.grid{stroke:#2b2d33}.curve,.edge{stroke:#84c3d9}.area{fill:#20353d}.mark{fill:#84c3d9}
.other{fill:#5c5f66}.alarm{fill:#f0977a}.alarmline,.hatch{stroke:#f0977a}.bar{fill:#2b4955}
.node{fill:#16171a;stroke:#84c3d9}.apart{stroke:#4a4d54}}
"""


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


class Canvas:
    """An SVG picture in the making.

    Args:
        width: pixels.
        height: pixels.
        title: what it shows, for those who do not see it.
    """

    def __init__(self, width: int, height: int, title: str) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []
        self._title = title

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str, width: float = 1.0) -> None:
        """Draw a straight line."""
        ends = " ".join(f'{k}="{number(v)}"' for k, v in (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)))
        self._parts.append(f'<line class="{kind}" {ends} stroke-width="{number(width)}"/>')

    def box(self, x: float, y: float, width: float, height: float, kind: str, radius: float = 0.0) -> None:
        """Draw a rectangle."""
        sides = f'width="{number(max(width, 0.5))}" height="{number(height)}" rx="{number(radius)}"'
        self._parts.append(f'<rect class="{kind}" x="{number(x)}" y="{number(y)}" {sides}/>')

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        """Draw a disc."""
        self._parts.append(f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')

    def path(self, points: Sequence[tuple[float, float]], kind: str, *, closed: bool = False) -> None:
        """Draw a polyline, or an area."""
        tag = "polygon" if closed else "polyline"
        text = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._parts.append(f'<{tag} class="{kind}" points="{text}"/>')

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> None:
        """Write words."""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Draw slanted lines over a rectangle: nothing was recorded there."""
        for step in range(-int(height // 6), int(width // 6) + 1):
            at = 6.0 * step
            first, last = max(0.0, -at), min(height, width - at)
            if first < last:
                self.line(x + at + first, y + height - first, x + at + last, y + height - last, "hatch")
        self.path([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], "alarmline", closed=True)

    def svg(self) -> bytes:
        """Return the picture as a file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img" aria-label={quoteattr(self._title)}>'
        )
        paper = f'<rect class="paper" x="0.5" y="0.5" width="{self.width - 1}" height="{self.height - 1}" rx="6"/>'
        return "\n".join([head, f"<style>{_STYLE}</style>", paper, *self._parts, "</svg>\n"]).encode()
