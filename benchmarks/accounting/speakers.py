"""Speakers and parties against the corpus: whom each marked speaker is, and for whom.

The speakers' words are given, as the annotators marked them; what is measured is who they are. Documents whose files
share their first two digits are about one incident and are resolved together, as in a case.

*Who* is right where the name is the same person's: equal, or holding the gold's words (a document that only says
"Mr Mangan" is right with "Declan Mangan"), or with initials for given names. Where the document names nobody, no name
is right, or the party's own. *Party* is right where the names are equal but for case and "the", one holds the words of
the other, or headings of the incident's documents use both names for one person's party.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from everyangle.accounts.people import resolve
from everyangle.core.accounts import ReadDocument, Speaker, Statement
from everyangle.testing.corpus import Entry


@dataclass(frozen=True, slots=True)
class SpeakerScore:
    """Counts of marked speakers.

    Attributes:
        speakers: all.
        who: those whose name, or whose namelessness, is right.
        party: those whose party is right.
        both: those of which both are.
    """

    speakers: int = 0
    who: int = 0
    party: int = 0
    both: int = 0

    def __add__(self, other: SpeakerScore) -> SpeakerScore:
        return SpeakerScore(
            self.speakers + other.speakers,
            self.who + other.who,
            self.party + other.party,
            self.both + other.both,
        )


def words(name: str | None) -> list[str]:
    """Return a name's words, for comparison."""
    plain = (name or "").casefold().replace("’", "'").replace(".", " ").replace(",", " ").split()
    return plain[1:] if plain[:1] == ["the"] else plain


def same_person(gold: str | None, found: str | None) -> bool:
    """Whether two names are one person's."""
    a, b = words(gold), words(found)
    if a == b:
        return True
    if not a or not b:
        return False
    initials = a[-1] == b[-1] and len(a) == len(b) and all(x[0] == y[0] for x, y in zip(a, b, strict=True))
    return set(a) <= set(b) or initials


class Parties:
    """Names of parties that the headings of an incident's documents use for one person."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._same: dict[str, set[str]] = {}
        bearers: dict[str, set[str]] = {}
        for entry in entries:
            for person in entry.people:
                bearers.setdefault(words(person.name)[-1], set()).add(" ".join(words(person.party)))
        for names in bearers.values():
            for name in names:
                self._same.setdefault(name, set()).update(names)

    def same(self, gold: str | None, found: str | None) -> bool:
        """Whether two names are one party's."""
        a, b = words(gold), words(found)
        if a == b:
            return True
        if not a or not b:
            return False
        return set(a) <= set(b) or set(b) <= set(a) or " ".join(b) in self._same.get(" ".join(a), set())


def measured(entries: Sequence[Entry]) -> SpeakerScore:
    """Return how many of the marked speakers are resolved right."""
    score = SpeakerScore()
    for _, group in groupby(entries, key=lambda entry: entry.name[:2]):
        incident = list(group)
        parties = Parties(incident)
        read = [ReadDocument(entry.document, tuple(map(_bare, entry.statements))) for entry in incident]
        for entry, resolved in zip(incident, resolve(read), strict=True):
            for gold, found in zip(entry.statements, resolved.statements, strict=True):
                if gold.speaker is not None and found.speaker is not None:
                    score += _one(gold.speaker, found.speaker, parties)
    return score


def _bare(statement: Statement) -> Statement:
    speaker = statement.speaker
    return replace(statement, speaker=Speaker(speaker.passage) if speaker else None)


def _one(gold: Speaker, found: Speaker, parties: Parties) -> SpeakerScore:
    party = parties.same(gold.party, found.party)
    unnamed = not gold.resolved and party and words(found.resolved) == words(found.party)
    who = same_person(gold.resolved, found.resolved) or unnamed
    return SpeakerScore(1, int(who), int(party), int(who and party))
