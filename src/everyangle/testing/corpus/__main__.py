"""Read files of the corpus and tell their faults: ``python -m everyangle.testing.corpus [FILE…]``."""

from __future__ import annotations

import sys
from pathlib import Path

from everyangle.core.errors import BadInputError
from everyangle.testing.corpus import PARTS, files, read


def main(names: list[str]) -> int:
    """Print each file's fault, and how much was read; return the number of files with a fault."""
    paths = [Path(name) for name in names] or [path for part in PARTS for path in files(part)]
    faults = statements = 0
    for path in paths:
        try:
            statements += len(read(path.name, path.read_text(encoding="utf-8")).statements)
        except BadInputError as error:
            faults += 1
            sys.stdout.write(f"{error.what}\n")
    sys.stdout.write(f"{len(paths)} files, {statements} statements, {faults} faults\n")
    return faults


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
