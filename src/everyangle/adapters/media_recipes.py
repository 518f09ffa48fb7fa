"""Recipes: what a result was made by, in one line for people, for comparison and for the keys of caches."""

from __future__ import annotations

import av

_VERSIONS = {"probe": 2, "sound": 2, "proxy": 1, "remux": 1, "filmstrip": 1, "photo": 1}
"""Raised by one whenever the code of an operation changes what it returns."""

_LIBRARIES = ("libavcodec", "libavformat", "libswscale")


def recipe(operation: str, **parameters: object) -> str:
    """Return operation, version, libraries and parameters, as in ``sound/1 libavcodec-62.28.102 … rate_hz=8000``.

    Raises:
        KeyError: for no operation of the media port.
    """
    versions = [f"{name}-{'.'.join(map(str, av.library_versions[name]))}" for name in _LIBRARIES]
    settings = [f"{name}={value}" for name, value in sorted(parameters.items())]
    return " ".join([f"{operation}/{_VERSIONS[operation]}", *versions, *settings])
