"""Serves tuspyserver over a folder, with the page that films beside it: runs under the peer's Python.

Arguments: port, folder of uploads, folder of the page.
"""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> None:
    """Serve until killed."""
    port, files, page = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    app = import_module("fastapi").FastAPI()
    app.include_router(import_module("tuspyserver").create_tus_router(prefix="files", files_dir=files))
    static = import_module("starlette.staticfiles").StaticFiles(directory=page, html=True)
    app.mount("/", static)
    import_module("uvicorn").run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main()
