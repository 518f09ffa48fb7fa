"""What a child does with a document: read it, and write what it says into the sink as JSON."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from everyangle.adapters.child import Told
from everyangle.adapters.documents_inprocess import read_descriptor
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.core.accounts import ReadDocument
from everyangle.core.statements_json import StatementsFile, statements_json
from everyangle.ports.documents import Original


def perform(request: Mapping[str, Any], _tell: Told, source: int, sink: int) -> object:
    """Read the document that a request of :class:`~everyangle.adapters.documents_walled.WalledDocuments` names."""
    original = Original(**request["original"])
    read = read_descriptor(source, original, DocumentLimits(**request["limits"]))
    file = StatementsFile(tuple(ReadDocument(one) for one in read.documents), read.notices)
    rest = memoryview(statements_json(file))
    while rest:
        rest = rest[os.write(sink, rest) :]
    return None
