"""What language models proposed, as a case keeps it: items of statements, of which only verbatim, marked ones count.

Such an item is ``everyangle.statements/1``, written by ``everyangle build --reader`` or ``everyangle read --reader``. A
statement of it stands where it says by whom it is proposed, its document is in the case, and it is that document's own
words; whoever gave the item, nothing else of it is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from everyangle.accounts.proposals import already_read
from everyangle.core.accounts import Notice, ReadDocument, Statement
from everyangle.core.errors import BadInputError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.core.kinds import HEAD_BYTES
from everyangle.core.statements_check import sound
from everyangle.core.statements_json import FORMAT, statements_from_json
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined

LARGEST = 256_000_000
"""Bytes of such an item; a larger one is left unread."""


def holds_statements(head: bytes) -> bool:
    """Whether the first bytes of a file are those of ``everyangle.statements/1``."""
    return head.lstrip().startswith(b"{") and FORMAT.encode() in head[:HEAD_BYTES]


@dataclass(frozen=True, slots=True)
class Offered:
    """What models propose in a case's items.

    Attributes:
        statements: by document, in the order of the items.
        notices: which items hold statements but cannot be taken, and why.
    """

    statements: Mapping[Digest, Sequence[Statement]]
    notices: tuple[Notice, ...] = ()


def proposals_in(items: Sequence[Examined], bench: Workbench) -> Offered:
    """Return the statements that models propose in a case's items. An item with a fault is told, and left out whole."""
    found: dict[Digest, tuple[Statement, ...]] = {}
    notices: list[Notice] = []
    for item in items:
        if item.media_type == "application/json" and not item.documents and item.item.size <= LARGEST:
            try:
                documents = _documents(item, bench)
            except (BadInputError, IntegrityError) as error:
                words = f"Nothing of what models propose in it is taken. {error}"
                notices.append(Notice(item.item.name, error.code, words))
                continue
            for one in documents:
                marked = tuple(each for each in one.statements if each.proposed_by)
                found[one.document.digest] = (*found.get(one.document.digest, ()), *marked)
    return Offered(found, tuple(notices))


def _documents(item: Examined, bench: Workbench) -> tuple[ReadDocument, ...]:
    with bench.case.originals.open(item.item.id) as file:
        if not holds_statements(file.read(HEAD_BYTES)):
            return ()
        file.seek(0)
        return statements_from_json(file.read(LARGEST + 1)).documents


def with_proposals(read: ReadDocument, offered: Offered) -> tuple[ReadDocument, int]:
    """Return a document with what models propose for it beside what was read, and how many were refused.

    Refused is what is not verbatim; what was read already is left out without a word.
    """
    taken: list[Statement] = []
    refused = 0
    for one in offered.statements.get(read.document.digest, ()):
        named = replace(one, id=f"m{len(read.statements) + len(taken) + 1}", within=None)
        if not sound(read.document, (named,)):
            refused += 1
        elif not already_read(named, (*read.statements, *taken)):
            taken.append(named)
    return replace(read, statements=(*read.statements, *taken)), refused
