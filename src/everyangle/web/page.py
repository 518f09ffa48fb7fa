"""The witness' page: sent small, since networks may be bad, and asked for again only where it changed.

Scripts and styles go without their comments, which are for who reads the source, and packed. Lines keep their numbers.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp

_WORTH_PACKING = 500
_COMMENTED = {".js", ".css"}


def witness_page() -> ASGIApp:
    """Return what answers for the page, below wherever it is mounted."""
    folder = str(resources.files("everyangle.web").joinpath("static", "witness"))
    return GZipMiddleware(_Pages(directory=folder, html=True, check_dir=False), minimum_size=_WORTH_PACKING)


def without_comments(text: str) -> str:
    """Return a script or style sheet with an empty line for each line that is wholly a comment.

    Comments beside code stay. Takes lines for comments by how they begin, so no string or template may go over lines.
    """
    kept: list[str] = []
    block: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if block or bare.startswith("/*"):
            block.append(line)
            if "*/" in bare:
                kept += [""] * len(block) if bare.index("*/") == len(bare) - 2 else block
                block = []
        else:
            kept.append("" if bare.startswith("//") else line)
    return "\n".join(kept + block)


class _Pages(StaticFiles):
    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Any, status_code: int = 200
    ) -> Response:
        path = Path(full_path)
        if path.suffix in _COMMENTED:
            content, etag = _small(path, stat_result.st_mtime_ns)
            kind = mimetypes.guess_type(path.name)[0]
            response = Response(content, status_code, headers={"ETag": etag}, media_type=kind)
            if self.is_not_modified(response.headers, Headers(scope=scope)):
                response = NotModifiedResponse(response.headers)
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


@lru_cache(maxsize=200)
def _small(path: Path, _changed_ns: int) -> tuple[bytes, str]:
    """Return what is sent of a file, and its tag."""
    content = without_comments(path.read_text(encoding="utf-8")).encode()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'
