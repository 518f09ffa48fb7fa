"""Pairs name two statements and a relation; a fault is told with the pair's number."""

from __future__ import annotations

import json

import pytest

from everyangle.core.errors import BadInputError
from everyangle.testing.corpus import read, read_pairs

ENTRY = read(
    "001-a.txt",
    """kind: news
---
<s1>He</s1> <q1>said</q1> <c1>he waited</c1>. <s2>She</s2> <q2>said</q2> <c2>he left</c2>.
---
1 asserts indirect
2 asserts indirect
""",
)


def pairs(**row: str) -> str:
    return json.dumps({"format": "everyangle.corpus-relations/1", "pairs": [row]})


def test_a_pair_is_read() -> None:
    row = {"a": "001-a.txt#s1", "b": "001-a.txt#s2", "relation": "contradict", "slot": "polarity"}
    (pair,) = read_pairs("x.json", pairs(**row), [ENTRY])
    assert (pair.a.file, pair.a.id, pair.b.id, pair.relation, pair.slot) == (
        "001-a.txt", "s1", "s2", "contradict", "polarity",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("b", "relation", "slot", "words"),
    [
        ("s3", "agree", "", "no statement"),
        ("s2", "agrees", "", "no relation"),
        ("s2", "contradict", "", "has a slot"),
        ("s2", "contradict", "place", "has a slot"),
        ("s2", "agree", "time", "has a slot"),
    ],
)
def test_a_fault_is_told(b: str, relation: str, slot: str, words: str) -> None:
    file = pairs(a="001-a.txt#s1", b=f"001-a.txt#{b}", relation=relation, slot=slot)
    with pytest.raises(BadInputError, match=words):
        read_pairs("x.json", file, [ENTRY])


def test_another_format_is_refused() -> None:
    with pytest.raises(BadInputError, match="format"):
        read_pairs("x.json", "{}", [ENTRY])
