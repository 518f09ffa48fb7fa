"""Statements that a language model proposes: asked for as quotations, taken only where they stand verbatim in the text.

Neither asks a model nor trusts one: an answer is text, and whatever in it is no quotation is refused and counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from everyangle.core.accounts import Act, Cue, Form, Modality, Passage, Polarity, Span, Speaker, Statement

INSTRUCTIONS = f"""You list statements in a text: every place where someone other than the writer (a person, a group, an
agency, a record, a recording) is presented as the source of an assertion, denial, refusal, promise, question or demand.
Answer with JSON only: {{"statements": [{{"speaker": [...], "cue": [...], "content": [...], "act": "..."}}]}}.
speaker, cue and content are lists of pieces copied from the text character by character, in order, with their quotation
marks; a list may be empty for speaker and cue. act is one of: {", ".join(Act)}.
Change nothing, add nothing, explain nothing. What is not copied exactly is thrown away."""

CHUNK = 6000
"""Code points of a text that are asked about at once."""

_OPENING = "\"“„«‘'"
_QUOTES = re.compile('["“”„«»]')
_MOST_PIECES = 20
_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of an answer.

    Attributes:
        statements: those that stand verbatim in the text, and are not known already.
        refused: how many were not taken, by why: "not verbatim", "malformed", "already read".
    """

    statements: tuple[Statement, ...]
    refused: Mapping[str, int]


def chunks(text: str) -> Iterator[Span]:
    """Yield stretches of whole lines of up to :data:`CHUNK` code points that together are the text."""
    start = 0
    while start < len(text):
        end = min(len(text), start + CHUNK)
        if end < len(text):
            line = text.rfind("\n", start, end) + 1
            space = text.rfind(" ", start, end) + 1
            end = line if line > start else space if space > start else end
        if text[start:end].strip():
            yield Span(start, end)
        start = end


def proposed(text: str, chunk: Span, answer: str, model: str, known: Sequence[Statement]) -> Proposed:
    """Return what an answer proposes that stands verbatim in a stretch of the text.

    Args:
        text: the document's.
        chunk: the stretch that the model was shown.
        answer: what it said.
        model: its name.
        known: statements read already; ids go on from their number.
    """
    found: list[Statement] = []
    refused: Counter[str] = Counter()
    entries = _entries(answer)
    if entries is None:
        return Proposed((), {"malformed": 1})
    for entry in entries:
        one = _statement(text, chunk, entry, model, f"m{len(known) + len(found) + 1}")
        if isinstance(one, str):
            refused[one] += 1
        elif already_read(one, (*known, *found)):
            refused["already read"] += 1
        else:
            found.append(one)
    return Proposed(tuple(found), dict(refused))


def _entries(answer: str) -> Sequence[object] | None:
    """Return the proposals in an answer, whatever the model put around its JSON, or None where there is none."""
    starts = [place for bracket in "[{" if (place := answer.find(bracket)) >= 0]
    end = max(answer.rfind("]"), answer.rfind("}")) + 1
    try:
        value = json.loads(answer[min(starts, default=end) : end])
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        value = value.get("statements")
    return value if isinstance(value, list) else None


def _statement(text: str, chunk: Span, entry: object, model: str, name: str) -> Statement | str:
    """Return the statement that an entry proposes, or why it is refused."""
    if not isinstance(entry, dict):
        return "malformed"
    try:
        speaker, cue, content = (_pieces(entry, role) for role in ("speaker", "cue", "content"))
        act = Act(entry.get("act", Act.OTHER))
        polarity = Polarity(entry.get("polarity", Polarity.POSITIVE))
        modality = Modality(entry.get("modality", Modality.FACT))
    except (TypeError, ValueError):
        return "malformed"
    if not content:
        return "malformed"
    said = _found(text, chunk, content, chunk.start)
    near = said.spans[0].start if said else chunk.start
    by, through = (_found(text, chunk, pieces, near) for pieces in (speaker, cue))
    if said is None or (speaker and by is None) or (cue and through is None):
        return "not verbatim"
    return Statement(
        id=name,
        content=said,
        form=_form(said),
        speaker=None if by is None else Speaker(by),
        cue=None if through is None else Cue(through, act),
        polarity=polarity,
        modality=modality,
        proposed_by=model,
    )


def _pieces(entry: Mapping[str, Any], role: str) -> list[str]:
    value = entry.get(role) or []
    pieces = [value] if isinstance(value, str) else value
    if not isinstance(pieces, list) or len(pieces) > _MOST_PIECES:
        raise TypeError(role)
    if not all(isinstance(piece, str) and piece.strip() for piece in pieces):
        raise TypeError(role)
    return [piece.strip() for piece in pieces]


def _found(text: str, chunk: Span, pieces: Sequence[str], near: int) -> Passage | None:
    """Return where pieces stand in the stretch, one after the other, the first as near to a place as can be."""
    if not pieces:
        return None
    first = _nearest(text, chunk, pieces[0], near)
    if first is None:
        return None
    spans = [first]
    for piece in pieces[1:]:
        start = text.find(piece, spans[-1].end, chunk.end)
        if start < 0:
            return None
        spans.append(Span(start, start + len(piece)))
    return Passage(tuple(spans), " ".join(text[a:b] for a, b in spans))


def _nearest(text: str, chunk: Span, words: str, near: int) -> Span | None:
    after = text.find(words, near, chunk.end)
    before = text.rfind(words, chunk.start, min(chunk.end, near + len(words)))
    starts = [start for start in (after, before) if start >= 0]
    if not starts:
        return None
    start = min(starts, key=lambda start: abs(start - near))
    return Span(start, start + len(words))


def _form(content: Passage) -> Form:
    if content.text[0] in _OPENING and content.text[-1] not in ".," and _QUOTES.search(content.text):
        return Form.DIRECT
    return Form.MIXED if _QUOTES.search(content.text) else Form.INDIRECT


def already_read(one: Statement, known: Sequence[Statement]) -> bool:
    """Whether a statement's content is mostly that of one that is known."""
    return any(_share(one, other) >= _KNOWN for other in known)


def _share(a: Statement, b: Statement) -> float:
    """Return how much of the words of two contents is common to both, 0 to 1."""
    places = [{place for start, end in one.content.spans for place in range(start, end)} for one in (a, b)]
    return len(places[0] & places[1]) / len(places[0] | places[1])
