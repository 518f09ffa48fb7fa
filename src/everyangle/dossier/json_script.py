r"""Values as classic scripts: browsers refuse ``fetch`` and modules on ``file://``, so data travel as assignments.

Escaped such that no text can end a script or a line: everything but printable ASCII, and ``<``, ``>``, ``&``, stand as
``\uXXXX``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


def script(name: str, value: Json) -> bytes:
    """Return the script that sets ``window.<name>`` to a JSON value, safe against any text in it."""
    return f"window.{name} = {safe_json(value)};\n".encode("ascii")


def entry_script(name: str, key: str, value: Json) -> bytes:
    """Return the script that sets ``window.<name>[key]``, whichever of several such scripts comes first."""
    head = f"window.{name} = window.{name} || {{}};\nwindow.{name}[{safe_json(key)}] = "
    return f"{head}{safe_json(value)};\n".encode("ascii")


def safe_json(value: Json) -> str:
    """Return JSON in ASCII without ``<``, ``>`` and ``&``.

    Raises:
        ValueError: for a number that is not finite.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
