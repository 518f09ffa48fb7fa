"""Pairs of statements whose relation a person has judged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from everyangle.core.errors import BadInputError
from everyangle.testing.corpus.entry import Entry

FORMAT = "everyangle.corpus-relations/1"
SLOTS = {"number", "time", "polarity", "actor", "object"}


class Relation(StrEnum):
    """How the first statement stands to the second."""

    AGREE = "agree"
    CONTRADICT = "contradict"
    NARROWS = "narrows"
    LEAVES_OPEN = "leaves-open"
    UNRELATED = "unrelated"


class Place(NamedTuple):
    """A statement of the corpus: the file's name and the statement's id."""

    file: str
    id: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements about one incident, and how they stand to each other.

    Attributes:
        a: the first; of a pair that narrows, the narrower.
        b: the second.
        relation: as judged.
        slot: of a contradiction, what differs: "number", "time", "polarity", "actor" or "object"; else "".
    """

    a: Place
    b: Place
    relation: Relation
    slot: str = ""


def read_pairs(name: str, file: str, entries: Iterable[Entry]) -> list[Pair]:
    """Return the pairs of a file of relations.

    Args:
        name: the file's, for errors.
        file: its text.
        entries: the documents of its part.

    Raises:
        BadInputError: ``corpus-malformed`` for a pair that names no statement or a relation that there is not.
    """
    known = {Place(entry.name, one.id) for entry in entries for one in entry.statements}
    document = json.loads(file)
    if document.get("format") != FORMAT:
        raise _fault(name, 0, f"the format is not {FORMAT}")
    return [_pair(name, at, row, known) for at, row in enumerate(document["pairs"], 1)]


def _pair(name: str, at: int, row: dict[str, Any], known: set[Place]) -> Pair:
    a, b = (Place(*str(row.get(side, "")).partition("#")[::2]) for side in "ab")
    slot = row.get("slot", "")
    for place in (a, b):
        if place not in known:
            raise _fault(name, at, f"{place.file}#{place.id} is no statement of this part")
    if row.get("relation") not in {*Relation}:
        raise _fault(name, at, f"{row.get('relation')!r} is no relation")
    if (row["relation"] == Relation.CONTRADICT) != (slot in SLOTS):
        raise _fault(name, at, "a contradiction has a slot, and nothing else has")
    return Pair(a, b, Relation(row["relation"]), slot)


def _fault(name: str, at: int, what: str) -> BadInputError:
    return BadInputError("corpus-malformed", f"{name}: pair {at}: {what}.", todo="Mend it by corpus/README.md.")
