"""The staff's pages as HTML: Jinja templates that escape everything, a style sheet and a script of our own."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from everyangle.core.ids import short
from everyangle.ports.staff import Role
from everyangle.web.staff_access import Who

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; media-src blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_US = 1_000_000


class StaffPages:
    """Draws pages."""

    def __init__(self) -> None:
        folder = str(resources.files("everyangle.web").joinpath("templates", "staff"))
        self._made = Environment(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._made.filters.update(short=short, when=_when, span=span)
        self._made.globals["Role"] = Role

    def show(self, page: str, who: Who | None, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page; ``problem`` is what went wrong, if anything did."""
        template = self._made.get_template(f"{page}.html")
        given = {"problem": None, "first": False, "code": None, "making": False, **values}
        return HTMLResponse(template.render(who=who, **given), status)


def static_files() -> StaticFiles:
    """Return what answers for the style sheet and the scripts."""
    return StaticFiles(directory=str(resources.files("everyangle.web").joinpath("static", "staff")))


def _when(us: int) -> str:
    """Return a moment in UTC to the second; what a phone's clock made impossible is told as unknown."""
    try:
        return f"{datetime.fromtimestamp(us // _US, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, OSError, ValueError):
        return "at an unknown time"


def span(seconds: float) -> str:
    """Return a length as m:ss or h:mm:ss."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
