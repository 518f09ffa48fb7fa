"""Documents: from received bytes to the one text that people read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a document says.

    Attributes:
        text: the canonical text; paragraphs are lines.
        title: as the document names itself, or "".
        publisher: site or organization, or "".
        published: date as the document states it (ISO 8601), or "".
    """

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""


class Documents(Protocol):
    """Reads documents."""

    recipe: str
    """Name, version and parameters of the reader, for the keys of derived results."""

    def read(self, data: bytes, media_type: str) -> DocumentText:
        """Return the text of a document.

        Raises:
            BadInputError: ``document-unreadable`` or ``document-too-large``; ``document-type-unread`` for a type that
                this reader does not read.
        """
        ...
