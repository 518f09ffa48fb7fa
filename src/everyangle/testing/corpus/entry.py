"""One file of the corpus: its document, and the statements, times and quantities that an annotator marked in it.

What is read is checked: each statement has its line and its content, forms agree with the quotation marks, acts with
speaker and cue, people speak for one party. Whether the annotation follows the guide otherwise is for a reader to
judge.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from everyangle.core.accounts import (
    AccountDocument,
    Cue,
    DatedBy,
    Passage,
    Quantity,
    Span,
    Speaker,
    Statement,
    TimeMention,
)
from everyangle.core.ids import Digest
from everyangle.testing.corpus import quoting
from everyangle.testing.corpus.acts import disagreement
from everyangle.testing.corpus.fault import fault
from everyangle.testing.corpus.table import Person, Row, heading, row
from everyangle.testing.corpus.tags import Marked, unmark


@dataclass(frozen=True, slots=True)
class Entry:
    """An annotated document.

    Attributes:
        name: the file's.
        document: its text without tags, and what its heading says.
        people: who speaks for which party, by the heading.
        statements: gold, in the order of the text; the id is "s" and the file's number.
        times: all time expressions of the document, in order, in statements or not.
        quantities: all of the document, in order.
    """

    name: str
    document: AccountDocument
    people: tuple[Person, ...]
    statements: tuple[Statement, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[Quantity, ...]


def read(name: str, file: str) -> Entry:
    """Return what a file of the corpus says.

    Args:
        name: the file's, for errors and as the document's path.
        file: its text.

    Raises:
        BadInputError: ``corpus-malformed``, naming the line.
    """
    lines = file.split("\n")
    rules = [at for at, line in enumerate(lines) if line.rstrip() == "---"]
    if len(rules) != 2:
        raise fault(name, 1, f"{len(rules)} lines of --- where two divide heading, text and table")
    first, last = rules
    values, people = heading(name, lines[:first])
    marked = unmark(name, "\n".join(lines[first + 1 : last]), first + 2)
    rows = _rows(name, lines, last, marked, people)
    statements = tuple(_statement(name, marked, row) for row in rows)
    return Entry(
        name,
        _document(name, marked.text, values),
        people,
        tuple(sorted(_nested(statements), key=lambda one: (*_first(one), -_length(one)))),
        marked.times,
        marked.quantities,
    )


def _document(name: str, text: str, values: dict[str, str]) -> AccountDocument:
    published = values.get("published", "")
    kind = values["kind"]
    return AccountDocument(
        path=name,
        digest=Digest(hashlib.sha256(text.encode()).hexdigest()),
        text=text,
        kind="statement" if kind == "release" else kind,
        title=values.get("title", ""),
        publisher=values.get("publisher", ""),
        author=values.get("author", ""),
        published=DatedBy(published, "stated") if published else None,
        language="en",
    )


def _rows(name: str, lines: list[str], last: int, marked: Marked, people: tuple[Person, ...]) -> list[Row]:
    rows = [row(name, at, line) for at, line in enumerate(lines[last + 1 :], last + 2) if line.strip()]
    numbers = [one.number for one in rows]
    tagged = {number for number, _ in marked.roles}
    for number in sorted(tagged.symmetric_difference(numbers)):
        missing = "line in the table" if number in tagged else "tag in the text"
        raise fault(name, last + 1, f"statement {number} has no {missing}")
    parties = {person.name: person.party for person in people}
    names = " ".join([marked.text, *(line for line in lines[:last] if not line.startswith("people:"))]).lower()
    for one in rows:
        if numbers.count(one.number) > 1:
            raise fault(name, one.line, f"statement {one.number} has two lines")
        if one.who.lower() not in names:
            raise fault(name, one.line, f"{one.who!r} is nowhere in the document")
        if one.party != parties.get(one.who, one.party):
            raise fault(name, one.line, f"{one.who!r} speaks for {parties[one.who]!r} by the heading")
    return rows


def _statement(name: str, marked: Marked, row: Row) -> Statement:
    content = marked.passage(row.number, "content")
    cue, speaker = marked.passage(row.number, "cue"), marked.passage(row.number, "speaker")
    if not content:
        raise fault(name, row.line, f"statement {row.number} has no content")
    wrong = disagreement(row, speaker=speaker is not None, cue=cue is not None)
    if wrong:
        raise fault(name, row.line, f"statement {row.number} {wrong}")
    _check_form(name, marked, row, content, cue, speaker)
    return Statement(
        id=f"s{row.number}",
        content=content,
        form=row.form,
        speaker=Speaker(speaker, row.who or None, row.role or None, row.party or None) if speaker else None,
        cue=Cue(cue, row.act) if cue else None,
        polarity=row.polarity,
        modality=row.modality,
        said_at=row.said or None,
        times=tuple(time for time in marked.times if _holds(content, time.span)),
        quantities=tuple(quantity for quantity in marked.quantities if _holds(content, quantity.span)),
    )


def _check_form(
    name: str, marked: Marked, row: Row, content: Passage, cue: Passage | None, speaker: Passage | None
) -> None:
    depth = quoting.depths(marked.text)
    outside = quoting.base(depth, cue, speaker)
    found = quoting.form(marked.text, depth, content.spans, outside)
    line = marked.line(content.spans[0].start)
    if row.form != found and (cue or row.form != "direct"):
        raise fault(name, row.line, f"statement {row.number} is {row.form}, its quotation marks say {found}")
    for start, end in content.spans:
        before = marked.text[start - 1 : start] if start else ""
        if before in {"“", "‘", '"'} and depth[start - 1] > outside:
            raise fault(name, line, f"statement {row.number} leaves out the quotation mark before it")
        if marked.text[end - 1] in ",;:" and depth[end - 1] <= outside:
            raise fault(name, line, f"statement {row.number} takes in the mark after it")
    if speaker and any(marked.text[end - 1] in ",;:" for _, end in speaker.spans):
        raise fault(name, line, f"the speaker of statement {row.number} takes in the mark after it")


def _holds(content: Passage, span: Span) -> bool:
    return any(start <= span.start and span.end <= end for start, end in content.spans)


def _nested(statements: tuple[Statement, ...]) -> list[Statement]:
    """Set ``within``: the shortest other statement whose content holds this one's cue and content."""
    nested = []
    for one in statements:
        spans = [*one.content.spans, *(one.cue.passage.spans if one.cue else ())]
        outer = [
            other
            for other in statements
            if other is not one
            and all(_holds(other.content, span) for span in spans)
            and (one.cue or other.content.spans != one.content.spans)
        ]
        nested.append(replace(one, within=min(outer, key=_length).id if outer else None))
    return nested


def _length(one: Statement) -> int:
    return sum(end - start for start, end in one.content.spans)


def _first(one: Statement) -> tuple[int]:
    parts = (one.content, one.cue and one.cue.passage, one.speaker and one.speaker.passage)
    return (min(part.spans[0].start for part in parts if part),)
