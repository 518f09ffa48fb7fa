"""Relations: how pairs of statements of the corpus, judged by a person, stand to each other, and what the program says.

The program gets the statements as annotated and everything else as it is in a case: parsed contents, what stands around
them, questions before answers. The worst error is a contradiction that is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from everyangle.accounts.relations import relate
from everyangle.accounts.settled import Source, settle
from everyangle.accounts.weigh import side_of
from everyangle.core.ledger import key_of
from everyangle.core.statement_ref import ref_of
from everyangle.ports.language import Language
from everyangle.stages.weigh import read_contents
from everyangle.testing.corpus import load, load_pairs

UNRELATED = "unrelated"
CONTRADICT = "contradict"


@dataclass(frozen=True, slots=True)
class RelationFigures:
    """What came of a part's pairs.

    Attributes:
        told: how often each pair of (judged, told) occurred, by the names of relations.
        slots: of the contradictions found, how many name the slot that differs as judged.
    """

    told: Mapping[tuple[str, str], int]
    slots: int

    @property
    def pairs(self) -> int:
        """How many pairs were judged."""
        return sum(self.told.values())

    @property
    def false_contradict(self) -> float:
        """Of the pairs that are no contradiction, the part that is told as one."""
        others = {key: n for key, n in self.told.items() if key[0] != CONTRADICT}
        return sum(n for key, n in others.items() if key[1] == CONTRADICT) / max(1, sum(others.values()))

    @property
    def wrong_of_told(self) -> float:
        """Of the contradictions that are told, the part that is none."""
        return (self.contradicting - self.right) / max(1, self.contradicting)

    @property
    def found(self) -> float:
        """Of the contradictions, the part that is told."""
        return self.right / max(1, self.contradictions)

    @property
    def slot_right(self) -> float:
        """Of the contradictions found, the part that names the slot that differs as judged."""
        return self.slots / max(1, self.right)

    @property
    def contradictions(self) -> int:
        """How many pairs are contradictions."""
        return sum(n for key, n in self.told.items() if key[0] == CONTRADICT)

    @property
    def contradicting(self) -> int:
        """How many pairs are told as contradictions."""
        return sum(n for key, n in self.told.items() if key[1] == CONTRADICT)

    @property
    def right(self) -> int:
        """How many contradictions are told as such."""
        return self.told.get((CONTRADICT, CONTRADICT), 0)


def measure_relations(part: str, language: Language) -> RelationFigures:
    """Return the figures of a part of the corpus, "development" or "reporting"."""
    entries = {one.name: one for one in load(part)}
    sources = [Source(one.document, one.statements) for one in entries.values()]
    settled = settle(sources, ())
    read = read_contents(sources, settled, language)
    known = {one.key: one for one in settled.statements}
    told: Counter[tuple[str, str]] = Counter()
    slots = 0
    for pair in load_pairs(part):
        keys = []
        for place in (pair.a, pair.b):
            entry = entries[place.file]
            statement = next(one for one in entry.statements if one.id == place.id)
            keys.append(key_of(ref_of(entry.document.digest, statement)))
        a, b = (side_of(known[key], read[key]) for key in keys)
        found = relate(a, b)
        name = UNRELATED if found.kind is None else found.kind.value
        told[pair.relation.value, name] += 1
        right = name == CONTRADICT == pair.relation.value and found.slot is not None
        slots += right and found.slot is not None and found.slot.value == pair.slot
    return RelationFigures(dict(told), slots)


def rows(figures: RelationFigures) -> list[list[str]]:
    """Return the figures as rows: what, the figure, of how many, the goal."""
    others = figures.pairs - figures.contradictions
    return [
        [
            "false “contradict”, of pairs that are none",
            f"{figures.false_contradict:.1%}",
            f"{others}",
            "< 3 %, aim < 1 %",
        ],
        ["contradictions found", f"{figures.found:.1%}", f"{figures.contradictions}", "≥ 70 %, aim ≥ 90 %"],
        ["the slot that differs named as judged, of these", f"{figures.slot_right:.1%}", f"{figures.right}", "–"],
        ["no contradiction, of those told", f"{figures.wrong_of_told:.1%}", f"{figures.contradicting}", "–"],
    ]
