"""Own words: in what a party itself published (a statement, a release, a record) its sentences are its account.

No cue attributes them, and a reader of statements leaves them alone. Here each becomes a statement of the document's
publisher, unless somebody's words stand in it already: what is quoted there, and what the writer says to have said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from everyangle.accounts import quantities, times
from everyangle.accounts.parsed import Parsed
from everyangle.core.accounts import ANSWERING, AccountDocument, Act, Form, Passage, Span, Statement
from everyangle.core.statement_ref import overlap

KINDS = frozenset({"statement", "release", "record"})
"""Kinds of documents that speak for whoever published them."""

_SHORTEST = 4
"""Words that a sentence needs to claim something."""

_OF = re.compile(r"^(?:[\w ]{0,30}\b(?:statement|report|account|testimony)s?\s+(?:of|by|from)\s+)(?:the\s+)?", re.I)
_KIND = re.compile(
    r"\s*[-–:|,]?\s*\b(?:custody|incident|arrest|press|news|supplementary|official|media)?\s*"
    r"(?:record|report|statement|release|log|notes?)\b.*$",
    re.I,
)
_AUTHOR = re.compile(
    r"^\s*(?:officer|author|witness|made by|statement by|statement of|signed|from)\s*[:\s]\s*([^\n,;:]{3,60})",
    re.I | re.M,
)
_FICTION = re.compile(r"\b(?:fictional|invented)\b", re.I)
_MOST = 0.5
"""How much of a sentence another's words must be for it to be theirs."""

FIRST_PERSON = frozenset({"i", "we"})
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "a", "an", "to", "at", "by"])
_HEAD = 600


@dataclass(frozen=True, slots=True)
class Voice:
    """For whom a document speaks.

    Attributes:
        party: the publisher's name, or "".
        speaker: who wrote it, or the party.
    """

    party: str
    speaker: str


NOBODY = Voice("", "")


def voice_of(document: AccountDocument) -> Voice | None:
    """Return for whom a document's own sentences speak, or None where they are nobody's account."""
    if document.kind not in KINDS:
        return None
    party = document.publisher or _named(document.title)
    found = _AUTHOR.search(document.text[:_HEAD])
    author = document.author if document.author and not document.author.startswith(party or "\n") else ""
    if not author and found is not None and not found[0].isupper():
        author = " ".join(found[1].split())
    return Voice(party, author or party)


def own_statements(document: AccountDocument, parsed: Parsed, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the writer's own sentences in a document as statements, with ids that begin with "w".

    Args:
        document: its text must be the one that was parsed, but for line ends.
        parsed: the text's grammar.
        statements: those that were read in it.
    """
    if voice_of(document) is None:
        return ()
    taken = [span for one in statements if _is_said(one) for span in _whole(one)]
    published = document.published.value if document.published is not None else None
    every_time = times.mentions(document.text, published, same_day=document.kind == "news")
    every_number = quantities.mentions(document.text)
    found = []
    for span in _sentences(parsed):
        if any(span.start < other.end and other.start < span.end for other in taken):
            continue
        if any(_tells(one) and overlap(one.content.spans, (span,)) > _MOST for one in statements):
            continue
        text = document.text[span.start : span.end]
        if _FICTION.search(text):
            continue
        inside = [one for one in every_time if span.start <= one.span.start and one.span.end <= span.end]
        numbers = [one for one in every_number if span.start <= one.span.start and one.span.end <= span.end]
        found.append(
            Statement(
                f"w{span.start}",
                Passage((span,), text),
                Form.DIRECT,
                times=tuple(inside),
                quantities=tuple(numbers),
            )
        )
    return tuple(found)


def _is_said(one: Statement) -> bool:
    """Whether a statement is somebody's words: quoted, or the writer's "I said"; otherwise the writer tells of it."""
    if one.form is not Form.INDIRECT or one.speaker is None:
        return one.form is not Form.INDIRECT
    return one.speaker.passage.text.strip().lower() in FIRST_PERSON


def _tells(one: Statement) -> bool:
    """Whether a statement is what somebody else is said to hold, rather than to have done, asked or refused."""
    return one.cue is not None and one.cue.act in ANSWERING | {Act.PREDICTS, Act.DOES_NOT_KNOW}


def _whole(one: Statement) -> Iterator[Span]:
    yield from one.content.spans
    for passage in (one.cue.passage if one.cue else None, one.speaker.passage if one.speaker else None):
        yield from passage.spans if passage is not None else ()


def _sentences(parsed: Parsed) -> Iterator[Span]:
    """Yield the sentences that have a verb and enough words, without numbers of paragraphs before them."""
    for first, last in parsed.sentences:
        words = list(parsed.words[first:last])
        while words and (
            not words[0].text.strip() or words[0].pos in ("SPACE", "PUNCT", "X", "SYM") or _is_number(words[0].text)
        ):
            words.pop(0)
        while words and (not words[-1].text.strip()):
            words.pop()
        verbs = any(word.pos in ("VERB", "AUX") and word.tag != "VBG" for word in words)
        if verbs and sum(word.text.isalpha() for word in words) >= _SHORTEST and words[-1].text in '.!?”"':
            yield Span(words[0].start, words[-1].end)


def _is_number(text: str) -> bool:
    return text.rstrip(".)").isdecimal()


def _named(title: str) -> str:
    """Return the party that a title names, in ordinary letters."""
    name = _OF.sub("", title.strip())
    name = _KIND.sub("", name).strip(" ,:–-|") or name
    if name.isupper():
        words = [w.lower() if w.lower() in _SMALL and n else w.capitalize() for n, w in enumerate(name.split())]
        name = " ".join(words)
    return re.sub(r" Family$", " family", name)
