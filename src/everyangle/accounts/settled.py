"""Settling: a case's statements as they stand after what people corrected. People outrank readers.

A person's act names a statement by document, spans and words. It holds for the statement that now stands there: the one
with those very spans, else the one that shares most with them, else the act itself makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from everyangle.accounts.own_words import FIRST_PERSON, NOBODY, Voice
from everyangle.core.accounts import AccountDocument, Act, Cue, Form, Passage, Speaker, Statement
from everyangle.core.ids import Digest
from everyangle.core.ledger import LedgerStatement, key_of
from everyangle.core.statement_ref import StatementRef, overlap, ref_of
from everyangle.record.kinds_accounts import (
    AccountAct,
    BearingLinked,
    PartyAssigned,
    RelationConfirmed,
    RelationRejected,
    StatementCorrected,
    StatementsGrouped,
)

_SHOWING = frozenset({Act.SHOWS, Act.REPORTS_RECORD})

ENOUGH = 0.5
"""How much of a stretch two readings must share to be of one statement (Jaccard, code points)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its statements.

    Attributes:
        document: with its text.
        statements: as read, in order.
        own: ids of those that are the writer's own sentences.
        voice: for whom those speak.
        questions: for statements of a table, by id, the words of the question that their row names.
    """

    document: AccountDocument
    statements: tuple[Statement, ...]
    own: frozenset[str] = frozenset()
    voice: Voice = NOBODY
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Settled:
    """What stands.

    Attributes:
        statements: those that are shown, in order of time, then of document and place.
        left_out: those that a person left out.
        found: for each statement that an act names, the key of the one that it holds for.
        parties: for each name that a person gave a party: the party and the act's entry.
        warnings: acts whose statement no reader finds any more.
        asked: for each statement of a table whose row names a question, by key, its words.
    """

    statements: list[LedgerStatement] = field(default_factory=list)
    left_out: list[LedgerStatement] = field(default_factory=list)
    found: dict[StatementRef, str] = field(default_factory=dict)
    parties: dict[str, tuple[str, int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)


def settle(sources: Sequence[Source], acts: Sequence[AccountAct]) -> Settled:
    """Return the statements of some documents as they stand."""
    settled = Settled()
    settled.parties = {a.body.name: (a.body.party, a.entry) for a in acts if isinstance(a.body, PartyAssigned)}
    every: dict[str, LedgerStatement] = {}
    for one in _read(sources):
        every.setdefault(one.key, one)  # of two cues for one content, the first: "declined to say" before "say"
    for source in sources:
        keys = {s.id: key_of(ref_of(source.document.digest, s)) for s in source.statements}
        settled.asked.update({keys[one]: words for one, words in source.questions.items()})
    texts = {source.document.digest: source.document for source in sources}
    _find(every, acts, texts, settled)
    hidden: set[str] = set()
    for act in acts:
        if isinstance(act.body, StatementCorrected) and act.body.statement in settled.found:
            key = settled.found[act.body.statement]
            every[key] = _corrected(every[key], act.body, act.entry)
            (hidden.discard if act.body.shown else hidden.add)(key) if act.body.shown is not None else None
    order = {source.document.digest: number for number, source in enumerate(sources)}
    for one in sorted(every.values(), key=lambda s: (s.said_at or "9", order[s.document], _place(s))):
        shown = _with_party(one, settled.parties)
        (settled.left_out if one.key in hidden else settled.statements).append(shown)
    return settled


def _read(sources: Sequence[Source]) -> Iterator[LedgerStatement]:
    for source in sources:
        document = source.document
        keys = {s.id: key_of(ref_of(document.digest, s)) for s in source.statements}
        for statement in source.statements:
            speaker = statement.speaker
            published = document.published.value if document.published is not None else ""
            voice = source.voice if _is_own(statement, source) else NOBODY
            yield LedgerStatement(
                key=keys[statement.id],
                document=document.digest,
                statement=statement,
                party=(speaker.party if speaker is not None else None) or voice.party,
                speaker=_named(speaker, voice),
                said_at=statement.said_at or published,
                said_known=statement.said_at is not None,
                within=keys.get(statement.within or ""),
                own=statement.id in source.own,
            )


def _is_own(statement: Statement, source: Source) -> bool:
    """Whether a statement is the writer's: an own sentence, what "I" or "we" say, or what the writer says is shown."""
    if statement.id in source.own:
        return True
    speaker, shows = statement.speaker, statement.cue is not None and statement.cue.act in _SHOWING
    return speaker is not None and (shows or speaker.passage.text.strip().lower() in FIRST_PERSON)


