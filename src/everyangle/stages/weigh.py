"""Weighing: the ledger of a case, from what its documents say, what people decided, and where recordings stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from everyangle.accounts.answering import answered
from everyangle.accounts.ellipsis import resumed
from everyangle.accounts.footage import Footage, transcripts_by_name
from everyangle.accounts.imported import imported
from everyangle.accounts.own_words import NOBODY, own_statements, voice_of
from everyangle.accounts.parsed import Parsed
from everyangle.accounts.parties import Known
from everyangle.accounts.people import people
from everyangle.accounts.settled import Settled, Source, settle
from everyangle.accounts.slots import slots_of
from everyangle.accounts.surroundings import Around, surroundings
from everyangle.accounts.weigh import Read, weigh
from everyangle.accounts.wording import content_of
from everyangle.accounts.wrapping import unwrapped
from everyangle.core.accounts import AccountDocument, ReadDocument
from everyangle.core.ids import Digest, ItemId
from everyangle.core.ledger import Ledger, ReadAt
from everyangle.ports.language import Language
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import AccountAct, StatementsImported
from everyangle.stages.mark import clocks_of
from everyangle.stages.read import kept_reading, read_case
from everyangle.stages.view import CaseView, names_of

SPOKEN = frozenset({"transcript", "subtitles"})
"""Kinds of documents in which a turn may answer the one before it."""


def ledger(view: CaseView, bench: Workbench, *, read: bool = True) -> Ledger:
    """Return the whole ledger of a case as it stands. Records nothing.

    Deleting the catalogue and everything derived gives the same ledger again; only the log and the originals count.

    Args:
        view: the case, from ``load`` or ``build``.
        bench: the case at work.
        read: whether documents that no build has read yet are read now; otherwise they have no statements.
    """
    documents = (read_case if read else kept_reading)(view.items, bench).documents
    acts = tuple(bench.catalogue.account_acts())
    sources = sources_of(documents, bench.language, imports_of(acts))
    settled = settle(sources, acts)
    contents = read_contents(sources, settled, bench.language)
    footage = footage_of(view, [source.document for source in sources])
    return weigh(sources, settled, contents, acts, clocks_of(view), footage, people_of(documents))


def people_of(documents: Sequence[ReadDocument]) -> tuple[Known, ...]:
    """Return whom the documents name for parties, with where that was read."""
    by_path = {one.document.path: one.document for one in documents}
    found = []
    for person in people(documents):
        at = [
            ReadAt(by_path[path].digest, span, by_path[path].text[span.start : span.end])
            for path, span in person.ties
            if path in by_path
        ]
        if person.party:
            found.append(Known(person.name, person.party, person.role, tuple(at)))
    return tuple(found)


def footage_of(view: CaseView, documents: Sequence[AccountDocument]) -> tuple[Footage, ...]:
    """Return the recordings on the case's clock, the most surely placed first, with transcripts named after them."""
    names = names_of(view.items)
    placed = sorted(view.main(), key=lambda each: (each.clock.error_s, not each.anchor))
    items = {ItemId(each.id): each for each in placed}
    scripts = transcripts_by_name(documents, {item: names[item] for item in items if item in names})
    return tuple(
        Footage(item, names.get(item, item), each.clock, each.duration_s, scripts.get(item, ()))
        for item, each in items.items()
    )


def sources_of(
    documents: Sequence[ReadDocument], language: Language, imports: Mapping[Digest, StatementsImported]
) -> list[Source]:
    """Return documents with their statements, the writers' own sentences and the rows of tables among them."""
    spoken = [one for one in documents if voice_of(one.document) is not None and one.document.digest not in imports]
    parsed = dict(zip(map(id, spoken), language.parse([unwrapped(one.document.text) for one in spoken]), strict=True))
    sources = []
    for one in documents:
        document = one.document
        if document.digest in imports:
            table = imported(document, imports[document.digest].columns)
            sources.append(Source(document, table.statements, questions=table.questions))
        elif id(one) in parsed:
            own = own_statements(document, parsed[id(one)], one.statements)
            every = sorted((*one.statements, *own), key=lambda s: s.content.spans[0])
            ids = frozenset(s.id for s in own)
            sources.append(Source(document, tuple(every), ids, voice_of(document) or NOBODY))
        else:
            sources.append(Source(document, one.statements))
    return sources


def read_contents(sources: Sequence[Source], settled: Settled, language: Language) -> dict[str, Read]:
    """Return what each statement's content holds, by key; short answers take in what was asked."""
    contents = {one.key: content_of(one.statement) for one in settled.statements}
    parsed = zip(contents.items(), language.parse([content.text for content in contents.values()]), strict=True)
    texts = language.parse([unwrapped(one.document.text).replace("’", "'") for one in sources])
    documents = {source.document.digest: text for source, text in zip(sources, texts, strict=True)}
    around = _around(settled, documents)
    read = {
        key: Read(content, slots_of(grammar, content.amounts, content.times), *around.get(key, ()))
        for (key, content), grammar in parsed
    }
    for one in settled.statements:
        mine = read[one.key]
        place = one.statement.content.spans[0].start
        slots = resumed(mine.content.text, mine.slots, documents[one.document], place)
        read[one.key] = replace(mine, slots=slots)
    for source in sources:
        if source.document.kind in SPOKEN:
            _answer(source, settled, read)
    return read


def _around(settled: Settled, documents: Mapping[Digest, Parsed]) -> dict[str, Around]:
    """Return what stands around each statement, by key."""
    found: dict[str, Around] = {}
    for digest, text in documents.items():
        here = {one.key: one.statement for one in settled.statements if one.document == digest}
        found.update(surroundings(text, here))
    return found


def _answer(source: Source, settled: Settled, read: dict[str, Read]) -> None:
    turns = sorted(
        (one for one in settled.statements if one.document == source.document.digest and one.within is None),
        key=lambda one: one.statement.content.spans[0],
    )
    for question, answer in pairwise(turns):
        if question.speaker != answer.speaker:
            asked, said = read[question.key], read[answer.key]
            slots = answered(asked.content.text, asked.slots, said.content.text, said.slots, said.content.amounts)
            read[answer.key] = replace(said, slots=slots)


def imports_of(acts: Sequence[AccountAct]) -> dict[Digest, StatementsImported]:
    """Return the tables whose rows are statements; the last word on each stands."""
    return {act.body.item: act.body for act in acts if isinstance(act.body, StatementsImported)}
