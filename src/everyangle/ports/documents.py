"""Documents: from received bytes to the one text that people read, with what the document says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from everyangle.core.accounts import AccountDocument, Notice
from everyangle.core.ids import Digest


@dataclass(frozen=True, slots=True)
class Original:
    """A received document.

    Attributes:
        path: as the user named it.
        digest: SHA-256 of its bytes.
        media_type: RFC 6838 type, as :func:`everyangle.core.kinds.document_type` tells it.
    """

    path: str
    digest: Digest
    media_type: str


@dataclass(frozen=True, slots=True)
class DocumentsRead:
    """What an original says.

    Attributes:
        documents: one; of a web archive one for each page that has a text, whose path has ``#`` and the page's address
            behind the archive's.
        notices: what was survivable: a guessed encoding, a cut-off page, a page behind a wall.
    """

    documents: tuple[AccountDocument, ...]
    notices: tuple[Notice, ...] = ()


class Documents(Protocol):
    """Reads documents. Paragraphs are lines of the text; that of plain text is the file's own, decoded."""

    recipe: str
    """Names, versions and parameters of the readers, for the keys of derived results."""

    def read(self, source: BinaryIO, original: Original) -> DocumentsRead:
        """Return what a document says; the same bytes always give the same answer.

        Args:
            source: a real file (it has a descriptor), read from its start whatever its position.
            original: what it is.

        Raises:
            BadInputError: ``document-unreadable``, ``document-empty``, ``document-encrypted``,
                ``document-image-only``, ``document-behind-a-wall``, ``document-type-unread`` for a type that is not
                read, or ``reader-missing`` where a package is not installed.
            LimitError: ``document-too-large``, ``document-limit-time`` or ``document-limit-memory``.
        """
        ...
