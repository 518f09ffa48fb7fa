"""Documents read each in a resource-limited child of its own, since libxml2 and PDFium are native code.

The child gets descriptors, never paths; what comes back is JSON, checked. See ``children``.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from typing import BinaryIO

from everyangle.adapters.children import Children, Words
from everyangle.adapters.documents_errors import ended_error, reported_error, timed_out
from everyangle.adapters.documents_inprocess import recipe
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.core.statements_json import statements_from_json
from everyangle.ports.documents import DocumentsRead, Original

_WORDS = Words(reported_error, timed_out, ended_error)


class WalledDocuments:
    """The documents port for received files.

    Args:
        limits: what reading one document may take.
    """

    def __init__(self, limits: DocumentLimits | None = None) -> None:
        self._limits = limits or DocumentLimits()
        self._children = Children(
            "everyangle.adapters.documents_child", _WORDS, self._limits.wall_s, self._limits.wall_s
        )
        self.recipe = recipe()

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process without the server."""
        return (WalledDocuments, (self._limits,))

    def close(self) -> None:
        """Stop the server and every child; the adapter can be used again afterwards."""
        self._children.close()

    def read(self, source: BinaryIO, original: Original) -> DocumentsRead:
        """Return what a document says, as :meth:`everyangle.ports.documents.Documents.read` tells."""
        request = {"limits": self._limits.as_json(), "original": asdict(original)}
        with tempfile.TemporaryFile() as sink:
            self._children.run(request, source.fileno(), sink.fileno(), original.path, _ignore)
            sink.seek(0)
            found = statements_from_json(sink.read())
        return DocumentsRead(tuple(one.document for one in found.documents), found.errors)


def _ignore(_done_s: float) -> None:
    pass
