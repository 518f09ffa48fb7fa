"""The one way in which a file of the corpus is refused: with its name, the line and what is wrong there."""

from __future__ import annotations

from everyangle.core.errors import BadInputError


def fault(name: str, line: int, what: str) -> BadInputError:
    """Return the error for a fault in ``name`` at ``line`` (from 1)."""
    return BadInputError("corpus-malformed", f"{name}:{line}: {what}.", todo="Mend the file by corpus/README.md.")
