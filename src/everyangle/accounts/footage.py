"""Where statements and footage may meet: words that a recording's transcript holds, and times at which recordings run.

Proposes what a person should look at, and why; decides nothing. Times in seconds of event time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.accounts import AccountDocument
from everyangle.core.ids import Digest, ItemId
from everyangle.core.ledger import Bearing, LedgerStatement
from everyangle.core.time import ClockMap, format_position
from everyangle.core.weighing import BearingKind, By

RUN = 4
"""So many words in a row, told and heard, make it worth listening."""

_TELLING = 2
"""So many of them must have more than three letters."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LONGEST_QUOTE = 12


@dataclass(frozen=True, slots=True)
class Footage:
    """A recording on the case's clock.

    Attributes:
        item: it.
        name: what people call it.
        clock: from its media time to event time.
        duration_s: its length.
        transcripts: timed documents of what is spoken in it, in order of reception.
    """

    item: ItemId
    name: str
    clock: ClockMap
    duration_s: float
    transcripts: tuple[AccountDocument, ...] = ()

    def runs_at(self, t_event: float) -> bool:
        """Whether it holds an event time: within its length, and in no stretch that it lost."""
        t_media = self.clock.media_from_event(t_event)
        return t_media is not None and 0 <= t_media <= self.duration_s


def heard(statements: Sequence[LedgerStatement], footage: Sequence[Footage]) -> list[Bearing]:
    """Return where the words of statements are heard, by recording; of several places the one with the longest run.

    A statement that stands in a transcript is heard where it is spoken; any other where the transcript holds
    :data:`RUN` of its words in a row.
    """
    found = []
    for one in footage:
        for document in one.transcripts:
            script = _Script(document)
            for statement in statements:
                at = script.spoken(statement)
                where = _reason(one, document, at)
                if where is not None:
                    found.append(_candidate(statement, one, *where))
    return found


def running(statement: LedgerStatement, times: Sequence[float], footage: Sequence[Footage]) -> list[Bearing]:
    """Return the recording that runs at a time of day that a statement gives: of several the most surely placed one."""
    found = []
    for t_event in times:
        held = [one for one in footage if one.runs_at(t_event)]
        if held:
            one = min(held, key=lambda each: each.clock.error_s)
            others = f", as {_counted(len(held) - 1)}" if len(held) > 1 else ""
            at = format_position(t_event, decimals=0)
            found.append(
                _candidate(statement, one, t_event, f"it gives a time at which this recording runs{others}: {at}")
            )
    return found


def _counted(others: int) -> str:
    return "1 other does" if others == 1 else f"{others} others do"


def _candidate(statement: LedgerStatement, footage: Footage, t_event: float, reason: str) -> Bearing:
    return Bearing(statement.key, BearingKind.CONTEXT, None, footage.item, By.MACHINE, reason, from_s=t_event)


def _reason(footage: Footage, document: AccountDocument, at: tuple[float, str] | None) -> tuple[float, str] | None:
    """Return the event time and the words of a reason, or None where nothing was heard while the recording ran."""
    if at is None or not 0 <= at[0] <= footage.duration_s:
        return None
    t_event = footage.clock.event_from_media(at[0])
    said = f"“{at[1]}”" if at[1] else "it"
    name = document.path.replace("\\", "/").rpartition("/")[2]
    return t_event, f"{said} is heard at {format_position(t_event, decimals=0)}, by the transcript {name}"


class _Script:
    """A timed document's words, to be asked for runs of words."""

    def __init__(self, document: AccountDocument) -> None:
        self._digest: Digest = document.digest
        self._timed = document.timed
        self._starts = [one.span.start for one in document.timed]
        self._text = document.text
        self._words = list(_words(document.text))
        self._runs: dict[tuple[str, ...], list[int]] = {}
        for place in range(len(self._words) - RUN + 1):
            run = tuple(word for word, _, _ in self._words[place : place + RUN])
            self._runs.setdefault(run, []).append(place)

    def spoken(self, statement: LedgerStatement) -> tuple[float, str] | None:
        """Return the media time at which a statement's words are spoken, and those words ("" for all of its own)."""
        if statement.document == self._digest:
            return self._at(statement.statement.content.spans[0].start, "")
        told = [word for word, _, _ in _words(statement.statement.content.text)]
        longest: tuple[int, int] = (0, 0)
        for place in range(len(told) - RUN + 1):
            for start in self._runs.get(tuple(told[place : place + RUN]), ()):
                length = self._common(told, place, start)
                long = sum(len(word) > 3 for word in told[place : place + length])
                if length > longest[0] and long >= _TELLING:
                    longest = (length, start)
        length, start = longest
        if not length:
            return None
        first, last = self._words[start], self._words[start + min(length, _LONGEST_QUOTE) - 1]
        return self._at(first[1], self._text[first[1] : last[2]] + (" …" if length > _LONGEST_QUOTE else ""))

    def _common(self, told: Sequence[str], place: int, start: int) -> int:
        length = RUN
        while (
            place + length < len(told)
            and start + length < len(self._words)
            and told[place + length] == self._words[start + length][0]
        ):
            length += 1
        return length

    def _at(self, place: int, words: str) -> tuple[float, str] | None:
        """Return the start of the stretch that a place of the text stands in; of one before a stretch, that one's."""
        number = bisect_right(self._starts, place) - 1
        if number < 0 or self._timed[number].span.end <= place:
            number += 1
        return (self._timed[number].start_s, " ".join(words.split())) if number < len(self._timed) else None


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text):
        yield match[0].lower().replace("’", "'"), match.start(), match.end()


def transcripts_by_name(
    documents: Sequence[AccountDocument], names: Mapping[ItemId, str]
) -> dict[ItemId, tuple[AccountDocument, ...]]:
    """Return the timed documents of recordings, told by their names.

    "cam.srt", "cam.en.vtt" and "cam.mp4.json" are of "cam.mp4". One whose name fits several recordings is of none.

    Args:
        documents: any.
        names: of the recordings.
    """
    found: dict[ItemId, tuple[AccountDocument, ...]] = {}
    for document in documents:
        fitting = [item for item, name in names.items() if document.timed and _is_named_after(document.path, name)]
        if len(fitting) == 1:
            found[fitting[0]] = (*found.get(fitting[0], ()), document)
    return found


def _is_named_after(document: str, recording: str) -> bool:
    base = document.replace("\\", "/").rpartition("/")[2].casefold()
    name = recording.replace("\\", "/").rpartition("/")[2].casefold()
    stem = name.rpartition(".")[0] or name
    rest = base[len(stem) :] if base.startswith(f"{stem}.") else ""
    parts = rest.split(".")[1:]
    ending = name.rpartition(".")[2]
    return bool(parts) and all(part == ending or len(part) <= _LONGEST_ENDING for part in parts) and len(parts) <= 3


_LONGEST_ENDING = 5
"""Letters: of an ending ("json") or a language ("en-GB")."""
