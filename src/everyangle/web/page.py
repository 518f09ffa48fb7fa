"""The witness' page: files that are sent packed, and asked for again only where they changed."""

from __future__ import annotations

import os
from importlib import resources
from typing import Any

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

_WORTH_PACKING = 500


def witness_page() -> ASGIApp:
    """Return what answers for the page, below wherever it is mounted."""
    folder = str(resources.files("everyangle.web").joinpath("static", "witness"))
    return GZipMiddleware(_Pages(directory=folder, html=True, check_dir=False), minimum_size=_WORTH_PACKING)


class _Pages(StaticFiles):
    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Any, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response