def _named(speaker: Speaker | None, voice: Voice) -> str:
    if speaker is None:
        return voice.speaker
    own = speaker.passage.text.strip().lower() in FIRST_PERSON
    return speaker.resolved or (voice.speaker if own else "") or speaker.passage.text


def _place(one: LedgerStatement) -> tuple[int, int]:
    spans = one.statement.content.spans
    return spans[0].start, spans[-1].end


def _find(
    every: dict[str, LedgerStatement],
    acts: Sequence[AccountAct],
    texts: Mapping[Digest, AccountDocument],
    settled: Settled,
) -> None:
    """Find for each statement that an act names the one that stands there; make one where none does."""
    for act in acts:
        for ref in named_in(act):
            if ref in settled.found:
                continue
            key = _nearest(ref, every.values())
            if key is None and ref.document in texts:
                made = _made(ref, texts[ref.document])
                key, every[made.key] = made.key, made
            if key is None:
                settled.warnings.append(
                    f"Entry {act.entry} is about “{ref.quote[:60]}” in a document that cannot be read now."
                )
            else:
                settled.found[ref] = key


def named_in(act: AccountAct) -> tuple[StatementRef, ...]:
    """Return the statements that an act names."""
    match act.body:
        case StatementCorrected(statement=ref) | BearingLinked(statement=ref):
            return (ref,)
        case StatementsGrouped(statements=refs):
            return refs
        case RelationConfirmed(a=a, b=b) | RelationRejected(a=a, b=b):
            return (a, b)
        case _:
            return ()


def _nearest(ref: StatementRef, every: Iterable[LedgerStatement]) -> str | None:
    here = [one for one in every if one.document == ref.document]
    exact = next((one.key for one in here if one.statement.content.spans == ref.spans), None)
    if exact is not None:
        return exact
    shared = [(overlap(one.statement.content.spans, ref.spans), one.key) for one in here]
    best = max(shared, default=(0.0, ""))
    return best[1] if best[0] >= ENOUGH else None


def _made(ref: StatementRef, document: AccountDocument) -> LedgerStatement:
    statement = Statement(f"p{ref.spans[0].start}", Passage(ref.spans, ref.quote), Form.INDIRECT)
    published = document.published.value if document.published is not None else ""
    return LedgerStatement(key_of(ref), ref.document, statement, "", "", published, said_known=False)


def _corrected(one: LedgerStatement, body: StatementCorrected, entry: int) -> LedgerStatement:
    """Return a statement with what a person corrected; its key stays that of the stretch that was read."""
    statement = one.statement
    if body.content is not None:
        statement = replace(statement, content=Passage(body.content.spans, body.content.quote), times=(), quantities=())
    if body.act is not None:
        passage = statement.cue.passage if statement.cue is not None else Passage((), "")
        statement = replace(statement, cue=Cue(passage, body.act))
    if body.polarity is not None:
        statement = replace(statement, polarity=body.polarity)
    if body.modality is not None:
        statement = replace(statement, modality=body.modality)
    if body.said_at is not None:
        statement = replace(statement, said_at=body.said_at or None)
    speaker = _speaker(statement.speaker, body)
    changed = replace(
        one,
        statement=replace(statement, speaker=speaker),
        entries=(*one.entries, entry),
        read_as=one.read_as if body.content is None else one.ref,
    )
    if body.who is not None:
        changed = replace(changed, speaker=body.who)
    if body.party is not None:
        changed = replace(changed, party=body.party)
    if body.said_at is not None:
        changed = replace(changed, said_at=body.said_at, said_known=bool(body.said_at))
    return changed


def _speaker(speaker: Speaker | None, body: StatementCorrected) -> Speaker | None:
    if body.who is None and body.role is None and body.party is None:
        return speaker
    old = speaker or Speaker(Passage((), ""))
    return replace(
        old,
        resolved=old.resolved if body.who is None else body.who or None,
        role=old.role if body.role is None else body.role or None,
        party=old.party if body.party is None else body.party or None,
    )


def _with_party(one: LedgerStatement, parties: Mapping[str, tuple[str, int]]) -> LedgerStatement:
    """Return a statement with the party that a person gave its speaker, or the name that a person gave its party."""
    party = parties[one.speaker][0] if one.speaker in parties else one.party
    for _ in range(len(parties)):
        if party not in parties or parties[party][0] == party:
            break
        party = parties[party][0]
    return replace(one, party=party)
