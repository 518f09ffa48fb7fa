"""Every file of the corpus is read; the two parts keep apart; the relations name statements that exist."""

from __future__ import annotations

import re

import pytest

from everyangle.testing.corpus import PARTS, files, load, load_pairs


@pytest.mark.parametrize("part", PARTS)
def test_every_file_is_read(part: str) -> None:
    for path in files(part):
        assert re.fullmatch(r"\d{3}-[a-z0-9-]+\.txt", path.name)
    for entry in load(part):
        text = entry.document.text
        for one in entry.statements:
            for passage in (one.content, one.cue and one.cue.passage, one.speaker and one.speaker.passage):
                assert not passage or passage.text == " ".join(text[a:b] for a, b in passage.spans), entry.name


@pytest.mark.parametrize("part", PARTS)
def test_every_pair_is_read(part: str) -> None:
    pairs = load_pairs(part)
    assert len({frozenset((pair.a, pair.b)) for pair in pairs}) == len(pairs)


def test_the_parts_share_no_person() -> None:
    names = [{person.name for entry in load(part) for person in entry.people} for part in PARTS]
    assert names[0] & names[1] == set()
