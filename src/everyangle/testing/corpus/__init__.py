"""The corpus of accounts: invented documents with every statement marked. Its guide is ``corpus/README.md``.

``python -m everyangle.testing.corpus [FILE…]`` reads files, or the whole corpus, and tells each fault by file and line.
"""

from __future__ import annotations

from pathlib import Path

from everyangle.testing.corpus.entry import Entry, read
from everyangle.testing.corpus.pairs import Pair, read_pairs
from everyangle.testing.corpus.table import Person

PARTS = ("development", "reporting")

ROOT = Path(__file__).resolve().parents[4] / "corpus"
"""Where a checkout keeps the corpus; it is not part of the installed package."""


def files(part: str, root: Path = ROOT) -> list[Path]:
    """Return a part's files ("development" or "reporting"), in order of their names."""
    return sorted((root / part).glob("*.txt"))


def load(part: str, root: Path = ROOT) -> list[Entry]:
    """Return a part's documents with what is marked in them.

    Raises:
        BadInputError: ``corpus-malformed``, naming file and line.
    """
    return [read(path.name, path.read_text(encoding="utf-8")) for path in files(part, root)]


def load_pairs(part: str, root: Path = ROOT) -> list[Pair]:
    """Return the pairs of a part's statements whose relation is stated, or none where there is no file.

    Raises:
        BadInputError: ``corpus-malformed``, naming file and pair.
    """
    path = root / "relations" / f"{part}.json"
    if not path.exists():
        return []
    return read_pairs(path.name, path.read_text(encoding="utf-8"), load(part, root))


__all__ = ["PARTS", "ROOT", "Entry", "Pair", "Person", "files", "load", "load_pairs", "read", "read_pairs"]
