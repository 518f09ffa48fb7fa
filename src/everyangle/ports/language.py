"""Language: from a text to its sentences, words and grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from everyangle.accounts.parsed import Parsed


class Language(Protocol):
    """Parses text of one language."""

    recipe: str
    """Name, version and digest of the model, for the keys of derived results."""

    language: str
    """ISO 639-1 code of the language that it parses."""

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """Yield the texts parsed, in order; the same text always gives the same answer."""
        ...
