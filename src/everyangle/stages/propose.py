"""Proposing: a language model is asked for statements that the reader did not find; only verbatim ones are taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from everyangle.accounts.proposals import INSTRUCTIONS, chunks, proposed
from everyangle.core.accounts import Notice, ReadDocument, Statement
from everyangle.core.errors import EveryAngleError
from everyangle.ports.events import Advanced, Events, Finished, Started
from everyangle.ports.language_model import LanguageModel

STEP = "proposals"


def propose(
    read: Sequence[ReadDocument], model: LanguageModel, events: Events
) -> tuple[list[ReadDocument], list[Notice]]:
    """Return the documents with what the model proposes beside what was read, and what was refused or failed.

    A model that fails on one stretch is asked about the next document; what was read stands in any case.
    """
    events(Started(STEP, len(read), "documents"))
    documents: list[ReadDocument] = []
    notices: list[Notice] = []
    for one in read:
        more, told = _proposed(one, model)
        documents.append(more)
        notices += told
        events(Advanced(STEP, 1, one.document.path))
    events(Finished(STEP))
    return documents, notices


def _proposed(read: ReadDocument, model: LanguageModel) -> tuple[ReadDocument, list[Notice]]:
    text, path = read.document.text, read.document.path
    taken: list[Statement] = []
    refused: Counter[str] = Counter()
    notices: list[Notice] = []
    for chunk in chunks(text):
        try:
            answer = model.answer(INSTRUCTIONS, text[chunk.start : chunk.end])
        except EveryAngleError as error:
            notices.append(Notice(path, error.code, str(error)))
            break
        found = proposed(text, chunk, answer, model.name, (*read.statements, *taken))
        taken += found.statements
        refused.update(found.refused)
    if refused:
        words = ", ".join(f"{count} {why}" for why, count in sorted(refused.items()))
        what = (
            f"{model.name} proposed {len(taken) + sum(refused.values())} statements; {len(taken)} were taken ({words})."
        )
        notices.append(Notice(path, "proposals-refused", what))
    return replace(read, statements=(*read.statements, *taken)), notices
