"""``python -m everyangle.testing.incident OUT [FILE…]``: render the bundled incident, or some files of it, anew."""

from __future__ import annotations

import sys
from pathlib import Path

from everyangle.core.errors import EveryAngleError
from everyangle.testing.incident.render import render
from everyangle.testing.incident.speech import speak_with_flite


def main(arguments: list[str]) -> int:
    """Render into the folder that is named first; return the exit status."""
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write("Usage: python -m everyangle.testing.incident OUT [FILE…]\n")
        return 2
    try:
        render(Path(arguments[0]), speak_with_flite, _tell, only=frozenset(arguments[1:]))
    except EveryAngleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
