"""Asking a language model about a case's documents: what it proposes is received as an item of the case.

So the log covers it, and it is there again after everything derived was deleted. A document that was asked about is not
asked about again, as long as the cache knows.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from everyangle.core.accounts import ReadDocument
from everyangle.core.statements_json import StatementsFile, statements_json
from everyangle.ports.events import Warned
from everyangle.ports.language_model import LanguageModel
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined
from everyangle.stages.preserve import Provenance
from everyangle.stages.preserve import add as receive
from everyangle.stages.propose import propose
from everyangle.stages.read import read_case


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking.

    Attributes:
        documents: how many the model was asked about.
        statements: how many of its proposals were taken.
        name: of the item that holds them, or "" where there are none.
    """

    documents: int
    statements: int
    name: str


def ask(items: Sequence[Examined], model: LanguageModel, bench: Workbench, *, by: str | None = None) -> Asked:
    """Ask a model about the documents that it was not asked about, and receive what it proposes.

    What it refuses to answer, or answers wrongly, is told as a warning; what was read without it stands.

    Args:
        items: of the case.
        model: to ask; the documents' texts are sent to it.
        bench: the case at work.
        by: who acts, or None; kept private.

    Raises:
        EveryAngleError: where what it proposes cannot be received.
    """
    read = read_case(items, bench).documents
    waiting = [one for one in read if bench.derived.get(_key(one, model)) is None]
    if not waiting:
        return Asked(0, 0, "")
    answered, notices = propose(waiting, model, bench.events)
    for notice in notices:
        bench.events(Warned(notice.code, f"{notice.path}: {notice.message}"))
    fresh = [
        replace(more, statements=more.statements[len(one.statements) :])
        for one, more in zip(waiting, answered, strict=True)
    ]
    name = _received([one for one in fresh if one.statements], model, bench, by)
    failed = {notice.path for notice in notices if notice.code.startswith("model-")}
    for one in waiting:
        if one.document.path not in failed:
            bench.derived.put(_key(one, model), b"asked")
    return Asked(len(waiting), sum(len(one.statements) for one in fresh), name)


def _received(fresh: Sequence[ReadDocument], model: LanguageModel, bench: Workbench, by: str | None) -> str:
    if not fresh:
        return ""
    name = f"proposed-by-{re.sub(r'[^A-Za-z0-9.]+', '-', model.name).strip('-.') or 'a-model'}.json"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(statements_json(StatementsFile(tuple(fresh))))
        added = receive(
            bench.case,
            [path],
            Provenance(by=by, note=f"statements proposed by the language model {model.name}"),
            events=bench.events,
        )
    if added.refused:
        raise added.refused[0].error
    return name


def _key(read: ReadDocument, model: LanguageModel) -> str:
    """Return the key under which it is kept that a model was asked about a document's text."""
    digest = hashlib.sha256(read.document.text.encode()).hexdigest()
    return f"asked/1 {model.name} {read.document.digest} {digest}"
